"""Texts printed over each other: letters that stand where those of others do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from exporter.characters import is_mark
from exporter.pdfstructure import Box, Fragment, Run
from exporter.pdfstructure.lines import box_of
from exporter.provers.pdf.faces import Faces


def overprinted(fragments: Sequence[Fragment], faces: Faces | None) -> Iterator[tuple[Fragment, Fragment]]:
    """Pairs of fragments of one page of which one is printed over the other."""
    shown = [(_body(fragment), fragment.size, at) for at, fragment in enumerate(fragments) if fragment.text.strip()]
    shown.sort(key=lambda each: each[0].bottom)
    found = [
        (min(first, second), max(first, second))
        for number, (one, size, first) in enumerate(shown)
        for other, its, second in _reaching(one, shown[number + 1 :])
        if _are_over_each_other(one, other, min(size, its))
    ]
    pairs = ((fragments[first], fragments[second], second - first) for first, second in sorted(found))
    likely = ((one, other) for one, other, apart in pairs if apart > 1 or not _are_marks(other))
    yield from ((one, other) for one, other in likely if _reach_into_each_other(one, other, faces))


def cut_at_gaps(fragment: Fragment) -> Iterator[Fragment]:
    """The parts of ``fragment`` that are far apart: of a head that is set again one is a line, others in its midst."""
    part: list[Run] = []
    for run in fragment.runs:
        if part and run.box.left > max(each.box.right for each in part) + fragment.size:
            yield replace(fragment, runs=tuple(part), box=box_of(part))
            part = []
        part.append(run)
    yield replace(fragment, runs=tuple(part), box=box_of(part))


def _reach_into_each_other(one: Fragment, other: Fragment, faces: Faces | None) -> bool:
    """Whether they do marks aside: these may reach out, and be wider than they are drawn."""
    first, second = _letters(one, faces), _letters(other, faces)
    return min(first[1], second[1]) - max(first[0], second[0]) > 0.5 * min(one.size, other.size)


def _letters(fragment: Fragment, faces: Faces | None) -> tuple[float, float]:
    """From where to where its letters stand, marks aside; all of it, where it has none."""
    found: list[float] = []
    for run in fragment.runs:
        face = faces.of(run.look.font) if faces else None
        for gid, start, end in zip(run.gids, run.starts, run.ends, strict=True):
            found += () if face and face.marks[gid] else (start, end)
    found = found or [fragment.box.left, fragment.box.right]
    return min(found), max(found)


def _are_marks(fragment: Fragment) -> bool:
    """Whether it has marks without a width and nothing else: they stand on the letter before, whose font lacks them."""
    are_narrow = all(start == end for run in fragment.runs for start, end in zip(run.starts, run.ends, strict=True))
    return are_narrow and all(map(is_mark, fragment.text))


def _reaching(body: Box, others: Iterable[tuple[Box, float, int]]) -> Iterator[tuple[Box, float, int]]:
    """Those of ``others``, from the bottom up, that begin below the top of ``body``."""
    return takewhile(lambda other: other[0].bottom < body.top, others)


def _are_over_each_other(one: Box, other: Box, em: float) -> bool:
    both = one.intersection(other)
    return both.width > 0.5 * em and both.height > 0.3 * em


def _body(fragment: Fragment) -> Box:
    """Where small letters stand: what reaches above and below may meet the next line."""
    box, em = fragment.box, fragment.size
    return Box(box.left, box.bottom + 0.2 * em, box.right, box.top - 0.2 * em)
