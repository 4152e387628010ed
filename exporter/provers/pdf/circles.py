"""Dotted circles that another version of HarfBuzz may have put under misspelt marks: each stands beside such a mark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from exporter.characters import is_mark
from exporter.provers.pdf.faces import Face
from exporter.provers.pdf.shaping import CIRCLED

_Parts = Sequence[tuple[Face, Sequence[int]]]


def less_circles(parts: _Parts, text: str) -> list[tuple[Face, Sequence[int]]]:
    """``parts``, glyphs that draw some of ``text``, less the circles beside a glyph that is no letter's of it.

    One that stands among letters alone stays: no version puts one there.
    """
    if CIRCLED.search(text):
        return list(parts)
    glyphs = [(face, gid) for face, gids in parts for gid in gids]
    letters = "".join(sorted({each for each in text if not is_mark(each)}))
    stay = iter([not _is_under_mark(glyphs, at, letters) for at in range(len(glyphs))])
    return [(face, [gid for gid in gids if next(stay)]) for face, gids in parts]


def _is_under_mark(glyphs: Sequence[tuple[Face, int]], at: int, letters: str) -> bool:
    face, gid = glyphs[at]
    if gid != face.dotted_circle:
        return False
    beside = (glyphs[place] for place in (at - 1, at + 1) if 0 <= place < len(glyphs))
    return any(other is face and mark not in _glyphs_of(face, letters) for other, mark in beside)


@lru_cache(maxsize=256)
def _glyphs_of(face: Face, letters: str) -> frozenset[int]:
    """The glyphs of ``letters``, and the circle."""
    return frozenset({face.dotted_circle, *map(face.nominal, letters)})
