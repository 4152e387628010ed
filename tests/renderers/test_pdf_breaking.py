"""Lines end between words wherever they can, and no word runs off the page."""

from __future__ import annotations

from typing import Literal

import pytest
from weasyprint.layout import inline as weasyprint_inline

from exporter import registry
from exporter.article import Article, Emphasis, Link, Metadata, Paragraph, Strong, Text
from exporter.edition import Edition
from exporter.pdfstructure import read
from exporter.renderers.pdf.breaking import between_words
from exporter.verifier import verify
from tests.survival import context, survives

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def lines(*children: Text | Link | Strong | Emphasis) -> list[str]:
    """The lines of a paragraph, which must be proved."""
    article = Article(Metadata(title="A", slug="a", language="en", direction="ltr"), (Paragraph(children),), "a.md")
    its = context(article, "pdf")
    content = registry.renderer("pdf").render(article, its)
    assert verify(article, Edition("pdf", "a", content), {}, its.fonts).discrepancies == ()
    [text] = [block.text for block in read(content).blocks if block.kind == "paragraph"]
    return text.split("\n")


@pytest.mark.parametrize("before", range(33, 41))
def test_a_word_in_a_link_goes_to_the_next_line_as_a_whole(before: int) -> None:
    words = (Text("x " * before), Strong((Text("unbreakables"),)))
    assert "unbreakables" in lines(Link(words, "https://example.org/"))[-1]


def test_a_word_too_long_for_a_line_right_behind_other_letters_is_torn_and_not_lost() -> None:
    assert (
        "".join(lines(Text("and/or "), Emphasis((Text("pre"),)), Strong((Text(LONG * 2),))))
        .replace("\u2010", "")
        .endswith(LONG)
    )


@pytest.mark.parametrize("before", range(30, 42))
def test_no_line_ends_inside_a_word_at_a_mark_of_direction(before: int) -> None:
    words = (Text("x " * before + "\u202da unbreak\u202c"), Strong((Text("ables"),)))
    assert "unbreakables" in "\n".join(lines(*words)).replace("\u202c", "")


@pytest.mark.parametrize("before", range(40, 52))
def test_a_line_may_end_before_a_selector_that_begins_a_passage(before: int) -> None:
    words = (Text("7" * before + " "), Strong((Text("\ufe0f3141592653589"),)))
    assert "3141592653589" in "\n".join(lines(*words))


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("sign", ["\ufe0f", "\u200c", "\u200c\u200c", "\u180b", "\u061c"], ids=ascii)
def test_a_line_may_begin_with_what_leaves_no_ink_in_any_script(sign: str, direction: Literal["ltr", "rtl"]) -> None:
    words = ["word", "שלום", "السلام", "ဖြစ်သည်", "មនុស្ស", "हिन्दी", "ᠮᠣᠩᠭᠣᠯ", "བོད", "සිංහල", "인간은", "ગુજ"]
    texts = ("".join(f" {sign}{word}{'abcdefgh'[n % 8] * (n % 5)}" for n in range(40)) for word in words)
    metadata = Metadata(title="A", slug="a", language="en", direction=direction)
    made = Article(metadata, tuple(Paragraph((Text(f"{at}{text}"),)) for at, text in enumerate(texts)), "a.md")
    assert survives(made, "pdf") == ()


def test_the_seam_is_taken_out_again() -> None:
    names = ("split_inline_box", "split_inline_level", "split_first_line")
    before = [getattr(weasyprint_inline, name) for name in names]
    with between_words():
        assert weasyprint_inline.split_inline_box is not before[0]
    assert [getattr(weasyprint_inline, name) for name in names] == before
