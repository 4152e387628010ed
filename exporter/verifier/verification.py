"""Holds a finished edition to what its article says: entry by entry, character by character.

Fails closed: an edition nothing can read back, or whose proof does not come, is not verified.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from fontTools import unicodedata

from exporter import labels, registry, templating
from exporter.article import Article
from exporter.comparison import ALTERED, CONTENTS, COVER, OPEN
from exporter.edition import UNREADABLE, Discrepancy, Edition, Extraction
from exporter.errors import ExtractionError
from exporter.labels import Labels
from exporter.text import FURNITURE, Said, said, said_metadata
from exporter.verifier.contents import misheaded, misled
from exporter.verifier.cover import misdrawn
from exporter.verifier.decoration import decorated
from exporter.verifier.extraction import read_back
from exporter.verifier.furniture import is_beside, misnamed, numbers_of, strangers, vocabulary
from exporter.verifier.letterhead import Letterhead, misaddressed
from exporter.verifier.passages import Passage, passages
from exporter.verifier.printing import printable, script_apart
from exporter.verifier.streams import LINE, is_doubtful, parted, united
from exporter.walk import contents

Verdict: TypeAlias = Literal["verified", "same", "unproved", "differs"]


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
        """What the findings come to, by their levels.

        verified   nothing differs
        same       nothing but looks, metadata or languages differ, or nothing shows what is drawn
        unproved   nothing that can be judged differs, but not all of what is said can be
        differs    the edition says something else
        """
        codes = {each.code for each in self.discrepancies if each.level == "text"}
        if codes:
            return "unproved" if codes <= {"P010"} else "differs"
        return "same" if self.discrepancies else "verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an edition may have beside its article.

    ``files`` are those the article was read from, by name, which may go along; ``cover`` is the picture planned as its
    cover, b"" where none is, None where nobody knows; ``house`` is what a house's own document puts at the head and
    foot of pages, and an email around its article, word for word; ``letterhead`` is what is planned there;
    ``decorations`` are the digests of its pictures without words: its logo.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    cover: bytes | None = None
    house: Collection[str] = ()
    letterhead: Letterhead | None = None
    decorations: Collection[str] = ()


def verify(
    article: Article,
    edition: Edition,
    digests: Mapping[str, str] | None = None,
    fonts: Path | None = None,
    templates: tuple[Path, ...] | None = None,
    beside: Beside | None = None,
) -> Verification:
    """Read ``edition`` back and compare it with ``article``; raises FormatError where nothing can read it.

    ``digests`` maps ``Image.source`` to the digest of the pixels planned for the edition;
    ``templates`` are the folders its labels come from, the built-in ones unless told; ``beside`` is what the edition
    may have beside the article, nothing unless told.
    """
    beside, expected = beside or Beside(), said(article, digests)
    try:
        extraction = read_back(edition.format, edition.content)
    except ExtractionError as error:
        return Verification(edition.format, (Discrepancy("V001", str(error)),), "none", len(expected))
    metadata = said_metadata(article.metadata)
    words = labels.load(article.metadata.language, templates or templating.search_path())
    if extraction.form == "text":
        return _by_text(edition, expected, extraction, vocabulary(words, expected, metadata), words)
    if prover := registry.prover(edition.format):
        extraction = _without_what_is_proved(extraction)
    rows = _side_by_side(expected, extraction)
    said_here = (finding for row in rows for finding in row.findings)
    found = (
        *_beside(metadata, extraction),
        *misdrawn(beside.cover, article.metadata, extraction),
        *misled(article, expected, extraction),
        *said_here,
        *_stray(article, expected, extraction, (words, *_spoken(article, words, templates)), beside),
        *misaddressed(beside.letterhead, extraction.entries, words, metadata["canonical_url"], beside.house),
        *_along(extraction.attachments, beside.files),
        *decorated(article, digests, extraction.decorations, beside.decorations),
    )
    proofs = prover.prove(edition.content, expected, fonts) if prover else _unproved(extraction)
    proof = "drawn" if prover else "read"
    return Verification(edition.format, (*found, *proofs), proof, len(expected), extraction.producer, rows)


def _by_text(
    edition: Edition, expected: Sequence[Said], extraction: Extraction, known: frozenset[str], words: Labels
) -> Verification:
    """Another program's pages: what can be read of them, compared with what they can be expected to show."""
    shown, found = parted(printable(expected), extraction.entries)
    numbers = numbers_of(shown, words)
    texts = united([each for each in found if each.kind != LINE or not is_beside(each.text, known, numbers)])
    rows = tuple(_told(row) for row in passages(shown, texts, extraction))
    findings = (
        Discrepancy("V014", f"{extraction.producer} made this PDF: {_TEXT_ALONE}.", level="form"),
        *_running(extraction, known),
        *(finding for row in rows for finding in row.findings),
    )
    return Verification(edition.format, findings, "text", len(shown), extraction.producer, rows)


_TEXT_ALONE = "its text alone is compared, as far as it can be read, and not what is drawn"


def _running(extraction: Extraction, known: frozenset[str]) -> Iterator[Discrepancy]:
    """Running heads and feet, each once, that say what is not the article's."""
    strange = dict.fromkeys(re.sub(r"\d+", "#", each.text) for each in strangers(extraction.entries, known))
    for text in strange:
        yield Discrepancy("V002", f"Probably a running head or foot, not compared: '{text}'.", level="form")


def _told(row: Passage) -> Passage:
    """``row``; where a page does not tell its text, with that alone to be said of it."""
    if row.source and any(UNREADABLE in entry.attributes for entry in row.edition):
        return replace(row, relation="untold", findings=(_untold(row.source[0], row.edition[0].text),))
    if row.relation == "missing" and is_doubtful(row.source[0]):
        return replace(row, relation="untold", findings=(_untold(row.source[0], ""),))
    return row


def _untold(source: Said, found: str) -> Discrepancy:
    place = f"Line {source.line}" if source.line else source.path
    script = unicodedata.script_name(script_apart(source.text))
    message = f"{place}: {script} text cannot be judged by reading it from a page."
    return Discrepancy("P010", message, source.line, source.path, source.text, found)


def _without_what_is_proved(extraction: Extraction) -> Extraction:
    """Furniture a prover judges is left to it: what cannot be read, and what stands outside the text."""
    entries = tuple(e for e in extraction.entries if e.kind != FURNITURE or not _is_proved(e))
    return replace(extraction, entries=entries)


def _is_proved(furniture: Said) -> bool:
    """Whether a prover judges it: not where an element says that its words are the house's labels."""
    outside = furniture.path.startswith("page") and not furniture.path.endswith(": Furniture")
    return UNREADABLE in furniture.attributes or outside


def _spoken(article: Article, words: Labels, templates: tuple[Path, ...] | None) -> tuple[Labels, ...]:
    """The labels of sections in other languages than the article's own, which has ``words``."""
    languages = dict.fromkeys(section.language for section in contents(article) if section.language)
    found = (labels.beside(each, words, templates or templating.search_path()) for each in languages)
    return tuple(each for each in found if each != words)


def _stray(
    article: Article, expected: Sequence[Said], extraction: Extraction, words: tuple[Labels, ...], beside: Beside
) -> Iterator[Discrepancy]:
    """What the edition adds beside the article that no edition has to say; the first of ``words`` are its own."""
    known = vocabulary(words[0], expected, said_metadata(article.metadata), words[1:])
    places = {"publisher": article.metadata.publisher or "", "contents heading": words[0].contents, "cover": ""}
    # A preheader that is planned is compared by itself.
    entries = [
        each for each in extraction.entries if not beside.letterhead or each.attributes.get("place") != "preheader"
    ]
    for entry in strangers(entries, known, beside.house, places):
        message = f"{entry.path}: the edition adds words that are neither the article's nor a label."
        yield Discrepancy("V002", message, 0, entry.path, "", entry.text)
    yield from misheaded(extraction.entries, expected, beside.house)
    for entry, label in misnamed(extraction.entries, expected, words[0], article, words[1:]):
        message = f"{entry.path}: '{label.text}' stands before the {entry.kind} '{entry.text}'."
        yield Discrepancy("V007", message, 0, entry.path, "", label.text)


def _along(attachments: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[Discrepancy]:
    """Files that go along and are not what the article was read from."""
    known = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name in attachments}
    for name, digest in attachments.items():
        if known.get(name) != digest:
            what = "is not the one" if name in known else "is none of those"
            message = f"The file '{name}' that goes along {what} the article was read from."
            yield Discrepancy("V015", message, 0, name, known.get(name, ""), digest)


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


APART: Final = frozenset((FURNITURE, ALTERED, CONTENTS, COVER, OPEN))
"""Kinds of what an edition has beside the article's texts."""


def _side_by_side(expected: Sequence[Said], extraction: Extraction) -> tuple[Passage, ...]:
    found = [entry for entry in extraction.entries if entry.kind not in APART]
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
