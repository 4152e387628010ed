"""The lengths of a box, resolved once for all boxes of one style in blocks of one size: paragraphs, items, cells.

WeasyPrint (70.0) works out twenty of them for each box, and again wherever a page ends.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

from weasyprint.formatting_structure.boxes import Box, PageBox
from weasyprint.layout import absolute, block, column, float, inline, page, table
from weasyprint.layout.percent import resolve_percentages

# WeasyPrint's boxes have no types.
AnyBox: TypeAlias = Any

MODULES: Final = (absolute, block, column, float, inline, page, table)
"""Those that ask for ``resolve_percentages``; grids and flexible boxes, which are few, are left to it."""

_SIDES: Final = ("top", "right", "bottom", "left")
_NAMES: Final = (
    *(f"{what}_{side}" for what in ("margin", "padding") for side in _SIDES),
    *(f"border_{side}_width" for side in _SIDES),
    *("width", "min_width", "max_width", "height", "min_height", "max_height"),
)


def resolve(box: AnyBox, containing_block: AnyBox) -> None:
    """Stands in for ``resolve_percentages``; the lengths are kept with the style, but where borders collapse."""
    style = box.style
    if style["border_collapse"] == "collapse":
        resolve_percentages(box, containing_block)
        return
    size = (containing_block.width, containing_block.height) if isinstance(containing_block, Box) else containing_block
    known = style.__dict__.setdefault("resolved", {})
    key = size, isinstance(box, PageBox)
    if key in known:
        box.__dict__.update(known[key])
        return
    resolve_percentages(box, containing_block)
    known[key] = {name: box.__dict__[name] for name in _NAMES}
