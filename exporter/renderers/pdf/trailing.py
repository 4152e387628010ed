"""Lines without a gap where the space that ends them was.

A seam of WeasyPrint's (70.0): it takes that space out of a text, but not out of what is drawn of it. Where the text
runs right to left and the space is drawn left of it, it moves the whole line to the left, which is right for a line
that runs so. In one that runs the other way, or in a passage that does, a gap is left, or words stand in the margin.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any

_remove: Final = inline.remove_last_whitespace


@contextmanager
def closed() -> Iterator[None]:
    """Let what stands beside a space that is taken out of a line close up. One thread at a time."""
    inline.remove_last_whitespace = _removed
    try:
        yield
    finally:
        inline.remove_last_whitespace = _remove


def _removed(context: Context, line: Box) -> None:
    """Stands in for ``remove_last_whitespace``."""
    around, width = list(_around_last(line)), line.width
    _remove(context, line)
    if not (space := width - line.width):
        return
    text = around[-1].children[-1]
    if text.pango_layout.first_line_direction % 2:
        _move(line.children, space)
    text.pango_layout = create_layout(text.text, text.style, context, None, text.justification_spacing)
    text.pango_layout.deactivate()
    for box in around:
        if box.style["direction"] == "rtl":
            _move(box.children[:-1], -space)


def _around_last(box: Box) -> Iterator[Box]:
    """``box`` and those in it that its last text stands in."""
    while isinstance(box, (boxes.LineBox, boxes.InlineBox)) and box.children:
        yield box
        box = box.children[-1]


def _move(moved: list[Box], by: float) -> None:
    for box in moved:
        box.translate(dx=by, ignore_floats=True)
