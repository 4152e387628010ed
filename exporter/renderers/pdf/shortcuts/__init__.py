"""Shorter ways to what WeasyPrint (70.0, which is pinned) works out at length, with the same outcome to the byte.

A page of text is thousands of questions with few answers: which font a style asks for, which value a property has that
no rule names, how wide a glyph is. WeasyPrint works each out again for each line, which takes a third of the time of a
page. Here an answer is kept with all it depends on. What is out of the ordinary is left to WeasyPrint's own functions.
``tests/renderers/test_pdf_shortcuts.py`` holds the pages to those that are made without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import pydyf
import weasyprint.draw
import weasyprint.draw.text
import weasyprint.layout.inline
import weasyprint.layout.page
import weasyprint.layout.preferred
import weasyprint.pdf.fonts
import weasyprint.text.fonts
from weasyprint import css
from weasyprint.text import line_break

from exporter.renderers.pdf.shortcuts import (
    glyphs,
    hyphenation,
    lines,
    measuring,
    percentages,
    seldom,
    styles,
    variables,
)
from exporter.renderers.pdf.shortcuts.arrays import Arrays

PdfStream: TypeAlias = Any
"""pydyf's, which has no types."""


@contextmanager
def taken() -> Iterator[None]:
    """Let WeasyPrint go the shorter ways. One thread at a time."""
    places = (
        (css, "CSS", variables.style_sheet),
        (css.ComputedStyle, "__missing__", styles.value_of),
        (css.StyleFor, "__call__", seldom.look_up),
        (css.StyleFor, "set_computed_styles", seldom.put_off),
        (css.tokens.Pending, "solve", variables.solved),
        (line_break.Layout, "setup", lines.set_up),
        (line_break.Layout, "deactivate", lines.keeping()),
        (line_break.Layout, "reactivate", lines.take_up),
        (line_break, "unicode_to_char_p", lines.terminated),
        (weasyprint.text.fonts, "unicode_to_char_p", lines.terminated),
        (weasyprint.draw.text, "draw_first_line", glyphs.draw),
        (pydyf.PDF, "page_references", property(_references)),
        (weasyprint.layout.page, "set_page_type_computed_styles", styles.set_page_styles),
        (weasyprint.layout.inline, "strut", measuring.line_height),
        (weasyprint.layout.preferred, "split_first_line", measuring.first_line),
        *((module, "resolve_percentages", percentages.resolve) for module in percentages.MODULES),
        (weasyprint.pdf.fonts, "ffi", Arrays()),
        (line_break.pyphen.HyphDict, "__init__", hyphenation.read),
    )
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for owner, name, shorter in places:
        setattr(owner, name, shorter)
    try:
        yield
    finally:
        for owner, name, original in before:
            setattr(owner, name, original)
        _forget_words()


_WORDS: Final = 5000


def _forget_words() -> None:
    """Let dictionaries that have divided many words forget them, some 600 bytes each: a process may live long."""
    for dictionary in line_break.pyphen.hdcache.values():
        if len(dictionary.cache) > _WORDS:
            dictionary.cache.clear()


# --- References to pages ------------------------------------------------------------------------


def _references(pdf: PdfStream) -> tuple[bytes, ...]:
    """Stands in for ``PDF.page_references``, which each link and each bookmark has written anew."""
    kids = pdf.pages["Kids"]
    if len(pdf.__dict__.get("_references", ())) * 3 != len(kids):
        pdf._references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
    references: tuple[bytes, ...] = pdf._references
    return references
