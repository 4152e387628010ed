"""Tables: rows that repeat, header cells, columns as wide as what they hold."""

from __future__ import annotations

import re
import unicodedata

from docx.oxml.ns import qn

from exporter.article import Alignment, Cell, Row, Table
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.inlines import InlineWriter, Look
from exporter.renderers.docx.manuscript import Manuscript
from exporter.renderers.docx.paragraphs import ParagraphWriter
from exporter.renderers.xml import checked
from exporter.walk import plain

_NARROW, _WIDE = 6, 48
"""Characters: a column gets its share of the width as if it held no fewer, and no more, than these."""

_ROOM, _EDGES = 72, 2
"""Characters of the style Table Text across the text area, and of those what the edges of a cell take."""


class TableWriter:
    """Writes tables of one story."""

    def __init__(self, manuscript: Manuscript, inlines: InlineWriter, paragraphs: ParagraphWriter) -> None:
        self._manuscript = manuscript
        self._inlines = inlines
        self._paragraphs = paragraphs

    def table(self, table: Table, around: Around) -> Element:
        """``w:tbl``, across the text area."""
        widths = column_widths(table, self._manuscript.measures.width)
        grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
        head = [self._row(row, table, widths, around, head=True) for row in table.head]
        body = [
            # The last row is not left alone on a page.
            self._row(row, table, widths, around, head=False, kept=number == len(table.body) - 1)
            for number, row in enumerate(table.body, 1)
        ]
        return w("tbl", self._properties(table, around), grid, *head, *body)

    def _properties(self, table: Table, around: Around) -> Element:
        caption = checked(plain(table.caption))
        look = w("tblLook", val="0420" if table.head else "0400")
        for name, value in (("firstRow", int(bool(table.head))), ("lastRow", 0), ("firstColumn", 0),
                            ("lastColumn", 0), ("noHBand", 1), ("noVBand", 1)):  # fmt: skip
            look.set(qn(f"w:{name}"), str(value))
        return w(
            "tblPr",
            w("tblStyle", val=self._manuscript.reference.style("Article Table")),
            w("bidiVisual") if around.direction == "rtl" else None,
            w("tblW", w=5000, type="pct"),
            look,
            w("tblCaption", val=caption) if caption else None,
        )

    def _row(
        self, row: Row, table: Table, widths: list[int], around: Around, *, head: bool, kept: bool = False
    ) -> Element:
        division = w("divId", val=around.division.number) if around.division else None
        properties = w("trPr", division, w("cantSplit"), w("tblHeader") if head else None)
        columns = zip(row.cells, table.alignments, widths, strict=True)
        return w("tr", properties, *(self._cell(*column, around, kept) for column in columns))

    def _cell(self, cell: Cell, alignment: Alignment | None, width: int, around: Around, kept: bool) -> Element:
        style = "Table Heading" if cell.header else "Table Text"
        content = self._inlines.inlines(cell.children, Look.of(around))
        paragraph = self._paragraphs.paragraph(style, around, content, alignment=alignment, flush=True, kept=kept)
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph)


def column_widths(table: Table, width: int) -> list[int]:
    """``width`` shared among the columns by the longest text in each, but no word is broken where there is room."""
    columns = list(zip(*(row.cells for row in (*table.head, *table.body)), strict=True))
    needed = [max(map(_longest_word, column)) + _EDGES for column in columns]
    wanted = [min(max(*(_length(plain(cell.children)) for cell in column), _NARROW), _WIDE) for column in columns]
    return [width * share // 1000 for share in _shares(needed, wanted)]


def _shares(needed: list[int], wanted: list[int]) -> list[int]:
    """Thousandths: what is ``wanted`` of the room, once each column has what is ``needed``."""
    plenty = _ROOM - sum(needed)
    if plenty <= 0:
        return [1000 * each // sum(needed) for each in needed]
    over = [max(0, _ROOM * each / sum(wanted) - least) for each, least in zip(wanted, needed, strict=True)]
    whole = sum(over) or 1
    return [int(1000 * (least + plenty * more / whole) / _ROOM) for least, more in zip(needed, over, strict=True)]


def _longest_word(cell: Cell) -> int:
    """In characters; a line may end between ideographs, so that each is a word. Headings are wider by a fifth."""
    words = re.split(r"[ \n\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef]+", plain(cell.children))
    length = min(max(map(_length, words)), _WIDE)
    return length + -(-length // 5) if cell.header else length


def _length(text: str) -> int:
    """How much room ``text`` takes, in Latin letters."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
