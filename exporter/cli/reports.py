"""The comparison as one page of HTML that needs nothing but itself; ``templates/report.html.j2`` sets it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Final

from markupsafe import Markup

from exporter import templating
from exporter.cli.documents import WORDED
from exporter.cli.marking import in_line, parts, sign_name
from exporter.edition import Discrepancy
from exporter.text import Said
from exporter.verifier import Change, Passage, Verification, changes
from exporter.walk import OBJECT

_ORDER: Final = ("changed", "split", "merged", "moved away", "repeated", "added", "missing", "untold", "looks")
_LABELS: Final[Mapping[str, str]] = {
    "same": "The same",
    "changed": "Changed",
    "looks": "Set otherwise",
    "split": "Split",
    "merged": "Merged",
    "missing": "Removed",
    "added": "Added",
    "repeated": "Repeated",
    "moved away": "Moved",
    "moved here": "Moved here",
    "untold": "Not judged",
}
_GLANCE: Final = 160
"""Characters a difference takes in the list of them all."""

_OFTEN: Final = 3
"""What is to be said of more texts than this, and is no more than looks, is said once."""

_SAID: Final = frozenset({"V001", "V002", "V003", "V004", "V005", "V006", "V012", "V013", "P010"})
"""Codes of findings that the two columns show without more words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: ``mark`` is "same", "removed" or "added"; ``unseen`` that ``text`` is a character's name."""

    mark: str
    text: str
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """A text as one column shows it."""

    place: str
    kind: str
    language: str
    direction: str
    marker: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One passage, side by side; ``partner`` is the number of the row it moved to or from, else 0."""

    number: int
    relation: str
    label: str
    source: tuple[Side, ...]
    edition: tuple[Side, ...]
    notes: tuple[str, ...]
    partner: int = 0
    glance: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One edition beside its article."""

    file: str
    verification: Verification
    rows: tuple[Row, ...]
    counts: tuple[str, ...]
    beside: tuple[tuple[Discrepancy, int], ...]

    @property
    def differing(self) -> tuple[Row, ...]:
        """The rows in which more than looks differ."""
        return tuple(row for row in self.rows if row.relation not in ("same", "looks", "moved-here"))


def page(article: str, found: Mapping[str, Verification], folders: tuple[Path, ...]) -> str:
    """The page for the editions of ``article``, by the names of their files."""
    environment = templating.environment(folders)
    css = templating.find("report.css", folders).read_text(encoding="utf-8")
    comparisons = [_comparison(file, verification) for file, verification in found.items()]
    return environment.get_template("report.html.j2").render(article=article, css=Markup(css), comparisons=comparisons)


def write(path: Path, text: str) -> None:
    """Write the page whole or not at all."""
    new = path.with_name(f".new-{path.name}")
    try:
        new.write_bytes(text.encode("utf-8", "backslashreplace"))
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _comparison(file: str, verification: Verification) -> Comparison:
    within = [finding for passage in verification.passages for finding in passage.findings]
    often = {what for what, times in Counter(map(_what, within)).items() if times > _OFTEN and what.level == "form"}
    rows = tuple(_rows(verification.passages, often))
    counts = Counter(row.label for row in rows)
    shown = [f"{counts[_LABELS[each]]} {_LABELS[each].lower()}" for each in _ORDER if counts[_LABELS[each]]]
    return Comparison(file, verification, rows, tuple(shown), tuple(_beside(verification, within, often)))


def _what(finding: Discrepancy) -> Discrepancy:
    """``finding`` without its place: equal for those that say the same of several texts."""
    sentence = finding.message.removeprefix(f"Line {finding.line}: ").removeprefix(f"{finding.path}: ")
    return replace(finding, message=f"{sentence[:1].upper()}{sentence[1:]}", line=0, path="")


def _beside(
    verification: Verification, within: Sequence[Discrepancy], often: Container[Discrepancy]
) -> Iterator[tuple[Discrepancy, int]]:
    """Findings that stand in no row, and how often each is made: those on no text, and those on most."""
    places = {id(finding) for finding in within}
    alone = (finding for finding in verification.discrepancies if id(finding) not in places)
    everywhere = (what for what in map(_what, within) if what in often)
    yield from Counter((*map(_what, alone), *everywhere)).items()


# --- Rows -------------------------------------------------------------------------------------


def _rows(passages: Sequence[Passage], often: Container[Discrepancy]) -> Iterator[Row]:
    away = {p.move: (number, p) for number, p in enumerate(passages, 1) if p.relation == "moved away"}
    here = {p.move: number for number, p in enumerate(passages, 1) if p.relation == "moved here"}
    for number, whole in enumerate(passages, 1):
        passage = replace(whole, findings=tuple(each for each in whole.findings if _what(each) not in often))
        match passage.relation:
            case "moved away":
                yield _row(number, passage, _sides(passage.source, _plain(passage.source)), (), here[passage.move])
            case "moved here":
                partner, origin = away[passage.move]
                marked = _changes(origin.source, passage.edition)
                yield _row(number, passage, (), _sides(passage.edition, _without(marked, "removed")), partner)
            case "untold":
                left, right = (_sides(side, _plain(side)) for side in (passage.source, passage.edition))
                yield _row(number, passage, left, right)
            case _:
                marked = _changes(passage.source, passage.edition)
                left = _sides(passage.source, _without(marked, "added"))
                right = _sides(passage.edition, _without(marked, "removed"))
                yield _row(number, passage, left, right)


def _row(number: int, passage: Passage, left: tuple[Side, ...], right: tuple[Side, ...], partner: int = 0) -> Row:
    relation = _shown(passage)
    notes = tuple(_note(finding) for finding in passage.findings if finding.code not in _SAID)
    glance = _glance(passage) if passage.findings else ""
    return Row(number, relation.replace(" ", "-"), _LABELS[relation], left, right, notes, partner, glance)


def _glance(passage: Passage) -> str:
    """Where the words change, in one line; of a text that is as it was, how it begins."""
    text = _joined(passage.source) or _joined(passage.edition)
    worded = any(finding.code in WORDED for finding in passage.findings)
    line = in_line(_changes(passage.source, passage.edition)) if worded else text
    line = " ".join(line.replace(OBJECT, "").split())
    return line if len(line) <= _GLANCE else f"{line[:_GLANCE]}\u2026"


def _shown(passage: Passage) -> str:
    """The relation; of a text whose words are the same, whether anything else is to be said of it."""
    if passage.relation != "changed" or any(finding.level == "text" for finding in passage.findings):
        return passage.relation
    return "looks" if passage.findings else "same"


def _note(finding: Discrepancy) -> str:
    """A finding in one line, without its place, which the row shows."""
    texts = f"{finding.expected or '(nothing)'} \u2192 {finding.found or '(nothing)'}".replace("\n", ", ")
    return f"{_what(finding).message.rstrip('.')}: {texts} [{finding.code}]"


# --- Columns ----------------------------------------------------------------------------------

_BETWEEN: Final = "\f"
"""Stands between two entries of one side: no text of an entry has it, being white space."""


def _changes(source: Sequence[Said], edition: Sequence[Said]) -> tuple[Change, ...]:
    """The texts of either side as one."""
    left, right = _joined(source), _joined(edition)
    if source and edition:
        return changes(left, right) if left != right else (Change("same", left),)
    return (Change("removed" if source else "added", left or right),)


def _joined(entries: Iterable[Said]) -> str:
    return _BETWEEN.join(entry.text.replace(_BETWEEN, " ") for entry in entries)


def _plain(entries: Iterable[Said]) -> tuple[Change, ...]:
    return (Change("same", _joined(entries)),)


def _without(marked: Iterable[Change], operation: str) -> list[Change]:
    return [change for change in marked if change.operation != operation]


def _sides(entries: Sequence[Said], marked: Iterable[Change]) -> tuple[Side, ...]:
    """The entries of one column with the stretches of each."""
    stretches: list[list[Change]] = [[]]
    for change in marked:
        first, *more = change.text.split(_BETWEEN)
        stretches[-1].append(replace(change, text=first))
        stretches += [[replace(change, text=text)] for text in more]
    return tuple(_side(entry, within) for entry, within in zip(entries, stretches, strict=bool(entries)))


def _side(entry: Said, marked: Iterable[Change]) -> Side:
    facts = entry.attributes
    place = f"Line {entry.line}" if entry.line and not entry.path.startswith("page ") else _plain_path(entry.path)
    kind = f"{entry.kind} {facts['level']}" if "level" in facts else entry.kind
    marker = {"bullet": "\u2022", "": ""}.get(facts.get("list", ""), f"{facts.get('list')}.")
    objects = _objects(entry)
    pieces = tuple(piece for change in marked for piece in _pieces(change, objects) if piece.text)
    return Side(place, kind, facts.get("language", ""), facts.get("direction", "auto"), marker, pieces)


def _plain_path(path: str) -> str:
    """Where in an edition an entry stands, where that says more than its kind: the page of a PDF, a file of an EPUB."""
    return path.partition(":")[0] if path.startswith("page") else ""


def _objects(entry: Said) -> Iterator[str]:
    """What stands for each object replacement character of a text."""
    calls = entry.attributes.get("calls", "").split("\n")
    known = entry.text.count(OBJECT) == len(calls)
    yield from (f"note {number}" for number in calls if known)
    yield from repeat("note or picture")


def _pieces(change: Change, objects: Iterator[str]) -> Iterator[Piece]:
    for unseen, signs in parts(change.text):
        if unseen and change.operation != "same":
            yield from (Piece(change.operation, sign_name(sign).lower(), True) for sign in signs)
            continue
        for number, text in enumerate(signs.split(OBJECT)):
            yield from (Piece(change.operation, next(objects), True),) if number else ()
            yield Piece(change.operation, text)
