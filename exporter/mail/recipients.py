"""Who receives an issue, from a CSV (RFC 4180) or TOML file, each with its wishes and fields.

Strict: an unknown format, a misspelt address, a double or a character that could not stand in a message is a mistake,
each is reported by its line, and while there is one there are no recipients at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Final, TypeVar

from exporter.mail import addresses, values
from exporter.mail.addresses import Address, AddressError
from exporter.mail.errors import Problem, RecipientsError
from exporter.mail.rows import Row, Rows, csv_rows, toml_rows
from exporter.slots import KEY

KNOWN: Final = ("address", "name", "formats", "language", "segment", "limit")
"""What every recipients' file may have; whatever else it has are the house's own fields."""

NO_FORMAT: Final = "none"
"""Stands for the wish to receive the email alone, without files."""

_TAG: Final = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MEGABYTES: Final = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?")
_SEGMENT: Final = re.compile(r"[\w][\w .+-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """One reader. ``line`` is where the file has it, 1-based.

    ``formats`` are the editions wished for, () for none; it is None where nothing is said, as are ``language`` (BCP 47)
    and ``segment``, and the issue's own then hold; ``limit`` is how many megabytes (of 1,000,000 octets) a message may
    have, None for the house's limit. ``fields`` are the house's own columns, by key.
    """

    address: Address
    line: int
    name: str = ""
    formats: tuple[str, ...] | None = None
    language: str | None = None
    segment: str | None = None
    limit: float | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipients:
    """All recipients of a file, in its order; ``notices`` are sentences on what was read otherwise than written."""

    file: str
    entries: tuple[Recipient, ...]
    notices: tuple[str, ...] = ()


def read(content: bytes, file: str, formats: Collection[str]) -> Recipients:
    """The recipients in ``content`` of the file ``file`` (``.csv`` or ``.toml``), who may wish for ``formats``.

    Raises RecipientsError with every mistake there is, and ToolError without email-validator.
    """
    rows = _rows(content, file)
    reading = _Reading(frozenset(formats))
    entries = [reading.recipient(row) for row in rows.rows]
    problems = sorted({*rows.problems, *reading.problems}, key=lambda each: (each.line, each.message))
    if not problems and not entries:
        problems = [Problem(1, "there is no recipient. Write one line for each below the header")]
    if problems:
        raise RecipientsError(file, (Problem(each.line, f"{each.message}.") for each in problems))
    return Recipients(file, tuple(each for each in entries if each), (*rows.notices, *reading.notices))


def _rows(content: bytes, file: str) -> Rows:
    match PurePath(file).suffix.lower():
        case ".csv":
            return csv_rows(content)
        case ".toml":
            return toml_rows(content)
        case other:
            message = f"recipients stand in .csv or .toml files, not in '{other}'"
            return Rows((), (Problem(1, message),))


_Read = TypeVar("_Read")


@dataclass(slots=True)
class _Reading:
    """One file being read: what was found wrong so far, and where each address stands."""

    formats: frozenset[str]
    problems: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def recipient(self, row: Row) -> Recipient | None:
        """The recipient in ``row``; None where it is mistaken, each mistake noted."""
        before = len(self.problems)
        self.problems += (Problem(row.line, message) for message in _unfit(row))
        if len(self.problems) > before:
            return None
        self.notices += _formulas(row)
        address = self._tried(self._address, row)
        formats = self._tried(self._formats, row)
        language, segment = self._tried(_language, row), self._tried(_segment, row)
        limit = self._tried(_limit, row)
        if address is None or len(self.problems) > before:
            return None
        return Recipient(
            address=address,
            line=row.line,
            name=row.cells.get("name", ""),
            formats=formats,
            language=language,
            segment=segment,
            limit=limit,
            fields={key: value for key, value in row.cells.items() if key not in KNOWN},
        )

    def _tried(self, read: Callable[[Row], _Read], row: Row) -> _Read | None:
        try:
            return read(row)
        except _Mistake as mistake:
            self.problems.append(Problem(row.line, str(mistake)))
            return None

    def _address(self, row: Row) -> Address:
        written = row.cells.get("address", "")
        if not written:
            raise _Mistake("there is no address. Write one, or delete the line")
        try:
            address = addresses.parse(written)
        except AddressError as error:
            raise _Mistake(f"the address is none: {_quiet(str(error), written)}") from error
        before = self.lines.setdefault(address.normalised, row.line)
        if before != row.line:
            raise _Mistake(f"the address stands in line {before} already. Delete one of them")
        return address

    def _formats(self, row: Row) -> tuple[str, ...] | None:
        names = [each.strip().lower() for each in row.cells.get("formats", "").split(",")]
        if names in ([""], [NO_FORMAT]):
            return () if names == [NO_FORMAT] else None
        if unknown := [each for each in names if each not in self.formats]:
            known = ", ".join((*sorted(self.formats), NO_FORMAT))
            alone = f"; '{NO_FORMAT}' stands alone" if NO_FORMAT in unknown else ""
            raise _Mistake(f"{_quoted(unknown[0])} is no format here. There are: {known}{alone}")
        if len(set(names)) < len(names):
            raise _Mistake("a format is named twice. Delete one of them")
        return tuple(sorted(names))


class _Mistake(ValueError):
    """What is wrong with a row: a sentence without its full stop."""


def _language(row: Row) -> str | None:
    return _matching(row, "language", _TAG, "a language tag like 'en' or 'pt-BR' (BCP 47)")


def _segment(row: Row) -> str | None:
    return _matching(row, "segment", _SEGMENT, "a short name of letters, digits, spaces, '.', '+', '-'")


def _limit(row: Row) -> float | None:
    written = _matching(row, "limit", _MEGABYTES, "a number of megabytes like '10' or '2.5'")
    return float(written) if written else None


def _matching(row: Row, key: str, pattern: re.Pattern[str], what: str) -> str | None:
    written = row.cells.get(key, "")
    if written and not pattern.fullmatch(written):
        raise _Mistake(f"{_quoted(written)} is no {key}. Write {what}")
    return written or None


def _quoted(written: str) -> str:
    """``written`` in quotation marks, unless it may be an address in the wrong column."""
    return "what stands there" if "@" in written else f"'{written}'"


def _unfit(row: Row) -> Iterator[str]:
    """What is wrong with the keys of ``row``, and with any of its values."""
    for key, value in row.cells.items():
        if key not in KNOWN and not KEY.fullmatch(key):
            yield f"{_quoted(key)} is no name of a field. Write letters a to z, digits, '_' and '-'"
        elif objection := values.objection(value):
            yield f"{key} {objection}"


_FORMULA: Final = re.compile(r"[=+\-@]")


def _formulas(row: Row) -> Iterator[str]:
    """Cells a spreadsheet would calculate; here they are what they say."""
    for key, value in row.cells.items():
        if key != "address" and _FORMULA.match(value):
            yield f"Line {row.line}: {key} begins like a formula ('{value[0]}'): kept as text."


def _quiet(reason: str, written: str) -> str:
    """``reason`` without the parts of the address it may quote."""
    for part in sorted((written, *written.split("@")), key=len, reverse=True):
        reason = reason.replace(part, "…") if part.strip() else reason
    return reason
