"""The notes of a page while it is laid out: what was set before is set again where a layout is taken back."""

from __future__ import annotations

from typing import Any, TypeAlias

# WeasyPrint's own object: it ships no types.
Context: TypeAlias = Any


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
