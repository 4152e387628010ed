"""What the glyphs of a font look like, and whether those of an embedded font are the original file's."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import TypeAlias

import uharfbuzz as hb

from exporter.provers.pdf.memory import Memory

Drawing: TypeAlias = "array[float]"

_COMPOSITE = b"\x80"
"""From this byte on a glyph begins that is made of others: the number of its contours is negative."""


class Outlines:
    """The outlines of ``font``, which HarfBuzz reads from the file ``content``.

    ``upem`` is how many units an em has; in units are ``extents``, the boxes around outlines, and ``drawings``, their
    commands by number, each with its coordinates; of a glyph without ink the drawing is empty. ``contours`` are as
    the file describes them (OpenType, ``glyf``): b"" for a blank glyph, for one that is made of others, and in CFF.
    """

    def __init__(self, font: hb.Font, content: bytes) -> None:
        self.upem = int(font.face.upem)
        self.extents: Memory[int, hb.GlyphExtents | None] = Memory(font.get_glyph_extents)
        self.drawings: Memory[int, Drawing] = Memory(partial(_drawing, font))
        self.contours: Memory[int, bytes] = Memory(_Described(content).contours)


class _Described:
    """The tables of a file that describe outlines."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        is_long = any(self._table(b"head")[50:52])  # indexToLocFormat
        self._unit, self._places = (1, struct.Struct(">2I")) if is_long else (2, struct.Struct(">2H"))
        self._loca, self._glyf = self._table(b"loca"), self._table(b"glyf")

    def contours(self, gid: int) -> bytes:
        at = gid * self._places.size // 2
        if at + self._places.size > len(self._loca):
            return b""
        start, end = self._places.unpack_from(self._loca, at)
        described = bytes(self._glyf[self._unit * start : self._unit * end])
        return b"" if described >= _COMPOSITE else described

    def _table(self, tag: bytes) -> memoryview:
        """A table of the file; nothing where it is not listed once: of two, programs differ in which they take."""
        count = int.from_bytes(self._content[4:6], "big")
        listed = [self._content[at : at + 16] for at in range(12, 12 + 16 * count, 16)]
        places = [entry[8:] for entry in listed if entry[:4] == tag]
        if len(places) != 1:
            return self._content[:0]
        start, length = (int.from_bytes(number, "big") for number in (places[0][:4], places[0][4:]))
        return self._content[start : start + length]


def foreign_glyphs(embedded: Outlines, original: Outlines, gids: Iterable[int]) -> list[int]:
    """Those of ``gids`` that ``embedded`` draws otherwise than ``original`` does."""
    return [gid for gid in sorted(gids) if not _same(embedded, original, gid)]


def _same(embedded: Outlines, original: Outlines, gid: int) -> bool:
    """Whether both have one outline, described alike or drawn alike, rounded as files round it.

    A description tells by itself where it ends: what follows it fills up the file. The extents show that HarfBuzz
    takes it for the glyph's, and where it sets it.
    """
    described = original.contours[gid]
    if described and embedded.contours[gid].startswith(described):
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
