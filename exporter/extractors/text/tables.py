"""Tables read back from their columns, or from their list of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from exporter.errors import ExtractionError
from exporter.extractors.text.lines import Cursor, join, undo_indent

RULE = re.compile(r"-[-+]*\+|=[=+]*\+")
ROW = re.compile(r"\+=?")
_CELL = re.compile(r"([^|‖]*)([|‖])")


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell: where it stands, whether in the head, and whether its border is the double line."""

    text: str
    row: int
    column: int
    head: bool
    double: bool

    @property
    def facts(self) -> dict[str, str]:
        """Its attributes."""
        place = {"row": str(self.row), "column": str(self.column)}
        if self.head == self.double:
            return place
        return {**place, "header": "column" if self.head else "row"}


def drawn(cursor: Cursor) -> Iterator[FoundCell]:
    """The cells of the table in columns that begins at ``cursor``."""
    lines = list(_block(cursor))
    tall = lines[0].startswith("=")
    rows: list[tuple[list[str], bool]] = []
    current: list[str] = []
    for line in lines[1:]:
        if RULE.fullmatch(line):
            rows += [([*current], False)] if current else []
            current = []
            if line.startswith("="):
                rows = [(row, True) for row, _ in rows]
        elif tall:
            current.append(line)
        else:
            rows.append(([line], False))
    rows += [(current, False)] if current else []
    for number, (row, head) in enumerate(rows, 1):
        yield from _cells(row, number, head, lines[0].count("+"))


def _block(cursor: Cursor) -> Iterator[str]:
    """The lines up to the next empty one, without their indentation."""
    while not cursor.done and (line := undo_indent(cursor.line, 2)) != "":
        if line is None:
            raise ExtractionError(f"A line of a table lacks its indentation: '{cursor.line}'.")
        cursor.take()
        yield line


def _cells(lines: list[str], row: int, head: bool, columns: int) -> Iterator[FoundCell]:
    """The cells of one row, whose texts may take several lines."""
    split = [_CELL.findall(line) for line in lines]
    for line, found in zip(lines, split, strict=True):
        if len(found) != columns or line[-1] not in "|‖":
            raise ExtractionError(f"Row {row} of a table of {columns} columns has another number: '{line}'.")
    for column, parts in enumerate(zip(*split, strict=True), 1):
        text = join(part.strip(" ") for part, _ in parts)
        yield FoundCell(text, row, column, head, parts[0][1] == "‖")


def listed(cursor: Cursor) -> Iterator[FoundCell]:
    """The cells of the listed table that begins at ``cursor``, without the headings repeated before them."""
    cells = list(_listed(cursor))
    heads = {cell.row for cell in cells if cell.head}
    titles = {cell.column: cell.text for cell in cells if cell.head and cell.text} if len(heads) == 1 else {}
    for cell in cells:
        if cell.head or cell.column not in titles:
            yield cell
        else:
            yield replace(cell, text=_after_title(cell.text, titles[cell.column]))


def _after_title(text: str, title: str) -> str:
    if text == f"{title}:":
        return ""
    if not text.startswith(f"{title}: "):
        raise ExtractionError(f"A cell of a listed table lacks the heading of its column, '{title}': '{text}'.")
    return text.removeprefix(f"{title}: ")


def _listed(cursor: Cursor) -> Iterator[FoundCell]:
    row = column = 0
    head = False
    block = Cursor(list(_block(cursor)))
    while not block.done:
        line = block.take()
        if ROW.fullmatch(line):
            row, column, head = row + 1, 0, line == "+="
        elif line[:1] in ("|", "‖") and line[1:2] in ("", " "):
            column += 1
            yield FoundCell(join([line[2:], *block.indented(2)]), row, column, head, line[0] == "‖")
        else:
            raise ExtractionError(f"No cell of a table begins like '{line}'.")
