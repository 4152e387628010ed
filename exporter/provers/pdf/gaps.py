"""Where a text goes on behind a gap: a page keeps neither spaces at the ends of lines nor what leaves no ink."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.characters import INKLESS, is_mark
from exporter.pdfstructure import Fragment, Gap, Run, Shown
from exporter.provers.pdf.faces import Faces
from exporter.provers.pdf.source import Source

OGHAM = "\u1680"
"""The space that most fonts draw as a line."""
_TOUCHING = 0.1
"""In em, how close together what touches is."""
_WIDE = frozenset("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u205f\u3000")


def after_gap(source: Source, place: int, gap: Gap) -> Iterator[int]:
    """Where the text of ``source`` goes on after a gap: a space may or must have vanished in it.

    The first of several may have, or all; else that stands for a space that is drawn behind it. A space that carries a
    mark is a letter; from right to left, what a font draws it too narrow by goes before it.
    """
    text, end = source.text, place
    while end < len(text) and _is_blank(text[end]):
        end += 1
    if place in source.ornaments and text[place - 1].isspace():  # drawn again behind the picture: one in the text
        yield place - 1
    behind = [at + 1 for at in range(end, _first_ink(text, end)) if _is_blank(text[at])]
    match gap:
        case Gap.LINE | Gap.SPACE if gap is Gap.LINE or end > place:
            yield from (*range(place + 1, end + 1), place, *behind)
        case Gap.SPACE:
            yield from behind
            is_letter = not behind or is_mark(text[behind[0] : behind[0] + 1] or " ")
            if _is_blank_before(text, place) or (source.right_to_left and is_letter):
                yield place
        case Gap.NONE:
            yield place


def _is_blank_before(text: str, place: int) -> bool:
    """Whether white space is the last before ``place`` but for what leaves no ink, or marks on a wide space.

    A font that lacks a wide space draws it with its own, and what that is short of follows as a gap.
    """
    while place and INKLESS.fullmatch(text, place - 1, place):
        place -= 1
    marked = place
    while marked and is_mark(text[marked - 1]):
        marked -= 1
    return text[place - 1 : place].isspace() or text[marked - 1 : marked] in _WIDE


def _is_blank(character: str) -> bool:
    return character.isspace() and character != OGHAM


def _first_ink(text: str, place: int) -> int:
    """The first place from ``place`` on where there is neither white space nor what leaves no ink."""
    while place < len(text) and (_is_blank(text[place]) or INKLESS.fullmatch(text, place, place + 1)):
        place += 1
    return place


def reaches(before: Shown, piece: Shown, faces: Faces) -> bool:
    """Whether the left one ends with a mark, or a glyph without width, drawn up to the other or a picture: no space.

    Or with a glyph that is set back over others, and goes on to the other by its width all the same.
    """
    left, right = sorted((before, piece), key=lambda each: each.box.left)
    if not isinstance(left, Fragment):
        return False
    edges, em = (_left_of_letters(right), (right.reach or right.box).left), left.runs[-1].look.size
    return any(abs(end - edge) <= _TOUCHING * em for end in _ends(left.runs[-1], faces) for edge in edges)


def _ends(run: Run, faces: Faces) -> Iterator[float]:
    """Where its last glyph may end, if it is one of those; HarfBuzz takes the width of most marks away."""
    face, gid, em = faces.of(run.look.font), run.gids[-1], run.look.size
    if face is None:
        return
    if face.marks[gid] or not face.advances[gid]:
        yield run.starts[-1] + face.reach(gid) * em
    if len(run.gids) > 1 and run.starts[-1] < run.ends[-2]:
        yield run.ends[-2] + face.advances[gid] * em


def _left_of_letters(piece: Shown) -> float:
    """Where ``piece`` begins but for marks, which may stand before it."""
    runs = piece.runs if isinstance(piece, Fragment) else ()
    starts = [start for run in runs for start, end in zip(run.starts, run.ends, strict=True) if end > start]
    return min(starts, default=piece.box.left)
