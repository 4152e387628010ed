"""Where tables begin: on the next page only where they fit it.

A seam of WeasyPrint's (70.0): a table or a row that is to be kept on one page goes to the next, though it is higher
than any. What stands above, a heading or a caption, goes before it and is left on a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from typing import Any, Final, TypeAlias

from weasyprint.layout import block as weasyprint_blocks

from exporter.renderers.pdf.notes import Notes

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Outcome: TypeAlias = Any
LayOut: TypeAlias = Any

_LEAST: Final = 1 / 3
"""Of a page: as much room a row that no page holds needs to begin there."""


@contextmanager
def begun_where_they_fit() -> Iterator[None]:
    """Let tables begin where they stand if the next page would not hold them either. One thread at a time."""
    before = weasyprint_blocks.table_layout
    weasyprint_blocks.table_layout = partial(_lay_out, before)
    try:
        yield
    finally:
        weasyprint_blocks.table_layout = before


def _lay_out(
    lay_out: LayOut, context: Context, table: Box, bottom_space: float, skip_stack: Any, holder: Box, *more: Any
) -> Outcome:
    """What ``weasyprint.layout.table.table_layout`` gives: as much of ``table`` as is to stand on this page."""
    outcome = lay_out(context, table, bottom_space, skip_stack, holder, *more)
    page_is_empty = more[0]
    if outcome[0] is not None or page_is_empty or skip_stack is not None:
        return outcome
    whole = _without_end(lay_out, context, table, holder)
    page = context.current_footnote_area.page.height
    room = page - (table.position_y - holder.position_y)
    if whole.height <= room:
        return outcome
    is_torn = _loosen(table, whole, room)
    left = context.page_bottom - bottom_space - table.position_y
    return outcome if is_torn and left < _LEAST * page else lay_out(context, table, bottom_space, None, holder, *more)


def _without_end(lay_out: LayOut, context: Context, table: Box, holder: Box) -> Box:
    """``table`` as it is on a page that holds all of it."""
    before = Notes(context)
    whole, *_ = lay_out(context, table, -inf, None, holder, True, [], [])
    before.restore()
    return whole


def _loosen(table: Box, whole: Box, room: float) -> bool:
    """Let ``table`` go over pages, and each row that no page holds; whether it begins with such a row.

    ``whole`` is all of it as laid out at once, ``room`` what a page has for it.
    """
    _release(table)
    room -= sum(group.height for group in whole.children if group.is_header)
    groups = [two for two in zip(table.children, whole.children, strict=True) if not two[1].is_header]
    rows = [two for one, other in groups for two in zip(one.children, other.children, strict=True)]
    for row, measured in rows:
        if measured.height > room:
            _release(row)
    return bool(rows and rows[0][1].height > room)


def _release(box: Box) -> None:
    box.style = box.style.copy()
    box.style["break_inside"] = "auto"
