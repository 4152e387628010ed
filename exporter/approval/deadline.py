"""Ten minutes before the hour: articles left out of an issue, and findings let pass, in the issue's own file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import Final

from exporter import durable
from exporter.approval import editing
from exporter.approval.articles import Articles
from exporter.approval.editing import EditError
from exporter.errors import ApprovalError
from exporter.issues import Issue, Waiver, read
from exporter.loading import loader
from exporter.loading.selecting import normal
from exporter.settings import Settings


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed in an issue's file: a sentence for each thing."""

    path: Path
    sentences: tuple[str, ...]


def hold(path: Path, articles: Sequence[str], settings: Settings) -> Change:
    """Leave ``articles`` out of the issue in the file ``path``; raises ApprovalError, and SourceError.

    Each is named by its path from the issue or from the working directory, by slug or by title.
    """
    with durable.alone(path.parent):
        content, issue = _read(path)
        known = Articles(issue, path.parent, settings)
        every = known.paths()
        named = tuple(dict.fromkeys(known.named(each, every) for each in articles))
        out = {*map(normal, issue.hold)}
        new = tuple(each for each in named if normal(each) not in out)
        left = len({*map(normal, every)} - out - {*map(normal, new)})
        if new and not left:
            raise ApprovalError(f"{path}: no article would be left. An issue needs one.")
        _write(path, lambda: editing.held(content, new) if new else content)
    already = (f"{each} was left out already." for each in named if each not in new)
    made = (f"{_told(each, known)} is left out; contents and numbers follow." for each in new)
    return Change(path, (*already, *made, f"The issue has {_counted(left)}."))


def release(path: Path, articles: Sequence[str], settings: Settings) -> Change:
    """Take ``articles`` that were held back into the issue in the file ``path``; raises as ``hold`` does."""
    with durable.alone(path.parent):
        content, issue = _read(path)
        if not issue.hold:
            raise ApprovalError(f"{path}: no article is held.")
        known = Articles(issue, path.parent, settings)
        named = tuple(dict.fromkeys(known.named(each, issue.hold) for each in articles))
        back = {*map(normal, named)}
        written = [each for each in issue.hold if normal(each) in back]
        _write(path, lambda: editing.released(content, written))
        left = len({*map(normal, known.paths())} - ({*map(normal, issue.hold)} - back))
    return Change(path, (*(f"{_told(each, known)} is back." for each in named), f"The issue has {_counted(left)}."))


def waive(path: Path, waivers: Sequence[Waiver], settings: Settings) -> Change:
    """Let the findings that ``waivers`` name pass in the issue in the file ``path``; raises as ``hold`` does.

    ``Waiver.article`` is named as for ``hold``; ``block`` is the line of the article that the finding tells.
    """
    with durable.alone(path.parent):
        content, issue = _read(path)
        known = Articles(issue, path.parent, settings)
        every = known.paths()
        wanted = [replace(each, article=known.named(each.article, every)) for each in waivers]
        for each in wanted:
            _refuse(each)
            _check_line(path.parent / each.article, each.block)
        new = [each for each in wanted if _standing(each, issue) is None]
        _write(path, lambda: reduce(editing.waived, map(_table, new), content))
    return Change(path, tuple(_sentence(each, _standing(each, issue)) for each in wanted))


def _standing(waiver: Waiver, issue: Issue) -> Waiver | None:
    """The waiver of the same finding that ``issue`` has already."""
    return next((each for each in issue.waivers if _finding(each) == _finding(waiver)), None)


def _finding(waiver: Waiver) -> tuple[str, str, int]:
    return waiver.code, normal(waiver.article), waiver.block


def _sentence(waiver: Waiver, standing: Waiver | None) -> str:
    place = f"{waiver.code} in {waiver.article}:{waiver.block}"
    if standing:
        return f"{place} passes already, by {standing.by}: {standing.reason}"
    return f"{place} may pass; whoever approves the issue is told."


# --- Codes ------------------------------------------------------------------------------------

_NEVER: Final = {
    "V000": "nothing can vouch for such an edition",
    "V014": "it is said of other programs' files alone",
    "P001": "a page shows a box for it. Install the font that the finding names, write it another way, "
    "or leave the article out: exporter issue hold",
}
"""Codes of a kind that may pass which may not, and why."""

_WHY_NOT: Final = {
    "S": "no edition can be made of an article that cannot be read for certain. "
    "Mend it, or leave it out: exporter issue hold",
    "I": "it is a mistake in the issue's file. Mend it; of an article that is missing: exporter issue hold",
    "B": "it is about who built. Build again",
    "L": "a loss stands against no edition. With --strict: --accept-losses",
}
"""Why findings cannot be waived, by the first letter of their codes, and what to do instead."""


def is_waivable(code: str) -> bool:
    """Whether a finding with ``code`` is one that may pass: an edition was made, and says or shows something else."""
    return bool(re.fullmatch(r"[CPV]0\d\d", code)) and code not in _NEVER


def _refuse(waiver: Waiver) -> None:
    """Raise ApprovalError where ``waiver`` is none that can be."""
    code = waiver.code
    if not re.fullmatch(r"[A-Z]\d{3}", code):
        raise ApprovalError(f"'{code}' is no code of a finding. They read like V003: docs/verification.md lists them.")
    if code in _NEVER:
        raise ApprovalError(f"{code} cannot be waived: {_NEVER[code]}.")
    if not is_waivable(code):
        why = _WHY_NOT.get(code[0], "there is no such code: docs/verification.md lists them")
        raise ApprovalError(f"{code} cannot be waived: {why}.")
    for name, value in (("--by", waiver.by), ("--reason", waiver.reason)):
        if not value.strip():
            raise ApprovalError(f"{name} is empty. A waiver says who lets it pass, and why.")


def _check_line(file: Path, line: int) -> None:
    count = loader.content_of(file).count(b"\n") + 1
    if not 1 <= line <= count:
        raise ApprovalError(f"{file} has no line {line}: it has {count}. Name the line that the finding tells.")


def _table(waiver: Waiver) -> dict[str, str | int]:
    return {
        "code": waiver.code,
        "article": waiver.article,
        "block": waiver.block,
        "by": waiver.by.strip(),
        "reason": waiver.reason.strip(),
    }


# --- The file ---------------------------------------------------------------------------------


def _read(path: Path) -> tuple[bytes, Issue]:
    """The issue in the file ``path``, as far as it can be told; raises ApprovalError where it is no TOML."""
    content = loader.content_of(path)
    issue, problems = read(content)
    if issue is None:
        raise ApprovalError(f"{path}:{problems[0].line}: {problems[0].message}")
    return content, issue


def _write(path: Path, change: Callable[[], bytes]) -> None:
    """Put what ``change`` makes in the place of ``path``.

    Raises ApprovalError where nothing can be changed, or the issue would have a mistake it had not.
    """
    old = path.read_bytes()
    try:
        new = change()
    except EditError as error:
        raise ApprovalError(f"{path} is written in a way that only a person can change: {error}.") from error
    (_, before), (_, after) = read(old), read(new)
    if worse := {each.message for each in after} - {each.message for each in before}:
        raise ApprovalError(f"{path} is left as it is: {min(worse)}")
    if new != old:
        durable.write(path, new, path.stat().st_mode & 0o777)


def _told(article: str, known: Articles) -> str:
    title = known.title(article)
    return f"{article} ('{title}')" if title else article


def _counted(number: int) -> str:
    return "1 article" if number == 1 else f"{number} articles"
