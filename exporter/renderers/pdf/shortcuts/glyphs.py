"""Glyphs in the page: each is the same string wherever it is drawn."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, TypeAlias

import weasyprint.draw.text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

# WeasyPrint's and cffi's own objects: neither ships types.
Pointer: TypeAlias = Any
TextBox: TypeAlias = Any
PdfStream: TypeAlias = Any
PdfFont: TypeAlias = Any

_draw_at_length: Final = weasyprint.draw.text.draw_first_line
_GLYPH: Final = struct.Struct("=I3i4x")
"""Pango's ``PangoGlyphInfo``: number; width, offsets along and off the line in Pango's units; what is not asked for."""

_ENDS: Final = frozenset("\n\r\u2029")
"""What ends a paragraph by Pango, unless it is told that there is only one."""
_EMPTY: Final = pango.PANGO_GLYPH_EMPTY
_UNKNOWN: Final = pango.PANGO_GLYPH_UNKNOWN_FLAG

_Glyph: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class _Run:
    """Glyphs of one font in a row: ``item`` is Pango's ``PangoGlyphItem``; ``size`` is in pixels."""

    item: Pointer
    font: PdfFont
    size: float
    glyphs: tuple[_Glyph, ...]

    @property
    def is_plain(self) -> bool:
        """Whether its glyphs are drawn from outlines, on the line, none of them missing."""
        font = self.font
        is_special = font.bitmap or font.png or font.svg or font.colr
        return not is_special and all(off == 0 and not glyph & _UNKNOWN for glyph, _, _, off in self.glyphs)


def draw(stream: PdfStream, box: TextBox, overflow: str, ellipsis: str, matrix: Any) -> Any:
    """Stands in for ``draw_first_line``: a line of glyphs, each of which is the same string wherever it is drawn."""
    if overflow == "ellipsis" or ellipsis != "none" or not box.text.strip() or box.style["font_size"] < 1e-6:
        return _draw_at_length(stream, box, overflow, ellipsis, matrix)
    if not _ENDS.isdisjoint(box.pango_layout.text):
        pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)  # which lays the text out again
    line, _ = box.pango_layout.get_first_line()
    runs = tuple(_runs(line, stream))
    if not all(run.is_plain for run in runs):
        return _draw_at_length(stream, box, overflow, ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    for _, together in groupby(runs, key=lambda run: run.item.item.analysis.font):
        several = tuple(together)
        stream.set_font_size(several[0].font.hash, several[0].size)
        stream.show_text("".join(_shown(run, box, stream) for run in several))
    return []


def _runs(line: Pointer, stream: PdfStream) -> Iterator[_Run]:
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        font, size = stream.add_font(item.item.analysis.font)
        glyphs = _GLYPH.iter_unpack(ffi.buffer(item.glyphs.glyphs, item.glyphs.num_glyphs * _GLYPH.size))
        yield _Run(item, font, size, tuple(glyphs))
        run = run.next


def _shown(run: _Run, box: TextBox, stream: PdfStream) -> str:
    """The glyphs of ``run`` as strings of a TJ array; its font learns what they stand for."""
    texts, strings = run.font.to_unicode, run.font.__dict__.setdefault("strings", {})
    shown = "<"
    for place, glyph in enumerate(run.glyphs):
        if glyph[0] not in texts and glyph[0] != _EMPTY:
            texts[glyph[0]] = _text(run, place, box)
        key = run.size, glyph
        string = strings.get(key)
        if string is None:
            string = strings[key] = _string(run, glyph, stream)
        shown += string
    return shown[:-1] if shown.endswith("<") else f"{shown}>"


def _text(run: _Run, place: int, box: TextBox) -> str:
    """The characters that glyph number ``place`` of ``run`` stands for with those of its cluster."""
    clusters, item, last = run.item.glyphs.log_clusters, run.item.item, len(run.glyphs) - 1
    if item.analysis.level % 2:
        end = item.length if place == 0 else clusters[place - 1]
    else:
        end = item.length if place == last else clusters[place + 1]
    text: bytes = box.pango_layout.text.encode()
    return text[item.offset + clusters[place] : item.offset + end].decode()


def _string(run: _Run, glyph: _Glyph, stream: PdfStream) -> str:
    """One glyph in a string of glyphs that stands open, with what moves it and the next from where they would be."""
    number, width, along, _ = glyph
    if number == _EMPTY:
        return f">{-width / run.size}<"
    widths, offset = run.font.widths, along / run.size
    if number not in widths:
        font = run.item.item.analysis.font
        pango.pango_font_get_glyph_extents(font, number, stream.ink_rect, stream.logical_rect)
        widths[number] = round(stream.logical_rect.width * 1000 * FROM_UNITS / run.size)
    kerning = widths[number] + offset - width * 1000 * FROM_UNITS / run.size
    before, after = f">{-offset}<" if offset else "", f">{int(kerning)}<" if kerning else ""
    return f"{before}{number:04x}{after}"
