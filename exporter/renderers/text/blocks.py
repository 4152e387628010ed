"""The blocks of an article in lines, by the grammar of ``docs/plain-text.md``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, assert_never

from exporter import dates
from exporter.article import (
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Figure,
    Heading,
    Image,
    Inline,
    ListItem,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Section,
    Table,
    ThematicBreak,
)
from exporter.labels import Labels, date_label
from exporter.renderers.text.marks import NBSP, Marks, label
from exporter.renderers.text.tables import WrittenCell, WrittenTable, listed, table
from exporter.renderers.text.wrapping import columns, wrap
from exporter.walk import inlines, normalise


@dataclass(frozen=True, slots=True)
class Chunk:
    """Lines that belong together. ``kind`` decides how many blank lines part it from what precedes."""

    kind: Literal["paragraph", "heading", "list", "attached", "other"]
    lines: Sequence[str]


def stacked(chunks: Iterable[Chunk], tight: bool = False) -> list[str]:
    """The lines of ``chunks``: two blank lines before a heading, wherever it stands, else one between two."""
    lines: list[str] = []
    before = ""
    for chunk in chunks:
        lines += [""] * _gap(chunk, tight and before != "other", bool(lines)) + list(chunk.lines)
        before = chunk.kind
    return lines


def _gap(chunk: Chunk, tight: bool, follows: bool) -> int:
    """``tight`` lists follow a text at once; after a table they would be taken for one more row of it."""
    match chunk.kind:
        case "heading":
            return 2
        case "attached":
            return 0
        case "list":
            return int(follows and not tight)
        case "paragraph" | "other":
            return int(follows)
        case _:
            assert_never(chunk.kind)


def hung(marker: str, lines: Sequence[str], indent: int | None = None) -> list[str]:
    """``lines`` after ``marker``, all but the first indented by ``indent``, else by the marker's length."""
    margin = " " * (len(marker) if indent is None else indent)
    first, *more = lines or [""]
    return [f"{marker}{first}" if first else marker.rstrip(" "), *_indented(more, margin)]


def _indented(lines: Iterable[str], margin: str) -> Iterator[str]:
    return (f"{margin}{line}" if line else "" for line in lines)


_ENDLESS: Final = sys.maxsize
"""Columns of a line that ends where the author broke it alone."""


class BlockWriter:
    """Writes blocks for one article: ``marks`` are its reference marks, ``labels`` its generated words.

    Where the edition is ``flowing``, a text is one line, and tables are listed: columns stand under one another in
    a terminal alone. ``separated`` are the sections, by identity, that stand behind a separator; ``words`` gives the
    labels of a section by its language.
    """

    def __init__(
        self,
        marks: Marks,
        labels: Labels,
        flowing: bool = False,
        separated: frozenset[int] = frozenset(),
        words: Callable[[str], Labels] | None = None,
    ) -> None:
        self._marks = marks
        self._labels = labels
        self._flowing = flowing
        self._separated = separated
        self._words = words
        self._language = ""

    # Header

    def header(self, metadata: Metadata, level: int, width: int) -> Iterator[Chunk]:
        """The title as a heading, the subtitle and, one a line, authors and dates."""
        yield Chunk("heading", self._filled("#" * level + " ", normalise(metadata.title), width))
        if subtitle := normalise(metadata.subtitle or ""):
            yield Chunk("other", self._filled("   ", subtitle, width))
        if details := [line for detail in self._details(metadata) for line in self._filled("     ", detail, width, 7)]:
            yield Chunk("other", details)

    def _details(self, metadata: Metadata) -> Iterator[str]:
        labels = self._words(self._language) if self._words and self._language else self._labels
        for author in metadata.authors:
            yield f"{label(labels.by)}{NBSP}{normalise(author)}"
        for shown in dates.datelines(metadata):
            word = date_label(labels, shown.role)
            colon = "：" if word.endswith("：") else ":"
            yield f"{label(word)}{colon}{NBSP}{normalise(shown.text)}"

    def contents(self, numbers: Iterable[str], titles: Iterable[str], width: int) -> Iterator[str]:
        """A line an entry, or more: its number, which tells how deep it is, and its title."""
        for number, title in zip(numbers, titles, strict=True):
            depth = number.count(".") + 1
            yield from self._filled(f"{'  ' * depth}{number}. ", normalise(title), width)

    def separator(self, width: int) -> Chunk:
        """A rule across the page; where lines flow it has no width to fill, and is no pleasure to hear."""
        return Chunk("other", ["  " + "=" * (3 if self._flowing else width - 2)])

    # Blocks

    def blocks(self, children: Iterable[Block], width: int) -> Iterator[Chunk]:
        """``children`` in lines of ``width``; what says nothing has none."""
        for child in children:
            yield from self._block(child, width)

    def _block(self, block: Block, width: int) -> Iterator[Chunk]:
        match block:
            case Section():
                yield from self._section(block, width)
            case Heading():
                yield from self._text("heading", "#" * block.level + " ", block.children, width)
            case Paragraph():
                yield from self._text("paragraph", "", block.children, width)
            case BulletList():
                yield from self._list([("-", each) for each in block.items], block.tight, width)
            case OrderedList():
                numbers = range(block.start, block.start + len(block.items))
                items = [(str(number), each) for number, each in zip(numbers, block.items, strict=True)]
                yield from self._list(items, block.tight, width)
            case BlockQuote():
                yield from self._quote(block, width)
            case CodeBlock():
                yield Chunk("other", _code(block.text))
            case Table():
                yield from self._table(block, width)
            case Figure():
                yield from self._figure(block, width)
            case DefinitionList():
                for item in block.items:
                    yield from self._definition_item(item, width)
            case ThematicBreak():
                yield Chunk("other", ["  * * *"])
            case _:
                assert_never(block)

    def _section(self, section: Section, width: int) -> Iterator[Chunk]:
        if id(section) in self._separated:
            yield self.separator(width)
        outside, self._language = self._language, section.language or self._language
        if section.metadata:
            yield from self.header(section.metadata, section.level, width)
        yield from self.blocks(section.children, width)
        self._language = outside

    def _quote(self, quote: BlockQuote, width: int) -> Iterator[Chunk]:
        if lines := stacked(self.blocks(quote.children, width - 4)):
            yield Chunk("other", [f"  > {line}" if line else "  >" for line in lines])

    # Texts

    def _text(
        self,
        kind: Literal["paragraph", "heading", "attached", "other"],
        marker: str,
        children: tuple[Inline, ...],
        width: int,
        indent: int | None = None,
    ) -> Iterator[Chunk]:
        """A text behind ``marker``, then what its pictures show."""
        if text := self._marks.text(children):
            yield Chunk(kind, self._filled(marker, text, width, indent))
        yield from self._pictures(children, width)

    def _pictures(self, children: tuple[Inline, ...], width: int) -> Iterator[Chunk]:
        for child in inlines(children):
            if isinstance(child, Image) and child.alt:
                alt = normalise(child.alt)
                yield Chunk("other", self._filled(f"  {self._marks.image(alt)} ", alt, width, 4))

    def _figure(self, figure: Figure, width: int) -> Iterator[Chunk]:
        if figure.image.alt:
            marker = f"  [{self._marks.image_label}] "
            yield Chunk("other", self._filled(marker, normalise(figure.image.alt), width, 4))
        yield from self._text("other", "  ~ ", figure.caption, width)
        yield from self._text("other", f"  ({label(self._labels.credit)}) ", figure.credit, width, 4)

    # Lists

    def _list(self, items: Sequence[tuple[str, ListItem]], tight: bool, width: int) -> Iterator[Chunk]:
        lines: list[str] = []
        for marker, item in items:
            lines += [""] * (bool(lines) and not tight) + self._item(_item_marker(marker, item), item, tight, width)
        if lines:
            yield Chunk("list", lines)

    def _item(self, marker: str, item: ListItem, tight: bool, width: int) -> list[str]:
        chunks = list(self.blocks(item.children, width - len(marker)))
        return _contained(marker, chunks, len(marker), tight, self._begins(item))

    def _begins(self, item: ListItem) -> bool:
        """Whether ``item`` begins with a text of its own."""
        match item.children:
            case (Paragraph() as first, *_):
                return bool(self._marks.text(first.children))
            case _:
                return False

    def _definition_item(self, item: DefinitionItem, width: int) -> Iterator[Chunk]:
        for number, term in enumerate(item.terms):
            yield from self._text("attached" if number else "other", " ", term, width, 3)
        for number, definition in enumerate(item.definitions):
            chunks = list(self.blocks(definition, width - 4))
            if chunks:
                follows = bool(item.terms) or bool(number)
                yield Chunk("attached" if follows else "other", _contained("  : ", chunks, 4))

    # Tables

    def _table(self, block: Table, width: int) -> Iterator[Chunk]:
        yield from self._text("other", "  ~ ", block.caption, width)
        if block.alignments and (block.head or block.body):
            head = tuple(self._row(row, True) for row in block.head)
            body = tuple(self._row(row, False) for row in block.body)
            lines = (listed if self._flowing else table)(WrittenTable(head, body, block.alignments), width - 2)
            yield Chunk("other", [f"  {line}" for line in lines])
        for row in (*block.head, *block.body):
            for cell in row.cells:
                yield from self._pictures(cell.children, width)

    def _row(self, row: Row, head: bool) -> tuple[WrittenCell, ...]:
        return tuple(self._cell(cell, head) for cell in row.cells)

    def _cell(self, cell: Cell, head: bool) -> WrittenCell:
        return WrittenCell(self._marks.text(cell.children), cell.header != head)

    # Lines

    def _filled(self, marker: str, text: str, width: int, indent: int | None = None) -> list[str]:
        """``text`` wrapped behind ``marker``."""
        margin = len(marker) if indent is None else indent
        return hung(marker, self._lines(text, width - margin, columns(marker) - margin), indent)

    def _lines(self, text: str, width: int, taken: int = 0) -> list[str]:
        return wrap(text, _ENDLESS if self._flowing else width, taken)

    # What stands at the end

    def notes(self, found: Iterable[Note], width: int) -> Iterator[Chunk]:
        """Each note behind its mark."""
        for number, note in enumerate(found, 1):
            marker = f"  {self._marks.note(number)} "
            beside = columns(marker) - 6
            chunks = list(self._note(note, width - 6, beside))
            yield Chunk("other", _contained(marker, chunks, 6))

    def _note(self, note: Note, width: int, beside: int) -> Iterator[Chunk]:
        match note.children:
            case (Paragraph() as first, *rest) if text := self._marks.text(first.children):
                yield Chunk("paragraph", self._lines(text, width, beside))
                yield from self._pictures(first.children, width)
                yield from self.blocks(rest, width)
            case children:
                yield from self.blocks(children, width)

    def links(self, titles: dict[str, str], width: int) -> Iterator[str]:
        """One line a link's target, never broken; ``titles`` has, by target, what to write for a heading."""
        for target, number in self._marks.links.items():
            marker = f"  {self._marks.link(number)} "
            if target in titles:
                yield from self._filled(marker, titles[target], width, 4)
            else:
                yield f"{marker}{target}"


def _contained(marker: str, chunks: list[Chunk], indent: int, tight: bool = False, beside: bool = True) -> list[str]:
    """``chunks`` behind ``marker``: a first paragraph may stand ``beside`` it, anything else on the next line."""
    lines = stacked(chunks, tight)
    if beside and chunks and chunks[0].kind == "paragraph":
        return hung(marker, lines, indent)
    # The line of the marker counts as the first of the blank lines before a heading.
    below = lines[1:] if chunks and chunks[0].kind == "heading" else lines
    return [marker.rstrip(" "), *_indented(below, " " * indent)]


def _item_marker(marker: str, item: ListItem) -> str:
    box = {None: "", True: "[x] ", False: "[ ] "}[item.checked]
    if marker == "-":
        return f"  {box or '- '}"
    return f"  {marker}) {box}" if box else f"  {marker}. "


def _code(text: str) -> list[str]:
    """``text`` between fences no line of it can be taken for; empty lines stay empty."""
    lines = text.split("\n")
    fence = "`" * max([3, *(len(line) + 1 for line in lines if not line.strip("`"))])
    return [f"  {fence}", *_indented(lines, "  "), f"  {fence}"]
