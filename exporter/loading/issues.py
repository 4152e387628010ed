"""An issue's file and the articles it names, read."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exporter import registry
from exporter.article import Article
from exporter.errors import SourceError
from exporter.issues import Issue, Piece, Problem, identified, read
from exporter.issues.compose import metadata
from exporter.issues.tables import instead
from exporter.issues.translations import chosen, languages, translated
from exporter.loading import loader
from exporter.loading.loaded import Reading
from exporter.loading.selecting import Choice, normal
from exporter.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReading:
    """An issue as read: its ``pieces`` with their ``readings``, in order; ``note`` is the editor's.

    ``contents`` are the bytes of its file and of every file it was chosen from, by the name from its folder;
    ``patterns`` were searched by. ``problems`` are warnings.
    """

    path: Path
    issue: Issue
    sha256: str
    pieces: tuple[Piece, ...]
    readings: tuple[Reading, ...]
    note: Reading | None
    contents: Mapping[str, bytes]
    patterns: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def article(self) -> Article:
        """What names its set: the issue without its articles."""
        return Article(metadata(self.issue), (), str(self.path))


def examine(path: Path, settings: Settings) -> tuple[IssueReading | None, tuple[Problem, ...]]:
    """The issue in the file ``path``, and everything that is wrong with it; raises SourceError where it cannot be read.

    None where no issue could be made of it.
    """
    content = loader.content_of(path)
    issue, problems = read(content)
    if issue is None:
        return None, problems
    choice = Choice(issue, path.parent, settings).choose()
    every = tuple(sorted((*problems, *choice.problems, *_of_cover(issue, path), *_of_formats(issue))))
    if any(not each.warning for each in every):
        return None, every
    return _reading(path, content, _in_edition(issue, settings), choice, every, settings), every


def read_issue(path: Path, settings: Settings) -> IssueReading:
    """The issue in the file ``path``; raises SourceError for the first thing that is wrong, and says how many are."""
    found, problems = examine(path, settings)
    if found is not None:
        return found
    first, *others = (each for each in problems if not each.warning)
    more = f" {len(others)} more: exporter issue check {path}" if others else ""
    raise SourceError(f"{first.message}{more}", file=str(path), line=first.line, code=first.code)


def articles(path: Path, settings: Settings) -> tuple[Path, ...]:
    """The files of the articles of the issue in ``path``; none where it cannot be built. Raises SourceError."""
    found, _ = examine(path, settings)
    return tuple(Path(os.path.normpath(each.path)) for each in found.readings) if found else ()


def _in_edition(issue: Issue, settings: Settings) -> Issue:
    """``issue`` in the language asked for, if it has a set of editions in it, else in its own."""
    wanted = settings.defaults.language
    return translated(issue, wanted) if wanted in languages(issue) else issue


def _of_cover(issue: Issue, path: Path) -> Iterator[Problem]:
    if issue.cover and not (path.parent / issue.cover).is_file():
        yield Problem(issue.lines.get(("cover",), 1), "I003", f"there is no picture '{issue.cover}'. Put it there.")


def _of_formats(issue: Issue) -> Iterator[Problem]:
    known = [point.name for point in registry.installed("renderers")]
    for number, name in enumerate(issue.formats or ()):
        if name not in known:
            line = issue.lines.get(("formats", number), 1)
            yield Problem(line, "I002", f"'formats': there is no format '{name}'. {instead(name, known)}")


def _reading(
    path: Path, content: bytes, issue: Issue, choice: Choice, problems: tuple[Problem, ...], settings: Settings
) -> IssueReading:
    """What was read for the ``issue`` in ``path``, as its edition has it."""
    pieces = identified((each.entry, each.reading.article, each.part) for each in choice.chosen)
    readings = {piece.identifier: each.reading for piece, each in zip(pieces, choice.chosen, strict=True)}
    kept = chosen(pieces, issue.language) if languages(choice.issue) else pieces
    return IssueReading(
        path=path,
        issue=issue,
        sha256=hashlib.sha256(content).hexdigest(),
        pieces=kept,
        readings=tuple(readings[piece.identifier] for piece in kept),
        note=_note(path, content, issue, settings) if issue.note else None,
        contents={path.name: content, **dict(_contents(choice))},
        patterns=tuple(choice.patterns),
        problems=problems,
    )


def _contents(choice: Choice) -> Iterator[tuple[str, bytes]]:
    """Every file that was read to choose, sidecars too, by its name from the issue's folder."""
    for name, reading in choice.looked_at.items():
        above = os.path.dirname(name)  # noqa: PTH120 - a name, not a place
        yield from ((normal(f"{above}/{file}" if above else file), each) for file, each in reading.files.items())


def _note(path: Path, content: bytes, issue: Issue, settings: Settings) -> Reading:
    """The editor's note, read as Markdown on the lines it has in the issue's file."""
    line = issue.lines.get(("note",), 1)
    written = content.decode("utf-8-sig").split("\n")[line - 1].rstrip()
    before = line if written.endswith(('"""', "'''")) else line - 1
    text = "\n" * before + (issue.note or "")
    facts = {"title": issue.title, "language": issue.language, "direction": issue.direction}
    return loader.read_as(path, "md", text.encode(), facts, settings)
