"""The notes of a page while it is laid out: what was set before is set again where a layout is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from weasyprint.layout import LayoutContext
from weasyprint.layout import block as weasyprint_blocks

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any

_ROOM: Final = 0.1
"""Of a page: what notes put off to it leave to the text."""
_lay_out: Final = weasyprint_blocks._linebox_layout


class Notes:
    """The notes of a page as they were before something was laid out."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._waiting, self._set = list(context.footnotes), list(context.current_page_footnotes)
        self._reported = list(context.reported_footnotes)
        self._bottom, self._height = context.page_bottom, context.current_footnote_area.height

    def restore(self) -> None:
        """Make the page's notes what they were."""
        context = self._context
        context.footnotes, context.current_page_footnotes = list(self._waiting), list(self._set)
        context.reported_footnotes = list(self._reported)
        context.page_bottom, context.current_footnote_area.height = self._bottom, self._height
        context.current_footnote_area.children = context.current_page_footnotes

    def reports_more(self) -> bool:
        """Whether notes have been put off to the next page since."""
        return len(self._context.reported_footnotes) > len(self._reported)


@contextmanager
def none_forgotten() -> Iterator[None]:
    """Let each note be set where its call stands, and nothing be printed over it.

    A seam of WeasyPrint's (70.0): it makes room for a line by putting notes off to the next page, and forgets those
    that are called in that line. Where a note calls others, it counts their room once too often or not at all, and puts
    off the note alone, without those it calls. Where it takes back a line of a head that is set again, it takes back
    notes that are set on a page before.
    """
    names = ("_update_footnote_area", "report_footnote", "unlayout_footnote")
    before = [getattr(LayoutContext, name) for name in names]
    for name, mended in zip(names, (_update, _put_off, _take_back), strict=True):
        setattr(LayoutContext, name, mended)
    weasyprint_blocks._linebox_layout = _set_lines
    try:
        yield
    finally:
        weasyprint_blocks._linebox_layout = _lay_out
        for name, original in zip(names, before, strict=True):
            setattr(LayoutContext, name, original)


def _set_lines(context: Context, box: Box, index: int, child: Box, lines: list[Box], *more: Any) -> Any:
    """What ``weasyprint.layout.block._linebox_layout`` gives: it adds to ``lines``, and tells of their notes."""
    if not hasattr(context, "is_measuring"):
        context.lines_begun = context.current_page
    outcome = _lay_out(context, box, index, child, lines, *more)
    abort, stop, _, _, called, _ = outcome
    if stop and not abort and lines:
        for note in [each.footnote for each in lines[-1].descendants() if each.footnote in context.footnotes]:
            context.layout_footnote(note)
            context.report_footnote(note)
            called.append(note)
    return outcome


# --- Notes that notes call ----------------------------------------------------------------------

_measure: Final = LayoutContext._update_footnote_area
_report: Final = LayoutContext.report_footnote
_unset: Final = LayoutContext.unlayout_footnote


def _update(context: Context) -> bool:
    """Whether the notes of the page need more room than there is; those called meanwhile are measured with them."""
    if hasattr(context, "is_measuring"):
        return False
    context.is_measuring = True
    try:
        count, overflows = -1, False
        while count != len(context.current_page_footnotes):
            count, overflows = len(context.current_page_footnotes), _measure(context)
        return bool(overflows or context.page_bottom < _highest(context))
    finally:
        del context.is_measuring


def _highest(context: Context) -> float:
    """How high notes may reach: where no line is set yet, they are put off from the page before."""
    page = context.current_footnote_area.page
    return float(page.content_box_y() + (0 if _is_begun(context) else _ROOM * page.height))


def _is_begun(context: Context) -> bool:
    """Whether a line of the text is being set on this page, or has been; before that, notes are those put off to it."""
    return bool(getattr(context, "lines_begun", None) == context.current_page)


def _put_off(context: Context, note: Box) -> None:
    """Put ``note`` off to the next page, and behind it those it calls.

    Where it had been put off before, WeasyPrint keeps what is behind it, and those it calls have to wait for it.
    """
    called = _set_with(context, note)
    _report(context, note)
    for each in called:
        if _is_begun(context):
            _put_off(context, each)
        else:
            _take_back(context, each)


def _take_back(context: Context, note: Box) -> None:
    """Let ``note`` wait for its call again, and those it calls for theirs; not one that was set on a page before.

    The head of a table is laid out again on each page, with the calls in it.
    """
    if note not in context.current_page_footnotes and note not in context.reported_footnotes:
        return
    called = _set_with(context, note)
    _unset(context, note)
    for each in called:
        _take_back(context, each)


def _set_with(context: Context, note: Box) -> list[Box]:
    """The notes of this page that ``note`` calls."""
    return [each.footnote for each in note.descendants() if each.footnote in context.current_page_footnotes]
