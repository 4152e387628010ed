"""Tables in columns, where they fit, or as a list of cells, where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.article import Alignment
from exporter.renderers.text.wrapping import columns, longest_word, wrap

_UNUSUAL = "‖"
_TALLEST = 8
"""Lines a cell may take in its column before the table is rather listed."""


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell's text with its marks; ``unusual`` where it heads a row, or heads nothing within the head."""

    text: str
    unusual: bool

    @property
    def border(self) -> str:
        """The line to its right."""
        return _UNUSUAL if self.unusual else "|"


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """Rows of a table, cells as they will be written."""

    head: tuple[tuple[WrittenCell, ...], ...]
    body: tuple[tuple[WrittenCell, ...], ...]
    alignments: tuple[Alignment | None, ...]

    @property
    def rows(self) -> tuple[tuple[WrittenCell, ...], ...]:
        """All rows, the head first."""
        return (*self.head, *self.body)


def table(written: WrittenTable, width: int) -> list[str]:
    """``written`` in lines of ``width`` columns where it can be, else one cell under another."""
    widths = _widths(written, width)
    drawn = _Drawing(written, widths).lines() if widths else None
    return drawn or listed(written, width)


# --- Columns ----------------------------------------------------------------------------------


def _widths(written: WrittenTable, width: int) -> list[int] | None:
    """Columns of each column, as near to its longest cell as ``width`` allows; none where it does not fit."""
    if not written.body or any(c in cell.text for row in written.rows for cell in row for c in f"|{_UNUSUAL}"):
        return None
    texts = [[row[number].text for row in written.rows] for number in range(len(written.alignments))]
    wanted = [max(1, *(_natural(text) for text in column)) for column in texts]
    widths = [max(1, *(longest_word(text) for text in column)) for column in texts]
    spare = width - sum(widths) - 3 * len(widths) + 1
    if spare < 0:
        return None
    while spare and widths != wanted:
        neediest = max(range(len(widths)), key=lambda number: (wanted[number] - widths[number], -number))
        widths[neediest] += 1
        spare -= 1
    return widths


def _natural(text: str) -> int:
    return max((columns(line) for line in text.split("\n")), default=0)


@dataclass(frozen=True, slots=True)
class _Drawing:
    written: WrittenTable
    widths: list[int]

    def lines(self) -> list[str] | None:
        """The table drawn, or None where a cell would be a tall tower of words."""
        head = [self._row(row) for row in self.written.head]
        body = [self._row(row) for row in self.written.body]
        tallest = max(len(row) for row in (*head, *body))
        if tallest > _TALLEST:
            return None
        tall = tallest > 1
        between = [self._rule("-")] if tall else []
        top = [self._rule("=" if tall else "-")]
        closed = [*_joined(head, between), self._rule("=")] if head else []
        return [*top, *closed, *_joined(body, between)]

    def _rule(self, character: str) -> str:
        return character.join(character * (width + 1) + "+" for width in self.widths)

    def _row(self, row: tuple[WrittenCell, ...]) -> list[str]:
        """The lines of one row."""
        wrapped = [wrap(cell.text, width, narrowest=1) for cell, width in zip(row, self.widths, strict=True)]
        height = max(1, *(len(lines) for lines in wrapped))
        return [" ".join(self._cells(row, wrapped, number)) for number in range(height)]

    def _cells(self, row: Sequence[WrittenCell], wrapped: list[list[str]], number: int) -> Iterator[str]:
        for cell, lines, width, alignment in zip(row, wrapped, self.widths, self.written.alignments, strict=True):
            line = lines[number] if number < len(lines) else ""
            yield f"{_aligned(line, width, alignment)} {cell.border}"


def _joined(rows: list[list[str]], between: list[str]) -> list[str]:
    lines: list[str] = []
    for number, row in enumerate(rows):
        lines += [*(between if number else []), *row]
    return lines


def _aligned(line: str, width: int, alignment: Alignment | None) -> str:
    room = width - columns(line)
    match alignment:
        case "right":
            return " " * room + line
        case "center":
            return " " * (room // 2) + line + " " * (room - room // 2)
        case "left" | None:
            return line + " " * room


# --- List -------------------------------------------------------------------------------------


def listed(written: WrittenTable, width: int) -> list[str]:
    """``written`` as a list of cells, each behind the heading of its column."""
    return list(_listed(written, width))


def _listed(written: WrittenTable, width: int) -> Iterator[str]:
    for number, row in enumerate(written.rows):
        in_head = number < len(written.head)
        yield "+=" if in_head else "+"
        for column, cell in enumerate(row):
            text = cell.text if in_head else f"{_heading(written, column)}{cell.text}"
            first, *more = wrap(text.strip(" "), width - 2) or [""]
            yield f"{cell.border} {first}".rstrip(" ")
            yield from (f"  {line}" for line in more)


def _heading(written: WrittenTable, column: int) -> str:
    """What stands before a cell to say what it is, where one row heads the columns."""
    match written.head:
        case (row,) if row[column].text:
            return f"{row[column].text}: "
        case _:
            return ""
