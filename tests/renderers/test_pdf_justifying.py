"""Justified lines are as wide as their column, whatever scripts stand in them."""

from __future__ import annotations

from itertools import groupby

import pytest
from weasyprint.layout import inline as weasyprint_inline

from exporter.pdfstructure import Fragment, read
from exporter.renderers.pdf.justifying import measured
from tests.articles import article, paragraph
from tests.extractors.pdfs import rendered

WORDS = {
    "Hindi": "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता",
    "Korean": "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에",
    "Arabic": "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق",
    "English": "All human beings are born free and equal in dignity",
}


@pytest.mark.parametrize("script", WORDS)
def test_lines_of_chinese_with_words_of_another_script_end_at_one_edge(script: str) -> None:
    text = f"校对员逐字比较原稿与清样，{WORDS[script]}，标点、数字和人名都不放过；" * 4
    source = article(paragraph(text), language="zh-Hans")
    pieces = [
        piece
        for block in read(rendered(source)).blocks
        if block.kind == "paragraph"
        for piece in block.pieces
        if isinstance(piece, Fragment)
    ]
    lines = [list(line) for _, line in groupby(pieces, key=lambda piece: round(piece.runs[0].baseline))]
    edges = [max(piece.box.right for piece in line) for line in lines if any(" " in piece.text for piece in line)][:-1]
    assert len(edges) > 2
    assert len({round(edge) for edge in edges}) == 1


def test_the_seam_is_taken_out_again() -> None:
    before = weasyprint_inline.add_word_spacing
    with measured():
        assert weasyprint_inline.add_word_spacing is not before
    assert weasyprint_inline.add_word_spacing is before
