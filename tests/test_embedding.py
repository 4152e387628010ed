"""In which order a text is drawn whose passages have directions of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.article import Code, Emphasis, HardBreak, Image, Inline, Link, Paragraph, Ruby, Span, Text
from exporter.bidi import visual
from exporter.embedding import Embedding
from exporter.isolates import isolates, line_ends, ornaments
from exporter.text import said
from exporter.walk import inlines, plain
from tests.articles import article


def drawn(children: tuple[Inline, ...], right_to_left: bool = False) -> str:
    """The letters of ``children`` from left to right."""
    text = plain(children)
    embedding = Embedding.of(text, right_to_left, isolates(children))
    letters = dict(zip(embedding.places, text, strict=True))
    order = visual(range(len(embedding.levels)), embedding.levels)
    return "".join(letters[at] for at in order if at in letters)


def test_passages_with_directions_of_their_own_keep_the_order_of_the_text_around_them() -> None:
    one, other = (Span((Text(word),), direction="rtl") for word in ("אב", "גד"))
    assert drawn((one, Text(", "), other)) == "בא, דג"
    assert drawn((Text("אב, גד"),)) == "דג ,בא"


def test_a_number_in_one_passage_does_not_go_on_in_the_direction_of_the_one_before() -> None:
    # FriBidi 1.0.8 has it do so, where both are in one text.
    one, other = (Span((Text(text),), direction="ltr") for text in ("א", "1א"))
    assert drawn((one, other)) == "א1א"


def test_a_passage_inside_of_another_has_its_own_direction() -> None:
    inner = Span((Text("one, two"),), direction="ltr")
    assert drawn((Text("a "), Span((Text("א ("), inner, Text(")")), direction="rtl"))) == "a )one, two( א"


def test_what_stands_at_the_end_of_a_passage_is_in_it() -> None:
    assert drawn((Span((Text("one!"),), direction="rtl"),)) == "!one"


@pytest.mark.parametrize(
    ("children", "places"),
    [
        ((Text("a "), Span((Text(" b"),), direction="rtl")), [(2, 3)]),
        ((Text(" a  "), Span((Text("b "),), direction="rtl"), Text(" c")), [(2, 4)]),
        ((Emphasis((Text("a"), Span((Link((Text("b"),), "c"),), direction="ltr"))), Text("d")), [(1, 2)]),
        ((Span((Text("  "),), direction="rtl"), Text("a")), [(0, 0)]),
        ((Text("a"), Span((Ruby("b", "c"), Code("d"), HardBreak(), Text("e")), direction="rtl")), [(1, 8)]),
        ((Text("a"), Span((Text("b"),), language="he")), []),
    ],
)
def test_places_are_those_of_the_text_without_its_white_space(
    children: tuple[Inline, ...], places: list[tuple[int, int]]
) -> None:
    assert [(start, end) for start, end, _ in isolates(children)] == places


def test_the_ends_of_lines_are_spaces_of_the_text() -> None:
    children = (Text(" a "), HardBreak(), Text(" b"), HardBreak(), Emphasis((Text("c"), HardBreak())))
    assert plain(children) == "a b c"
    assert line_ends(children) == (1, 3, 5)


def test_decorative_pictures_stand_between_characters_of_the_text() -> None:
    plain_picture, told = Image("a.png", ""), Image("a.png", "A tree")
    children = (plain_picture, Text(" a"), Emphasis((plain_picture, Text("b"), told)), Text("  "), plain_picture)
    assert plain(children) == "ab\ufffc"
    assert ornaments(children) == (0, 1, 3)


def test_an_article_says_where_its_directions_and_lines_begin() -> None:
    turned = Span((Text("b"),), direction="rtl")
    [_, one] = said(article(Paragraph((Text("a "), turned, HardBreak(), Text("c")))))
    assert (one.isolates, one.line_ends) == (((2, 3, True),), (3,))


_INLINES = st.recursive(
    st.builds(Text, st.text("ab \n", max_size=4)) | st.just(HardBreak()) | st.builds(Code, st.text("ab ", max_size=3)),
    lambda inner: st.builds(
        lambda children, way: Span(tuple(children), direction=way),
        st.lists(inner, max_size=3),
        st.sampled_from(["rtl", "ltr", None]),
    ),
    max_leaves=8,
)


@given(st.lists(_INLINES, max_size=4).map(tuple))
def test_property_a_place_holds_the_words_of_its_passage(children: tuple[Inline, ...]) -> None:
    text = plain(children)
    spans = [each for each in inlines(children) if isinstance(each, Span) and each.direction]
    for span, (start, end, _) in zip(spans, isolates(children), strict=True):
        assert text[start:end].strip() == plain(span.children)
    assert all(text[end : end + 1] in (" ", "") for end in line_ends(children))


@given(st.text("ab1٣ .(-,%שלבج\u200f", max_size=12), st.booleans())
def test_property_a_text_without_passages_has_its_own_order(text: str, right_to_left: bool) -> None:
    embedding = Embedding.of(text, right_to_left)
    assert not text or embedding.is_order_of(text, 0, right_to_left)
