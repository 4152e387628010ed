"""How high lines are, and how wide texts in cells of a table: measured once.

To find how narrow a column may be where words may break anywhere, WeasyPrint (70.0) lays out what is left of a word
behind each of its letters: a seventh of the time of a page with a table. The same names and figures come again, in
table after table.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import count
from typing import Any, Final, TypeAlias

from weasyprint.text.line_break import split_first_line, strut

Style: TypeAlias = Any
"""WeasyPrint's, which has no types."""

_PROPERTIES: Final = (
    *("direction", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_size"),
    *("font_stretch", "font_style", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian"),
    *("font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings"),
    *("font_weight", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "lang"),
    *("letter_spacing", "overflow_wrap", "tab_size", "text_decoration_line", "white_space", "word_break"),
    *("word_spacing",),
)
"""All that ``split_first_line``, and what it calls, ask of a style."""

_MANY: Final = 3000

_Measured: TypeAlias = tuple[int | None, float]
"""Where the text goes on behind its first line, if it does, and how wide that is."""

_known: Final[dict[Hashable, _Measured]] = {}
_numbers: Final[dict[Hashable, int]] = {}
_next: Final = count()


def first_line(text: str, style: Style, context: Any, width: float | None, spacing: float, **how: bool) -> Any:
    """Stands in for ``split_first_line`` where only where a line ends, and its width, are looked at."""
    key = _number(style), text, width, spacing, *how.items()
    if key not in _known:
        if len(_known) >= _MANY:
            _known.clear()
            _numbers.clear()
        _, _, goes_on, measured, _, _ = split_first_line(text, style, context, width, spacing, **how)
        _known[key] = goes_on, measured
    return None, None, *_known[key], None, None


def line_height(style: Style) -> tuple[float, float]:
    """Stands in for ``strut``, which looks for it by a text of all that a style asks of its font."""
    try:
        known: tuple[float, float] = style.strut
    except AttributeError:
        known = style.strut = strut(style)
    return known


def _number(style: Style) -> int:
    """One number for all styles in which text is measured alike; a style keeps its own."""
    try:
        number: int = style.measured
    except AttributeError:
        key = style.font_config, *(_frozen(style[name]) for name in _PROPERTIES)
        number = style.measured = _numbers.setdefault(key, next(_next))
    return number


def _frozen(value: Any) -> Hashable:
    """``value`` as a part of a key: the lines at a text are a set, where there are any."""
    return frozenset(value) if isinstance(value, set) else value
