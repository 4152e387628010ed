"""What can be copied of pages that run from right to left: letters that share a shape are told apart by their codes."""

from __future__ import annotations

import unicodedata

import pypdfium2
import pytest

from exporter.article import Article
from exporter.pdfstructure import Block, read
from exporter.pdfstructure.fonts import Font
from exporter.pdfstructure.readability import _tells_hyphens_apart
from exporter.renderers.pdf import PdfRenderer
from tests.articles import article, paragraph
from tests.renderers.test_pdf import CONTEXT

ARABIC = "بيت تبن ثبت نبت يبس فقق"
"""Letters that fonts draw as one shape with other dots."""
VOWELS = "بَ بُ تِ شَدَّة"


def written(text: str, language: str) -> Article:
    return article(paragraph(text), language=language, direction="rtl")


def blocks(text: str, language: str = "ar") -> tuple[Block, ...]:
    return read(PdfRenderer().render(written(text, language), CONTEXT)).blocks


def copied(block: Block) -> str:
    """The characters of a line as its codes have them, turned round: glyphs stand from left to right."""
    texts = [text or "" for fragment in block.fragments for run in fragment.runs for text in run.texts]
    return "".join(reversed(texts))


def paragraph_of(text: str, language: str = "ar") -> Block:
    return next(block for block in blocks(text, language) if block.kind == "paragraph")


@pytest.mark.parametrize(
    ("text", "language"),
    [(ARABIC, "ar"), ("گروه سه نفری پیامهای", "fa"), ("یہ خبر پڑھیے", "ur"), (VOWELS, "ar"), ("שלום (עולם)", "he")],
)
def test_letters_are_copied_as_they_are_written(text: str, language: str) -> None:
    turned = text.translate(str.maketrans("()", ")("))
    found = unicodedata.normalize("NFC", copied(paragraph_of(text, language)))
    assert found.split() == unicodedata.normalize("NFC", turned).split()


def test_a_glyph_that_stands_for_several_letters_is_drawn_under_as_many_codes() -> None:
    font = paragraph_of(ARABIC).fragments[0].runs[0].look.font
    glyphs = [font.gid(code) for code, text in font.characters.items() if text in tuple("بتثني")]
    assert len(set(glyphs)) < len(glyphs)


def test_a_mark_drawn_before_its_space_has_its_own_text_in_a_line_set_left_to_right() -> None:
    made = article(*(paragraph("\u200a\u0592word") for _ in range(2)))
    found = [block.fragments[0].runs[0] for block in read(PdfRenderer().render(made, CONTEXT)).blocks[1:3]]
    assert [run.texts for run in found] == [("\u0592", "\u200a")] * 2


def test_no_glyph_that_means_nothing_is_read_as_a_sign() -> None:
    """PDFium takes a code without text for a character: it has to be one nobody sees."""
    pages = pypdfium2.PdfDocument(PdfRenderer().render(written(ARABIC, "ar"), CONTEXT))
    found = set("".join(page.get_textpage().get_text_range() for page in pages))
    seen = {each for each in found if unicodedata.category(each) not in ("Mn", "Cf", "Cc", "Zs")}
    assert seen <= set(ARABIC + "A title" + "1")


def test_two_codes_of_one_glyph_do_not_tell_hyphens_apart() -> None:
    def font(gids: dict[int, int]) -> Font:
        return Font("F", True, {1: "-", 2: "\u2010"}, gids, None, {}, 0.0, None, 0.001)

    assert _tells_hyphens_apart(font({1: 5, 2: 6}))
    assert not _tells_hyphens_apart(font({1: 5, 2: 5}))
