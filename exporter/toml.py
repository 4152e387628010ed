"""TOML with places: tomllib names no line for a key, and a person needs one to mend it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

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
