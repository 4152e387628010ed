"""Tables: rows that repeat, header cells, columns as wide as what they hold."""

from __future__ import annotations

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
        body = [self._row(row, table, widths, around, head=False) for row in table.body]
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

    def _row(self, row: Row, table: Table, widths: list[int], around: Around, *, head: bool) -> Element:
        division = w("divId", val=around.division.number) if around.division else None
        properties = w("trPr", division, w("cantSplit"), w("tblHeader") if head else None)
        columns = zip(row.cells, table.alignments, widths, strict=True)
        return w("tr", properties, *(self._cell(*column, around) for column in columns))

    def _cell(self, cell: Cell, alignment: Alignment | None, width: int, around: Around) -> Element:
        style = "Table Heading" if cell.header else "Table Text"
        content = self._inlines.inlines(cell.children, Look.of(around))
        paragraph = self._paragraphs.paragraph(style, around, content, alignment=alignment, flush=True)
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph)


def column_widths(table: Table, width: int) -> list[int]:
    """``width`` shared among the columns by the longest text in each."""
    rows = [[len(plain(cell.children)) for cell in row.cells] for row in (*table.head, *table.body)]
    longest = [max(column) for column in zip(*rows, strict=True)]
    shares = [min(max(length, _NARROW), _WIDE) for length in longest]
    return [width * share // sum(shares) for share in shares]
