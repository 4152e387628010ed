"""The structure tree as blocks: kinds and attributes of ``docs/verification.md``, in its order.

Element types are those of PDF 1.7 and the article's own (Subtitle, Byline, Author, Dateline, Date,
Term, Definition, CodeBlock, Credit, NoteCall, Furniture, Break), which the file's role map explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pikepdf

from exporter.pdfstructure.contents import entries
from exporter.pdfstructure.document import Document
from exporter.pdfstructure.inlines import Inlines, number_in, pictures_of, runs_right_to_left
from exporter.pdfstructure.lines import Fragment, Piece, Placeholder, Step, box_of, joined, lines, text_of
from exporter.pdfstructure.readability import unreadable_script
from exporter.pdfstructure.tree import Element, Kid, Marked, elements
from exporter.text import FURNITURE

_HEADINGS = {f"H{level}": str(level) for level in range(1, 7)}
_CONTAINERS = {"Document", "Part", "Art", "Sect", "Div", "NonStruct"}
_LEAVES = {"P": "", "Title": "title", "Subtitle": "subtitle", "CodeBlock": "code", "Caption": "caption"} | {
    "Credit": "credit",
    "Term": "term",
}
_PARTS = {"L", "LI", "LBody", "Definition", "BlockQuote", "Table", "Break", "Byline", "Dateline", *_CONTAINERS}
_BLOCKS = {*_PARTS, *_LEAVES, *_HEADINGS, "TOC", "Cover"}
ENTRY, NUMBER = "TOCI", "TOCI/number"
"""How the paths of the blocks of a table of contents end: an entry's title, and right behind it the page's number."""
_TASKS = {"\u2611": "checked", "\u2610": "unchecked"}


@dataclass(frozen=True, slots=True)
class Block:
    """One text of the file (kind "image", or "cover": one picture, whose ``alternative`` text it is).

    ``pieces`` are what is drawn for it, in reading order (a picture inside a text is a piece of that
    text), ``steps`` those that show something, as one text; ``unreadable`` is the script of what cannot
    be read of it (``unreadable_script``); ``page`` counts from 1; ``identifier`` is a heading's, by
    which links name it.
    """

    kind: str
    path: str
    page: int = 0
    pieces: tuple[Piece, ...] = ()
    steps: tuple[Step, ...] = ()
    unreadable: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    alternative: str = ""
    picture: pikepdf.Stream | None = None
    identifier: str = ""

    @property
    def text(self) -> str:
        """What it says by the file's ToUnicode maps, lines ended by ``\\n``; of an image, its alternative text."""
        return self.alternative if self.kind in ("image", "cover") else text_of(self.steps)

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        """What it draws as glyphs."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Fragment))


@dataclass(frozen=True, slots=True)
class _Around:
    language: str
    right_to_left: bool = False
    depth: int = 0
    quote: int = 0
    note: str = ""
    kind: str = "paragraph"

    def attributes(self) -> dict[str, str]:
        counts = {"depth": self.depth, "quote": self.quote}
        shown = {name: str(count) for name, count in counts.items() if count}
        return {"language": self.language, **shown, **({"note": self.note} if self.note else {})}


def read_blocks(document: Document) -> tuple[Block, ...]:
    """Every block of ``document``: body, then notes as they are called, then what the tree does not refer to."""
    return tuple(_Walker(document).document())


class _Walker:
    """Walks one tree; keeps the headings' places and the notes met so far."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[Element] = []
        self._furniture: list[tuple[Element, str]] = []
        self._headings = _heading_places(document.elements)

    def document(self) -> Iterator[Block]:
        around = _Around(self._document.language)
        yield from self._flow(self._document.tree, around, "Document")
        while self._notes:
            note = self._notes.pop(0)
            yield from self._note(note, around)
        yield from self._beside()

    def _note(self, note: Element, around: _Around) -> Iterator[Block]:
        label = next((element for element in elements(note.kids) if element.type == "Lbl"), None)
        number = number_in(self._label(label)) if label else ""
        inside = replace(_inside(note, around), kind="note", note=number)
        yield from self._flow(note.kids, inside, f"Note[{number}]", inline_figures=True)

    def _beside(self) -> Iterator[Block]:
        for element, language in self._furniture:
            inlines = Inlines(self._document, language)
            inlines.add(element.kids)
            yield self._block(FURNITURE, element.type, inlines.pieces, {"language": language})
        for page, drawn in self._document.unreferenced:
            pieces = [Fragment(line, self._document.language, page, box_of(line)) for line in lines(drawn)]
            if pieces:
                yield self._block(FURNITURE, "page", pieces, {"language": self._document.language})

    # Flow

    def _flow(
        self, kids: Sequence[Kid], around: _Around, path: str, *, inline_figures: bool = False
    ) -> Iterator[Block]:
        """Blocks, and stretches of inline content between them, each of which is a text of its own."""
        stretch: list[Kid] = []
        for kid in kids:
            if isinstance(kid, Element) and (kid.type in _BLOCKS or (kid.type == "Figure" and not inline_figures)):
                yield from self._leaf(around.kind, stretch, path, around)
                stretch = []
                yield from self._element(kid, _inside(kid, around), f"{path}/{kid.type}")
            else:
                stretch.append(kid)
        yield from self._leaf(around.kind, stretch, path, around)

    def _element(self, element: Element, around: _Around, path: str) -> Iterator[Block]:
        match element.type:
            case "L":
                yield from self._list(element, around, path)
            case "BlockQuote":
                yield from self._flow(element.kids, replace(around, quote=around.quote + 1), path)
            case "Definition":
                yield from self._flow(element.kids, replace(around, kind="definition"), path)
            case "Table":
                yield from self._table(element, around, path)
            case "Figure":
                yield from self._figure(element, around, path)
            case "TOC":
                yield from self._contents(element, around)
            case "Cover":
                yield from (replace(each, kind="cover") for each in self._figure(element, around, path))
            case "Break":
                yield Block("break", path, attributes=around.attributes())
            case "Byline" | "Dateline":
                yield from self._named(element, around, path)
            case name if name in _HEADINGS:
                for block in self._leaf("heading", element.kids, path, around, {"level": _HEADINGS[name]}):
                    yield replace(block, identifier=element.identifier if block.kind == "heading" else "")
            case name if name in _LEAVES:
                empty = name == "CodeBlock"
                yield from self._leaf(_LEAVES[name] or around.kind, element.kids, path, around, always=empty)
            case _:
                yield from self._flow(element.kids, around, path)

    def _named(self, element: Element, around: _Around, path: str) -> Iterator[Block]:
        """A byline says its authors, a dateline its date; the words between them are furniture."""
        wanted, kind = ("Author", "byline") if element.type == "Byline" else ("Date", "dateline")
        for kid in element.kids:
            if isinstance(kid, Element) and kid.type == wanted:
                yield from self._leaf(kind, kid.kids, path, _inside(kid, around))
            elif isinstance(kid, Element) and kid.type == "Furniture":
                self._furniture.append((kid, around.language))
            else:
                yield from self._leaf(kind, (kid,), path, around)

    def _contents(self, element: Element, around: _Around) -> Iterator[Block]:
        """Each entry of a table of contents, and the number beside it, as furniture."""
        for entry in entries(element, self._document, around.language, around.right_to_left):
            links = "\n".join(self._headings.get(link, link) for link in entry.links)
            facts = {"language": entry.language, "level": str(entry.depth), "links": links}
            yield self._block(FURNITURE, ENTRY, entry.title, facts)
            yield self._block(FURNITURE, NUMBER, entry.number, {"language": around.language})

    # Leaves

    def _leaf(
        self,
        kind: str,
        kids: Sequence[Kid],
        path: str,
        around: _Around,
        more: Mapping[str, str] | None = None,
        *,
        always: bool = False,
    ) -> Iterator[Block]:
        inlines = Inlines(self._document, around.language, around.right_to_left)
        inlines.add(kids)
        self._notes.extend(inlines.notes)
        self._furniture.extend((element, around.language) for element in inlines.furniture)
        if inlines.says_something or always:
            attributes = {**around.attributes(), **self._carried(inlines), **(more or {})}
            yield self._block(kind, path, inlines.pieces, attributes)
        for element, picture in inlines.images:
            yield self._image(element, picture, path, around)

    def _block(self, kind: str, path: str, pieces: Sequence[Piece], attributes: Mapping[str, str]) -> Block:
        page = pieces[0].page + 1 if pieces else 0
        unreadable = unreadable_script(piece for piece in pieces if isinstance(piece, Fragment))
        steps = tuple(joined(pieces))
        return Block(kind, f"page {page}: {path}", page, tuple(pieces), steps, unreadable, attributes)

    def _carried(self, inlines: Inlines) -> dict[str, str]:
        links = [self._headings.get(link, link) for link in inlines.links]
        every = {"links": links, "calls": inlines.calls, "foreign": inlines.foreign}
        return {name: "\n".join(values) for name, values in every.items() if values}

    def _image(self, element: Element, picture: pikepdf.Stream, path: str, around: _Around) -> Block:
        return Block(
            "image",
            f"{path}/Figure",
            attributes=_inside(element, around).attributes(),
            alternative=element.alternative or "",
            picture=picture,
        )

    def _figure(self, element: Element, around: _Around, path: str) -> Iterator[Block]:
        for page, picture in pictures_of(element, self._document):
            drawn = (Placeholder(page, picture.box, 0.0),)
            image = self._image(element, picture.source, path, around)
            yield replace(image, page=page + 1, pieces=drawn, steps=tuple(joined(drawn)))

    # Lists

    def _list(self, element: Element, around: _Around, path: str) -> Iterator[Block]:
        for number, item in enumerate((kid for kid in element.kids if isinstance(kid, Element)), 1):
            inside = _inside(item, around)
            if {kid.type for kid in item.kids if isinstance(kid, Element)} & {"Lbl", "LBody"}:
                yield from self._item(item, replace(inside, depth=around.depth + 1), f"{path}/LI[{number}]")
            else:
                yield from self._flow(item.kids, inside, f"{path}/LI[{number}]")

    def _item(self, item: Element, around: _Around, path: str) -> Iterator[Block]:
        """What an item says; its first block tells its marker, and is empty where the item begins with no text."""
        parts = [kid for kid in item.kids if isinstance(kid, Element)]
        label = next((part for part in parts if part.type == "Lbl"), None)
        if label:
            self._furniture.append((label, around.language))
        kids = tuple(kid for part in parts if part.type == "LBody" for kid in part.kids)
        task = self._task(kids)
        facts = {"list": _marker(self._label(label) if label else task.get("task", "")), **task}
        blocks = list(self._flow(kids, around, path, inline_figures=True))
        first = next((kid for kid in kids if not self._is_blank(kid)), None)
        begins_with_text = not isinstance(first, Element) or first.type not in _BLOCKS or self._is_said(first)
        if blocks and first is not None and begins_with_text:
            yield replace(blocks[0], attributes={**blocks[0].attributes, **facts})
            yield from blocks[1:]
        else:
            yield Block(around.kind, path, attributes={**around.attributes(), **facts})
            yield from blocks

    def _is_said(self, element: Element) -> bool:
        """Whether ``element`` is a paragraph that draws anything: one of no-break spaces does not."""
        inlines = Inlines(self._document, self._document.language)
        inlines.add(element.kids if element.type == "P" else ())
        return inlines.says_something

    def _is_blank(self, kid: Kid) -> bool:
        match kid:
            case Marked():
                return not self._document.marked(kid)
            case Element(type="Furniture"):
                return True
            case _:
                return False

    def _task(self, kids: Sequence[Kid]) -> dict[str, str]:
        for element in elements(tuple(kids)):
            if element.type in ("L", "LI"):
                break
            if element.type == "Furniture" and (task := _TASKS.get(self._label(element).strip())):
                return {"task": task}
        return {}

    def _label(self, element: Element) -> str:
        inlines = Inlines(self._document, self._document.language)
        inlines.add(element.kids)
        return text_of(joined(inlines.pieces))

    # Tables

    def _table(self, table: Element, around: _Around, path: str) -> Iterator[Block]:
        row = 0
        for element in _rows_and_captions(table.kids):
            if element.type == "TR":
                row += 1
                yield from self._row(element, row, _inside(element, around), f"{path}/TR[{row}]")
            else:
                yield from self._leaf("caption", element.kids, f"{path}/Caption", _inside(element, around))

    def _row(self, row: Element, number: int, around: _Around, path: str) -> Iterator[Block]:
        cells = (kid for kid in row.kids if isinstance(kid, Element) and kid.type in ("TH", "TD"))
        for column, cell in enumerate(cells, 1):
            facts = {"row": str(number), "column": str(column)}
            if cell.type == "TH":
                facts["header"] = cell.attributes.get("Scope", "").lower()
            inside = _inside(cell, around)
            yield from self._leaf("cell", cell.kids, f"{path}/{cell.type}[{column}]", inside, facts, always=True)


def _inside(element: Element, around: _Around) -> _Around:
    language = around.language if element.language is None else element.language
    right_to_left = runs_right_to_left(element, around.right_to_left)
    if (language, right_to_left) == (around.language, around.right_to_left):
        return around
    return replace(around, language=language, right_to_left=right_to_left)


def _marker(label: str) -> str:
    return number_in(label) if any(character.isdigit() for character in label) else "bullet" if label else ""


def _rows_and_captions(kids: Sequence[Kid]) -> Iterator[Element]:
    for kid in kids:
        match kid:
            case Element(type="TR" | "Caption"):
                yield kid
            case Element(type="THead" | "TBody" | "TFoot"):
                yield from _rows_and_captions(kid.kids)
            case _:
                pass


def _is_furniture(heading: Element) -> bool:
    """Whether ``heading`` stands over something an edition adds, as over its contents."""
    return all(isinstance(kid, Element) and kid.type == "Furniture" for kid in heading.kids)


def _heading_places(every: Sequence[Element]) -> dict[str, str]:
    """``#identifier`` of each heading as ``#N``, its place among the headings."""
    headings = [element for element in every if element.type in _HEADINGS and not _is_furniture(element)]
    return {f"#{heading.identifier}": f"#{n}" for n, heading in enumerate(headings, 1) if heading.identifier}
