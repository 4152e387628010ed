"""Dictionaries of hyphenation patterns (pyphen 0.18), of which a page of text asks for one in a hundred.

pyphen takes each pattern apart when it reads a dictionary: English has 14,000 of them, and they took a twentieth of the
time of an article from a cold start. Here a pattern is taken apart when a word has its letters.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyphen

Dictionary: TypeAlias = Any
"""pyphen's ``HyphDict``, which has no types."""

_Pattern: TypeAlias = tuple[int, tuple[int, ...]]
"""Where its values begin, and what they are."""

_read_at_length: Final = pyphen.HyphDict.__init__
_NO_DIGITS: Final = {ord(digit): None for digit in "0123456789"}
_VALUE: Final = re.compile(b"[1-9]")
_IGNORED: Final = tuple(start.encode("ascii") for start in pyphen.ignored)
_LETTERS: Final = re.compile(r"(\d?)(\D?)")


class _Patterns(dict[str, Any]):
    """Patterns by their letters, as they stand in the dictionary until they are asked for."""

    def get(self, letters: str, default: object = None) -> Any:
        """The pattern of ``letters``."""
        found = super().get(letters, default)
        if isinstance(found, str):
            found = self[letters] = _parsed(found)
        return found


def read(dictionary: Dictionary, path: Path) -> None:
    """Stands in for ``HyphDict.__init__``; those that change letters, or write them as numbers, are left to it."""
    encoding, *lines = path.read_bytes().split(b"\n")
    patterns = [line for line in lines if _VALUE.search(line) and not line.strip().startswith(_IGNORED)]
    if any(b"/" in pattern or b"^^" in pattern for pattern in patterns) or encoding.strip() == b"microsoft-cp1251":
        _read_at_length(dictionary, path)
        return
    text = b"\n".join(patterns).decode(encoding.strip().decode("ascii"))
    letters = map(str.strip, text.split("\n"))
    dictionary.patterns = _Patterns((pattern.translate(_NO_DIGITS), pattern) for pattern in letters)
    dictionary.cache = {}
    dictionary.maxlen = max(map(len, dictionary.patterns))


def _parsed(pattern: str) -> _Pattern:
    """What ``pattern`` says, less the zeros at its ends."""
    values = [int(value or "0") for value, _ in _LETTERS.findall(pattern)]
    valued = [at for at, value in enumerate(values) if value]
    return valued[0], tuple(values[valued[0] : valued[-1] + 1])
