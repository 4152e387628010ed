"""Pictures in a line beneath its letters: marks reach over what stands beside them.

A seam of WeasyPrint's (70.0), which paints what stands in a line one after the other: a picture covers the mark of a
letter before it, and one set to overflow nowhere, as its own style sheet has all pictures, every mark behind it, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import weasyprint.draw
from weasyprint.formatting_structure import boxes

# WeasyPrint's own objects: it ships no types.
Box: TypeAlias = Any
Stream: TypeAlias = Any

_draw: Final = weasyprint.draw.draw_inline_level


@contextmanager
def pictures_first() -> Iterator[None]:
    """Let pictures be painted before the letters of their line. One thread at a time."""
    painted: set[Box] = set()

    def draw(stream: Stream, page: Any, box: Box, *how: Any) -> None:
        """Stands in for ``draw_inline_level``."""
        if isinstance(box, boxes.LineBox):
            for picture in _pictures(box):
                _draw(stream, page, picture)
                painted.add(picture)
        if box not in painted:
            _draw(stream, page, box, *how)

    weasyprint.draw.draw_inline_level = draw
    try:
        yield
    finally:
        weasyprint.draw.draw_inline_level = _draw


def _pictures(box: Box) -> Iterator[Box]:
    """The pictures in a line; not those on a ground of their own, which is painted with what stands on it."""
    for child in box.children:
        if isinstance(child, boxes.InlineReplacedBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and child.background is None:
            yield from _pictures(child)
