"""Holds a finished edition to what its article says: entry by entry, character by character.

Fails closed: an edition nothing can read back, or whose proof does not come, is not verified.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exporter import labels, registry, templating
from exporter.article import Article
from exporter.comparison import ALTERED, Form, agree, signature
from exporter.edition import UNREADABLE, Discrepancy, Edition, Extraction
from exporter.errors import ExtractionError
from exporter.labels import Labels
from exporter.text import FURNITURE, Said, said, said_metadata
from exporter.verifier.alignment import align
from exporter.verifier.extraction import read_back
from exporter.verifier.furniture import misnamed, strangers, vocabulary

_CODES = {"links": "V008", "picture": "V009", "language": "V011", "direction": "V011", "foreign": "V011"}


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
    article: Article,
    edition: Edition,
    digests: Mapping[str, str] | None = None,
    fonts: Path | None = None,
    templates: tuple[Path, ...] | None = None,
) -> Verification:
    """Read ``edition`` back and compare it with ``article``; raises FormatError where nothing can read it.

    ``digests`` maps ``Image.source`` to the digest of the pixels planned for the edition;
    ``templates`` are the folders its labels come from, the built-in ones unless told.
    """
    expected = said(article, digests)
    try:
        extraction = read_back(edition.format, edition.content)
    except ExtractionError as error:
        return Verification(edition.format, (Discrepancy("V001", str(error)),), "none", len(expected))
    metadata = said_metadata(article.metadata)
    words = labels.load(article.metadata.language, templates or templating.search_path())
    prover = registry.prover(edition.format)
    if prover:
        extraction = _without_what_is_proved(extraction)
    found = (*compare(expected, metadata, extraction), *_stray(article, expected, extraction, words))
    proofs = prover.prove(edition.content, expected, fonts) if prover else _unproved(extraction)
    return Verification(edition.format, (*found, *proofs), "drawn" if prover else "read", len(expected))


def _without_what_is_proved(extraction: Extraction) -> Extraction:
    """Furniture a prover judges is left to it: what cannot be read, and what stands outside the text."""
    entries = tuple(e for e in extraction.entries if e.kind != FURNITURE or not _is_proved(e))
    return replace(extraction, entries=entries)


def _is_proved(furniture: Said) -> bool:
    """Whether a prover judges it: not where an element says that its words are the house's labels."""
    outside = furniture.path.startswith("page") and not furniture.path.endswith(": Furniture")
    return UNREADABLE in furniture.attributes or outside


def _stray(article: Article, expected: Sequence[Said], extraction: Extraction, words: Labels) -> Iterator[Discrepancy]:
    """What the edition adds beside the article that no edition has to say."""
    known = vocabulary(words, expected, said_metadata(article.metadata))
    for entry in strangers(extraction.entries, known):
        message = f"{entry.path}: the edition adds words that are neither the article's nor a label."
        yield Discrepancy("V002", message, 0, entry.path, "", entry.text)
    for entry, label in misnamed(extraction.entries, words, article.metadata):
        message = f"{entry.path}: '{label.text}' stands before the {entry.kind} '{entry.text}'."
        yield Discrepancy("V007", message, 0, entry.path, "", label.text)


def _unproved(extraction: Extraction) -> tuple[Discrepancy, ...]:
    """Without a prover, an entry its extractor could not read is not verified."""
    return tuple(
        Discrepancy("V000", f"{e.path}: the text cannot be read back, and this format has no prover.", path=e.path)
        for e in extraction.entries
        if UNREADABLE in e.attributes
    )


def compare(expected: Sequence[Said], metadata: Mapping[str, str], extraction: Extraction) -> Iterator[Discrepancy]:
    """Every difference between what an article says and what an edition was found to say."""
    found = [entry for entry in extraction.entries if entry.kind not in (FURNITURE, ALTERED)]
    yield from _metadata(metadata, extraction.metadata)
    yield from _altered(extraction)
    pairs = align(expected, found, extraction.form)
    for i, j in sorted(pairs):
        yield from _entry(expected[i], found[j], extraction)
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    missing = [entry for i, entry in enumerate(expected) if i not in left and _shows(entry, extraction.form)]
    added = [entry for j, entry in enumerate(found) if j not in right]
    yield from _unpaired(missing, added, expected, extraction.form)


def _shows(entry: Said, form: Form) -> bool:
    """Whether ``entry`` can be found missing: on a page, a text of no-break spaces leaves nothing to find."""
    return form == "exact" or not entry.text or bool(signature(entry.text, form))


def _metadata(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Discrepancy]:
    for name, value in found.items():
        wanted = expected.get(name, "")
        if value != wanted:
            message = f"The edition's metadata say {name} '{value}', the source says '{wanted}'."
            yield Discrepancy("V010", message, 0, name, wanted, value)


def _altered(extraction: Extraction) -> Iterator[Discrepancy]:
    """Means by which the edition can show other than what it holds."""
    for entry in extraction.entries:
        if entry.kind == ALTERED:
            yield Discrepancy("C001", f"{entry.path}: {entry.text}.", path=entry.path, found=entry.text)


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
            yield _finding(_CODES.get(name, "V007"), expected, wanted, value, _NAMES.get(name, name))


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


_NAMES: Mapping[str, str] = {
    "level": "level of the heading",
    "list": "marker of the list item",
    "task": "box of the task",
    "depth": "depth in lists",
    "quote": "depth in quotations",
    "note": "number of the note",
    "calls": "number of a note called",
    "foreign": "passage in another language",
    "row": "row of the cell",
    "column": "column of the cell",
    "header": "heading role of the cell",
    "syntax": "language of the code",
}
"""Attributes as a person reads of them, where their own name would not do."""

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
