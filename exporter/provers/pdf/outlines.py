"""What the glyphs of a font look like, and whether those of an embedded font are the original file's."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable
from functools import cached_property, lru_cache, partial
from typing import TypeAlias

import uharfbuzz as hb

from exporter.provers.pdf.memory import Memory

Drawing: TypeAlias = "array[float]"

_COMPOSITE = b"\x80"
"""From this byte on a glyph begins that is made of others: the number of its contours is negative."""


class Outlines:
    """The outlines of ``font``, which HarfBuzz reads from the file ``content``.

    ``upem`` is how many units an em has; in units are ``extents``, the boxes around outlines, and ``drawings``, their
    commands by number, each with its coordinates; of a glyph without ink the drawing is empty.
    """

    def __init__(self, font: hb.Font, content: bytes) -> None:
        self.upem = int(font.face.upem)
        self.extents: Memory[int, hb.GlyphExtents | None] = Memory(font.get_glyph_extents)
        self.drawings: Memory[int, Drawing] = Memory(partial(_drawing, font))
        self._content = memoryview(content)

    def contours(self, gid: int) -> bytes:
        """How the file describes a glyph's contours (OpenType, ``glyf``).

        b"" for a blank one, for one that is made of others, and where they are described in CFF.
        """
        described = bytes(self._glyf[self._place(gid) : self._place(gid + 1)])
        return b"" if described >= _COMPOSITE else described

    def _place(self, gid: int) -> int:
        unit, size = self._places
        return unit * int.from_bytes(self._loca[gid * size : (gid + 1) * size], "big")

    @cached_property
    def _places(self) -> tuple[int, int]:
        """In what unit ``loca`` tells places in ``glyf``, and in how many bytes (``head``, indexToLocFormat)."""
        return (1, 4) if any(self._table(b"head")[50:52]) else (2, 2)

    @cached_property
    def _loca(self) -> memoryview:
        return self._table(b"loca")

    @cached_property
    def _glyf(self) -> memoryview:
        return self._table(b"glyf")

    def _table(self, tag: bytes) -> memoryview:
        """A table of the file; nothing where it is not listed once: of two, programs differ in which they take."""
        count = int.from_bytes(self._content[4:6], "big")
        listed = [self._content[at : at + 16] for at in range(12, 12 + 16 * count, 16)]
        places = [struct.unpack(">II", entry[8:]) for entry in listed if entry[:4] == tag]
        start, length = places[0] if len(places) == 1 else (0, 0)
        return self._content[start : start + length]


def foreign_glyphs(embedded: Outlines, original: Outlines, gids: Iterable[int]) -> list[int]:
    """Those of ``gids`` that ``embedded`` draws otherwise than ``original`` does."""
    return [gid for gid in sorted(gids) if not _same(embedded, original, gid)]


def _same(embedded: Outlines, original: Outlines, gid: int) -> bool:
    """Whether both have one outline, described alike or drawn alike, rounded as files round it.

    A description tells by itself where it ends: what follows it fills up the file. The extents show that HarfBuzz
    takes it for the glyph's, and where it sets it.
    """
    described = original.contours(gid)
    if described and embedded.contours(gid).startswith(described):
        return embedded.extents[gid] == original.extents[gid]
    one, other = embedded.drawings[gid], original.drawings[gid]
    return one == other or _rounded(one) == _rounded(other)


def _rounded(outline: Drawing) -> list[int]:
    return [round(number) for number in outline]


def _drawing(font: hb.Font, gid: int) -> Drawing:
    outline = array("f")
    font.draw_glyph(gid, _pen(), outline)
    return outline


@lru_cache(maxsize=1)
def _pen() -> hb.DrawFuncs:
    pen = hb.DrawFuncs()
    pen.set_move_to_func(lambda x, y, outline: outline.extend((1, x, y)))
    pen.set_line_to_func(lambda x, y, outline: outline.extend((2, x, y)))
    pen.set_quadratic_to_func(lambda a, b, x, y, outline: outline.extend((3, a, b, x, y)))
    pen.set_cubic_to_func(lambda a, b, c, d, x, y, outline: outline.extend((4, a, b, c, d, x, y)))
    pen.set_close_path_func(lambda outline: outline.append(5))
    return pen
