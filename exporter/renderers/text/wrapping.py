"""Lines of a width, so broken that joining them again gives the text back.

``docs/plain-text.md`` says where a line may end: at a space, or between two East Asian characters
that need none, and there only where Unicode Standard Annex #14 lets it. Widths are columns of a terminal (Annex #11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Final

import regex
from wcwidth import wcwidth

NARROWEST = 16
"""Columns a text gets at least, however deep it stands."""

# The ranges of docs/plain-text.md, first and last code point.
_EAST_ASIAN = (
    (0x2E80, 0x2FFB),
    (0x3001, 0x3029),
    (0x3030, 0x303E),
    (0x3041, 0x3096),
    (0x309B, 0x312F),
    (0x3190, 0x31FF),
    (0x3220, 0x325F),
    (0x3280, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF9F),
    (0xFFE0, 0xFFE6),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFD),
)
# Line breaking classes of Unicode Standard Annex #14, for the two places where a line may end here.
_NOT_FIRST: Final = regex.compile(
    r"[\p{lb=CL}\p{lb=CP}\p{lb=EX}\p{lb=IS}\p{lb=SY}\p{lb=NS}\p{lb=CJ}\p{lb=IN}\p{lb=GL}\p{lb=WJ}"
    r"\p{lb=ZW}\p{lb=CM}\p{lb=ZWJ}\p{lb=PO}\p{lb=BA}\p{lb=HY}\p{lb=QU}]"
)
"""What does not begin a line behind an East Asian character: LB 7 to 9, 11 to 13, 16, 19, 21, 22, 23a."""
_NOT_LAST: Final = regex.compile(r"[\p{lb=OP}\p{lb=GL}\p{lb=WJ}\p{lb=ZWJ}\p{lb=PR}\p{lb=BB}\p{lb=QU}]")
"""What does not end a line before an East Asian character: LB 8a, 11, 12, 14, 19, 21, 23a."""
_NOT_FIRST_AFTER_SPACE: Final = regex.compile(r"[\p{lb=CL}\p{lb=CP}\p{lb=EX}\p{lb=SY}]|(?=\p{Pf})\p{lb=QU}")
"""What does not begin a line even behind a space: LB 13 and 15b."""
_NOT_LAST_BEFORE_SPACE: Final = regex.compile(r"\p{lb=OP}|(?=\p{Pi})\p{lb=QU}")
"""What a line does not end with even before a space: LB 14 and 15a."""


@dataclass(frozen=True, slots=True)
class _Break:
    """A place where a line may end: it ends at ``end``, the next begins at ``start``."""

    end: int
    start: int
    forced: bool = False


def columns(text: str) -> int:
    """How many columns ``text`` takes in a terminal: two for wide characters, none for combining ones."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """The columns of each character that has been asked for."""

    def __missing__(self, character: str) -> int:
        self[character] = max(wcwidth(character), 0)
        return self[character]


_WIDTHS: Final = _Widths()


def wrap(text: str, width: int, taken: int = 0, narrowest: int = NARROWEST) -> list[str]:
    """``text`` in lines of at most ``width`` columns, the first shorter by ``taken``; "" gives no line.

    A ``\\n`` ends a line where the text can be joined again. What cannot be broken stands on a longer
    line: no word and no address is ever cut.
    """
    full = max(width, narrowest)
    room = full - taken
    lines: list[str] = []
    begin = 0
    last: _Break | None = None
    before = _columns_before(text)
    for place in _breaks(text):
        if last and before[place.end] - before[begin] > room:
            lines.append(text[begin : last.end])
            begin, last, room = last.start, None, full
        if place.forced:
            lines.append(text[begin : place.end])
            begin, last, room = place.start, None, full
        else:
            last = place
    return [line.replace("\n", " ") for line in lines]


def pieces(line: str, width: int) -> list[str]:
    """``line`` in pieces of at most ``width`` columns, which are the line again when put one behind the other."""
    found: list[str] = []
    begin = 0
    last: _Break | None = None
    before = _columns_before(line)
    for place in _breaks(line):
        if last and before[place.end] - before[begin] > width:
            found.append(line[begin : last.start])
            begin = last.start
        last = place if line[begin : place.end].strip(" ") else None
    return [*found, line[begin:]]


def _columns_before(text: str) -> Sequence[int]:
    """For each place in ``text``, its end too, the columns of what stands before it."""
    if text.isascii() and text.isprintable():
        return range(len(text) + 1)
    return tuple(accumulate(map(_WIDTHS.__getitem__, text), initial=0))


def longest_word(text: str) -> int:
    """Columns of the longest stretch of ``text`` that cannot be broken."""
    starts = [0, *(place.start for place in _breaks(text))]
    return max((columns(text[a : b.end]) for a, b in zip(starts, _breaks(text), strict=False)), default=0)


def _breaks(text: str) -> Iterator[_Break]:
    if not text:
        return
    for found in _PLACES.finditer(text, 1):
        at = found.start()
        before, here, after = text[at - 1], text[at], text[at + 1 : at + 2]
        if here == "\n" or (here == " " and _may_part_at_space(before, after)):
            if not (_is_east_asian(before) and _is_east_asian(after)):
                yield _Break(at, at + 1, here == "\n")
        elif here != " " and _may_part(before, here):
            yield _Break(at, at)
    yield _Break(len(text), len(text), forced=True)


_IDEOGRAPHS: Final = "".join(f"{chr(first)}-{chr(last)}" for first, last in _EAST_ASIAN)
_PLACES: Final = re.compile(f"[ \n]|(?<=[{_IDEOGRAPHS}])(?=[{_IDEOGRAPHS}])")
"""Where a line may end, if what stands around lets it."""


def _is_east_asian(character: str) -> bool:
    return character >= "\u2e80" and any(first <= ord(character) <= last for first, last in _EAST_ASIAN)


@lru_cache(maxsize=4096)
def _may_part(before: str, after: str) -> bool:
    """Whether a line may end between two East Asian characters (kinsoku)."""
    return not (_NOT_LAST.match(before) or _NOT_FIRST.match(after))


@lru_cache(maxsize=4096)
def _may_part_at_space(before: str, after: str) -> bool:
    """Whether a line may end at a space between ``before`` and ``after``; most often both are letters."""
    if before.isalnum() and after.isalnum():
        return True
    return not (_NOT_LAST_BEFORE_SPACE.match(before) or _NOT_FIRST_AFTER_SPACE.match(after))
