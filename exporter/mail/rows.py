"""The rows of a recipients' file, by line: CSV (RFC 4180) or TOML, as texts nobody has judged yet."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from exporter import toml
from exporter.mail.errors import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """One recipient as written: the line it begins in, 1-based, and its cells by key."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a file, in its order, and what is wrong with the file itself."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


# --- CSV --------------------------------------------------------------------------------------


def csv_rows(content: bytes) -> Rows:
    """The rows below the header of ``content``, UTF-8 with or without a byte order mark, commas between cells."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return Rows((), (Problem(line, "what stands there is not UTF-8. Save the file as CSV UTF-8"),))
    records = _records(text)
    first, header = next(records, (1, []))
    if isinstance(header, Problem):
        return Rows((), (header,))
    keys = [cell.strip() for cell in header]
    if problem := _header_problem(first, keys):
        return Rows((), (problem,))
    return _below(keys, records)


def _records(text: str) -> Iterator[tuple[int, list[str] | Problem]]:
    """The records of ``text``, each with the line it begins in; a mistake of CSV ends them."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            mend = "Close the quotation marks, and write those inside a cell twice"
            yield line, Problem(line, f"this is no CSV ({error}). {mend}")
            return


def _like_an_address(keys: Sequence[str]) -> str:
    """The column that may be meant by addresses; "" where none is."""
    folded = {key.casefold().replace("-", "").replace(" ", ""): key for key in keys}
    return next(
        (folded[each] for each in ("email", "emailaddress", "mail", "mailbox", "recipient") if each in folded), ""
    )


def _header_problem(line: int, keys: Sequence[str]) -> Problem | None:
    if "address" not in keys:
        semicolons = "; cells are divided by commas here, not by ';'" if any(";" in key for key in keys) else ""
        near = f", which '{found}' may be" if (found := _like_an_address(keys)) else ""
        return Problem(line, f"the header has no 'address'{near}{semicolons}. Name the columns there")
    if doubles := [key for key, count in Counter(keys).items() if count > 1]:
        return Problem(line, f"two columns are called '{doubles[0]}'. Name one of them otherwise")
    return None


def _below(keys: Sequence[str], records: Iterator[tuple[int, list[str] | Problem]]) -> Rows:
    rows: list[Row] = []
    problems: list[Problem] = []
    trimmed = 0
    for line, record in records:
        if isinstance(record, Problem):
            problems.append(record)
        elif record and len(record) != len(keys):
            problems.append(Problem(line, f"there are {len(record)} cells under {len(keys)} columns"))
        elif record:
            cells = [cell.strip(" ") for cell in record]
            trimmed += cells != record
            rows.append(Row(line, dict(zip(keys, cells, strict=True))))
    notices = (f"Spaces around cells do not count: {trimmed} lines have some.",) if trimmed else ()
    return Rows(tuple(rows), tuple(problems), notices)


# --- TOML -------------------------------------------------------------------------------------

_TABLE: Final = "recipient"
_HEADER: Final = re.compile(rf"[ \t]*\[\[[ \t]*[\"']?{_TABLE}[\"']?[ \t]*\]\]")


def toml_rows(content: bytes) -> Rows:
    """The tables ``[[recipient]]`` of ``content``; values are texts, ``formats`` may be a list of them."""
    try:
        document = toml.parse(content)
    except toml.TomlError as error:
        return Rows((), (Problem(error.line, error.message),))
    tables = document.pop(_TABLE, [])
    if document:
        key = next(iter(document))
        line = toml.line_of(content, key) or toml.line_of(content, "", key) or 1
        return Rows((), (Problem(line, f"'{key}' is unknown. Write [[{_TABLE}]] above each recipient's keys"),))
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        return Rows((), (Problem(toml.line_of(content, _TABLE) or 1, f"write [[{_TABLE}]], with two brackets"),))
    lines = [number for number, line in enumerate(content.decode("utf-8-sig").split("\n"), 1) if _HEADER.match(line)]
    places = lines if len(lines) == len(tables) else [1] * len(tables)
    return _of_tables(tables, places)


def _of_tables(tables: Sequence[Mapping[str, Any]], lines: Sequence[int]) -> Rows:
    rows: list[Row] = []
    problems: list[Problem] = []
    for line, table in zip(lines, tables, strict=True):
        cells = {key: _text(key, value) for key, value in table.items()}
        wrong = [key for key, value in cells.items() if value is None]
        problems += (Problem(line, f"'{key}' is a text: \"…\"") for key in wrong)
        if not wrong:
            rows.append(Row(line, {key: value for key, value in cells.items() if value is not None}))
    return Rows(tuple(rows), tuple(problems))


def _text(key: str, value: object) -> str | None:
    match value:
        case str():
            return value
        case list() if key == "formats" and all(isinstance(each, str) for each in value):
            return ", ".join(value) or "none"
        case _:
            return None
