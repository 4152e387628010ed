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

_LINKS = {"links": "V008", "picture": "V009", "language": "V011", "direction": "V011", "foreign": "V011"}


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
    pairs, missing, added = _align(expected, found, extraction.form)
    for left, right in pairs:
        yield from _entry(left, right, extraction)
    yield from _unpaired(missing, added, expected, extraction.form)


def _metadata(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Discrepancy]:
    for name, value in found.items():
        wanted = expected.get(name, "")
        if value != wanted:
            message = f"The edition's metadata say {name} '{value}', the source says '{wanted}'."
            yield Discrepancy("V010", message, 0, name, wanted, value)


# --- Alignment --------------------------------------------------------------------------------

Pairs = list[tuple[Said, Said]]


def _align(expected: Sequence[Said], found: Sequence[Said], form: Form) -> tuple[Pairs, list[Said], list[Said]]:
    """Pairs that belong together, and what is left over on either side."""
    left = [_key(entry, form) for entry in expected]
    right = [_key(entry, form) for entry in found]
    pairs: Pairs = []
    missing: list[Said] = []
    added: list[Said] = []
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if operation == "equal":
            pairs.extend(zip(expected[i1:i2], found[j1:j2], strict=True))
        else:
            some, lost, extra = _pair_changed(expected[i1:i2], found[j1:j2], form)
            pairs += some
            missing += lost
            added += extra
    return pairs, missing, added


def _key(entry: Said, form: Form) -> str:
    """What alignment goes by; entries without text go by kind and place."""
    text = signature(entry.text, form)
    if text:
        return text
    return f"\0{entry.kind} {entry.attributes.get('row', '')} {entry.attributes.get('column', '')}"


def _pair_changed(expected: Sequence[Said], found: Sequence[Said], form: Form) -> tuple[Pairs, list[Said], list[Said]]:
    """Pairs of a stretch where texts differ: the same words elsewhere are no pair, similar words are."""
    left, right = _without_moved(expected, found, form)
    if len(left) == len(right):
        return [(a, b) for a, b in zip(left, right, strict=True)], *_rest(expected, found, left, right)
    pairs: Pairs = []
    remaining = list(right)
    for entry in left:
        match = max(remaining, key=lambda other: _likeness(entry, other), default=None)
        if match is not None and _likeness(entry, match) > 0.5:
            pairs.append((entry, match))
            remaining = remaining[remaining.index(match) + 1 :]
    return pairs, *_rest(expected, found, [a for a, _ in pairs], [b for _, b in pairs])


def _without_moved(expected: Sequence[Said], found: Sequence[Said], form: Form) -> tuple[list[Said], list[Said]]:
    """Both sides less what stands, word for word, on both: that has moved, not changed."""
    left = Counter(signature(e.text, form) for e in expected if e.text)
    right = Counter(signature(e.text, form) for e in found if e.text)
    both = left & right
    return (
        [e for e in expected if not both[signature(e.text, form)]],
        [e for e in found if not both[signature(e.text, form)]],
    )


def _rest(
    expected: Sequence[Said], found: Sequence[Said], left: Sequence[Said], right: Sequence[Said]
) -> tuple[list[Said], list[Said]]:
    taken_left = {id(entry) for entry in left}
    taken_right = {id(entry) for entry in right}
    return (
        [e for e in expected if id(e) not in taken_left],
        [e for e in found if id(e) not in taken_right],
    )


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
        if wanted != value and not _foreign_agrees(name, wanted, value, extraction.form):
            yield _finding(_LINKS.get(name, "V007"), expected, wanted, value, name)


def _same_text(expected: Said, found: Said, extraction: Extraction) -> bool:
    if UNREADABLE in found.attributes:
        return True
    if expected.kind == "code" and "whitespace" in extraction.carries:
        return expected.text == found.text
    return agree(expected.text, found.text, extraction.form)


def _foreign_agrees(name: str, wanted: str, value: str, form: Form) -> bool:
    """Passages in other languages are quoted text: compared in the form of text."""
    return name == "foreign" and signature(wanted, form) == signature(value, form)


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
