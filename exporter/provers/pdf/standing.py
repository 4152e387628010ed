"""Whether each letter stands where its font puts it: the source, set anew, gives places as well as glyphs.

Marks stand on letters, letters reach over and under each other, and some fonts set them far apart (GPOS).
What a line of its own tells is measured from letter to letter, so that spaces may be as wide as they like.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from exporter.pdfstructure import Fragment
from exporter.provers.pdf.faces import Face, Faces
from exporter.provers.pdf.harfbuzz import Placed
from exporter.provers.pdf.shaping import Shaper
from exporter.provers.pdf.typesetting import Part, as_set, spoken_in

_TOLERANCE = 0.05
"""In em, how far a letter may stand from its place."""
_OVERRAISED = 0.025
"""Of a letter's height over its line: WeasyPrint divides it by 1,000 where Pango has 1,024 units."""
_NARROWER = 0.4
"""In em, how much narrower a space may be than its font has it."""


class Setting(NamedTuple):
    """A way of setting ``text`` as one line, in one of ``languages``."""

    text: str
    parts: tuple[Part, ...]
    languages: Sequence[str]


class _Letter(NamedTuple):
    """A glyph that leaves ink: where it is drawn, in em, and whether a blank stands before it."""

    gid: int
    x: float
    y: float
    is_behind_blank: bool


def stands_as_set(fragment: Fragment, faces: Faces, shaper: Shaper, settings: Iterable[Setting]) -> bool:
    """Whether the letters of ``fragment`` stand to each other as they do in one of ``settings``."""
    drawn = tuple(_drawn(fragment, faces))
    return any(_agree(drawn, tuple(_letters(_placed(setting, shaper)))) for setting in settings)


def _agree(drawn: Sequence[_Letter], wanted: Sequence[_Letter]) -> bool:
    """Whether both are the same letters at the same places, but for the widths of spaces."""
    if [letter.gid for letter in drawn] != [letter.gid for letter in wanted]:
        return False
    if any(abs(a.y - b.y) > _TOLERANCE + _OVERRAISED * abs(b.y) for a, b in zip(drawn, wanted, strict=True)):
        return False
    steps = (((b.x - a.x) - (d.x - c.x), b) for (a, b), (c, d) in zip(pairwise(drawn), pairwise(wanted), strict=True))
    return all(abs(by) <= _TOLERANCE or (letter.is_behind_blank and by >= -_NARROWER) for by, letter in steps)


def _drawn(fragment: Fragment, faces: Faces) -> Iterator[_Letter]:
    glyphs = []
    for run in fragment.runs:
        face, em = faces.of(run.look.font), run.look.size
        raised = (run.y - run.baseline) / em
        if face is not None:
            glyphs += [(face, Placed(gid, x / em, raised)) for gid, x in zip(run.gids, run.starts, strict=True)]
    return _letters(glyphs)


def _letters(glyphs: Iterable[tuple[Face, Placed]]) -> Iterator[_Letter]:
    """Those of ``glyphs`` that leave ink."""
    is_behind_blank = False
    for face, (gid, x, y) in glyphs:
        if face.drawing(gid):
            yield _Letter(gid, x, y, is_behind_blank)
        is_behind_blank = not face.drawing(gid)


def _placed(setting: Setting, shaper: Shaper) -> Iterator[tuple[Face, Placed]]:
    """The glyphs of a line, and where each is drawn from its beginning on."""
    at, line = 0.0, as_set(setting.text)
    for part in setting.parts:
        spoken = _spoken(setting, part, shaper)
        glyphs, width = shaper.placed(part.face, line, part.place, part.level, part.script, spoken)
        yield from ((part.face, Placed(gid, at + x, y)) for gid, x, y in glyphs)
        at += width


def _spoken(setting: Setting, part: Part, shaper: Shaper) -> str:
    """The language in which ``part`` is drawn as it is."""
    line, spoken = as_set(setting.text), spoken_in(setting.languages, part.script)
    shaped = ((each, shaper.part(part.face, line, part.place, part.level, part.script, each)) for each in spoken)
    return next((each for each, shaping in shaped if shaping.gids == part.gids), spoken[0])
