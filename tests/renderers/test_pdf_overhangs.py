"""A mark that its font draws as wide as a letter is not printed over the text of another passage."""

from __future__ import annotations

import pytest
from weasyprint.layout import inline as weasyprint_inline

from exporter.article import Link, Paragraph, Text
from exporter.pdfstructure import read
from exporter.renderers.pdf.overhangs import cleared
from tests.articles import article
from tests.extractors.pdfs import findings, rendered

DRAWN_WIDE = "උූ"
"""A letter with a sign that its font draws with others alone: it stands behind this one, 0.7 em wide."""
DRAWN_ABOVE = "කි"


def beside(word: str) -> float:
    """How far, in points, a link stands behind the letter that ``word`` begins with."""
    made = article(Paragraph((Text(word), Link((Text("link"),), "https://example.org/"))))
    content = rendered(made)
    assert findings(made, content) == ()
    first, second = next(block.fragments for block in read(content).blocks if block.kind == "paragraph")
    return second.box.left - first.runs[0].ends[0]


@pytest.mark.parametrize(("word", "room"), [(DRAWN_WIDE, 7), (DRAWN_ABOVE, 0)])
def test_a_link_stands_behind_the_mark_before_it(word: str, room: float) -> None:
    assert beside(word) == pytest.approx(room, abs=1)


def test_the_seam_is_taken_out_again() -> None:
    before = weasyprint_inline.split_text_box
    with cleared():
        assert weasyprint_inline.split_text_box is not before
    assert weasyprint_inline.split_text_box is before
