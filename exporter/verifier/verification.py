"""Holds a finished edition to what its article says: entry by entry, character by character.

Fails closed: an edition nothing can read back, or whose proof does not come, is not verified.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

from exporter import labels, registry, templating
from exporter.article import Article
from exporter.comparison import ALTERED, OPEN
from exporter.edition import UNREADABLE, Discrepancy, Edition, Extraction
from exporter.errors import ExtractionError
from exporter.labels import Labels
from exporter.text import FURNITURE, Said, said, said_metadata
from exporter.verifier.extraction import read_back
from exporter.verifier.furniture import misnamed, strangers, vocabulary
from exporter.verifier.passages import Passage, passages

Verdict: TypeAlias = Literal["verified", "same", "differs"]


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome for one edition; ``proof`` names what judged it, ``compared`` counts its entries.

    ``passages`` are article and edition side by side; ``producer`` is the program that, by what the file
    says, saved it last, "" where it names none but this project's own.
    """

    format: str
    discrepancies: tuple[Discrepancy, ...]
    proof: str
    compared: int
    producer: str = ""
    passages: tuple[Passage, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the edition says exactly what the article says, and that is proved as far as it can be."""
        return not self.discrepancies

    @property
    def verdict(self) -> Verdict:
        """ "verified"; "same" where nothing but looks, metadata or languages differ; "differs" in what is said."""
        if any(each.level == "text" for each in self.discrepancies):
            return "differs"
        return "same" if self.discrepancies else "verified"


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
    rows = _side_by_side(expected, extraction)
    said_here = (finding for row in rows for finding in row.findings)
    found = (*_beside(metadata, extraction), *said_here, *_stray(article, expected, extraction, words))
    proofs = prover.prove(edition.content, expected, fonts) if prover else _unproved(extraction)
    proof = "drawn" if prover else "read"
    return Verification(edition.format, (*found, *proofs), proof, len(expected), extraction.producer, rows)


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
    yield from _beside(metadata, extraction)
    for passage in _side_by_side(expected, extraction):
        yield from passage.findings


def _beside(metadata: Mapping[str, str], extraction: Extraction) -> Iterator[Discrepancy]:
    yield from _metadata(metadata, extraction.metadata)
    yield from _altered(extraction)


def _side_by_side(expected: Sequence[Said], extraction: Extraction) -> tuple[Passage, ...]:
    found = [entry for entry in extraction.entries if entry.kind not in (FURNITURE, ALTERED, OPEN)]
    return passages(expected, found, extraction)


def _metadata(expected: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Discrepancy]:
    for name, value in found.items():
        wanted = expected.get(name, "")
        if value != wanted:
            message = f"The edition's metadata say {name} '{value}', the source says '{wanted}'."
            yield Discrepancy("V010", message, 0, name, wanted, value, "form")


def _altered(extraction: Extraction) -> Iterator[Discrepancy]:
    """Means by which the edition can show other than what it holds, and what in it is not settled."""
    for entry in extraction.entries:
        if entry.kind == ALTERED:
            yield Discrepancy("C001", f"{entry.path}: {entry.text}.", path=entry.path, found=entry.text)
        elif entry.kind == OPEN:
            yield Discrepancy("C002", f"{entry.path}: {entry.text}.", path=entry.path, level="form")
