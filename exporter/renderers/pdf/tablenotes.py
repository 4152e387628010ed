"""Rows of a table end above the notes their cells call.

A seam of WeasyPrint's (70.0): it sets the cells of a row one after the other, each as low as the page goes by then.
Where a later cell calls notes, which need room at the foot of the page, the cells before it stand lower than that, and
the notes are printed over them. What stands on a page of a cell that goes on on the next is as high as the rest of the
page, empty or not. And where no row finds room behind a head, the notes of that head stay on the page. Of a table set
right to left it turns the widths of the columns round, so that they are in the wrong order when it is set again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any, Final, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block as weasyprint_blocks

from exporter.renderers.pdf.notes import Notes

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Outcome: TypeAlias = Any

_set: Final = weasyprint_blocks.table_layout
_fill: Final = weasyprint_blocks.block_container_layout


def lay_out(context: Context, table: Box, bottom_space: float, *more: Any) -> Outcome:
    """What ``weasyprint.layout.table.table_layout`` gives: as much of ``table`` as fits the page above its notes."""
    before = Notes(context)
    with _cells_as_high_as_their_text():
        outcome, highest = _set_once(context, table, bottom_space, *more), inf
        while outcome[0] is not None and (lowest := context.page_bottom - bottom_space) < highest:
            if not context.overflows(lowest, _foot(outcome[0])):
                break
            before.restore()
            with _no_lower(context, lowest):
                outcome, highest = _set_once(context, table, bottom_space, *more), lowest
    if outcome[0] is None:
        before.restore()
    return outcome


def _set_once(context: Context, table: Box, *more: Any) -> Outcome:
    """The table as WeasyPrint sets it, which turns the widths of its columns round where it runs right to left."""
    widths = list(table.column_widths)
    outcome = _set(context, table, *more)
    table.column_widths = widths
    return outcome


def _foot(table: Box) -> float:
    """Where the last row of ``table`` ends, from the top of the page."""
    return float(max((row.position_y + row.height for group in table.children for row in group.children), default=0.0))


@contextmanager
def _no_lower(context: Context, lowest: float) -> Iterator[None]:
    """Let nothing but notes stand lower than ``lowest``, whatever room notes have left by then.

    What stands above calls no other notes than it did before. These leave it as much room, or less: those put off
    before, for notes of what then went on below, may now stand on the page.
    """
    own = context.overflows_page

    def overflows(bottom_space: float, position_y: float) -> bool:
        return bool(own(bottom_space, position_y) or (bottom_space > -inf and context.overflows(lowest, position_y)))

    context.overflows_page = overflows
    try:
        yield
    finally:
        del context.overflows_page


@contextmanager
def _cells_as_high_as_their_text() -> Iterator[None]:
    """Let the part of a cell that stands on a page end where its lines end."""
    before = weasyprint_blocks.block_container_layout
    weasyprint_blocks.block_container_layout = _lay_out_block
    try:
        yield
    finally:
        weasyprint_blocks.block_container_layout = before


def _lay_out_block(context: Context, box: Box, *more: Any, **options: Any) -> Outcome:
    outcome = _fill(context, box, *more, **options)
    block, resume_at = outcome[:2]
    if isinstance(box, boxes.TableCellBox) and block is not None and resume_at is not None:
        top = block.content_box_y()
        block.height = max((child.position_y + child.margin_height() for child in block.children), default=top) - top
    return outcome
