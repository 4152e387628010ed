"""An issue's file changed by a program as a careful person would: one thing, every comment and blank line as it was.

The file is TOML 1.0. Each change is read again before it is returned: it says what was meant, and nothing else changed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

import tomlkit

from exporter.toml import lines

_BOM: Final = "\ufeff"
_HOLD: Final = "hold"
_WAIVER: Final = "waiver"


class EditError(ValueError):
    """The document is written in a way that this cannot change without touching something else."""


def held(content: bytes, paths: Sequence[str]) -> bytes:
    """``content`` with ``paths`` at the end of its ``hold``; raises EditError."""
    before = tomllib.loads(_text(content))
    wanted = {**before, _HOLD: [*before.get(_HOLD, []), *paths]}
    if _HOLD in before:
        return _checked(content, _appended(_text(content), paths), wanted)
    return _checked(content, _inserted(_text(content), f"{_HOLD} = {_list(paths)}"), wanted)


def released(content: bytes, paths: Iterable[str]) -> bytes:
    """``content`` without ``paths``, each as it is written there, in its ``hold``; raises EditError."""
    before, gone = tomllib.loads(_text(content)), set(paths)
    wanted = {**before, _HOLD: [path for path in before[_HOLD] if path not in gone]}
    document = tomlkit.parse(_text(content))
    array = cast("tomlkit.items.Array", document[_HOLD])
    for number in reversed(range(len(array))):
        if str(array[number]) in gone:
            del array[number]
    return _checked(content, tomlkit.dumps(document), wanted)


def waived(content: bytes, waiver: Mapping[str, str | int]) -> bytes:
    """``content`` with one more ``[[waiver]]`` at its end; raises EditError."""
    before = tomllib.loads(_text(content))
    wanted = {**before, _WAIVER: [*before.get(_WAIVER, []), dict(waiver)]}
    pairs = "".join(f"{key} = {tomlkit.item(value).as_string()}\n" for key, value in waiver.items())
    return _checked(content, f"{_text(content).rstrip()}\n\n[[{_WAIVER}]]\n{pairs}", wanted)


def _appended(text: str, paths: Sequence[str]) -> str:
    document = tomlkit.parse(text)
    array = cast("tomlkit.items.Array", document[_HOLD])
    for path in paths:
        array.append(path)
    return tomlkit.dumps(document)


def _list(paths: Iterable[str]) -> str:
    return f"[{', '.join(tomlkit.item(path).as_string() for path in paths)}]"


def _inserted(text: str, line: str) -> str:
    """``text`` with ``line`` below its last key that is in no table, above what is said of the first table."""
    written = text.split("\n")
    tables = [number for key, number in lines(text.encode()).items() if _is_header(written[number - 1], key)]
    at = min(tables, default=len(written) + 1) - 1
    while at and (not written[at - 1].strip() or written[at - 1].lstrip().startswith("#")):
        at -= 1
    return "\n".join((*written[:at], line, *written[at:]))


def _is_header(line: str, key: tuple[str | int, ...]) -> bool:
    return line.lstrip().startswith("[") and isinstance(key[0], str) and key[0] in line


def _text(content: bytes) -> str:
    """``content`` with the ends of lines that a program on Unix writes."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _checked(content: bytes, text: str, wanted: Mapping[str, Any]) -> bytes:
    """``text`` as ``content`` is written (byte order mark, ends of lines); raises EditError if it is not ``wanted``."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EditError(str(error)) from error
    if found != wanted:
        raise EditError("another value would change")
    old = content.decode("utf-8")
    new = text.replace("\n", "\r\n") if "\r\n" in old else text
    return f"{_BOM if old.startswith(_BOM) else ''}{new}".encode()
