"""Tables of too many columns for an upright page: set on pages turned on their side.

A row cannot go on on another page, for it would be read piece by piece. A table that even a turned page does not hold
runs off it, which the proof finds (P003).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final, TypeAlias
from xml.etree import ElementTree

Element: TypeAlias = ElementTree.Element

_UPRIGHT: Final = 24
"""As many columns as a table on an upright page has, at most; one of pictures counts for two."""
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})


def turn(root: Element) -> None:
    """Give ``data-turned`` to tables below ``root`` that need a turned page, and to the headings right above them.

    What stands in a note or in one of two columns stays there.
    """
    for holder in _holders(root):
        blocks = list(holder)
        for at, block in enumerate(blocks):
            if block.tag == "table" and _columns(block) > _UPRIGHT:
                _mark(blocks[: at + 1])


def _holders(element: Element) -> Iterator[Element]:
    """``element`` and all below it that are not in a note or a column."""
    if element.get("class") not in ("note", "columns"):
        yield element
        for child in element:
            yield from _holders(child)


def _mark(blocks: list[Element]) -> None:
    """Mark the last of ``blocks``, and the headings right before it."""
    blocks[-1].set("data-turned", "")
    for block in reversed(blocks[:-1]):
        if block.tag not in _HEADINGS:
            break
        block.set("data-turned", "")


def _columns(table: Element) -> int:
    return sum(1 + _has_pictures(cells) for cells in zip_longest(*table.iter("tr"), fillvalue=Element("td")))


def _has_pictures(cells: Iterable[Element]) -> bool:
    return any(picture.get("class") != "sign" for cell in cells for picture in cell.iter("img"))
