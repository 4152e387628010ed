"""The colours that Word sets text in and puts behind it: by digits, by the theme, by name, as a pattern."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from exporter.extractors.docx.archive import W, value

_DRAWING: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SCHEME: Final[Mapping[str, str]] = {
    "dark1": "dk1",
    "light1": "lt1",
    "dark2": "dk2",
    "light2": "lt2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
    **{f"accent{number}": f"accent{number}" for number in range(1, 7)},
}
"""Colours of a theme (ISO/IEC 29500-1, 20.1.6.2) by their names in WordprocessingML."""
_MAPPED: Final = {"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"}
_USUAL: Final = {"t1": "dark1", "t2": "dark2", "bg1": "light1", "bg2": "light2"}
_WITHOUT_THEME: Final = {"lt1": "FFFFFF", "lt2": "E7E6E6", "dk1": "000000", "dk2": "44546A"}
_HIGHLIGHTS: Final[Mapping[str, str]] = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "00008B",
    "darkCyan": "008B8B",
    "darkGreen": "006400",
    "darkMagenta": "800080",
    "darkRed": "8B0000",
    "darkYellow": "808000",
    "darkGray": "A9A9A9",
    "lightGray": "D3D3D3",
}


class Inks:
    """The colours of one document; ``theme`` and ``settings`` are the roots of those parts, where it has them."""

    def __init__(self, theme: etree._Element | None, settings: etree._Element | None) -> None:
        self._theme = dict(_WITHOUT_THEME)
        for element in () if theme is None else theme.iterfind(f".//{_DRAWING}clrScheme/*"):
            written = next((each.get("lastClr") or each.get("val") for each in element), None)
            self._theme[etree.QName(element).localname] = written or ""
        mapping = None if settings is None else settings.find(f"{W}clrSchemeMapping")
        told = {} if mapping is None else {name: mapping.get(f"{W}{name}", "") for name in _USUAL}
        self._mapping = {name: told.get(name) or usual for name, usual in _USUAL.items()}

    def ink(self, colour: etree._Element) -> str:
        """What ``w:color`` sets text in: six hexadecimal digits, or ``auto``."""
        return self._of(colour, "val", "theme", "themeColor") or "auto"

    def ground(self, properties: etree._Element | None) -> str | None:
        """The colour behind a text that has these properties; None where they leave it."""
        highlight = value(properties, "highlight")
        if highlight and highlight in _HIGHLIGHTS:
            return _HIGHLIGHTS[highlight]
        shade = None if properties is None else properties.find(f"{W}shd")
        return None if shade is None else self.shade(shade)

    def shade(self, shade: etree._Element) -> str | None:
        """The colour of ``w:shd``, a pattern mixed from its two; None for none."""
        pattern = shade.get(f"{W}val", "clear")
        fill = self._of(shade, "fill", "themeFill", "themeFill")
        if pattern in ("clear", "nil"):
            return fill
        share = 1.0 if pattern == "solid" else _share(pattern)
        return _mixed(self._of(shade, "color", "theme", "themeColor") or "000000", fill or "FFFFFF", share)

    def _of(self, element: etree._Element, name: str, prefix: str, theme: str) -> str | None:
        """A colour by its theme, else as written; None for ``auto``."""
        written = element.get(f"{W}{name}", "auto")
        themed = self._themed(element.get(f"{W}{theme}"))
        if themed is None:
            return None if written == "auto" else written
        shaded, tinted = (_scaled(element.get(f"{W}{prefix}{change}")) for change in ("Shade", "Tint"))
        return _mixed(_mixed(themed, "000000", shaded), "FFFFFF", tinted)

    def _themed(self, name: str | None) -> str | None:
        """The colour of the theme called ``name``; None where it has none."""
        mapped = self._mapping.get(_MAPPED.get(name or "", ""), name or "")
        return self._theme.get(_SCHEME.get(mapped, "")) or None


def _scaled(digits: str | None) -> float:
    try:
        return int(digits, 16) / 255 if digits else 1.0
    except ValueError:
        return 1.0


def _share(pattern: str) -> float:
    """How much of a pattern is drawn: a number in its name, else half."""
    percent = pattern.removeprefix("pct")
    return int(percent) / 100 if percent.isdecimal() else 0.5


def _mixed(one: str, other: str, share: float) -> str:
    """``share`` of the first colour and the rest of the second; the first where one of them is no colour."""
    try:
        pairs = [(int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (0, 2, 4)]
    except ValueError:
        return one
    return "".join(f"{round(first * share + second * (1 - share)):02X}" for first, second in pairs)
