"""What takes text the room to be read: pages, columns, rows and tables too small or moved; grounds as dark as ink."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lxml import etree

from exporter.extractors.contrast import LEAST, contrast
from exporter.extractors.docx.archive import W
from exporter.extractors.docx.inks import Inks

_FAR: Final = 7000
"""Twentieths of a point that move a text off the page."""
_SMALLEST_PAGE: Final = 2800
_NARROWEST: Final = 100
_CLOSEST: Final = -8192
"""By how much letters may be pressed together on a grid, in 4096ths of a point."""
_MOST_COLUMNS: Final = 4
_INK: Final = "111111"


def number(element: etree._Element, name: str, otherwise: int = 0) -> int:
    """The whole number ``w:name`` says; ``otherwise`` where it says none."""
    text = element.get(f"{W}{name}", str(otherwise))
    return int(text) if text.lstrip("-").isdecimal() else otherwise


def _margins(element: etree._Element) -> str:
    sides = ("left", "right", "top", "bottom", "gutter", "header", "footer")
    far = any(abs(number(element, side)) > _FAR for side in sides)
    return "the margins of a page leave no room" if far else ""


def _page(element: etree._Element) -> str:
    small = min(number(element, "w", _SMALLEST_PAGE), number(element, "h", _SMALLEST_PAGE)) < _SMALLEST_PAGE
    return "a page is too small to be read" if small else ""


def _row(element: etree._Element) -> str:
    return "a row has a height that can cut its text" if element.get(f"{W}hRule") == "exact" else ""


def _column(element: etree._Element) -> str:
    return "a column is too narrow to be read" if number(element, "w", _NARROWEST) < _NARROWEST else ""


def _cell(element: etree._Element) -> str:
    return _column(element) if element.get(f"{W}type", "dxa") == "dxa" and number(element, "w") else ""


def _table(element: etree._Element) -> str:
    return "a table is moved off the page" if abs(number(element, "w")) > _FAR else ""


def _columns(element: etree._Element) -> str:
    return "a page has more columns than can be read" if number(element, "num", 1) > _MOST_COLUMNS else ""


def _grid(element: etree._Element) -> str:
    return "letters are pressed together by a grid" if number(element, "charSpace") < _CLOSEST else ""


_JUDGES: Final[Mapping[str, Callable[[etree._Element], str]]] = {
    "pgMar": _margins,
    "pgSz": _page,
    "trHeight": _row,
    "gridCol": _column,
    "tcW": _cell,
    "tblInd": _table,
    "cols": _columns,
    "docGrid": _grid,
}
NAMES: Final = tuple(_JUDGES)
"""The elements judged here."""


def pressed(element: etree._Element) -> str:
    """What is wrong with the room an element of ``NAMES`` gives; "" where nothing is."""
    return _JUDGES[element.tag.removeprefix(W)](element)


def dark(root: etree._Element, inks: Inks) -> Iterator[str]:
    """Grounds of cells on which ink cannot be seen, and colours in which nobody sees the marker of a paragraph."""
    for shade in root.iterfind(f".//{W}tcPr/{W}shd"):
        ground = inks.shade(shade)
        if ground and contrast(_INK, ground) < LEAST and not _has_ink(shade):
            yield "a cell is as dark as its text"
    for colour in root.iter(f"{W}color"):
        above = colour.getparent()
        around = above.getparent() if above is not None else None
        if around is not None and around.tag in (f"{W}lvl", f"{W}pPr") and contrast(inks.ink(colour), "FFFFFF") < LEAST:
            yield "a marker has the colour of the page"


def _has_ink(shade: etree._Element) -> bool:
    """Whether a style of tables sets a colour of text where it sets grounds."""
    style = next(shade.iterancestors(f"{W}style"), None)
    return style is not None and next(style.iter(f"{W}color"), None) is not None
