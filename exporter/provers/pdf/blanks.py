"""Blanks among glyphs: which of them draw spaces, and which letters that have no ink."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from exporter.provers.pdf.faces import Face

_SPACES = " \u00a0"
_BLANK_LETTERS = "\u2800\u115f\u1160\u3164\uffa0"
"""The blank pattern of Braille, and the fillers of Hangul."""


def single_spaced(parts: Iterable[tuple[Face, Sequence[int]]]) -> Iterator[tuple[Face, Sequence[int]]]:
    """``parts`` with one space for each run of blanks in a font: many draw other spaces with that of another width."""
    last: tuple[Face, int] | None = None
    for face, gids in parts:
        space, kept = face.nominal(" "), []
        for gid in (space if space and _is_blank(face, gid) else gid for gid in gids):
            if gid != space or last != (face, gid):
                kept.append(gid)
            last = face, gid
        yield face, kept


def _is_blank(face: Face, gid: int) -> bool:
    """Whether a glyph is a space, of some width: what has none may carry marks, and other letters may have no ink."""
    return not face.drawing(gid) and face.advances[gid] > 0 and gid not in _letters_without_ink(face)


@lru_cache(maxsize=1024)
def _letters_without_ink(face: Face) -> frozenset[int]:
    return frozenset(map(face.nominal, _BLANK_LETTERS)) - frozenset(map(face.nominal, _SPACES))
