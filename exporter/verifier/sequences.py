"""Two sequences laid side by side: what is equal, in one order, and what stands between. In time nearly linear.

Trimmed at both ends, then anchored on what stands once on either side (patience sorting), then, in the
stretches that are left, on the longest common runs; where the same few keys stand again and again, on
from each difference to where both sides agree again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final, TypeAlias

Pairs: TypeAlias = list[tuple[int, int]]
Region: TypeAlias = tuple[range, range]

LOOK_AHEAD: Final = 24
"""How many keys ahead a change is looked past: an edition of something else must not cost hours."""

_COMPARISONS = 200_000
"""How many equal pairs a stretch may have for all of them to be weighed."""


def matched(left: Sequence[str], right: Sequence[str]) -> tuple[Pairs, list[Region]]:
    """Pairs of equal keys in one order, and the stretches between them that have no equal."""
    pairs: Pairs = []
    apart: list[Region] = []
    regions: list[Region] = [(range(len(left)), range(len(right)))]
    while regions:
        some, others = _trimmed(regions.pop(), left, right, pairs)
        anchors = list(_anchors(some, others, left, right))
        if anchors:
            pairs += anchors
            regions += reversed(_between(some, others, anchors))
        elif _weight(some, others, left, right) <= _COMPARISONS:
            apart += _weighed(some, others, left, right, pairs)
        else:
            apart += _resumed(some, others, left, right, pairs)
    return pairs, sorted(apart, key=lambda region: (region[0].start, region[1].start))


def _trimmed(region: Region, left: Sequence[str], right: Sequence[str], pairs: Pairs) -> Region:
    """``region`` less what is equal at its beginning and at its end, which goes to ``pairs``."""
    some, others = region
    while some and others and left[some[0]] == right[others[0]]:
        pairs.append((some[0], others[0]))
        some, others = some[1:], others[1:]
    while some and others and left[some[-1]] == right[others[-1]]:
        pairs.append((some[-1], others[-1]))
        some, others = some[:-1], others[:-1]
    return some, others


def _anchors(some: range, others: range, left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Texts that stand once on either side, as many of them as stand in one order (patience sorting)."""
    here, there = Counter(left[i] for i in some), Counter(right[j] for j in others)
    places = {right[j]: j for j in others if there[right[j]] == 1}
    unique = [(i, places[left[i]]) for i in some if here[left[i]] == 1 and left[i] in places]
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(unique):
        at = bisect_left(tails, j)
        before.append(chain[at - 1] if at else -1)
        tails[at : at + 1], chain[at : at + 1] = [j], [number]
    number = chain[-1] if chain else -1
    while number >= 0:
        yield unique[number]
        number = before[number]


def _between(some: range, others: range, anchors: Pairs) -> list[Region]:
    """The stretches before, between and after ``anchors``."""
    edges = [(some.start - 1, others.start - 1), *sorted(anchors), (some.stop, others.stop)]
    spans = pairwise(edges)
    return [(range(i + 1, k), range(j + 1, m)) for (i, j), (k, m) in spans]


def _weight(some: range, others: range, left: Sequence[str], right: Sequence[str]) -> int:
    """How many pairs of equal keys a stretch has."""
    here, there = Counter(left[i] for i in some), Counter(right[j] for j in others)
    return sum(count * there[key] for key, count in here.items())


def _weighed(some: range, others: range, left: Sequence[str], right: Sequence[str], pairs: Pairs) -> Iterator[Region]:
    """The stretches without an equal, once the longest common runs have gone to ``pairs``; places, where no more would.

    Of texts that are the same, each belongs to the one in its place.
    """
    matcher = SequenceMatcher(None, left[some.start : some.stop], right[others.start : others.stop], autojunk=False)
    runs = matcher.get_opcodes()
    in_place = [(i, j) for i, j in zip(some, others, strict=False) if left[i] == right[j]]
    if len(some) == len(others) and len(in_place) >= sum(i2 - i1 for name, i1, i2, _, _ in runs if name == "equal"):
        pairs.extend(in_place)
        yield from _between(some, others, in_place)
        return
    for operation, i1, i2, j1, j2 in runs:
        if operation == "equal":
            pairs.extend(zip(some[i1:i2], others[j1:j2], strict=True))
        else:
            yield some[i1:i2], others[j1:j2]


def _resumed(some: range, others: range, left: Sequence[str], right: Sequence[str], pairs: Pairs) -> Iterator[Region]:
    """The same where the same few texts stand again and again: at a difference, on to where both agree again."""
    while some and others:
        near, nearby = some[: 2 * LOOK_AHEAD], others[: 2 * LOOK_AHEAD]
        ahead, beyond = _agreement(left[near.start : near.stop], right[nearby.start : nearby.stop])
        yield some[:ahead], others[:beyond]
        some, others = _trimmed((some[ahead:], others[beyond:]), left, right, pairs)
    yield some, others


def _agreement(left: Sequence[str], right: Sequence[str]) -> tuple[int, int]:
    """How far to go on either side to the next three texts that are equal; to the ends where there are none."""
    for distance in range(1, LOOK_AHEAD):
        for ahead, beyond in _steps(distance):
            if left[ahead : ahead + 3] == right[beyond : beyond + 3]:
                return min(ahead, len(left)), min(beyond, len(right))
    return len(left), len(right)


def _steps(distance: int) -> Iterator[tuple[int, int]]:
    """Pairs of steps of which the longer is ``distance``, the most even first."""
    yield distance, distance
    for shorter in range(distance - 1, -1, -1):
        yield from ((distance, shorter), (shorter, distance))
