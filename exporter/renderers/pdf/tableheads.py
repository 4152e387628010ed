"""Heads of tables: repeated at the top of each page, unless they are too high for that.

A seam of WeasyPrint's (70.0): where a head leaves a page no room for the first row that follows, or has none itself, it
sets the table without its head.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from weasyprint.layout import block as weasyprint_blocks

from exporter.renderers.pdf.notes import Notes
from exporter.renderers.pdf.tablenotes import lay_out

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Outcome: TypeAlias = Any

_HIGHEST: Final = 1 / 3
"""Of a page: no head that is higher is set again."""
_set = weasyprint_blocks.table_layout


@contextmanager
def kept() -> Iterator[None]:
    """Let each table keep its head, which goes over pages as other rows do where it cannot be repeated."""
    weasyprint_blocks.table_layout = _lay_out
    try:
        yield
    finally:
        weasyprint_blocks.table_layout = _set


def _lay_out(context: Context, table: Box, bottom_space: float, skip_stack: Any, *more: Any) -> Outcome:
    """What ``weasyprint.layout.table.table_layout`` gives: as much of ``table`` as fits the page."""
    if skip_stack is not None or not (table.children and table.children[0].is_header):
        return lay_out(context, table, bottom_space, skip_stack, *more)
    before = Notes(context)
    outcome = lay_out(context, table, bottom_space, skip_stack, *more)
    if outcome[0] is None or _may_be_repeated(context, outcome[0].children[0]):
        return outcome
    before.restore()
    table.children[0].is_header = False
    return lay_out(context, table, bottom_space, skip_stack, *more)


def _may_be_repeated(context: Context, group: Box) -> bool:
    return bool(group.is_header and group.height <= _HIGHEST * context.page_bottom)
