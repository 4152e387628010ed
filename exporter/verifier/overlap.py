"""How much two lists of texts share, word by word: which text became which, or several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final

from exporter.text import Said
from exporter.verifier.sequences import matched
from exporter.verifier.words import words

_LIKE: Final = 0.5
"""The share of two texts that must be equal for one to be the other, changed."""

_COVERED: Final = 0.7
"""The share of a piece that must lie in a whole for it to be a piece of it."""

_COMMON: Final = 30
"""A word in more texts than this says nothing about which of them has moved."""

_FEW: Final = 12
"""Letters below which a text is too short to be known again when it has both moved and changed."""

_NEAR: Final = 4
"""How many texts are weighed as what a text has become elsewhere."""

_UNDIVIDED: Final = frozenset({"cell", "image", "break"})


class Overlap:
    """How many letters of each text on the left stand, in one order, in each on the right."""

    def __init__(self, left: Sequence[Said], right: Sequence[Said]) -> None:
        some, others = list(_owned(left)), list(_owned(right))
        self._shared: Counter[tuple[int, int]] = Counter()
        for i, j in matched([word for word, _ in some], [word for word, _ in others])[0]:
            self._shared[some[i][1], others[j][1]] += len(some[i][0])
        self._left, self._right = _lengths(some), _lengths(others)
        self._whole = [entry.kind in _UNDIVIDED for entry in left], [entry.kind in _UNDIVIDED for entry in right]

    def places(self) -> Iterator[tuple[int, int]]:
        """Every two texts that share something, in order."""
        return iter(sorted(self._shared))

    def extent(self, i: int, j: int) -> tuple[int, int]:
        """How many texts on either side, from ``i`` and ``j`` on, say the same; (0, 0) for none."""
        pieces = 0 if self._whole[0][i] else _pieces(lambda n: self._shared[i, j + n], lambda n: self._right[j + n])
        if pieces > 1 and self._is_most(self._left[i], sum(self._shared[i, j + n] for n in range(pieces))):
            return 1, pieces
        wholes = 0 if self._whole[1][j] else _pieces(lambda n: self._shared[i + n, j], lambda n: self._left[i + n])
        if wholes > 1 and self._is_most(self._right[j], sum(self._shared[i + n, j] for n in range(wholes))):
            return wholes, 1
        return (1, 1) if self._is_most((self._left[i] + self._right[j]) / 2, self._shared[i, j]) else (0, 0)

    def _is_most(self, length: float, shared: int) -> bool:
        return shared >= _LIKE * length > 0


def _pieces(shared: Callable[[int], int], lengths: Callable[[int], int]) -> int:
    """How many texts in a row lie, for the most part, in one."""
    return next(n for n in count() if not shared(n) >= _COVERED * lengths(n) > 0)


def _owned(entries: Sequence[Said]) -> Iterator[tuple[str, int]]:
    """Words, and which entry each is of; what has no letter or digit is in every text."""
    for owner, entry in enumerate(entries):
        yield from ((word, owner) for word in words(entry.text) if any(map(str.isalnum, word)))


def _lengths(owned: Sequence[tuple[str, int]]) -> Counter[int]:
    lengths: Counter[int] = Counter()
    for word, owner in owned:
        lengths[owner] += len(word)
    return lengths


def strays(left: Sequence[Said], right: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Pairs that share most of their words, wherever they stand; each text once."""
    there = [_bag(entry) for entry in right]
    holders: dict[str, list[int]] = defaultdict(list)
    for j, bag in enumerate(there):
        for word in bag:
            holders[word].append(j)
    taken: set[int] = set()
    for i, entry in enumerate(left):
        bag = _bag(entry)
        shared = Counter(j for word in bag if len(holders[word]) <= _COMMON for j in holders[word] if j not in taken)
        near = [j for j, _ in shared.most_common(_NEAR)]
        best = max(near, key=lambda j: (_common(bag, there[j]), -j), default=None)
        if best is not None and _is_like(bag, there[best]):
            taken.add(best)
            yield i, best


def _bag(entry: Said) -> Counter[str]:
    return Counter(word for word, _ in _owned((entry,)))


def _common(some: Counter[str], others: Counter[str]) -> int:
    return sum(len(word) * times for word, times in (some & others).items())


def _is_like(some: Counter[str], others: Counter[str]) -> bool:
    lengths = [sum(len(word) * times for word, times in bag.items()) for bag in (some, others)]
    return min(lengths) >= _FEW and 2 * _common(some, others) >= (_LIKE + 0.1) * sum(lengths)
