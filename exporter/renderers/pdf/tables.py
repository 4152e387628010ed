"""Which header cells each cell of a table stands under, as PDF/UA-1 (7.5) has it written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exporter.renderers.pdf.tags import Structure


@dataclass(frozen=True, slots=True)
class Headers:
    """Identifiers of header cells, and for each other cell those it stands under."""

    identifiers: dict[Structure, bytes]
    above: dict[Structure, tuple[bytes, ...]]


def headers(document: Structure) -> Headers:
    """The header cells of every table below ``document``."""
    found = Headers({}, {})
    for number, table in enumerate(_tables(document), 1):
        rows = list(_rows(table))
        for row_number, row in enumerate(rows, 1):
            _identify(found, f"table/{number}/{row_number}", row)
        _relate(found, rows)
    return found


def settle(document: Structure) -> None:
    """Let every table below ``document`` have a body, as PDF/UA-1 (7.2) wants it: the head, where there is no more."""
    for table in _tables(document):
        groups = [kid for kid in table.kids if isinstance(kid, Structure) and kid.type in ("THead", "TBody")]
        if groups and all(group.type == "THead" for group in groups):
            groups[-1].type = "TBody"


def _identify(found: Headers, place: str, row: list[Structure]) -> None:
    """Identifiers with a solidus: no heading's identifier has one, so the two cannot collide."""
    for column, cell in enumerate(row, 1):
        if cell.type == "TH":
            found.identifiers[cell] = f"{place}/{column}".encode()


def _relate(found: Headers, rows: list[list[Structure]]) -> None:
    columns: dict[int, list[bytes]] = {}
    for row in rows:
        across = [found.identifiers[cell] for cell in row if cell.type == "TH" and not _heads_column(cell)]
        for column, cell in enumerate(row):
            if cell.type == "TH" and _heads_column(cell):
                columns.setdefault(column, []).append(found.identifiers[cell])
            elif cell.type == "TD":
                found.above[cell] = (*columns.get(column, ()), *across)


def _heads_column(cell: Structure) -> bool:
    return cell.element is None or cell.element.get("scope") != "row"


def _tables(structure: Structure) -> Iterator[Structure]:
    for kid in structure.kids:
        if isinstance(kid, Structure):
            if kid.type == "Table":
                yield kid
            yield from _tables(kid)


def _rows(table: Structure) -> Iterator[list[Structure]]:
    for group in table.kids:
        if isinstance(group, Structure) and group.type in ("THead", "TBody"):
            for row in group.kids:
                assert isinstance(row, Structure)
                yield [cell for cell in row.kids if isinstance(cell, Structure)]
