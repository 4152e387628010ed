"""Tables of a TOML document read key by key: what is unknown or of the wrong kind is noted, with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from exporter.characters import left_open, unfit
from exporter.nearness import meant
from exporter.toml import Key


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong on a line of an issue's file, and what would be right: an I0xx code and a sentence.

    With ``warning`` the issue can be built all the same.
    """

    line: int
    code: str
    message: str
    warning: bool = False


_T = TypeVar("_T")
Convert = Callable[[Any], _T]
"""Makes a value of what a document holds; raises ValueError with half a sentence on what it should be."""


@dataclass(slots=True)
class Table:
    """A table at ``place``. Each key is asked for once; ``close`` notes the keys nobody asked for."""

    values: Mapping[str, Any]
    place: Key
    lines: Mapping[Key, int]
    problems: list[Problem]
    _known: list[str] = field(default_factory=list)

    def get(self, key: str, convert: Convert[_T]) -> _T | None:
        """The value of ``key``; None where it is not there, or noted as wrong."""
        self._known.append(key)
        if key not in self.values:
            return None
        try:
            return convert(self.values[key])
        except ValueError as error:
            self.note(f"'{key}': {error}.", key)
            return None

    def need(self, key: str, convert: Convert[_T], otherwise: _T, like: str) -> _T:
        """The value of ``key``, which must be there; ``like`` is how it could read."""
        if key not in self.values:
            self.note(f"{self._name()} has no '{key}'. Write: {key} = {like}")
        found = self.get(key, convert)
        return otherwise if found is None else found

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of the array ``key``, in order."""
        self._known.append(key)
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.note(f"'{key}' is a list of tables: write [[{'.'.join([*self._names(), key])}]] above each.", key)
            return
        for number, each in enumerate(found):
            yield Table(each, (*self.place, key, number), self.lines, self.problems)

    def table(self, key: str) -> Table | None:
        """The table ``key``; None without one."""
        self._known.append(key)
        match self.values.get(key):
            case None:
                return None
            case dict() as found:
                return Table(found, (*self.place, key), self.lines, self.problems)
            case _:
                self.note(f"'{key}' is a table: write [{key}] above its keys.", key)
                return None

    def close(self) -> None:
        """Note every key nothing was read from."""
        for key in self.values:
            if key not in self._known:
                self.note(f"no key '{key}' here. {instead(key, self._known)}", key, code="I001")

    def note(self, message: str, key: str | int | None = None, code: str = "I002") -> None:
        """Note that something is wrong with ``key``, or with the table."""
        self.problems.append(Problem(self.line(key), code, message))

    def line(self, key: str | int | None = None) -> int:
        """The line of ``key``, or of the table."""
        place = self.place if key is None else (*self.place, key)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def _name(self) -> str:
        names = self._names()
        return f"[{'.'.join(names)}]" if names else "The issue"

    def _names(self) -> list[str]:
        return [each for each in self.place if isinstance(each, str)]


def instead(written: str, known: Iterable[str]) -> str:
    """A sentence on what ``written`` may have been meant to be, or what there is."""
    names = sorted(set(known))
    return meant(written, names).lstrip() or f"Known: {', '.join(names) or 'none'}."


# --- Kinds of values --------------------------------------------------------------------------


def text(value: Any) -> str:
    """A text of characters that editions can carry."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f'a text in quotation marks is wanted here, not {_kind(value)}: "…"')
    for found in (*unfit(value), *left_open(value)):
        raise ValueError(found.sentence.rstrip("."))
    return value.strip(" \t\n")


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise ValueError(f'a list of texts is wanted here, not {_kind(value)}: ["…", "…"]')
    return tuple(map(text, value))


def number(value: Any) -> int:
    """A whole number from 1."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"a number from 1 is wanted here, not {_kind(value)}")
    return value


def one_of(*choices: str) -> Convert[Any]:
    """One of ``choices``."""

    def convert(value: Any) -> str:
        if value not in choices:
            raise ValueError(f"{_kind(value)} is none of {', '.join(choices)}")
        return str(value)

    return convert


_SHORT: Final = 40


def _kind(value: Any) -> str:
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case bool():
            return str(value).lower()
        case str():
            return f"'{value[:_SHORT]}'" if value.strip() else "an empty text"
        case _:
            return str(value)
