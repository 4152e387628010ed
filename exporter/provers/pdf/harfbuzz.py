"""HarfBuzz, the library Pango itself asks, given what Pango gives it: text as glyphs of one font file."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from ctypes import POINTER, c_char_p, c_int, c_uint, c_uint32, c_void_p
from functools import lru_cache
from typing import NamedTuple

from exporter.libraries import load

_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = 4, 5
_BEGINS_AND_ENDS = 3
"""The flags ``HB_BUFFER_FLAG_BOT`` and ``HB_BUFFER_FLAG_EOT``."""
_EMPTY = 0x0FFFFFFF
"""Pango's number for what leaves no ink (``PANGO_GLYPH_EMPTY``)."""
_TO_THE_END = 0xFFFFFFFF


class Glyph(NamedTuple):
    """A glyph, and the offset of the first character it is drawn for."""

    gid: int
    cluster: int


class Placed(NamedTuple):
    """A glyph, and where it is drawn: in em to the right of where its text begins, and above the line."""

    gid: int
    x: float
    y: float


class Text(NamedTuple):
    """Characters ``start`` to ``end`` of ``around``, as one run; what stands beside them is context.

    ``script`` is an ISO 15924 code, ``language`` a BCP 47 tag, ``features`` go by their OpenType tags.
    """

    around: str
    start: int
    end: int
    right_to_left: bool
    script: str
    language: str
    features: Mapping[str, bool]


class Font:
    """A font file."""

    def __init__(self, content: bytes) -> None:
        self._content = content  # which HarfBuzz does not copy
        blob = _harfbuzz().hb_blob_create(content, len(content), 0, None, None)
        self._font = _harfbuzz().hb_font_create(_harfbuzz().hb_face_create(blob, 0))

        self._em = _harfbuzz().hb_face_get_upem(_harfbuzz().hb_font_get_face(self._font))

    def shape(self, text: Text) -> tuple[Glyph, ...]:
        """The glyphs of ``text`` from left to right, less what leaves no ink."""
        return tuple(glyph for glyph in _glyphs(self._shaped(text)) if glyph.gid != _EMPTY)

    def place(self, text: Text) -> tuple[tuple[Placed, ...], float]:
        """The same glyphs where they are drawn, and how wide ``text`` is, in em."""
        buffer, count, at, placed = self._shaped(text), c_uint(), 0, []
        positions = _harfbuzz().hb_buffer_get_glyph_positions(buffer, ctypes.byref(count))
        numbers = memoryview(ctypes.string_at(positions, count.value * _INFO)).cast("i")
        for glyph, start in zip(_glyphs(buffer), range(0, len(numbers), _INFO // 4), strict=True):
            advance, _, along, off = numbers[start : start + 4]
            if glyph.gid != _EMPTY:
                placed.append(Placed(glyph.gid, (at + along) / self._em, off / self._em))
            at += advance
        return tuple(placed), at / self._em

    def _shaped(self, text: Text) -> int:
        """The buffer, with the glyphs of ``text`` in it."""
        buffer = _filled(text)
        features = [_Feature(_tag(name), on, 0, _TO_THE_END) for name, on in text.features.items()]
        given = (_Feature * len(features))(*features) if features else None
        _harfbuzz().hb_shape(self._font, buffer, given, len(features))
        return buffer


def _glyphs(buffer: int) -> Iterator[Glyph]:
    count = c_uint()
    infos = _harfbuzz().hb_buffer_get_glyph_infos(buffer, ctypes.byref(count))
    numbers = memoryview(ctypes.string_at(infos, count.value * _INFO)).cast("I")
    yield from map(Glyph, numbers[:: _INFO // 4], numbers[2 :: _INFO // 4])


def _filled(text: Text) -> int:
    """The buffer, with ``text`` in it."""
    library, buffer = _harfbuzz(), _buffer()
    library.hb_buffer_clear_contents(buffer)
    codes = text.around.encode("utf-32-le", "surrogatepass")
    library.hb_buffer_add_codepoints(buffer, codes, len(text.around), text.start, text.end - text.start)
    library.hb_buffer_set_direction(buffer, _RIGHT_TO_LEFT if text.right_to_left else _LEFT_TO_RIGHT)
    library.hb_buffer_set_script(buffer, _tag(text.script))
    library.hb_buffer_set_language(buffer, _language(text.language))
    return buffer


@lru_cache(maxsize=None)
def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


@lru_cache(maxsize=None)
def _language(tag: str) -> int | None:
    found: int | None = _harfbuzz().hb_language_from_string(tag.encode(), -1)
    return found


@lru_cache(maxsize=1)
def _buffer() -> int:
    """The one buffer, used again and again: clearing what it holds leaves its flags."""
    library = _harfbuzz()
    made: int = library.hb_buffer_create()
    library.hb_buffer_set_flags(made, _BEGINS_AND_ENDS)
    library.hb_buffer_set_invisible_glyph(made, _EMPTY)
    return made


_INFO = 20
"""Bytes of ``hb_glyph_info_t`` (five numbers, of which the first is the glyph, the third the cluster) and of
``hb_glyph_position_t`` (how far to the next glyph, across and up, and how far from there this one is drawn)."""


class _Feature(ctypes.Structure):
    _fields_ = [(name, c_uint32) for name in ("tag", "value", "start", "end")]


@lru_cache(maxsize=1)
def _harfbuzz() -> ctypes.CDLL:
    signatures = {
        "hb_blob_create": (c_void_p, (c_char_p, c_uint, c_int, c_void_p, c_void_p)),
        "hb_face_create": (c_void_p, (c_void_p, c_uint)),
        "hb_font_create": (c_void_p, (c_void_p,)),
        "hb_buffer_create": (c_void_p, ()),
        "hb_buffer_clear_contents": (None, (c_void_p,)),
        "hb_buffer_add_codepoints": (None, (c_void_p, c_char_p, c_int, c_uint, c_int)),
        "hb_buffer_set_direction": (None, (c_void_p, c_int)),
        "hb_buffer_set_script": (None, (c_void_p, c_uint32)),
        "hb_buffer_set_language": (None, (c_void_p, c_void_p)),
        "hb_buffer_set_flags": (None, (c_void_p, c_int)),
        "hb_buffer_set_invisible_glyph": (None, (c_void_p, c_uint32)),
        "hb_language_from_string": (c_void_p, (c_char_p, c_int)),
        "hb_shape": (None, (c_void_p, c_void_p, POINTER(_Feature), c_uint)),
        "hb_buffer_get_glyph_infos": (c_void_p, (c_void_p, POINTER(c_uint))),
        "hb_buffer_get_glyph_positions": (c_void_p, (c_void_p, POINTER(c_uint))),
        "hb_face_get_upem": (c_uint, (c_void_p,)),
        "hb_font_get_face": (c_void_p, (c_void_p,)),
    }
    return load("harfbuzz", 0, signatures)
