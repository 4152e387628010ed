"""Reads a DOCX edition back, with nothing but a zip reader and an XML parser.

It follows the standard (ISO/IEC 29500-1), not the renderer: styles are resolved, lists counted and
languages looked up as Word does, so that it reads other people's documents as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from exporter.comparison import ALTERED, OPEN
from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.docx import running
from exporter.extractors.docx.alterations import alterations
from exporter.extractors.docx.archive import Archive, Part, R, W
from exporter.extractors.docx.content import Anchor
from exporter.extractors.docx.fields import FIELDS, PAGES
from exporter.extractors.docx.inlines import InlineReader
from exporter.extractors.docx.numbering import Counter
from exporter.extractors.docx.properties import metadata, producer
from exporter.extractors.docx.revisions import revisions
from exporter.extractors.docx.story import Found, StoryReader
from exporter.extractors.docx.styles import styles_of
from exporter.text import Said

__all__ = ["DocxExtractor"]

CARRIES = frozenset(
    (
        *("level", "list", "task", "depth", "quote", "note", "calls", "links", "foreign", "row", "column", "header"),
        *("picture", "date", "language", "direction", "whitespace", "looks", "titles"),
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
        )


class _Document:
    """One document being read."""

    def __init__(self, archive: Archive, main: Part) -> None:
        self._archive = archive
        self._main = main
        self._styles = styles_of(self._root("styles"))
        self._counter = Counter(self._root("numbering"), self._styles)
        self._quotes = dict(_quotes(self._root("webSettings")))
        self._ids = list(dict.fromkeys(_called(main.root)))
        self._silent: list[str] = []

    @property
    def decorations(self) -> tuple[str, ...]:
        """Digests of the pictures without words in what has been read; those of headers and footers are the house's."""
        return tuple(self._silent)

    def entries(self) -> Iterator[Found]:
        """Body, notes in the order they are called, then headers and footers."""
        body = self._main.root.find(f"{W}body")
        assert body is not None
        yield from self._reader(self._main).blocks(body)
        yield from self._notes()
        parts = [self._archive.part(name) for name in dict.fromkeys(self._running())]
        for part in parts:
            yield from running.beside(self._reader(part, fields=PAGES).blocks(part.root), part, self._archive)
        for fault in alterations(self._archive, self._main, iter(parts)):
            yield Found(ALTERED, fault, {})
        notes = self._archive.related(self._main, "footnotes")
        for matter in revisions(self._archive, self._main, (self._main, *([notes] if notes else []), *parts)):
            yield Found(OPEN, matter, {})

    def _notes(self) -> Iterator[Found]:
        part = self._archive.related(self._main, "footnotes")
        notes = {} if part is None else {note.get(f"{W}id", ""): note for note in part.root}
        for number, identifier in enumerate(self._ids, 1):
            if part is not None and identifier in notes:
                yield from self._reader(part, str(number)).blocks(notes[identifier])

    def _reader(self, part: Part, note: str = "", fields: frozenset[str] = FIELDS) -> StoryReader:
        silent = [] if fields == PAGES else self._silent
        inlines = InlineReader(self._archive, part, self._styles, self._number, self._marked, fields, silent)
        return StoryReader(inlines, self._counter, self._quotes, note)

    def _root(self, kind: str) -> etree._Element | None:
        part = self._archive.related(self._main, kind)
        return part.root if part else None

    def _number(self, identifier: str) -> str:
        """The number Word shows for a note."""
        return str(self._ids.index(identifier) + 1) if identifier in self._ids else ""

    def _marked(self, bookmark: str) -> str | None:
        """The number of the note called inside ``bookmark``."""
        for start in self._main.root.iter(f"{W}bookmarkStart"):
            if start.get(f"{W}name") == bookmark:
                following = start.itersiblings()
                within = next((e for e in following if e.tag == f"{W}r"), None)
                identifiers = [] if within is None else list(_called(within))
                return self._number(identifiers[0]) if identifiers else None
        return None

    def _running(self) -> Iterator[str]:
        for reference in self._main.root.iter(f"{W}headerReference", f"{W}footerReference"):
            relationship = self._main.relationships.get(reference.get(f"{R}id", ""))
            if relationship:
                yield relationship.target


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
