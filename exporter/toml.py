"""TOML with places: tomllib names no line for a key, and a person needs one to mend it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, TypeAlias

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TABLE = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]""")


class TomlError(ValueError):
    """``content`` is not TOML: ``message`` says why, ``line`` (1-based) where."""

    def __init__(self, message: str, line: int) -> None:
        self.message = message
        self.line = line
        super().__init__(message)


def parse(content: bytes) -> dict[str, Any]:
    """The tables of ``content``, TOML 1.0 in UTF-8 (a byte order mark is skipped); raises TomlError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TomlError(f"byte {error.start} is not UTF-8", line) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _placed(str(error), text) from error
    except RecursionError as error:
        raise TomlError("nested too deep to be read", 1) from error


def _placed(message: str, text: str) -> TomlError:
    place = _PLACE.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    return TomlError(_PLACE.sub("", message).rstrip(".").lower(), line)


def line_of(content: bytes, table: str, key: str | None = None) -> int:
    """The 1-based line where ``[table]``, or ``key`` in it, is written; 0 where it is written another way.

    ``table`` "" is the top of the document.
    """
    inside = table == ""
    for number, line in enumerate(content.decode("utf-8-sig").split("\n"), 1):
        if header := _TABLE.match(line):
            inside = header[1].strip("\"'") == table
            if inside and key is None:
                return number
        elif inside and key is not None and _key(line) == key:
            return number
    return line_of(content, "", table) if table else 0


def _key(line: str) -> str | None:
    found = _KEY.match(line)
    return next(name for name in found.groups() if name is not None) if found else None


# --- Lines of everything ----------------------------------------------------------------------

Key: TypeAlias = tuple[str | int, ...]
"""Where a value stands in a document: names of tables and keys, and numbers (from 0) within arrays."""


def lines(content: bytes) -> Mapping[Key, int]:
    """The 1-based line of every table, key and element of an array in ``content``, which ``parse`` accepts."""
    return _Lines(content.decode("utf-8-sig").replace("\r\n", "\n")).all()


_SKIP = re.compile(r"(?:[ \t\n]|#[^\n]*)+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_BARE = re.compile(r"[^\s,\[\]{}#=\"']+(?: \d[\d:.+Z-]*)?")
_SIMPLE_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")


class _Lines:
    """A walk over a valid document that notes where things begin; what they say is tomllib's business."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._found: dict[Key, int] = {}
        self._tables: dict[Key, int] = {}

    def all(self) -> Mapping[Key, int]:
        inside: Key = ()
        while self._skip() < len(self._text):
            if self._text[self._at] == "[":
                inside = self._header()
            else:
                self._pair(inside)
        return self._found

    def _header(self) -> Key:
        line, many = self._line(), self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        name = self._within(self._key())
        self._at += 2 if many else 1
        if many:
            self._tables[name] = self._tables.get(name, -1) + 1
            name = (*name, self._tables[name])
        self._found.setdefault(name, line)
        return name

    def _within(self, names: tuple[str, ...]) -> Key:
        """The place of a table of that name: within the last element of each array of tables on the way."""
        place: Key = ()
        for name in names[:-1]:
            place = (*place, name)
            place = (*place, self._tables[place]) if place in self._tables else place
        return (*place, names[-1])

    def _pair(self, inside: Key) -> None:
        line = self._line()
        names = self._key()
        for count in range(1, len(names) + 1):
            self._found.setdefault((*inside, *names[:count]), line)
        self._at += 1  # the equals sign
        self._value((*inside, *names))

    def _key(self) -> tuple[str, ...]:
        names: list[str] = []
        while found := _SIMPLE_KEY.match(self._text, self._skip()):
            names.append(next(iter(tomllib.loads(f"{found[0]}=0"))))
            self._at = found.end()
            if self._text[self._skip()] != ".":
                break
            self._at += 1
        return tuple(names)

    def _value(self, place: Key) -> None:
        match self._text[self._skip()]:
            case "[":
                self._array(place)
            case "{":
                self._table(place)
            case _:
                found = _STRING.match(self._text, self._at) or _BARE.match(self._text, self._at)
                self._at = found.end() if found else len(self._text)

    def _array(self, place: Key) -> None:
        self._at += 1
        number = 0
        while self._text[self._skip()] != "]":
            self._found[(*place, number)] = self._line()
            self._value((*place, number))
            number += 1
            self._at += self._text[self._skip()] == ","
        self._at += 1

    def _table(self, place: Key) -> None:
        self._at += 1
        while self._text[self._skip()] != "}":
            self._pair(place)
            self._at += self._text[self._skip()] == ","
        self._at += 1

    def _skip(self) -> int:
        """Where the next thing begins that is neither white space nor a comment."""
        if found := _SKIP.match(self._text, self._at):
            self._at = found.end()
        return self._at

    def _line(self) -> int:
        return self._text.count("\n", 0, self._at) + 1
