"""The paragraphs of a plain text, and which of its line ends mean something.

Two layouts are known. In the first every line is a paragraph, with or without blank lines between
them. In the second, *wrapped* one, paragraphs stand between blank lines and a line ends where the
next word no longer fitted. A text is wrapped if it has blank lines, at least two lines follow one
another without one, and most line ends inside its blocks (three in five) stand where the column was
full (the next word would have reached beyond three quarters of it) and do not end a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from exporter.readers.sentences import is_closed

_WIDEST_COLUMN = 100
_FULL = 0.75
_MOST = 0.6
_LINE = re.compile(r"[^\n]*[^ \t\n][^\n]*")
_MARK = re.compile(r"(?P<level>#{2,6})[ \t]+(?=[^ \t])|(?P<plain>\\)[ \t](?=[ \t]*[^ \t])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: ``number`` from 1, half-open offsets without white space at its ends."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph to be: its ``lines`` and, for each but the last, whether its end was meant.

    ``level`` is 2 to 6 where the author marked a sub-heading, 1 for a line marked as a paragraph,
    0 without a mark; ``gap`` is how many blank lines stand above.
    """

    lines: tuple[Line, ...]
    breaks: tuple[bool, ...] = ()
    level: int = 0
    gap: int = 0

    @property
    def line(self) -> int:
        """The number of its first line."""
        return self.lines[0].number

    @property
    def text(self) -> str:
        """Its text in one line."""
        joined = self.lines[0].text
        for line in self.lines[1:]:
            joined += glue(joined, line.text) + line.text
        return joined


def glue(before: str, after: str) -> str:
    """What a line end between two texts becomes: a space, but nothing between wide characters.

    So CSS Text 3, section 4.1.3, has it: Chinese and Japanese are written without spaces, Korean with.
    """
    return "" if _spaceless(before[-1:]) and _spaceless(after[:1]) else " "


def _spaceless(character: str) -> bool:
    wide = bool(character) and unicodedata.east_asian_width(character) in "WF"
    return wide and not "\uac00" <= character <= "\ud7a3"


def passages(text: str) -> tuple[Passage, ...]:
    """The paragraphs of ``text`` in order, marks recognised."""
    lines = tuple(_lines(text))
    column = _column(lines)
    return tuple(_passages(lines, column))


# --- Lines ------------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[Line]:
    number, counted = 1, 0
    for found in _LINE.finditer(text):
        number += text.count("\n", counted, found.start())
        counted = found.start()
        stripped = found[0].strip(" \t")
        start = found.start() + found[0].index(stripped)
        yield Line(number, start, start + len(stripped), stripped)


def _blocks(lines: tuple[Line, ...]) -> Iterator[tuple[Line, ...]]:
    """Runs of lines without a blank one between them."""
    first = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at].number > lines[at - 1].number + 1:
            yield lines[first:at]
            first = at


def _column(lines: tuple[Line, ...]) -> int:
    """The width at which a wrapped text was wrapped; 0 where every line is a paragraph."""
    blocks = [block for block in _blocks(lines) if len(block) > 1]
    widest = max((len(line.text) for block in blocks for line in block), default=0)
    pairs = [pair for block in blocks for pair in pairwise(block)]
    full = sum(_full(*pair, widest) for pair in pairs)
    within = sum(not is_closed(line.text) for line, _ in pairs)
    separated = len(lines) > sum(map(len, blocks)) or len(blocks) > 1
    wrapped = separated and widest <= _WIDEST_COLUMN and min(full, within) >= _MOST * len(pairs)
    return widest if pairs and wrapped else 0


def _full(line: Line, following: Line, column: int) -> bool:
    """Whether ``line`` ends where it does for want of room."""
    word = following.text.split(" ", 1)[0]
    return len(line.text) + 1 + min(len(word), column // 2) > _FULL * column


# --- Passages ---------------------------------------------------------------------------------


def _passages(lines: tuple[Line, ...], column: int) -> Iterator[Passage]:
    last = 0
    for block in _blocks(lines):
        for run in _runs(block, column):
            level, first = _unmarked(run[0])
            breaks = tuple(not _full(*pair, column) for pair in pairwise(run))
            yield Passage((first, *run[1:]), breaks, level, max(0, first.number - last - 1) if last else 0)
            last = run[-1].number


def _runs(block: tuple[Line, ...], column: int) -> Iterator[tuple[Line, ...]]:
    """``block`` cut into paragraphs: at every line, or, where it is wrapped, around marked lines only."""
    first = 0
    for at in range(1, len(block) + 1):
        heads = at < len(block) and _MARK.match(block[at].text) is not None
        if at == len(block) or not column or heads or _is_marked_heading(block[first]):
            yield block[first:at]
            first = at


def _is_marked_heading(line: Line) -> bool:
    found = _MARK.match(line.text)
    return found is not None and found["level"] is not None


def _unmarked(line: Line) -> tuple[int, Line]:
    """The level a mark gives ``line``, and ``line`` without the mark."""
    found = _MARK.match(line.text)
    if not found:
        return 0, line
    level = len(found["level"]) if found["level"] else 1
    return level, Line(line.number, line.start + found.end(), line.end, line.text[found.end() :])
