"""Justified lines as wide as they are meant to be, whatever fonts they are set in.

A seam of WeasyPrint's (70.0): to make spaces wider, it gives each an attribute of its own, for which Pango sets each
apart from the letters beside it, and in another font where those are not of the first one. A line of Hindi or Arabic
words in a Chinese text was then narrower than the room kept for it, or wider, and stood over what follows. And a space
at either end of a text gets but half of what others get.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import Layout, line_size

from exporter.renderers.pdf.overhangs import overhang

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any

_UNSEEN: Final = 0.1
"""In CSS pixels, how far a text may be from its width."""
_MOST: Final = 8
"""How often its spaces are widened at most: each time it comes twice as near at least."""

_widen: Final = inline.add_word_spacing


@contextmanager
def measured() -> Iterator[None]:
    """Let spaces be widened until their line is as wide as it should be. One thread at a time."""
    inline.add_word_spacing = _widened
    try:
        yield
    finally:
        inline.add_word_spacing = _widen


def _widened(context: Context, box: Box, spacing: float, x_advance: float) -> float:
    """Stands in for ``add_word_spacing``: what a text lacks in width is shared out among its spaces."""
    advance: float = _widen(context, box, spacing, x_advance)
    if isinstance(box, boxes.TextBox) and (spaces := inline.count_expandable_spaces(box)):
        for _ in range(_MOST):
            if abs(lacking := box.width - _drawn_width(box)) < _UNSEEN:
                break
            box.justification_spacing += lacking / spaces
        box.pango_layout.justification_spacing = box.justification_spacing
    return advance


def _drawn_width(box: Box) -> float:
    """How wide the text of ``box`` is drawn."""
    layout = Layout(box.style, box.justification_spacing)
    layout.set_text(box.text, justify=True)
    line, _ = layout.get_first_line()
    width, _ = line_size(line, box.style)
    return float(width) + overhang(box)
