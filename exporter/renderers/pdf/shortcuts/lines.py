"""Lines of text: one context and one font of Pango's for all in a style; what is laid out once is drawn so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango
from weasyprint.text.fonts import FontConfiguration

# WeasyPrint's and cffi's own objects: neither ships types.
Style: TypeAlias = Any
Layout: TypeAlias = Any
Pointer: TypeAlias = Any


def terminated(text: str) -> tuple[bytes, bytes]:
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


def set_up(layout: Layout, style: Style) -> None:
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


def keeping() -> Callable[[Layout], None]:
    """What stands in for ``Layout.deactivate``: for so many lines; those after them are laid out again to be drawn."""
    room = iter(range(_LINES))

    def keep(layout: Layout) -> None:
        if not hasattr(layout, "kept") and not layout.justification_spacing and next(room, None) is not None:
            layout.kept = layout.layout, layout.language, layout.style
        _put_down(layout)

    return keep


def take_up(layout: Layout, style: Style) -> None:
    """Stands in for ``Layout.reactivate``: text that is not justified is drawn as it was laid out."""
    kept, layout.kept = getattr(layout, "kept", None), None
    if kept is None or kept[2] is not style:
        _take_up_at_length(layout, style)
        return
    layout.layout, layout.language, layout.style = kept
    pango.pango_layout_set_width(layout.layout, -1)
