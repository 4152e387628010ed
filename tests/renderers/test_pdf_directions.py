"""Words that run against their paragraph stand in the order they are read, whatever passages they are in."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import registry
from exporter.article import Article, Emphasis, Inline, Link, Metadata, Paragraph, Span, Strong, Text
from exporter.pdfstructure import Fragment, read
from exporter.readers.languages import direction_of
from exporter.renderers.pdf.directions import arrange
from tests.survival import context, survives

WORD, OTHER = "שלום", "עולם"


def left_edges(language: str, *children: Inline) -> dict[str, float]:
    """Where each text of a paragraph, which must be proved, begins from the left."""
    metadata = Metadata(title="A", slug="a", language=language, direction=direction_of(language))
    article = Article(metadata, (Paragraph(children),), "a.md")
    assert survives(article, "pdf") == ()
    content = registry.renderer("pdf").render(article, context(article, "pdf"))
    [block] = [block for block in read(content).blocks if block.kind == "paragraph"]
    pieces = [step.piece for step in block.steps if isinstance(step.piece, Fragment)]
    return {piece.text.strip(): piece.box.left for piece in pieces}


@pytest.mark.parametrize("passage", [Emphasis, Strong, lambda children: Link(children, "https://example.org/")])
def test_the_second_word_of_hebrew_in_english_stands_left_of_the_first(passage: type[Emphasis]) -> None:
    # The fonts' maps give Hebrew from left to right.
    found = left_edges("en", Text(f"He said {WORD} "), passage((Text(OTHER),)), Text(" aloud."))
    assert found["He said"] < found[OTHER[::-1]] < found[WORD[::-1]] < found["aloud."]


def test_the_second_word_of_english_in_arabic_stands_right_of_the_first() -> None:
    found = left_edges("ar", Text("قال New "), Emphasis((Text("York"),)), Text(" اليوم."))
    assert found["New"] < found["York"]


def test_a_number_among_words_of_hebrew_stands_between_them() -> None:
    found = left_edges("en", Text(f"See {WORD} "), Strong((Text("1948"),)), Text(f" {OTHER} now."))
    assert found["See"] < found[OTHER[::-1]] < found["1948"] < found[WORD[::-1]] < found["now."]


def test_italics_that_end_in_the_other_direction_are_italics_on_both_sides() -> None:
    found = left_edges("en", Emphasis((Text(f"so {WORD}"),)), Text(f" {OTHER} now."))
    assert found["so"] < found[OTHER[::-1]] < found[WORD[::-1]] < found["now."]


def test_passages_with_a_direction_of_their_own_stay_in_the_order_of_their_paragraph() -> None:
    one, other = (Span((Text(word),), direction="rtl") for word in (WORD, OTHER))
    found = left_edges("en", Text("Words: "), one, Text(", "), other, Text("."))
    assert found[WORD[::-1]] < found[OTHER[::-1]]


def test_a_link_is_not_cut_in_two() -> None:
    page = ElementTree.fromstring(f'<p><a href="x">so {WORD}</a> {OTHER}</p>')
    written = ElementTree.tostring(page)
    arrange(page)
    assert ElementTree.tostring(page) == written


def test_words_before_a_link_that_is_not_cut_keep_their_order() -> None:
    page = ElementTree.fromstring(f'<p>x {WORD} <em>{OTHER}</em> <a href="y">{WORD} so</a></p>')
    arrange(page)
    [stretch] = page.iterfind("span[@dir='rtl']")
    assert ("".join(stretch.itertext()).strip(), stretch.find("a")) == (f"{WORD} {OTHER}", None)


_TEXTS = st.text("ab1٣ .(-שלב\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2067\u2069", max_size=6)


@st.composite
def _passages(draw: st.DrawFn, depth: int = 0) -> ElementTree.Element:
    tag = draw(st.sampled_from(["em", "strong", "a", "code", "span", "img", "br"]))
    element = ElementTree.Element(tag, draw(st.sampled_from([{}, {"dir": "rtl"}, {"dir": "ltr"}, {"lang": "he"}])))
    if tag not in ("img", "br"):
        element.text = draw(_TEXTS)
        element.extend(draw(st.lists(_passages(depth + 1), max_size=2)) if depth < 3 else [])
    element.tail = draw(_TEXTS)
    return element


@given(_TEXTS, st.lists(_passages(), max_size=4), st.sampled_from(["ltr", "rtl"]))
def test_property_no_text_and_no_passage_is_lost(text: str, passages: list[ElementTree.Element], way: str) -> None:
    page = ElementTree.Element("p", {"dir": way})
    page.text = text
    page.extend(passages)
    before = "".join(page.itertext()), [each.tag for each in page.iter() if each.tag in ("a", "code", "img", "br")]
    arrange(page)
    assert before == ("".join(page.itertext()), [e.tag for e in page.iter() if e.tag in ("a", "code", "img", "br")])
