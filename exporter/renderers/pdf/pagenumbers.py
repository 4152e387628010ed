"""The numbers of pages in the contents, filled in when all pages are laid out.

CSS has ``target-counter()`` for this, for which WeasyPrint (70.0) lays pages out again and again: with a thousand
entries that takes as long as all else. Here each entry keeps room for its number (``span.page``), whose width the style
sheet sets, so that no number moves anything but itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

from exporter.errors import RenderError

_TARGET: Final = "data-target"


def fill(document: Any) -> None:
    """Set in each ``span.page`` of a laid-out document on which page its target stands; raises RenderError."""
    places = [(box, box.element.get(_TARGET)) for page in document.pages for box in _places(page._page_box)]
    if not places:
        return
    pages = reversed(list(enumerate(document.pages, 1)))  # a title longer than a page begins on the first of its pages
    numbers = {name: number for number, page in pages for name in page.anchors}
    for box, target in places:
        if target not in numbers:
            raise RenderError(f"The contents lead to '{target}', which is on no page. Take it out of print.html.j2.")
        _set(box, str(numbers[target]))


def _places(box: Any) -> Iterator[Any]:
    """The texts below ``box`` that stand where a number belongs."""
    found = (each for each in box.descendants() if isinstance(each, boxes.TextBox))
    return (each for each in found if each.element is not None and each.element.get(_TARGET))


def _set(box: Any, text: str) -> None:
    """Let ``box``, a line of its own, show ``text``, which ends or begins where its text did."""
    layout, _, _, width, _, _ = split_first_line(text, box.style, None, None, 0)
    wider = width - box.width
    box.text, box.pango_layout, box.width = text, layout, width
    box.position_x -= wider * _before(box.style)


def _before(style: Any) -> float:
    """How much of what a line is wider by goes to the left of it."""
    align, direction = style["text_align_all"], style["direction"]
    if align in ("left", "right", "center", "justify"):
        return {"left": 0.0, "right": 1.0, "center": 0.5, "justify": float(direction == "rtl")}[align]
    return float((align == "end") == (direction == "ltr"))
