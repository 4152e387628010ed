"""Reads a DOCX edition back, with nothing but a zip reader and an XML parser.

It follows the standard (ISO/IEC 29500-1), not the renderer: styles are resolved, lists counted and
languages looked up as Word does, so that it reads other people's documents as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from exporter.comparison import ALTERED, CONTENTS, OPEN
from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.docx import leaves, running
from exporter.extractors.docx.alterations import alterations
from exporter.extractors.docx.archive import Archive, Part, W
from exporter.extractors.docx.content import Anchor
from exporter.extractors.docx.fields import RUNNING
from exporter.extractors.docx.inlines import InlineReader
from exporter.extractors.docx.numbering import Counter
from exporter.extractors.docx.pictures import PictureReader
from exporter.extractors.docx.properties import metadata, producer
from exporter.extractors.docx.revisions import revisions
from exporter.extractors.docx.story import LEAF, Found, StoryReader
from exporter.extractors.docx.styles import styles_of
from exporter.text import Said

__all__ = ["DocxExtractor"]

CARRIES = frozenset(
    (
        *("level", "list", "task", "depth", "quote", "note", "calls", "links", "foreign", "row", "column", "header"),
        *("picture", "date", "language", "direction", "whitespace", "looks", "titles", CONTENTS, "pages"),
    )
)
"""All but a code block's ``syntax``, which Word has no place for."""


class DocxExtractor:
    """What a Word document says, its notes after its body."""

    def extract(self, content: bytes) -> Extraction:
        """The document's entries and metadata; raises ExtractionError where ``content`` is no DOCX file."""
        archive = Archive(content)
        main = archive.main()
        if main.root.find(f"{W}body") is None:
            raise ExtractionError("Not a DOCX file: its main document has no body.")
        try:
            document = _Document(archive, main)
            found = tuple(document.entries())
        except RecursionError as error:
            raise ExtractionError("The DOCX file is nested too deep to be read. Render it again.") from error
        except ValueError as error:
            raise ExtractionError(f"The DOCX file holds a value that is not valid: {error}.") from error
        return Extraction(
            _resolved(found),
            CARRIES,
            metadata(archive, main),
            producer=producer(archive),
            decorations=document.decorations,
            covers=document.covers,
        )


class _Document:
    """One document being read."""

    def __init__(self, archive: Archive, main: Part) -> None:
        self._archive = archive
        self._main = main
        self._styles = styles_of(self._root("styles"), self._root("theme"), self._root("settings"))
        self._counter = Counter(self._root("numbering"), self._styles)
        self._quotes = dict(_quotes(self._root("webSettings")))
        self._ids = {name: number for number, name in enumerate(dict.fromkeys(_called(main.root)), 1)}
        self._calls = dict(reversed(tuple(self._marks())))
        self._silent: list[str] = []
        self.covers: dict[str, bytes] = {}

    @property
    def decorations(self) -> tuple[str, ...]:
        """Digests of the pictures without words in what has been read; those of headers and footers are the house's."""
        return tuple(self._silent)

    def entries(self) -> Iterator[Found]:
        """Body, notes in the order they are called, then headers and footers."""
        body = self._main.root.find(f"{W}body")
        assert body is not None
        reader = self._reader(self._main)
        found = tuple(reader.blocks(body))
        yield from (each for each in found if each.kind != LEAF)
        yield from (Found(ALTERED, f"the field {field.name} has no end", {}) for field in reader.inlines.open)
        yield from self._notes()
        over = leaves.running(self._main, found)
        parts = [self._archive.part(name) for name in over]
        for part in parts:
            read = self._running_reader(part, over[part.name]).blocks(part.root)
            yield from running.beside(read, part, self._archive, over[part.name])
        for fault in alterations(self._archive, self._main, iter(parts)):
            yield Found(ALTERED, fault, {})
        notes = self._archive.related(self._main, "footnotes")
        for matter in revisions(self._archive, self._main, (self._main, *([notes] if notes else []), *parts)):
            yield Found(OPEN, matter, {})

    def _notes(self) -> Iterator[Found]:
        part = self._archive.related(self._main, "footnotes")
        notes = {} if part is None else {note.get(f"{W}id", ""): note for note in part.root}
        for identifier, number in self._ids.items():
            if part is not None and identifier in notes:
                yield from self._reader(part, str(number)).blocks(notes[identifier])

    def _reader(self, part: Part, note: str = "") -> StoryReader:
        pictures = PictureReader(self._archive, part, self._silent, self.covers)
        inlines = InlineReader(part, pictures, self._styles, self._number, self._calls.get)
        return StoryReader(inlines, self._counter, self._quotes, note)

    def _running_reader(self, part: Part, titles: leaves.Titles) -> StoryReader:
        pictures = PictureReader(self._archive, part)
        inlines = InlineReader(part, pictures, self._styles, self._number, self._calls.get, RUNNING, titles)
        return StoryReader(inlines, self._counter, self._quotes)

    def _root(self, kind: str) -> etree._Element | None:
        part = self._archive.related(self._main, kind)
        return part.root if part else None

    def _number(self, identifier: str) -> str:
        """The number Word shows for a note."""
        return str(self._ids.get(identifier, ""))

    def _marks(self) -> Iterator[tuple[str, str]]:
        """For each bookmark around the call of a note the number of that note."""
        for start in self._main.root.iter(f"{W}bookmarkStart"):
            within = next((each for each in start.itersiblings() if each.tag == f"{W}r"), None)
            identifier = None if within is None else next(_called(within), None)
            if identifier is not None:
                yield start.get(f"{W}name", ""), self._number(identifier)


def _called(root: etree._Element) -> Iterator[str]:
    """Ids of notes in the order they are called."""
    for reference in root.iter(f"{W}footnoteReference"):
        yield reference.get(f"{W}id", "")


def _quotes(root: etree._Element | None) -> Iterator[tuple[str, int]]:
    """For each ``w:div`` how many quotations it lies in, itself one of them."""
    for division in () if root is None else root.iter(f"{W}div"):
        around = (division, *division.iterancestors(f"{W}div"))
        yield division.get(f"{W}id", ""), sum(each.find(f"{W}blockQuote") is not None for each in around)


def _resolved(found: Iterable[Found]) -> tuple[Said, ...]:
    """Entries, with links to headings by the heading's place."""
    entries = tuple(found)
    headings = [entry for entry in entries if entry.kind == "heading"]
    places = {name: str(number) for number, entry in enumerate(headings, 1) for name in entry.bookmarks}
    return tuple(_said(entry, number, places) for number, entry in enumerate(entries, 1))


def _said(entry: Found, number: int, places: dict[str, str]) -> Said:
    targets = [_target(link, places) for link in entry.links]
    links = {"links": "\n".join(targets)} if targets else {}
    return Said(
        "document" if entry.kind in (ALTERED, OPEN) else f"{entry.kind}[{number}]",
        entry.kind,
        entry.text,
        0,
        {**entry.attributes, **links},
    )


def _target(link: str | Anchor, places: dict[str, str]) -> str:
    match link:
        case Anchor():
            return f"#{places.get(link.name, link.name)}"
        case str():
            return link
