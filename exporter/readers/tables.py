"""Tables: from rows and cells of Markdown or HTML to the model's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from exporter.article import Alignment, Block, Cell, Inline, Row, Table
from exporter.readers.inlines import InlineReader
from exporter.readers.tree import Element, Node, blank


class TableReader:
    """Reads tables. ``run`` gives the inlines of a cell, ``blocks`` what stands outside cells."""

    def __init__(
        self,
        inlines: InlineReader,
        run: Callable[[Iterable[Node]], tuple[Inline, ...]],
        blocks: Callable[[Iterable[Node]], tuple[Block, ...]],
    ) -> None:
        self._inlines = inlines
        self._run = run
        self._blocks = blocks

    def read(self, element: Element) -> Iterator[Block]:
        """The table, where it has cells; short rows get empty ones. What stands outside cells comes before it.

        Raises SourceError (S003) for cells that span others.
        """
        yield from self._blocks(_outside(element))
        rows = list(self._rows(element, head=False))
        width = max((len(cells) for _, cells, _ in rows), default=0)
        if not width:
            return
        head = self._leading(rows)
        made = [self._row(row, cells, width) for row, cells, _ in rows]
        language, direction = self._inlines.where(element)
        yield Table(
            tuple(made[:head]),
            tuple(made[head:]),
            _alignments([cells for _, cells, _ in rows], width),
            self._caption(element),
            language=language,
            direction=direction,
            position=self._inlines.position(element),
        )

    def _rows(self, element: Element, head: bool) -> Iterator[tuple[Element, list[Element], bool]]:
        for node in element.children:
            match node:
                case Element(name="thead" | "tbody" | "tfoot"):
                    yield from self._rows(node, node.name == "thead")
                case Element(name="tr"):
                    yield node, list(self._cells(node)), head
                case _:  # ``_outside`` has it
                    pass

    def _cells(self, row: Element) -> Iterator[Element]:
        for node in row.children:
            match node:
                case Element(name="td" | "th"):
                    if any(node.attributes.get(span, "1").strip() != "1" for span in ("colspan", "rowspan")):
                        raise self._inlines.refusal(node, "A cell cannot span others. Repeat its text, or divide it.")
                    yield node
                case _:
                    pass

    def _leading(self, rows: Sequence[tuple[Element, list[Element], bool]]) -> int:
        """How many rows are the head: those of ``thead``, else a first row of header cells alone."""
        count = 0
        while count < len(rows) and rows[count][2]:
            count += 1
        if not count and len(rows) > 1 and rows[0][1] and all(map(_may_head_column, rows[0][1])):
            return 1
        return count

    def _row(self, row: Element, cells: Sequence[Element], width: int) -> Row:
        position = self._inlines.position(row)
        made = [self._cell(cell) for cell in cells]
        made += [Cell((), position=position)] * (width - len(made))
        return Row(tuple(made), position=position)

    def _cell(self, cell: Element) -> Cell:
        return Cell(self._run(cell.children), cell.name == "th", position=self._inlines.position(cell))

    def _caption(self, element: Element) -> tuple[Inline, ...]:
        captions = [node for node in element.children if isinstance(node, Element) and node.name == "caption"]
        return self._run(child for caption in captions for child in caption.children)


def _may_head_column(cell: Element) -> bool:
    return cell.name == "th" and cell.attributes.get("scope", "").lower() not in ("row", "rowgroup")


def _outside(element: Element) -> Iterator[Node]:
    """What stands in a table but in none of its cells: HTML puts it before the table (13.2.6.1, foster parenting)."""
    for node in element.children:
        match node:
            case Element(name="thead" | "tbody" | "tfoot" | "tr"):
                yield from _outside(node)
            case Element(name="td" | "th" | "caption" | "col" | "colgroup"):
                pass
            case _ if not blank(node):
                yield node
            case _:
                pass


def _alignments(rows: Sequence[Sequence[Element]], width: int) -> tuple[Alignment | None, ...]:
    """Each column's alignment: that of its first cell that has one."""
    columns = ([row[column] for row in rows if column < len(row)] for column in range(width))
    return tuple(next((a for a in map(_alignment, column) if a), None) for column in columns)


def _alignment(cell: Element) -> Alignment | None:
    style = re.search(r"text-align:\s*(\w+)", cell.attributes.get("style", ""))
    match (style[1] if style else cell.attributes.get("align", "")).lower():
        case "left":
            return "left"
        case "center":
            return "center"
        case "right":
            return "right"
        case _:
            return None
