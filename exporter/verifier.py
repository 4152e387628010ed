"""Holds a finished edition to what its article says: entry by entry, character by character.

Fails closed: an edition nothing can read back, or whose proof does not come, is not verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from exporter import registry
from exporter.article import Article
from exporter.comparison import Form, agree, signature
from exporter.edition import UNREADABLE, Discrepancy, Edition, Extraction
from exporter.errors import ExtractionError
from exporter.text import FURNITURE, Said, said, said_metadata

_CODES = {"links": "V008", "picture": "V009", "language": "V011", "direction": "V011", "foreign": "V011"}

_LOOK_AHEAD = 24
"""How many entries ahead a changed one is looked for: an edition of something else must not cost hours."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome for one edition; ``proof`` names what judged it, ``compared`` counts its entries."""

    format: str
    discrepancies: tuple[Discrepancy, ...]
    proof: str
    compared: int

    @property
    def ok(self) -> bool:
        """Whether the edition says exactly what the article says."""
        return not self.discrepancies


def verify(
    article: Article, edition: Edition, digests: Mapping[str, str] | None = None, fonts: Path | None = None
) -> Verification:
    """Read ``edition`` back and compare it with ``article``; raises FormatError where nothing can read it.

    ``digests`` maps ``Image.source`` to the digest of the pixels planned for the edition.
    """
    expected = said(article, digests)
    try:
        extraction = registry.extractor(edition.format).extract(edition.content)
    except ExtractionError as error:
        return Verification(edition.format, (Discrepancy("V001", str(error)),), "none", len(expected))
    found = tuple(compare(expected, said_metadata(article.metadata), extraction))
    prover = registry.prover(edition.format)
    proofs = prover.prove(edition.content, expected, fonts) if prover else _unproved(extraction)
    return Verification(edition.format, (*found, *proofs), "drawn" if prover else "read", len(expected))


def _unproved(extraction: Extraction) -> tuple[Discrepancy, ...]:
    """Without a prover, an entry its extractor could not read is not verified."""
    return tuple(
        Discrepancy("V000", f"{e.path}: the text cannot be read back, and this format has no prover.", path=e.path)
        for e in extraction.entries
        if UNREADABLE in e.attributes
    )


def compare(expected: Sequence[Said], metadata: Mapping[str, str], extraction: Extraction) -> Iterator[Discrepancy]:
    """Every difference between what an article says and what an edition was found to say."""
    found = [entry for entry in extraction.entries if entry.kind != FURNITURE]
    yield from _metadata(metadata, extraction.metadata)
    pairs = _align(expected, found, extraction.form)
    for i, j in sorted(pairs):
        yield from _entry(expected[i], found[j], extraction)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    missing = [entry for i, entry in enumerate(expected) if i not in left]
    added = [entry for j, entry in enumerate(found) if j not in right]
    yield from _unpaired(missing, added, expected, extraction.form)


def _metadata(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Discrepancy]:
    for name, value in found.items():
        wanted = expected.get(name, "")
        if value != wanted:
            message = f"The edition's metadata say {name} '{value}', the source says '{wanted}'."
            yield Discrepancy("V010", message, 0, name, wanted, value)


# --- Alignment --------------------------------------------------------------------------------

Pairs = list[tuple[int, int]]
Region = tuple[range, range]


def _align(expected: Sequence[Said], found: Sequence[Said], form: Form) -> Pairs:
    """Places, in either sequence, of the entries that belong together; each place at most once."""
    left = [_key(entry, form) for entry in expected]
    right = [_key(entry, form) for entry in found]
    pairs: Pairs = []
    regions: list[Region] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if operation == "equal":
            pairs.extend(zip(range(i1, i2), range(j1, j2), strict=True))
        else:
            regions.append((range(i1, i2), range(j1, j2)))
    moved = _moved(regions, left, right)
    for some, others in regions:
        stay = [i for i in some if left[i] not in moved]
        pairs += _pair_changed(stay, [j for j in others if right[j] not in moved], expected, found)
    return pairs


def _key(entry: Said, form: Form) -> str:
    """What alignment goes by; entries without text go by kind and place."""
    text = signature(entry.text, form)
    if text:
        return text
    return f"\0{entry.kind} {entry.attributes.get('row', '')} {entry.attributes.get('column', '')}"


def _moved(regions: Sequence[Region], left: Sequence[str], right: Sequence[str]) -> frozenset[str]:
    """Keys that stand, word for word, among the unmatched of both sides: they have moved, not changed."""
    here = {left[i] for some, _ in regions for i in some}
    there = {right[j] for _, others in regions for j in others}
    return frozenset(key for key in here & there if not key.startswith("\0"))


def _pair_changed(left: list[int], right: list[int], expected: Sequence[Said], found: Sequence[Said]) -> Pairs:
    """Pairs within a stretch where texts differ: in order where the counts agree, else by likeness."""
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    pairs: Pairs = []
    remaining = right
    for i in left:
        likeness = {j: _likeness(expected[i], found[j]) for j in remaining[:_LOOK_AHEAD]}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] > 0.5:
            pairs.append((i, best))
            remaining = [j for j in remaining if j > best]
    return pairs


def _likeness(left: Said, right: Said) -> float:
    """Between 0 and 1, a little more for two of a kind; unreadable text goes by kind alone."""
    bonus = 0.2 if left.kind == right.kind else 0.0
    if UNREADABLE in right.attributes:
        return 0.6 + bonus if bonus else 0.0
    matcher = SequenceMatcher(None, left.text, right.text, autojunk=False)
    if matcher.real_quick_ratio() < 0.3:
        return bonus
    return matcher.ratio() * 0.8 + bonus


# --- Judgement --------------------------------------------------------------------------------


def _entry(expected: Said, found: Said, extraction: Extraction) -> Iterator[Discrepancy]:
    """The differences within one pair."""
    if not _same_text(expected, found, extraction):
        if expected.kind == found.kind == "image":
            yield _finding("V006", expected, expected.text, found.text, "alternative text")
        else:
            yield _finding("V003", expected, expected.text, found.text, expected.kind)
    if expected.kind != found.kind:
        yield _finding("V007", expected, expected.kind, found.kind, "kind of block")
    for name in sorted(extraction.carries - {"whitespace"}):
        wanted = expected.attributes.get(name, "")
        value = found.attributes.get(name, "")
        if wanted != value and not (name == "foreign" and _foreign_agrees(wanted, found, extraction.form)):
            yield _finding(_CODES.get(name, "V007"), expected, wanted, value, name)


def _same_text(expected: Said, found: Said, extraction: Extraction) -> bool:
    if UNREADABLE in found.attributes:
        return True
    if expected.kind == "code" and "whitespace" in extraction.carries:
        return expected.text == found.text
    return agree(expected.text, found.text, extraction.form)


def _foreign_agrees(wanted: str, found: Said, form: Form) -> bool:
    """Passages in other languages are quoted text; of text that cannot be read, only the languages are compared."""
    value = found.attributes.get("foreign", "")
    if UNREADABLE in found.attributes:
        return _languages(wanted) == _languages(value)
    return signature(wanted, form) == signature(value, form)


def _languages(foreign: str) -> list[str]:
    return [passage.partition(" ")[0] for passage in foreign.split("\n")]


def _unpaired(
    missing: Sequence[Said], added: Sequence[Said], expected: Sequence[Said], form: Form
) -> Iterator[Discrepancy]:
    elsewhere = Counter(signature(e.text, form) for e in added if e.text)
    known = {signature(e.text, form) for e in expected if e.text}
    for entry in missing:
        key = signature(entry.text, form)
        if entry.text and elsewhere[key]:
            elsewhere[key] -= 1
            yield _finding("V004", entry, entry.text, entry.text, entry.kind)
        else:
            yield _finding("V001", entry, entry.text, "", entry.kind)
    for entry in added:
        key = signature(entry.text, form)
        if entry.text and not elsewhere[key]:
            continue
        elsewhere[key] -= 1
        yield _finding("V005" if key in known and entry.text else "V002", entry, "", entry.text, entry.kind)


_SENTENCES: Mapping[str, str] = {
    "V001": "the edition lacks this {what}",
    "V002": "the edition has a {what} the source does not",
    "V003": "the text of this {what} differs",
    "V004": "this {what} stands elsewhere in the edition",
    "V005": "the edition has this {what} more than once",
    "V006": "the alternative text differs",
    "V007": "the {what} differs",
    "V008": "a link leads elsewhere",
    "V009": "another picture stands under this alternative text",
    "V011": "the {what} differs",
}


def _finding(code: str, entry: Said, expected: str, found: str, what: str) -> Discrepancy:
    place = f"Line {entry.line}" if entry.line and code not in ("V002", "V005") else entry.path
    return Discrepancy(code, f"{place}: {_SENTENCES[code].format(what=what)}.", entry.line, entry.path, expected, found)
