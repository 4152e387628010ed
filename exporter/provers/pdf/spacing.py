"""Whether spaces stand in a line where they belong, and nowhere else, in whatever order it is drawn.

What is read one after the other need not stand side by side where a passage runs against its line. The space between
is a character like any other, and has its place in the order of UAX #9: there must be a gap, and at no other place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from exporter.bidi import visual
from exporter.embedding import is_seen
from exporter.pdfstructure import Gap, Shown, Step, extent, white_between
from exporter.provers.pdf.faces import Faces
from exporter.provers.pdf.gaps import reaches
from exporter.provers.pdf.order import Placed, share_line
from exporter.provers.pdf.source import Source


def others(source: Source, step: Step, before: Shown) -> tuple[Gap, ...]:
    """What may be read between ``before`` and ``step`` though it is not seen there: others may stand between them."""
    if source.runs_on or not share_line(step.gap, before, step.piece):
        return ()
    return tuple(gap for gap in (Gap.NONE, Gap.SPACE) if gap is not step.gap)


def is_spaced(source: Source, line: Sequence[Placed], faces: Faces) -> bool:
    """Whether the pieces of ``line`` have gaps where ``source`` has spaces in the order it is drawn."""
    line = [each for each in line if each.start < each.end]
    if source.runs_on or len(line) < 2:
        return True
    numbers = sorted(range(len(line)), key=lambda number: sum(extent(line[number].piece)))
    ranks = _ranks(source, line)
    return all(
        line[max(pair)].is_seen if _is_seen(line, pair) else _is_gap_right(source, line, pair, ranks, faces)
        for pair in pairwise(numbers)
    )


def _is_seen(line: Sequence[Placed], pair: tuple[int, int]) -> bool:
    """Whether the gap between two of ``line`` is the one seen before the later, and not taken for the end of a line."""
    return abs(pair[0] - pair[1]) == 1 and line[max(pair)].gap is not Gap.LINE


def _ranks(source: Source, line: Sequence[Placed]) -> Mapping[int, int]:
    """The characters of ``line``, and which each of them is from left to right."""
    embedding, start, end = source.embedding, line[0].start, line[-1].end
    first, last = embedding.places[start], embedding.places[end - 1]
    drawn = visual(range(first, last + 1), embedding.levels[first : last + 1])
    found = {place: rank for rank, place in enumerate(drawn)}
    return {at: found[embedding.places[at]] for at in range(start, end)}


def _is_gap_right(
    source: Source, line: Sequence[Placed], pair: tuple[int, int], ranks: Mapping[int, int], faces: Faces
) -> bool:
    """Whether there is a gap between two of ``line`` that stand side by side, just where there are spaces."""
    left, right = (line[number] for number in pair)
    white, em = white_between(left.piece, right.piece), max(left.piece.size, right.piece.size)
    one, other = _seen(source, left), _seen(source, right)
    if not one or not other:
        return True  # a blank, however wide: of one that is justified alone only a part is drawn
    first, last = max(ranks[at] for at in one), min(ranks[at] for at in other)
    spaces = [at for at, rank in ranks.items() if first < rank < last and source.text[at].isspace()]
    gaps = [at for at in spaces if not any(each.start <= at < each.end for each in line)]
    if gaps:
        return white > em * min(_least(line, at) for at in gaps)
    beside = [each.step.least for number in pair for each in line[number : number + 2]]
    return bool(spaces) or white <= em * min(beside) or reaches(left.piece, right.piece, faces)


def _seen(source: Source, placed: Placed) -> list[int]:
    """The characters of ``placed`` that leave ink."""
    return [at for at in range(placed.start, placed.end) if is_seen(source.text[at])]


def _least(line: Sequence[Placed], at: int) -> float:
    """From how many em on a gap is a space where the one at ``at`` stands."""
    return next(each.step.least for each in line if each.start > at)
