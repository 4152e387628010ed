"""Which entries of an edition belong to which of its article: by their texts, in time nearly linear."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from exporter.comparison import Form, signature
from exporter.edition import UNREADABLE
from exporter.text import Said
from exporter.verifier.overlap import Overlap, strays
from exporter.verifier.sequences import LOOK_AHEAD, Pairs, Region, matched

_LIKELY: Final = 0.5
"""From this likeness on a text may be another one changed."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places, in the article and in the edition, of what belongs together.

    Several on the right are one text that was split, several on the left texts that became one; never
    are there several on both. ``moved`` tells of a pair that stands elsewhere.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    moved: bool = False


def align(expected: Sequence[Said], found: Sequence[Said], form: Form) -> tuple[Group, ...]:
    """What belongs together, in the article's order; each place stands in one group at most."""
    left = [_key(entry, form) for entry in expected]
    right = [_key(entry, form) for entry in found]
    if _stand_in_order(expected, found, left, right):
        return tuple(Group((i,), (i,)) for i in range(len(expected)))
    pairs, regions = matched(left, right)
    groups = [Group((i,), (j,)) for i, j in pairs]
    moved = _moved(regions, left, right)
    for some, others in regions:
        stay, here = [i for i in some if left[i] not in moved], [j for j in others if right[j] not in moved]
        if len(stay) > len(here):  # What leaves no trace on a page is nothing of what stands there.
            stay = [i for i in stay if not expected[i].text or not left[i].startswith("\0")]
        groups += _changed(stay, here, expected, found)
    groups += _elsewhere(groups, left, right)
    groups += _changed_elsewhere(groups, expected, found)
    return tuple(sorted(groups, key=lambda group: group.left))


def _key(entry: Said, form: Form) -> str:
    """What alignment goes by; entries without text go by kind and place."""
    text = signature(entry.text, form)
    if text:
        return text
    return f"\0{entry.kind} {entry.attributes.get('row', '')} {entry.attributes.get('column', '')}"


def _stand_in_order(expected: Sequence[Said], found: Sequence[Said], left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether each text agrees with the one in its place, as far as it can be read, and is of its kind.

    By what is read of a text that cannot be read, it may look like any other.
    """
    return len(left) == len(right) and all(
        said.kind == seen.kind and (UNREADABLE in seen.attributes or one == other)
        for said, seen, one, other in zip(expected, found, left, right, strict=True)
    )


# --- Moved ------------------------------------------------------------------------------------


def _moved(regions: Sequence[Region], left: Sequence[str], right: Sequence[str]) -> frozenset[str]:
    """Keys that stand, word for word, among the unmatched of both sides: they have moved, not changed."""
    here = {left[i] for some, _ in regions for i in some}
    there = {right[j] for _, others in regions for j in others}
    return frozenset(key for key in here & there if not key.startswith("\0"))


def _elsewhere(groups: Sequence[Group], left: Sequence[str], right: Sequence[str]) -> Iterator[Group]:
    """What is left over on either side and equal, the first with the first."""
    some, others = _left_over(groups, len(left), len(right))
    places: dict[str, list[int]] = {}
    for j in reversed(others):
        places.setdefault(right[j], []).append(j)
    for i in some:
        if not left[i].startswith("\0") and places.get(left[i]):
            yield Group((i,), (places[left[i]].pop(),), moved=True)


def _changed_elsewhere(groups: Sequence[Group], expected: Sequence[Said], found: Sequence[Said]) -> Iterator[Group]:
    """What is left over on either side and shares most of its words."""
    some, others = _left_over(groups, len(expected), len(found))
    for i, j in strays([expected[i] for i in some], [found[j] for j in others]):
        yield Group((some[i],), (others[j],), moved=True)


def _left_over(groups: Sequence[Group], left: int, right: int) -> tuple[list[int], list[int]]:
    here = {i for group in groups for i in group.left}
    there = {j for group in groups for j in group.right}
    return [i for i in range(left) if i not in here], [j for j in range(right) if j not in there]


# --- Changed, split, merged -------------------------------------------------------------------


def _changed(left: list[int], right: list[int], expected: Sequence[Said], found: Sequence[Said]) -> Iterator[Group]:
    """Within a stretch where texts differ: by the words they share; the rest in order, else by likeness."""
    groups = list(_by_words(left, right, expected, found)) if len(left) + len(right) > 2 else []
    yield from groups
    edges = [((-1,), (-1,)), *((group.left, group.right) for group in groups), ((len(expected),), (len(found),))]
    for (before, ahead), (after, beyond) in pairwise(edges):
        some = left[bisect_right(left, before[-1]) : bisect_left(left, after[0])]
        others = right[bisect_right(right, ahead[-1]) : bisect_left(right, beyond[0])]
        yield from (Group((i,), (j,)) for i, j in _pair_changed(some, others, expected, found))


def _by_words(left: list[int], right: list[int], expected: Sequence[Said], found: Sequence[Said]) -> Iterator[Group]:
    """In order: a text and its pieces, pieces and their whole, a text and what became of it."""
    overlap = Overlap([expected[i] for i in left], [found[j] for j in right])
    at = beyond = 0
    for i, j in overlap.places():
        wholes, pieces = overlap.extent(i, j) if i >= at and j >= beyond else (0, 0)
        if wholes and pieces:
            at, beyond = i + wholes, j + pieces
            yield Group(tuple(left[i:at]), tuple(right[j:beyond]))


def _pair_changed(left: list[int], right: list[int], expected: Sequence[Said], found: Sequence[Said]) -> Pairs:
    """Pairs within a stretch where texts differ: in order where the counts agree, else by likeness."""
    if len(left) == len(right):
        return list(zip(left, right, strict=True))
    grams = {j: _grams(found[j].text) for j in right}
    pairs: Pairs = []
    start = 0
    for i in left:
        pieces = _grams(expected[i].text)
        window = range(start, min(start + LOOK_AHEAD, len(right)))
        likeness = {at: _likeness(expected[i], found[right[at]], pieces, grams[right[at]]) for at in window}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] > _LIKELY:
            pairs.append((i, right[best]))
            start = best + 1
    return pairs


def _grams(text: str) -> frozenset[str]:
    """Every two characters that follow one another, the edges among them."""
    framed = f"\0{text}\0"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


def _likeness(left: Said, right: Said, some: frozenset[str], others: frozenset[str]) -> float:
    """Between 0 and 1, a little more for two of a kind; unreadable text goes by kind alone."""
    bonus = 0.2 if left.kind == right.kind else 0.0
    if UNREADABLE in right.attributes:
        return 0.6 + bonus if bonus else 0.0
    return 1.6 * len(some & others) / (len(some) + len(others)) + bonus
