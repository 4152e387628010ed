"""Fonts that draw something else than letters: those that go along, and those that stand for others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from exporter.extractors.docx.archive import W, value

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SYMBOLS: Final = (
    *("symbol", "wingdings", "webdings", "dingbats", "marlett", "mt extra", "barcode", "code 39", "code39", "code 128"),
    *("code128", "braille", "redacted", "blokk"),
)
_EMBEDDED: Final = tuple(f"{W}embed{style}" for style in ("Regular", "Bold", "Italic", "BoldItalic"))
_OF_SYMBOLS: Final = "02"


def is_of_symbols(font: str) -> bool:
    """Whether a font of this name draws signs for letters."""
    return any(word in font.lower() for word in _SYMBOLS)


def foreign(fonts: etree._Element | None, theme: etree._Element | None) -> Iterator[str]:
    """What the table of fonts and the theme do to letters, a phrase each."""
    for font in () if fonts is None else fonts.iterfind(f"{W}font"):
        name, other = font.get(f"{W}name", ""), value(font, "altName") or ""
        if any(font.find(embedded) is not None for embedded in _EMBEDDED):
            yield f"the font {name} goes along, and may draw other letters"
        if is_of_symbols(name):
            continue
        if is_of_symbols(other) or value(font, "charset") == _OF_SYMBOLS:
            yield f"the font {name} is drawn with symbols"
    for font in (
        () if theme is None else theme.iter(f"{_DRAWING}latin", f"{_DRAWING}ea", f"{_DRAWING}cs", f"{_DRAWING}font")
    ):
        if is_of_symbols(font.get("typeface", "")):
            yield f"the theme sets text in a font of symbols: {font.get('typeface')}"
