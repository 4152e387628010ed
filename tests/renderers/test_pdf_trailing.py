"""The space that ends a line leaves no gap in it, and moves no words into the margin."""

from __future__ import annotations

from itertools import pairwise

import pytest
from weasyprint.layout import inline as weasyprint_inline

from exporter.article import Article, Emphasis, Inline, Metadata, Paragraph, Span, Text
from exporter.pdfstructure import Fragment, read
from exporter.readers.languages import direction_of
from exporter.renderers.pdf.trailing import closed
from tests.extractors.pdfs import rendered

LONG = "w" * 50
"""A word that begins a line of its own."""


def first_line(language: str, *children: Inline) -> list[Fragment]:
    """The pieces of the first line of a paragraph, from left to right."""
    metadata = Metadata(title="A", slug="a", language=language, direction=direction_of(language))
    article = Article(metadata, (Paragraph(children),), "a.md")
    [block] = [block for block in read(rendered(article)).blocks if block.kind == "paragraph"]
    pieces = [piece for piece in block.pieces if isinstance(piece, Fragment)]
    on_it = [piece for piece in pieces if abs(piece.runs[0].baseline - pieces[0].runs[0].baseline) < 1]
    return sorted(on_it, key=lambda piece: piece.box.left)


@pytest.mark.parametrize(
    ("language", "children", "last"),
    [
        ("en", (Text("So"), Span((Text("שלום "), Emphasis((Text("עולם "),))), direction="rtl"), Text(LONG)), "םלוע"),
        ("he", (Text("שלום"), Span((Text("one "), Emphasis((Text("two "),))), direction="ltr"), Text("א" * 50)), "two"),
    ],
)
def test_words_that_run_against_a_line_stand_right_beside_it(
    language: str, children: tuple[Inline, ...], last: str
) -> None:
    line = first_line(language, *children)
    gaps = [right.box.left - left.box.right for left, right in pairwise(line)]
    assert last in [piece.text for piece in line]
    assert max(map(abs, gaps)) < 0.1


def test_a_line_that_ends_in_words_against_it_begins_where_others_do() -> None:
    passage = Span((Text("שלום "), Emphasis((Text("עולם "),))), direction="rtl")
    [alone] = first_line("en", Text("So"))
    assert first_line("en", Text("So"), passage, Text(LONG))[0].box.left == pytest.approx(alone.box.left, abs=0.1)


def test_the_seam_is_taken_out_again() -> None:
    before = weasyprint_inline.remove_last_whitespace
    with closed():
        assert weasyprint_inline.remove_last_whitespace is not before
    assert weasyprint_inline.remove_last_whitespace is before
