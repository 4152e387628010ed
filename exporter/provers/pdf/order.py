"""Whether the pieces of a text stand in their line in the order they are read: that of their embedding levels (UAX #9).

Of two characters of a line the first stands left of the other where the lowest level from it to the other is even: what
has no lower level is turned round together, or not at all (rule L2).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from exporter.characters import is_mark
from exporter.embedding import Embedding, is_seen
from exporter.pdfstructure import Gap, Shown, baseline, extent
from exporter.provers.pdf.source import Source

_ON_LINE = 0.3
"""In em, how far apart the baselines of one line may be."""


class _Placed(NamedTuple):
    """A piece, and the characters of its text it draws, from ``start`` to ``end``."""

    piece: Shown
    start: int
    end: int


class Order:
    """Follows the pieces of a text, line by line."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._line: list[_Placed] = []

    def goes_on(self, gap: Gap, piece: Shown, start: int, end: int) -> bool:
        """Whether ``piece``, which draws the text from ``start`` to ``end``, stands right of what should be left of it.

        And left of what should be right of it.
        """
        if not any(_goes_on(gap, each.piece, piece) for each in self._line):
            self._line = []
        placed = _Placed(piece, start, end)
        in_order = all(self._are_in_order(before, placed) for before in self._line)
        self._line.append(placed)
        return in_order

    def _are_in_order(self, before: _Placed, behind: _Placed) -> bool:
        """Whether ``behind`` stands on the side of ``before`` where each of its characters should."""
        (left, right), (start, end) = extent(before.piece), extent(behind.piece)
        is_left = start + end < left + right
        return self._parities(before, behind) <= {int(is_left)}

    def _parities(self, before: _Placed, behind: _Placed) -> set[int]:
        """Those of the lowest levels between characters of ``before`` and of ``behind``."""
        one, other, embedding = self._standing(before), self._standing(behind), self._source.embedding
        if self._source.runs_on or not one or not other:
            return {0} if one and other else set()
        tails, heads = _lowest(one[::-1], embedding), _lowest(other, embedding)
        between = embedding.least(one[-1], other[0])
        return {min(tail, between, head) % 2 for tail in tails for head in heads}

    def _standing(self, placed: _Placed) -> list[int]:
        """Where characters are that stand somewhere in their line: marks stand on letters, maybe of another piece."""
        text = self._source.text
        return [at for at in range(placed.start, placed.end) if is_seen(text[at]) and not is_mark(text[at])]


def _lowest(places: Sequence[int], embedding: Embedding) -> set[int]:
    """The lowest levels from the first of ``places`` to each of them."""
    steps = (embedding.least(*sorted(pair)) for pair in pairwise(places))
    return set(accumulate(steps, min, initial=embedding.least(places[0], places[0])))


def _goes_on(gap: Gap, before: Shown, piece: Shown) -> bool:
    """Whether ``piece`` goes on in the line of ``before``: wherever in it, if they stand on one height."""
    if before.page != piece.page:
        return False
    if gap is Gap.LINE:
        return abs(baseline(before) - baseline(piece)) < _ON_LINE * max(before.size, piece.size)
    return min(before.box.top, piece.box.top) > max(before.box.bottom, piece.box.bottom)
