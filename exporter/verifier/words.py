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
    left, right = words(source), words(edition)
    pairs, _ = matched(left, right)
    return tuple(_spoken(_settled(list(_stretches(sorted(pairs), left, right)))))


@dataclass(slots=True)
class _Stretch:
    """What is removed and added at one place, and what is the same after it."""

    removed: str
    added: str
    same: str = ""


def _stretches(pairs: Sequence[tuple[int, int]], left: Sequence[str], right: Sequence[str]) -> Iterator[_Stretch]:
    """The places of change in order; the first may change nothing."""
    stretch = _Stretch("", "")
    here = there = 0
    for i, j in (*pairs, (len(left), len(right))):
        if (i, j) != (here, there):
            if stretch.removed or stretch.added or stretch.same:
                yield stretch
            stretch = _Stretch("".join(left[here:i]), "".join(right[there:j]))
        stretch.same += left[i] if i < len(left) else ""
        here, there = i + 1, j + 1
    yield stretch


def _settled(stretches: list[_Stretch]) -> list[_Stretch]:
    """The same with what stands by chance between two changes taken into them."""
    settled = stretches[:1]
    for stretch in stretches[1:]:
        last = settled[-1]
        if _is_chance(last, stretch):
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
