"""P003 for tables that are wider than their page: a finding for each table, in place of one for all of its letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exporter.edition import Discrepancy
from exporter.pdfstructure import Document, Empty, Fragment, Glyph, Picture, Piece, Placeholder, Shown
from exporter.provers.pdf.alignment import Pair

_CELL: Final = re.compile(r"(.*table\[\d+\])/row\[\d+\]/cell\[\d+\]")
_SLACK: Final = 0.5
"""In points: whether the ink of letters that stand at the edge is on the page is judged glyph by glyph."""


@dataclass(frozen=True, slots=True)
class WideTable:
    """A table of so many ``columns``, at ``path`` and ``line`` in the article; ``beyond`` is what leaves its pages."""

    path: str
    line: int
    columns: int
    beyond: tuple[Shown, ...]

    @property
    def finding(self) -> Discrepancy:
        """Where the table stands, and what to do."""
        place = f"Line {self.line}" if self.line else self.path
        message = f"{place}: the table of {self.columns} columns is wider than its page. Make two tables of it."
        return Discrepancy("P003", message, self.line, self.path)


def wide_tables(pairs: Iterable[Pair], document: Document) -> Iterator[WideTable]:
    """The tables of which something reaches over the left or the right edge of its page."""
    tables: dict[str, list[Pair]] = defaultdict(list)
    for said, block in pairs:
        if said is not None and (cell := _CELL.fullmatch(said.path)):
            tables[cell[1]].append((said, block))
    for path, cells in tables.items():
        pieces = (piece for _, block in cells for piece in block.pieces)
        beyond = tuple(piece for piece in pieces if not isinstance(piece, Empty) and _leaves(piece, document))
        if beyond:
            facts = [said for said, _ in cells if said is not None]
            columns = max(int(said.attributes["column"]) for said in facts)
            yield WideTable(path, facts[0].line, columns, beyond)


def _leaves(piece: Shown, document: Document) -> bool:
    page = document.pages[piece.page].box
    return piece.box.left < page.left - _SLACK or piece.box.right > page.right + _SLACK


class Beyond:
    """What is told with a table: the letters and pictures of its cells that reach off their pages."""

    def __init__(self, tables: Sequence[WideTable]) -> None:
        pieces: list[Piece] = [piece for table in tables for piece in table.beyond]
        fragments = [piece for piece in pieces if isinstance(piece, Fragment)]
        self._orders = {(each.page, run.order) for each in fragments for run in each.runs}
        self._pictures = {(each.page, each.box) for each in pieces if isinstance(each, Placeholder)}

    def holds(self, page: int, item: Glyph | Picture) -> bool:
        """Whether ``item``, on ``page`` (from 0), is among these."""
        if isinstance(item, Picture):
            return (page, item.box) in self._pictures
        return (page, item.order) in self._orders
