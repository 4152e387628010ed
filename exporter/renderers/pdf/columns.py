"""An article in two columns: runs of blocks set in columns, parted by what spans the page.

``column-span`` would say the same in the style sheet, but WeasyPrint (70.0) lets no table span, tears
headings from what spans, and prints notes over the text below. So each run is a ``div.columns`` of its own,
and ``balancing`` finds how high its columns are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias
from xml.etree import ElementTree

Element: TypeAlias = ElementTree.Element

_WORDS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]|[^\s\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff]+")
"""What stays on one line: Chinese, Japanese and Korean lines may end after any character."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_PARTS = ("part", "entry")
_COLUMN = 28.0
"""The width of a column, in em of a table's type; what a table needs to set no word on two lines must fit."""
_PADDING = 0.85
"""In em, what a cell has beside its text."""
_CELLS = 4
"""As many cells as a row in a column has, at most."""


def part(root: Element, is_wide: Callable[[Element], bool]) -> None:
    """Part the articles below ``root`` into runs; ``is_wide`` tells of an ``img`` whether it should span the page."""
    for article in root.iter("article"):
        _part(article, is_wide)


def _part(holder: Element, is_wide: Callable[[Element], bool]) -> None:
    """Part what ``holder`` holds, and the parts of a publication in it, each of which has columns of its own."""
    holder[:] = _runs(list(holder), is_wide)
    for block in holder:
        if block.get("class") in _PARTS:
            _part(block, is_wide)


def _runs(blocks: list[Element], is_wide: Callable[[Element], bool]) -> Iterator[Element]:
    """``blocks``, what does not span the page in ``div.columns``; headings stay with what they head."""
    run: list[Element] = []
    for block in blocks:
        if _spans(block, is_wide):
            headings = _last_headings(run)
            yield from _columns(run[: len(run) - len(headings)])
            yield from (*headings, block)
            run = []
        else:
            run.append(block)
    yield from _columns(run)


def _spans(block: Element, is_wide: Callable[[Element], bool]) -> bool:
    match block.tag:
        case "header" | "nav":
            return True
        case "div" | "section":
            return block.get("class") in (*_PARTS, "running")
        case "table":
            rows = [list(row) for row in block.iter("tr")]
            return max(map(len, rows), default=0) > _CELLS or sum(map(_needed, zip(*rows, strict=True))) > _COLUMN
        case "figure":
            return any(is_wide(picture) for picture in block.iter("img"))
        case _:
            return False


def _needed(cells: Sequence[Element]) -> float:
    """The width, in em, of the longest word in one column of a table."""
    return _PADDING + max(
        (_width(word) for cell in cells for word in _WORDS.findall("".join(cell.itertext()))), default=0
    )


def _width(word: str) -> float:
    """A generous estimate, in em."""
    return sum(0.65 if character < "\u0250" else 1.0 for character in word)


def _last_headings(run: list[Element]) -> list[Element]:
    """The headings at the end of ``run``."""
    at = len(run)
    while at and run[at - 1].tag in _HEADINGS:
        at -= 1
    return run[at:]


def _columns(run: list[Element]) -> Iterator[Element]:
    if run:
        columns = ElementTree.Element("div", {"class": "columns"})
        columns.extend(run)
        yield columns
