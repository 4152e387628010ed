"""What is worth a look in an issue before it is built: nothing of it stops a build (I008)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from exporter.article import Metadata
from exporter.errors import ExporterError
from exporter.issues import Entry, Issue, Piece, Problem, read
from exporter.issues.translations import names_of
from exporter.loading import loader, sources
from exporter.loading.issues import IssueReading
from exporter.loading.lookup import APPROVALS
from exporter.loading.selecting import normal
from exporter.nearness import nearest
from exporter.settings import Settings


def warnings(reading: IssueReading, settings: Settings, today: date) -> tuple[Problem, ...]:
    """Near-misses of the issue that was read: drafts, embargoes, dates, names, translations, articles sent before."""
    found = [*_of_date(reading.issue, today), *_of_names(reading, settings), *_sent_before(reading)]
    for piece in reading.pieces:
        found += (_warning(piece.entry.line, sentence) for sentence in _of_piece(piece, reading, today))
    return tuple(sorted(found))


def _warning(line: int, message: str) -> Problem:
    return Problem(line, "I008", message, warning=True)


def _of_date(issue: Issue, today: date) -> Iterator[Problem]:
    if _day(issue.date) < today.isoformat():
        yield _warning(issue.lines.get(("date",), 1), f"the issue's date, {_day(issue.date)}, is past.")


def _of_piece(piece: Piece, reading: IssueReading, today: date) -> Iterator[str]:
    """Sentences on one article."""
    metadata, name = piece.article.metadata, piece.entry.path
    if metadata.draft:
        yield f"'{name}' is a draft: an issue that holds one is not sent."
    if metadata.embargo and _day(metadata.embargo) > today.isoformat():
        yield f"'{name}' is under embargo until {metadata.embargo.isoformat()}: the issue is not sent before."
    if metadata.published and _day(metadata.published) > _day(reading.issue.date):
        yield f"'{name}' is dated {_day(metadata.published)}, later than the issue."
    for other in reading.pieces:
        if metadata.translation_of in names_of(other) and _moment(metadata) < _moment(other.article.metadata):
            yield f"'{name}' is older than its original, '{other.entry.path}'. Is it translated anew?"


def _moment(metadata: Metadata) -> str:
    known = metadata.updated or metadata.published
    return _day(known) if known else ""


def _day(moment: date) -> str:
    return moment.isoformat()[:10]


# --- Names ------------------------------------------------------------------------------------


def _of_names(reading: IssueReading, settings: Settings) -> Iterator[Problem]:
    """Bylines that are spelt like another that more articles bear, of those in the same folders."""
    counts = _authors(reading, settings)
    for piece in reading.pieces:
        for author in piece.article.metadata.authors:
            like = nearest(author, (other for other in counts if other != author))
            if like and counts[like] > counts.get(author, 0) and _is_slip(author, like):
                message = f"'{piece.entry.path}' is by '{author}'; '{like}' wrote {counts[like]} others. A slip?"
                yield _warning(piece.entry.line, message)


def _is_slip(author: str, other: str) -> bool:
    """Whether two names differ in next to nothing: in case, in a letter or two, or in the order of their words."""
    words, others = author.casefold().split(), other.casefold().split()
    alike = sum(a == b for a, b in zip(words, others, strict=False))
    return sorted(words) == sorted(others) or (len(words) == len(others) and alike >= len(words) - 1)


def _authors(reading: IssueReading, settings: Settings) -> dict[str, int]:
    """How many articles in the folders of the issue's articles bear each byline."""
    counts = dict.fromkeys(settings.defaults.authors, 1)
    for path in _neighbours(reading):
        try:
            authors = loader.read(path, settings).article.metadata.authors
        except ExporterError:  # told where it is built
            continue
        for author in authors:
            counts[author] = counts.get(author, 0) + 1
    return counts


def _neighbours(reading: IssueReading) -> Iterable[Path]:
    folders = dict.fromkeys(each.path.parent for each in reading.readings)
    found = sources.find(folders, Path())
    return dict.fromkeys(path.resolve() for path in found.walked)


# --- Other issues -----------------------------------------------------------------------------


def _sent_before(reading: IssueReading) -> Iterator[Problem]:
    """Articles that an approved issue in the same folder names too."""
    for path in sorted(reading.path.parent.glob("*.toml")):
        if path.resolve() != reading.path.resolve() and path.with_suffix(APPROVALS).is_file():
            named = _named(path)
            for piece in reading.pieces:
                if normal(piece.entry.path) in named:
                    yield _warning(piece.entry.line, f"'{piece.entry.path}' is in {path.name} too, which was approved.")


def _named(path: Path) -> frozenset[str]:
    issue, _ = read(path.read_bytes())
    parts = issue.parts if issue else ()
    return frozenset(normal(each.path) for part in parts for each in part.articles if isinstance(each, Entry))
