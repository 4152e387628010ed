"""Shorter ways to what WeasyPrint (70.0, which is pinned) works out at length, with the same outcome to the byte.

A page of text is thousands of questions with few answers: which font a style asks for, which value a property has that
no rule names, how wide a glyph is. WeasyPrint works each out again for each line, which takes a third of the time of a
page. Here an answer is kept with all it depends on. What is out of the ordinary is left to WeasyPrint's own functions.
``tests/renderers/test_pdf_shortcuts.py`` holds the pages to those that are made without.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, Final, TypeAlias

import pydyf
import weasyprint.draw
import weasyprint.draw.text
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.layout.preferred
import weasyprint.pdf.fonts
import weasyprint.text.fonts
from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import FontConfiguration

from exporter.renderers.pdf import hyphenation, measuring, percentages, seldom, variables
from exporter.renderers.pdf.arrays import Arrays

# WeasyPrint's and cffi's own objects: neither ships types.
Style: TypeAlias = Any
Layout: TypeAlias = Any
Pointer: TypeAlias = Any
TextBox: TypeAlias = Any
PdfStream: TypeAlias = Any
PdfFont: TypeAlias = Any


@contextmanager
def taken() -> Iterator[None]:
    """Let WeasyPrint go the shorter ways. One thread at a time."""
    places = (
        (css, "CSS", variables.style_sheet),
        (css.ComputedStyle, "__missing__", _value),
        (css.StyleFor, "__call__", seldom.look_up),
        (css.StyleFor, "set_computed_styles", seldom.put_off),
        (css.tokens.Pending, "solve", variables.solved),
        (line_break.Layout, "setup", _set_up),
        (line_break.Layout, "deactivate", _keeping()),
        (line_break.Layout, "reactivate", _take_up),
        (line_break, "unicode_to_char_p", _terminated),
        (weasyprint.text.fonts, "unicode_to_char_p", _terminated),
        (weasyprint.draw.text, "draw_first_line", _draw),
        (pydyf.PDF, "page_references", property(_references)),
        (weasyprint.layout.page, "set_page_type_computed_styles", _set_page_styles),
        (weasyprint.layout.inline, "strut", measuring.line_height),
        (weasyprint.layout.preferred, "split_first_line", measuring.first_line),
        *((module, "resolve_percentages", percentages.resolve) for module in percentages.MODULES),
        (weasyprint.pdf.fonts, "ffi", Arrays()),
        (line_break.pyphen.HyphDict, "__init__", hyphenation.read),
    )
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for owner, name, shorter in places:
        setattr(owner, name, shorter)
    try:
        yield
    finally:
        for owner, name, original in before:
            setattr(owner, name, original)
        _forget_words()


_WORDS: Final = 5000


def _forget_words() -> None:
    """Let dictionaries that have divided many words forget them, some 600 bytes each: a process may live long."""
    for dictionary in line_break.pyphen.hdcache.values():
        if len(dictionary.cache) > _WORDS:
            dictionary.cache.clear()


# --- References to pages ------------------------------------------------------------------------


def _references(pdf: PdfStream) -> tuple[bytes, ...]:
    """Stands in for ``PDF.page_references``, which each link and each bookmark has written anew."""
    kids = pdf.pages["Kids"]
    if len(pdf.__dict__.get("_references", ())) * 3 != len(kids):
        pdf._references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    references: tuple[bytes, ...] = pdf._references
    return references


# --- The styles of a page -----------------------------------------------------------------------

_set_all_page_styles: Final = weasyprint.layout.page.set_page_type_computed_styles


def _set_page_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Stands in for ``set_page_type_computed_styles``, which looks for a page's margin boxes among all there is.

    Those of a page of a new kind, as each page is that is not laid out again, have just been added.
    """
    cascaded = style_for.get_cascaded_styles()
    known = len(cascaded)
    style_for.add_page_declarations(page_type)
    added = tuple(islice(reversed(cascaded), len(cascaded) - known))
    if (page_type, None) not in added:
        _set_all_page_styles(page_type, html, style_for)
        return
    root = html.etree_element
    style_for.set_computed_styles(page_type, root=root, parent=root, base_url=html.base_url)
    for element, box in reversed(added):
        if box and element == page_type:
            style_for.set_computed_styles(element, pseudo_type=box, root=root, parent=element, base_url=html.base_url)


# --- The value of a property -------------------------------------------------------------------

_computed: Final = css.ComputedStyle.__missing__
_INVOLVED: Final = frozenset({"display", "float", "page", "position"}) | {
    name for name in INITIAL_VALUES if name.startswith("text_decoration_")
}
"""Properties whose value follows from others too."""
_LOGICAL: Final = {
    name: tuple({logical(block="ttb", inline=direction) for direction in ("ltr", "rtl")})
    for name, logical in PHYSICAL_FUNCTIONS.items()
}
"""The names by which a rule may set a side of a box without naming it: ``margin-inline-start``."""


def _value(style: Style, name: str) -> Any:
    """Stands in for ``ComputedStyle.__missing__``: most properties are named by no rule."""
    cascaded, parent = style.cascaded, style.parent_style
    if parent is None or name in cascaded or name in _INVOLVED:
        return _computed(style, name)
    for logical in _LOGICAL.get(name, ()):
        if logical in cascaded:
            return _computed(style, name)
    if name in INHERITED or name.startswith("__"):
        value = style[name] = parent[name]
    elif name in INITIAL_NOT_COMPUTED:
        value = _computed(style, name)
    else:
        value = style[name] = INITIAL_VALUES[name]
    return value


# --- What a line of text is set with -----------------------------------------------------------


def _terminated(text: str) -> tuple[bytes, bytes]:
    """Stands in for ``unicode_to_char_p``: CPython ends bytes with a null, and cffi passes them as they are."""
    encoded = text.encode().replace(b"\x00", b"")
    return encoded, encoded


@dataclass(frozen=True, slots=True)
class _Setting:
    """What Pango sets text in one style with; ``lines``, by ``Layout``'s names, is where lines at text are drawn."""

    context: Pointer
    font: Pointer
    language: Pointer
    lines: tuple[tuple[str, float | None], ...]


_FEATURES: Final = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)
_FONT: Final = (
    "font_family",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variant_caps",
    "font_variation_settings",
)
_set_up_at_length: Final = line_break.Layout.setup


def _set_up(layout: Layout, style: Style) -> None:
    """Stands in for ``Layout.setup``: one context and one font for all text in a style, which keeps them by it."""
    try:
        setting = style.setting
    except AttributeError:
        setting = style.setting = _setting_of(style)
    if setting is None:
        _set_up_at_length(layout, style)
        return
    layout.style, layout.language, layout.first_line_direction = style, setting.language, 0
    layout.layout = ffi.gc(pango.pango_layout_new(setting.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(layout.layout, False)
    pango.pango_layout_set_font_description(layout.layout, setting.font)
    for name, value in setting.lines:
        setattr(layout, name, value)


def _setting_of(style: Style) -> _Setting | None:
    """What text in ``style`` is set with; None where it asks for features of its fonts."""
    if line_break.font_features(*(style[name] for name in _FEATURES)):
        return None
    override = style["font_language_override"]
    language = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    font = tuple((name, style[name]) for name in _FONT)
    return _setting(style.font_config, style["direction"], language, font, style["text_decoration_line"] != "none")


@lru_cache(maxsize=256)
def _setting(
    fonts: FontConfiguration, direction: str, language: str | None, asked: tuple[tuple[str, Any], ...], lined: bool
) -> _Setting:
    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[direction])
    spoken = pango.pango_language_from_string(language.encode()) if language else pango.pango_language_get_default()
    if language:
        pango.pango_context_set_language(context, spoken)
    font = line_break.get_font_description(dict(asked))
    return _Setting(context, font, spoken, _lines(context, font, spoken) if lined else _NO_LINES)


_NO_LINES: Final = tuple((name, None) for name in ("ascent", "underline_position", "strikethrough_position"))


def _lines(context: Pointer, font: Pointer, language: Pointer) -> tuple[tuple[str, float], ...]:
    metrics = ffi.gc(pango.pango_context_get_metrics(context, font, language), pango.pango_font_metrics_unref)
    known = ("ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness")
    return tuple((name, FROM_UNITS * getattr(pango, f"pango_font_metrics_get_{name}")(metrics)) for name in known)


# --- Lines between layout and drawing ----------------------------------------------------------

_LINES: Final = 2000
"""How many lines of an edition are kept as Pango laid them out, until they are drawn: some 10 MB."""
_put_down: Final = line_break.Layout.deactivate
_take_up_at_length: Final = line_break.Layout.reactivate


def _keeping() -> Callable[[Layout], None]:
    """What stands in for ``Layout.deactivate``: for so many lines; those after them are laid out again to be drawn."""
    room = iter(range(_LINES))

    def keep(layout: Layout) -> None:
        if not hasattr(layout, "kept") and not layout.justification_spacing and next(room, None) is not None:
            layout.kept = layout.layout, layout.language, layout.style
        _put_down(layout)

    return keep


def _take_up(layout: Layout, style: Style) -> None:
    """Stands in for ``Layout.reactivate``: text that is not justified is drawn as it was laid out."""
    kept, layout.kept = getattr(layout, "kept", None), None
    if kept is None or kept[2] is not style:
        _take_up_at_length(layout, style)
        return
    layout.layout, layout.language, layout.style = kept
    pango.pango_layout_set_width(layout.layout, -1)


# --- Glyphs in the page ------------------------------------------------------------------------

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


def _draw(stream: PdfStream, box: TextBox, overflow: str, ellipsis: str, matrix: Any) -> Any:
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
