"""What changed between two texts, word by word.

Words are those of UAX #29 (Unicode Text Segmentation): in scripts without spaces between words each
ideograph is one, and in those that need a dictionary (Thai, Lao, Khmer, Burmese) each grapheme cluster.
No cluster is ever cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import regex

from exporter.verifier.sequences import matched

Operation: TypeAlias = Literal["same", "removed", "added"]

_CLUSTER: Final = regex.compile(r"\X")
_WORD: Final = regex.compile(r"(?ws).+?\b|.+")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: "same" on both sides, "removed" from the source, or "added" by the edition."""

    operation: Operation
    text: str


def words(text: str) -> tuple[str, ...]:
    """``text`` cut at the word boundaries of UAX #29 that are boundaries of grapheme clusters too."""
    edges = {found.end() for found in _CLUSTER.finditer(text)}
    ends = [found.end() for found in _WORD.finditer(text) if found.end() in edges]
    return tuple(text[start:end] for start, end in zip((0, *ends), ends, strict=False))


def changes(source: str, edition: str) -> tuple[Change, ...]:
    """``source`` and ``edition`` as one run of stretches: all but the added ones are the source, all but the
    removed ones the edition."""
    start, end = _same_around(source, edition)
    left, right = words(source[start : len(source) - end]), words(edition[start : len(edition) - end])
    pairs, _ = matched(left, right)
    stretches = [_Stretch("", "", source[:start]), *_stretches(sorted(pairs), left, right)]
    stretches[-1].same += source[len(source) - end :] if end else ""
    return tuple(_spoken(_settled(stretches)))


def _same_around(source: str, edition: str) -> tuple[int, int]:
    """How many characters are the same at the beginning and at the end, up to a space between letters or digits."""
    shorter = min(len(source), len(edition))
    start = _same(source, edition, shorter)
    start = next((at for at in range(start, 0, -1) if _is_gap(source, at) and _is_gap(edition, at)), 0)
    end = _same(source[::-1], edition[::-1], shorter - start)
    gaps = (at for at in range(end, 0, -1) if _is_gap(source, len(source) - at) and _is_gap(edition, len(edition) - at))
    return start, next(gaps, 0)


def _same(one: str, other: str, most: int) -> int:
    """How many characters are the same from the beginning on, ``most`` at most (by halves)."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _is_gap(text: str, at: int) -> bool:
    """Whether a space stands at ``at``, with a letter or a digit before it and behind it: surely a boundary."""
    return 0 < at < len(text) - 1 and text[at] == " " and text[at - 1].isalnum() and text[at + 1].isalnum()


@dataclass(slots=True)
class _Stretch:
    """What is removed and added at one place, and what is the same after it."""

    removed: str
    added: str
    same: str = ""


def _stretches(pairs: Sequence[tuple[int, int]], left: Sequence[str], right: Sequence[str]) -> Iterator[_Stretch]:
    """The places of change in order, the first of which may change nothing."""
    here = there = since = 0
    removed = added = ""
    for i, j in (*pairs, (len(left), len(right))):
        if (i, j) != (here, there):
            yield _Stretch(removed, added, "".join(left[since:here]))
            removed, added, since = "".join(left[here:i]), "".join(right[there:j]), i
        here, there = i + 1, j + 1
    yield _Stretch(removed, added, "".join(left[since:]))


def _settled(stretches: list[_Stretch]) -> list[_Stretch]:
    """The same with what stands by chance between two changes taken into them."""
    settled = stretches[:1]
    for stretch in stretches[1:]:
        last = settled[-1]
        if not (stretch.removed or stretch.added):
            last.same += stretch.same
        elif _is_chance(last, stretch):
            last.removed += last.same + stretch.removed
            last.added += last.same + stretch.added
            last.same = stretch.same
        else:
            settled.append(stretch)
    return settled


def _is_chance(last: _Stretch, following: _Stretch) -> bool:
    """Whether what two changes leave alone between them is a gap, or a few signs of a script without gaps."""
    if not (last.removed or last.added):
        return False
    if not last.same.strip():
        return True
    around = min(max(len(each.removed), len(each.added)) for each in (last, following))
    return len(last.same) <= min(around, 3) and not any(sign.isspace() for sign in last.same)


def _spoken(stretches: Sequence[_Stretch]) -> Iterator[Change]:
    for stretch in stretches:
        for operation, text in (("removed", stretch.removed), ("added", stretch.added), ("same", stretch.same)):
            if text:
                yield Change(operation, text)  # type: ignore[arg-type]
