"""Whether the pieces of a text stand in their line in the order they are read: that of their embedding levels (UAX #9).

Of two characters of a line the first stands left of the other where the lowest level from it to the other is even: what
has no lower level is turned round together, or not at all (rule L2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate, combinations, pairwise
from typing import NamedTuple

from exporter.characters import is_mark
from exporter.embedding import Embedding, is_seen
from exporter.pdfstructure import COLUMN_GAP, Box, Gap, Shown, Step, baseline, extent
from exporter.provers.pdf.source import Source

_ON_LINE = 0.3
"""In em, how far apart the baselines of one line may be."""
_WITHIN = 0.5
"""How much of the lower one stands at the height of the other where their baselines are not those of one line."""
_MISSED = 0.5
"""In em, how far above a lowered letter a raised one may begin."""


class Placed(NamedTuple):
    """A step of a page's text that is proved to draw the source from ``start`` to ``end``, if ``gap`` stands before it.

    ``is_seen`` tells whether that is what is seen there.
    """

    step: Step
    start: int
    end: int
    gap: Gap
    is_seen: bool

    @property
    def piece(self) -> Shown:
        """What is drawn."""
        return self.step.piece


def lines_of(placed: Iterable[Placed]) -> Iterator[Sequence[Placed]]:
    """``placed`` line by line: what stands on one height of a page is one."""
    line: list[Placed] = []
    for each in placed:
        if line and not any(share_line(each.step.gap, before.piece, each.piece) for before in line):
            yield line
            line = []
        line.append(each)
    yield line


def columns_of(line: Sequence[Placed]) -> Iterator[Sequence[Placed]]:
    """The parts of ``line`` that stand in columns of their own, beside which others end and begin."""
    start = 0
    for end in range(1, len(line)):
        if line[end].gap is Gap.LINE and _are_columns(line[start:end], line[end:]):
            yield line[start:end]
            start = end
    yield line[start:]


def _are_columns(before: Sequence[Placed], behind: Sequence[Placed]) -> bool:
    """Whether all of ``before`` stands to the left of all of ``behind``, far from it, or to the right."""
    one, other = (reduce(Box.union, [each.piece.box for each in half]) for half in (before, behind))
    size = max(each.piece.size for each in (*before, *behind))
    return max(other.left - one.right, one.left - other.right) > COLUMN_GAP * size


def share_line(gap: Gap, before: Shown, piece: Shown) -> bool:
    """Whether ``piece`` goes on in the line of ``before``: wherever in it, if they stand on one height."""
    raised, em = baseline(piece) - baseline(before), max(before.size, piece.size)
    overlap = min(before.box.top, piece.box.top) - max(before.box.bottom, piece.box.bottom)
    if before.page != piece.page:
        return False
    if gap is Gap.LINE:
        return abs(raised) < _ON_LINE * em or overlap > _WITHIN * min(before.box.height, piece.box.height)
    return overlap > (-_MISSED * em if raised > 0 else 0)


def misplaced(source: Source, line: Sequence[Placed]) -> Placed | None:
    """The first of ``line`` that does not stand right of what should be left of it, and left of the others."""
    pairs = sorted(combinations(range(len(line)), 2), key=lambda pair: pair[1])
    return next((line[b] for a, b in pairs if not _are_in_order(source, line[a], line[b])), None)


def _are_in_order(source: Source, before: Placed, behind: Placed) -> bool:
    """Whether ``behind`` stands on the side of ``before`` where each of its characters should."""
    (left, right), (start, end) = extent(before.piece), extent(behind.piece)
    is_left = start + end < left + right
    return _parities(source, before, behind) <= {int(is_left)}


def _parities(source: Source, before: Placed, behind: Placed) -> set[int]:
    """Those of the lowest levels between characters of ``before`` and of ``behind``."""
    one, other, embedding = _standing(source, before), _standing(source, behind), source.embedding
    if source.runs_on or not one or not other:
        return {0} if one and other else set()
    tails, heads = _lowest(one[::-1], embedding), _lowest(other, embedding)
    between = embedding.least(one[-1], other[0])
    return {min(tail, between, head) % 2 for tail in tails for head in heads}


def _standing(source: Source, placed: Placed) -> list[int]:
    """Where characters are that stand somewhere in their line: marks stand on letters, maybe of another piece.

    So do the spaces around a text, where one is drawn: it may not be taken for one in its midst.
    """
    edges = (0, len(source.text) - 1)
    places = range(placed.start, placed.end)
    return [at for at in places if at in edges or (is_seen(source.text[at]) and not is_mark(source.text[at]))]


def _lowest(places: Sequence[int], embedding: Embedding) -> set[int]:
    """The lowest levels from the first of ``places`` to each of them."""
    steps = (embedding.least(*sorted(pair)) for pair in pairwise(places))
    return set(accumulate(steps, min, initial=embedding.least(places[0], places[0])))
