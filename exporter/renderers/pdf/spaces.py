"""Spaces that stand alone in a text of their own, between two links for instance, are drawn as all others are.

A seam of WeasyPrint's (70.0): it draws no text of spaces alone. A file then has a gap there and no character, which
readers take for a space by its width, and in a passage that runs against its line look for in the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import weasyprint.draw.text

# WeasyPrint's own object: it ships no types.
TextBox: TypeAlias = Any

_INK: Final = "x"
"""What is no space: ``draw_first_line`` looks at a box's text for that alone, and draws what Pango laid out."""


@contextmanager
def drawn() -> Iterator[None]:
    """Let spaces be drawn wherever they stand."""
    draw = weasyprint.draw.text.draw_first_line

    def draw_spaces(stream: Any, box: TextBox, *how: Any) -> Any:
        text = box.text
        if text and not text.strip():
            box.text = _INK
        try:
            return draw(stream, box, *how)
        finally:
            box.text = text

    weasyprint.draw.text.draw_first_line = draw_spaces
    try:
        yield
    finally:
        weasyprint.draw.text.draw_first_line = draw
