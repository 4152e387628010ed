"""Room for marks that reach out of their text.

Some fonts have a mark for letters they draw together with it, and draw it as wide as a letter beside all others.
HarfBuzz takes the width of any mark away, so that it stands on what follows. Inside of a text that is what its font
prescribes; but WeasyPrint (70.0) sets the next text where the letters end, and that of another passage, a link for
instance, would be printed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from weasyprint.layout import inline
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout

from exporter.characters import IDLE, has_right_to_left, is_mark

# WeasyPrint's and cffi's own objects: neither ships types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Item: TypeAlias = Any

_LEAST: Final = 0.3
"""In em: as far as most marks reach that stand above or below their letters."""
_NOTHING: Final = re.compile(f"[{IDLE}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+\\Z")
"""What has neither ink nor width, at the end of a text."""
_split: Final = inline.split_text_box


@contextmanager
def cleared() -> Iterator[None]:
    """Let each text be as wide as it is drawn, the mark at its end with it. One thread at a time."""
    inline.split_text_box = _split_wider
    try:
        yield
    finally:
        inline.split_text_box = _split


def _split_wider(context: Context, box: Box, *more: Any, **options: Any) -> tuple[Box, int | None, bool]:
    """Stands in for ``split_text_box``."""
    new_box, resume_at, preserved = _split(context, box, *more, **options)
    if new_box is not None:
        new_box.width += overhang(new_box)
    return new_box, resume_at, preserved


def overhang(box: Box) -> float:
    """How far, in CSS pixels, a mark at the right end of a text reaches out of it."""
    text = _ends_in_mark(box)
    if not text:
        return 0.0
    layout = Layout(box.style)
    layout.set_text(text)
    *_, last = _items(layout.get_first_line()[0])
    glyph = last.glyphs.glyphs[last.glyphs.num_glyphs - 1]
    beyond = 0.0 if glyph.geometry.width else _right(last, glyph)
    return beyond if beyond > _LEAST * box.style["font_size"] else 0.0


def _ends_in_mark(box: Box) -> str:
    """As much of a text as tells how its right end is drawn, if that may be a mark; else ""."""
    text: str = _NOTHING.sub("", box.text)
    *_, word = text.split(" ")
    if has_right_to_left(text) or box.style["direction"] == "rtl":
        return text if any(map(is_mark, text[:2] + word[-1:])) else ""
    if not word or not is_mark(word[-1]):
        return ""
    return word if word[0].isalpha() else text  # whose script what has none of its own takes from the letter before


def _right(item: Item, glyph: Any) -> float:
    """Where the ink of ``glyph`` ends, in CSS pixels from its place on."""
    ink = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph.glyph, ink, ffi.NULL)
    return float((glyph.geometry.x_offset + ink.x + ink.width) * FROM_UNITS)


def _items(line: Any) -> Iterator[Item]:
    """The runs of ``line``, from left to right."""
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next
