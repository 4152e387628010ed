"""Texts printed over each other: letters whose ink stands on that of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product, takewhile

from exporter.characters import is_mark
from exporter.pdfstructure import Box, Fragment
from exporter.provers.pdf.faces import Faces
from exporter.provers.pdf.visibility import Inks, share_of

_TOUCHED = 0.1
"""How much of a letter's ink, by its sides, may reach into that of another text."""


def overprinted(
    fragments: Sequence[Fragment], inks: Mapping[int, Inks], faces: Faces | None
) -> Iterator[tuple[Fragment, Fragment]]:
    """Pairs of fragments of one page of which one is printed over the other; ``inks`` are those of each font."""
    shown = [
        (body, fragment.size, at)
        for at, fragment in enumerate(fragments)
        if fragment.text.strip()
        for body in _bodies(fragment)
    ]
    shown.sort(key=lambda each: each[0].bottom)
    found = {
        (min(first, second), max(first, second))
        for number, (one, size, first) in enumerate(shown)
        for other, its, second in _reaching(one, shown[number + 1 :])
        if first != second and _are_over_each_other(one, other, min(size, its))
    }
    pairs = ((fragments[first], fragments[second], second - first) for first, second in sorted(found))
    likely = ((one, other) for one, other, apart in pairs if apart > 1 or not _are_marks(other))
    yield from ((one, other) for one, other in likely if _share_ink(one, other, inks, faces))


def _share_ink(one: Fragment, other: Fragment, inks: Mapping[int, Inks], faces: Faces | None) -> bool:
    """Whether a letter of either stands on one of the other: a mark may reach out, and be wider than it is drawn."""
    pairs = product(_letters(one, inks, faces), _letters(other, inks, faces))
    return any(share_of(letter, its) > _TOUCHED or share_of(its, letter) > _TOUCHED for letter, its in pairs)


def _letters(fragment: Fragment, inks: Mapping[int, Inks], faces: Faces | None) -> Iterator[Box]:
    """Where the ink of its letters lies, marks aside."""
    for run in fragment.runs:
        face, of_font = faces.of(run.look.font) if faces else None, inks[id(run.look.font)]
        letters = (glyph for glyph in run.glyphs if not (face and face.marks[glyph.gid]))
        yield from filter(None, map(of_font.of, letters))


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


def _bodies(fragment: Fragment) -> Iterator[Box]:
    """Where small letters of it stand: what reaches above and below may meet the next line.

    A repeated head is one fragment for each of its lines, which others may stand in the midst of.
    """
    em, (_, bottom, _, top) = fragment.size, fragment.box
    boxes = [run.box for run in fragment.runs] if len(fragment.runs) > 1 else [fragment.box]
    left, _, right, _ = boxes[0]
    for box in boxes:
        if box.left > right + em:
            yield Box(left, bottom + 0.2 * em, right, top - 0.2 * em)
            left = box.left
        left, right = min(left, box.left), max(right, box.right)
    yield Box(left, bottom + 0.2 * em, right, top - 0.2 * em)
