"""Marks are seen over the pictures they reach into."""

from __future__ import annotations

import weasyprint.draw

from exporter.article import Image, Inline, Paragraph, Strong, Text
from exporter.pdfstructure import Picture, Run, read
from exporter.renderers.pdf.painting import pictures_first
from tests.articles import article
from tests.extractors.pdfs import rendered
from tests.survival import SQUARE, survives

SIGN = Image("a.png", "")
TIE = "w\u0361"
"""A letter with a mark that ties it to the next."""


def is_beneath(*children: Inline) -> bool:
    """Whether the picture in a paragraph of ``children`` is painted before all letters of its line."""
    content = rendered(article(Paragraph(children)), {SIGN.source: SQUARE})
    [page] = read(content).document.pages
    drawn = [*page.content.unmarked, *(item for items in page.content.marked.values() for item in items)]
    [picture] = [item for item in drawn if isinstance(item, Picture)]
    words = [run for run in drawn if isinstance(run, Run) and picture.box.bottom < run.box.top < picture.box.top + 9]
    assert words
    return all(picture.order < run.order for run in words)


def test_a_mark_that_reaches_into_the_picture_behind_it_is_seen() -> None:
    assert survives(article(Paragraph((Text(TIE), SIGN))), "pdf") == ()


def test_a_picture_is_painted_before_the_letters_of_its_line() -> None:
    assert is_beneath(Text(TIE), SIGN)
    assert is_beneath(SIGN, Text(TIE))
    assert is_beneath(Text("x "), Strong((Text(TIE), SIGN)))


def test_the_seam_is_taken_out_again() -> None:
    before = weasyprint.draw.draw_inline_level, weasyprint.draw.draw_block_level
    with pictures_first():
        assert weasyprint.draw.draw_inline_level is not before[0]
        assert weasyprint.draw.draw_block_level is not before[1]
    assert (weasyprint.draw.draw_inline_level, weasyprint.draw.draw_block_level) == before
