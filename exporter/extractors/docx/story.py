"""Reads the paragraphs and tables of one story: the body, a note, a header or a footer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from exporter.comparison import ALTERED, CONTENTS, COVER
from exporter.extractors.docx.archive import W, on, value
from exporter.extractors.docx.captions import Captions
from exporter.extractors.docx.content import Anchor, Content
from exporter.extractors.docx.inlines import COMPATIBILITY, InlineReader
from exporter.extractors.docx.numbering import Counter, Item
from exporter.text import FURNITURE
from exporter.walk import OBJECT, normalise

_PAGE = re.compile(r"\d{1,5}|[ivxlcdm]{1,15}", re.IGNORECASE)
_CONTAINERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_SILENT = frozenset(
    f"{W}{name}"
    for name in (
        *("sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "del", "moveFrom", "sdtPr"),
        *("commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "sdtEndPr", "customXmlPr", "smartTagPr", "tcPr"),
    )
)
"""What shows nothing where blocks stand."""

LEAF = "leaf"
"""Kind of what is found where the pages of a section end; no entry of the edition."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry whose links still name bookmarks. ``by_style`` is a heading that fields find by Word's own style."""

    kind: str
    text: str
    attributes: Mapping[str, str]
    links: tuple[str | Anchor, ...] = ()
    bookmarks: tuple[str, ...] = ()
    by_style: bool = False


@dataclass(frozen=True, slots=True)
class StoryReader:
    """Reads the blocks of a story. ``quotes`` counts the quotations around a ``w:divId``."""

    inlines: InlineReader
    counter: Counter
    quotes: Mapping[str, int]
    note: str = ""
    captions: Captions = field(default_factory=Captions)

    def blocks(self, element: etree._Element) -> Iterator[Found]:
        """The entries below ``element`` in reading order."""
        for child in element:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
                for box in _boxes(child):
                    yield from self.blocks(box)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in _CONTAINERS:
                yield from self.blocks(child)
            elif child.tag not in _SILENT:
                yield Found(ALTERED, f"'{etree.QName(child).localname}' is not read back", {})

    # Paragraphs

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Found]:
        properties = paragraph.find(f"{W}pPr")
        item = self.counter.item(properties)
        generated = self._is_generated()
        content = self.inlines.read([paragraph], self._language(properties, paragraph))
        generated = generated or self._is_generated()
        facts = self._facts(properties, content, item)
        kind, level = self.inlines.styles.kind(properties)
        yield from (Found(FURNITURE, text, _placed(kind)) for text in content.furniture())
        numbered = self.captions.faults(content, self._sequences(paragraph)) if kind == "caption" else ()
        faults = (*content.faults, *numbered, *_misplaced(kind, content, item, generated=generated))
        yield from (Found(ALTERED, fault, {}) for fault in faults)
        by_style = self.inlines.styles.is_words_heading(properties)
        for found in self._entries(kind, content, {**facts, **({"level": str(level)} if level else {})}, item):
            yield replace(found, by_style=by_style) if found.kind == "heading" else found
        yield from self._pictures(content, facts, linked=kind == "figure")
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            yield Found(LEAF, "", {})

    def _entries(self, kind: str, content: Content, facts: dict[str, str], item: Item | None) -> Iterator[Found]:
        """What a paragraph says, by its kind."""
        match kind:
            case "figure":
                yield from self._beside_picture(content, facts)
            case "byline":
                yield from self._authors(content, facts)
            case "dateline":
                yield self._leaf(kind, content, {**facts, **({"date": content.date} if content.date else {})})
            case "contents":
                yield self._contents(content, facts)
            case "cover":
                yield from self._cover(content)
            case "publisher" | "contents heading":
                yield from self._beside(kind, content)
            case "heading" if not normalise(content.text):
                pass
            case "heading":
                yield self._leaf(kind, content, facts)
            case "code":
                yield Found(kind, content.text, facts, tuple(content.links))
            case "break":
                yield Found(kind, normalise(content.text), facts, tuple(content.links))
            case _:
                yield from self._text(kind, content, facts, item)

    def _is_generated(self) -> bool:
        """Whether a field is open whose result Word makes of the headings there are."""
        return any(field.name == "TOC" for field in self.inlines.open)

    def _contents(self, content: Content, facts: Mapping[str, str]) -> Found:
        """A line of the contents: behind its last tab stands a page, which is another for each program."""
        title, tab, page = content.text.rpartition("\t")
        number = page.strip()
        if not tab or (number and not _PAGE.fullmatch(number)):
            return Found(CONTENTS, normalise(content.text), facts, tuple(content.links))
        told = {"page": number} if number else {}
        return Found(CONTENTS, normalise(title), {**facts, **told}, tuple(content.links))

    def _cover(self, content: Content) -> Iterator[Found]:
        for alt, file in content.covers:
            yield Found(COVER, normalise(alt), {"file": file} if file else {}, tuple(content.links))
        yield from self._beside("cover", content)

    def _beside(self, kind: str, content: Content) -> Iterator[Found]:
        """What no article says where this stands."""
        if normalise(content.text):
            yield Found(FURNITURE, normalise(content.text), _placed(kind))
        yield from (Found(ALTERED, f"a link to {link} stands beside the text", {}) for link in content.links)

    def _text(self, kind: str, content: Content, facts: dict[str, str], item: Item | None) -> Iterator[Found]:
        marker = item and (item.marker or (content.task and "bullet"))
        if marker:
            facts = {**facts, "list": marker, **({"task": content.task} if content.task else {})}
        if kind == "paragraph" and self.note:
            kind = "note"
        if normalise(content.text) or "list" in facts:
            yield self._leaf(kind, content, facts)

    def _beside_picture(self, content: Content, facts: Mapping[str, str]) -> Iterator[Found]:
        """A figure's paragraph holds its picture; text in it is a paragraph nobody asked for."""
        if normalise(content.text.replace(OBJECT, "")):
            yield self._leaf("paragraph", content, facts)

    def _authors(self, content: Content, facts: Mapping[str, str]) -> Iterator[Found]:
        """A byline's authors; a link among them, which no article has, is told of with the first."""
        for number, author in enumerate(content.parts()):
            yield Found("byline", author, facts, () if number else tuple(content.links))

    def _leaf(self, kind: str, content: Content, facts: Mapping[str, str]) -> Found:
        more = {"calls": "\n".join(content.calls), "foreign": content.foreign()}
        attributes = {**facts, **{name: text for name, text in more.items() if text}}
        return Found(kind, normalise(content.text), attributes, tuple(content.links), tuple(content.bookmarks))

    def _pictures(self, content: Content, facts: Mapping[str, str], *, linked: bool = False) -> Iterator[Found]:
        """The pictures of a paragraph; ``linked`` where its links are theirs, no text being there to have them."""
        for picture in content.pictures:
            shown = {"picture": picture.digest} if picture.digest else {}
            yield Found("image", normalise(picture.alt), {**facts, **shown}, tuple(content.links) if linked else ())

    def _sequences(self, caption: etree._Element) -> set[str]:
        """What a caption may be counted by where it stands: below a figure, above a table, in no note."""
        before, after = caption.getprevious(), caption.getnext()
        below = before is not None and self.inlines.styles.kind(before.find(f"{W}pPr"))[0] == "figure"
        above = after is not None and after.tag == f"{W}tbl"
        return set() if self.note else {name for name, so in (("Figure", below), ("Table", above)) if so}

    def _facts(self, properties: etree._Element | None, content: Content, item: Item | None) -> dict[str, str]:
        """What a paragraph's surroundings tell."""
        styles = self.inlines.styles
        division = value(properties, "divId")
        quote = self.quotes.get(division, 0) if division else styles.quote(properties)
        counts = {"depth": str(item.depth) if item else "", "quote": str(quote or ""), "note": self.note}
        direction = "rtl" if styles.from_right(properties) else "ltr"
        shown = {name: count for name, count in counts.items() if count}
        return {"language": content.language, "direction": direction, **shown}

    def _language(self, properties: etree._Element | None, paragraph: etree._Element) -> str:
        """That of the paragraph's mark."""
        mark = None if properties is None else properties.find(f"{W}rPr")
        text = "".join(element.text or "" for element in paragraph.iter(f"{W}t"))
        return self.inlines.styles.language(mark, properties, text)

    # Tables

    def _table(self, table: etree._Element) -> Iterator[Found]:
        rows = [row for row in _below(table, "tr") if not _is_unseen(row)]
        for number, row in enumerate(rows, 1):
            column = 1 + int(value(row, "trPr/gridBefore") or "0")
            for cell in _below(row, "tc"):
                across = int(value(cell, "tcPr/gridSpan") or "1")
                place = str(column) if across == 1 else f"{column} and {across - 1} more"
                yield from self._cell(cell, row, number, place, table)
                column += across

    def _cell(
        self, cell: etree._Element, row: etree._Element, number: int, column: str, table: etree._Element
    ) -> Iterator[Found]:
        paragraphs = list(_below(cell, "p"))
        if not paragraphs or _continues(cell):
            return
        properties = paragraphs[0].find(f"{W}pPr")
        items = [self.counter.item(paragraph.find(f"{W}pPr")) for paragraph in paragraphs]
        content = self.inlines.read(paragraphs, self._language(properties, paragraphs[0]))
        yield from (Found(ALTERED, fault, {}) for fault in content.faults)
        yield from (Found(ALTERED, f"'{text}' stands beside the text of a cell", {}) for text in content.furniture())
        yield from (Found(ALTERED, f"'{i.marker}' is drawn in a cell", {}) for i in items if i and i.marker)
        facts = self._facts(properties, content, items[0])
        if bool(on(table, "tblPr/bidiVisual")) != (facts["direction"] == "rtl"):
            facts["direction"] = "against its table's"
        merged = cell.find(f"{W}tcPr/{W}vMerge") is not None
        line = f"{number} and below" if merged else str(number)
        place = {"row": line, "column": column, **self._header(properties, row)}
        yield self._leaf("cell", content, {**facts, **place})
        yield from self._pictures(content, facts)
        for nested in _below(cell, "tbl"):
            yield from self._table(nested)

    def _header(self, properties: etree._Element | None, row: etree._Element) -> dict[str, str]:
        """A heading by its style; in a row that repeats on each page, also by standing in it."""
        styles = self.inlines.styles
        repeats = bool(on(row, "trPr/tblHeader"))
        if styles.is_named(properties, "table heading"):
            return {"header": "column" if repeats else "row"}
        return {"header": "column"} if repeats and not styles.is_named(properties, "table text") else {}


def _placed(kind: str) -> Mapping[str, str]:
    """Where furniture stands that can say one thing alone."""
    return {"place": kind} if kind in ("publisher", "contents heading", "cover") else {}


def _misplaced(kind: str, content: Content, item: Item | None, *, generated: bool) -> Iterator[str]:
    """What stands in a paragraph where it does not belong; ``generated`` where Word makes the contents."""
    if generated and kind not in ("contents", "contents heading") and normalise(content.text):
        yield "a text stands where Word makes the contents"
    if content.task and not item:
        yield "a box to tick stands where there is no task"
    if item and item.marker and kind not in ("paragraph", "definition"):
        yield f"the marker '{item.marker}' is drawn before a {kind}"


def _is_unseen(row: etree._Element) -> bool:
    """Whether a row is hidden or, by a change that is tracked, deleted."""
    return bool(on(row, "trPr/hidden")) or row.find(f"{W}trPr/{W}del") is not None


def _continues(cell: etree._Element) -> bool:
    """Whether a cell is the lower part of one that spans rows."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _below(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Children ``w:name``, those in content controls and insertions too."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _below(child, name)


def _boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in a paragraph, once each: a fallback repeats what it falls back for."""
    for box in paragraph.iter(f"{W}txbxContent"):
        above = [element.tag for element in box.iterancestors()]
        if f"{COMPATIBILITY}Fallback" not in above and f"{W}txbxContent" not in above:
            yield box
