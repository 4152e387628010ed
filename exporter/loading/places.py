"""Where a character of the article stands in its source: as itself, as a reference or as an escape."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Final


class Places:
    """The places in one text; what was looked for once is remembered."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
        self._written: dict[str, list[int]] = {}

    def find(self, character: str, line: int = 0, ordinal: int = 0) -> tuple[int, int]:
        """Line and column, from 1, of the ``ordinal``-th (from 0) ``character`` from ``line`` on.

        It may be written as itself, as a numeric character reference (HTML, XML) or as an escape (TOML,
        YAML, JSON). The column is 0 where it is written in a way nobody foresaw.
        """
        if character not in self._written:
            self._written[character] = [found.start() for found in _pattern(character).finditer(self._text)]
        written = self._written[character]
        at = bisect_left(written, self._starts[min(max(line, 1), len(self._starts)) - 1]) + ordinal
        return self._place(written[at]) if at < len(written) else (line, 0)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


_SHORT: Final = dict(zip("\0\a\b\x1b\v\f\x85\u2028\u2029", "0abevfNLP", strict=True))
"""Escapes of one letter (YAML 1.2, 5.7)."""


def _pattern(character: str) -> re.Pattern[str]:
    point = ord(character)
    return re.compile(
        rf"{re.escape(character)}|&#0*{point};?|&#[xX]0*(?i:{point:x});?"
        rf"|\\x(?i:{point:02x})|\\u(?i:{point:04x})|\\U(?i:{point:08x})|\\{_SHORT.get(character, 'x(?!)')}"
    )
