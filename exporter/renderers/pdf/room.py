"""Whether a cover fits its page: asked before the page is written, for the answer may be no."""

from __future__ import annotations

from typing import Any, Final

from weasyprint.formatting_structure.boxes import LineBox

from exporter.errors import RenderError

_SLACK: Final = 0.5
"""CSS pixels by which a line may pass the edge of the page; the proof looks at each glyph."""


def require(document: Any) -> None:
    """Raise RenderError (P003) where ``document``, as WeasyPrint laid it out, passes the edge of its first page."""
    first, *more = document.pages
    if more:
        raise RenderError("Its words need more than one page.", code="P003")
    for box in first._page_box.descendants():
        if isinstance(box, LineBox) and not -_SLACK <= box.position_x <= first.width - box.width + _SLACK:
            raise RenderError("A line of its words is wider than the page.", code="P003")
