"""How high columns are: no higher than they have to be, and with all their notes on the page.

A seam of WeasyPrint's (70.0): its own balancing grows columns pixel by pixel, which takes minutes, and loses
notes that were put off from the page before. It breaks down where all notes of a page are put off.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

from weasyprint.layout import block as weasyprint_blocks
from weasyprint.layout import column as weasyprint_columns

from exporter.renderers.pdf.notes import Notes

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Outcome: TypeAlias = Any

_PRECISION = 1.0
"""CSS pixels; columns are no higher than they have to be, but for this much."""
_fill = weasyprint_blocks.columns_layout
_report = weasyprint_columns._report_footnotes


@contextmanager
def balanced() -> Iterator[None]:
    """Let columns be as high as their text needs, all notes kept: stands in for WeasyPrint's own balancing."""
    weasyprint_blocks.columns_layout = _lay_out
    weasyprint_columns._report_footnotes = _put_off
    try:
        yield
    finally:
        weasyprint_columns._report_footnotes = _report
        weasyprint_blocks.columns_layout = _fill


def _lay_out(context: Context, box: Box, bottom_space: float, *more: Any) -> Outcome:
    """What ``weasyprint.layout.column.columns_layout`` (70.0) gives: as much of ``box`` as fits the page, evenly set.

    ``bottom_space`` is what stays free at the foot of the page, in CSS pixels.
    """
    box = box.copy_with_children(box.children)
    box.style = box.style.copy()
    box.style["column_fill"] = "auto"
    before = Notes(context)
    laid_out = _keeping_notes(context, box, bottom_space, *more)
    if laid_out[0] is None or laid_out[1] is not None:
        return laid_out
    heights = [_height(column) for column in laid_out[0].children]
    least, most = sum(heights) / 2, max(heights)
    foot = context.page_bottom - laid_out[0].content_box_y()
    best = (bottom_space, *more)
    skip_stack, containing_block, _, *rest = more
    while most - least > _PRECISION:
        height = (least + most) / 2
        # On an "empty page" anything may be torn apart so that something is set; here there is a better way.
        attempt = (foot - height, skip_stack, containing_block, False, *rest)
        before.restore()
        new_box, resume_at, *_ = _keeping_notes(context, box, *attempt)
        if new_box is not None and resume_at is None and not before.reports_more():
            best, most = attempt, height
        else:
            least = height
    before.restore()
    return _keeping_notes(context, box, *best)


def _height(column: Box) -> float:
    """How high the text in ``column`` is."""
    bottoms = (child.position_y + child.margin_height() - child.margin_bottom for child in column.children)
    return float(max(bottoms, default=column.position_y) - column.position_y)


def _keeping_notes(context: Context, *arguments: Any) -> Outcome:
    """Columns as high as the page allows; notes set on the page before stay.

    WeasyPrint takes back the notes of each attempt, and with them those put off from the page before.
    """
    kept = tuple(context.current_page_footnotes)
    take_back = context.unlayout_footnote
    context.unlayout_footnote = lambda note: None if note in kept else take_back(note)
    try:
        return _fill(context, *arguments)
    finally:
        del context.unlayout_footnote


def _put_off(context: Context, height: float) -> None:
    """Put notes off to the next page, the last first, until those that stay are no higher than ``height``."""
    before = len(context.reported_footnotes)
    later: list[list[Box]] = []
    while context.current_page_footnotes and context.current_footnote_area.margin_height() > height:
        count = len(context.reported_footnotes)
        context.report_footnote(context.current_page_footnotes[-1])
        later.append(context.reported_footnotes[count:])
    context.reported_footnotes[before:] = [note for notes in reversed(later) for note in notes]
