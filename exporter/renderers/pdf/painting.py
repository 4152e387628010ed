"""Pictures in lines beneath all letters: marks reach over what stands beside them, and below.

A seam of WeasyPrint's (70.0), which paints what stands in lines one after the other: a picture covers the mark of a
letter before it or above it, and one set to overflow nowhere, as its own style sheet has all pictures, every mark
behind it, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import weasyprint.draw
from weasyprint.formatting_structure import boxes

# WeasyPrint's own objects: it ships no types.
Box: TypeAlias = Any
Stream: TypeAlias = Any
_Blocks: TypeAlias = Mapping[Box, Any]
"""The blocks painted at once, each with those in it."""

_draw: Final = weasyprint.draw.draw_inline_level
_draw_blocks: Final = weasyprint.draw.draw_block_level


@contextmanager
def pictures_first() -> Iterator[None]:
    """Let pictures be painted before the letters of all blocks around them. One thread at a time."""
    painted: set[Box] = set()

    def draw(stream: Stream, page: Any, box: Box, *how: Any) -> None:
        """Stands in for ``draw_inline_level``."""
        if box not in painted:
            _draw(stream, page, box, *how)

    def draw_blocks(page: Any, stream: Stream, blocks: _Blocks) -> None:
        """Stands in for ``draw_block_level``, which asks for the blocks in these blocks itself."""
        for picture in _pictures_of(blocks):
            draw(stream, page, picture)
            painted.add(picture)
        _draw_blocks(page, stream, blocks)

    weasyprint.draw.draw_inline_level, weasyprint.draw.draw_block_level = draw, draw_blocks
    try:
        yield
    finally:
        weasyprint.draw.draw_inline_level, weasyprint.draw.draw_block_level = _draw, _draw_blocks


def _pictures_of(blocks: _Blocks) -> Iterator[Box]:
    """The pictures in all lines of ``blocks``."""
    for block, inner in blocks.items():
        for line in getattr(block, "children", ()):
            if isinstance(line, boxes.LineBox):
                yield from _pictures(line)
        yield from _pictures_of(inner)


def _pictures(box: Box) -> Iterator[Box]:
    """The pictures in a line; not those on a ground of their own, which is painted with what stands on it."""
    for child in box.children:
        if isinstance(child, boxes.InlineReplacedBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and child.background is None:
            yield from _pictures(child)
