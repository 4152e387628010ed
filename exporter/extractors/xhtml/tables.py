"""The rows and cells of a table, numbered from 1, with what heads what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exporter.extractors.xhtml.around import Around
from exporter.extractors.xhtml.node import Content, Node
from exporter.walk import normalise


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and what ``Said`` says of it."""

    node: Node
    around: Around
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells."""

    cells: tuple[Cell, ...]


Stray = tuple[str, Sequence[Content], Around]
"""A caption, or text that is in no cell: its kind, content and surroundings."""


def rows(table: Node, around: Around) -> Iterator[Row | Stray]:
    """The rows of a table in order; captions and stray text where they stand."""
    number = 0
    for group, row, inside in _in_groups(table, around, "table"):
        match row:
            case Node(name="tr"):
                number += 1
                yield Row(tuple(_cells(row, inside, number, group)))
                yield from (("paragraph", (each,), inside) for each in row.children if isinstance(each, str))
            case Node(name="caption"):
                yield ("caption", row.children, inside)
            case _:
                yield ("paragraph", (row,), inside)


def _in_groups(node: Node, around: Around, group: str) -> Iterator[tuple[str, Content, Around]]:
    """What is in a table or a group of rows: each with the name of the group it is in."""
    for place, child in enumerate(node.children, 1):
        match child:
            case Node() if child.hidden:
                pass
            case Node(name="thead" | "tbody" | "tfoot"):
                yield from _in_groups(child, around.inside(child, place), child.name)
            case Node(name="colgroup" | "col"):
                pass
            case Node():
                yield group, child, around.inside(child, place)
            case _ if normalise(child):
                yield group, child, around
            case _:
                pass


def _cells(row: Node, around: Around, number: int, group: str) -> Iterator[Cell]:
    column = 1
    cells = [cell for cell in row.elements if not cell.hidden]
    heads = group == "thead" or all(cell.name == "th" for cell in cells)
    for place, cell in enumerate(cells, 1):
        down, across = _span(cell, "rowspan"), _span(cell, "colspan")
        facts = {"row": _stretch(number, down), "column": _stretch(column, across), **_header(cell, heads)}
        yield Cell(cell, around.inside(cell, place), facts)
        column += across


def _span(cell: Node, name: str) -> int:
    """How many rows or columns a cell takes; 0 is all that are left."""
    span = cell.get(name)
    return int(span) if span.isdecimal() and span.isascii() else 1


def _stretch(first: int, count: int) -> str:
    return str(first) if count == 1 else f"{first} and {count - 1} more" if count else f"{first} and all after"


def _header(cell: Node, heads: bool) -> dict[str, str]:
    """By its ``scope``, else by its place."""
    if cell.name != "th":
        return {}
    by_scope = {"col": "column", "colgroup": "column", "row": "row", "rowgroup": "row"}
    return {"header": by_scope.get(cell.get("scope"), "column" if heads else "row")}
