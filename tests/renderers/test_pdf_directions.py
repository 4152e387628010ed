"""Words that run against their paragraph stand in the order they are read, whatever passages they are in."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import registry
from exporter.article import Article, Code, Emphasis, Inline, Link, Metadata, Paragraph, Span, Strong, Text
from exporter.bidi import levels, visual
from exporter.embedding import Embedding, is_seen
from exporter.isolates import Isolate
from exporter.pdfstructure import Fragment, Reading, read, references
from exporter.readers.languages import direction_of
from exporter.renderers.pdf.directions import arrange
from exporter.walk import inlines, plain
from tests.survival import context, survives

WORD, OTHER = "שלום", "עולם"


def proved(language: str, *children: Inline) -> Reading:
    """The pages of one paragraph, which must be proved."""
    metadata = Metadata(title="A", slug="a", language=language, direction=direction_of(language))
    article = Article(metadata, (Paragraph(children),), "a.md")
    assert survives(article, "pdf") == ()
    return read(registry.renderer("pdf").render(article, context(article, "pdf")))


def left_edges(language: str, *children: Inline) -> dict[str, float]:
    """Where each text of a paragraph, which must be proved, begins from the left."""
    return {piece.text.strip(): piece.box.left for piece in pieces(proved(language, *children))}


def pieces(reading: Reading) -> list[Fragment]:
    """What the paragraph draws, in the order it is read."""
    [block] = [block for block in reading.blocks if block.kind == "paragraph"]
    return [step.piece for step in block.steps if isinstance(step.piece, Fragment)]


def link(*children: Inline) -> Link:
    return Link(children, "https://example.org/")


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize(
    "text",
    [
        f"a \u202d{WORD}\u202c b",
        f"a \u202e{WORD} xyz\u202c b",
        f"a \u202dx {WORD}, 12 y\u202c {OTHER} b",
        f"\u202dxyz\u202c\u034f{WORD[0]}\u05b7",
    ],
)
def test_letters_that_an_override_sets_against_their_direction_are_drawn_so(language: str, text: str) -> None:
    proved(language, Text(text))


@pytest.mark.parametrize("passage", [Emphasis, Strong, lambda children: link(*children)])
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


def test_a_span_of_years_behind_arabic_in_bold_begins_at_the_right() -> None:
    found = left_edges("ar", Strong((Text("العربية"),)), Text(" 2020-2021"))
    assert found["2021"] < found["2020"]


def test_italics_that_end_in_the_other_direction_are_italics_on_both_sides() -> None:
    found = left_edges("en", Emphasis((Text(f"so {WORD}"),)), Text(f" {OTHER} now."))
    assert found["so"] < found[OTHER[::-1]] < found[WORD[::-1]] < found["now."]


def test_passages_with_a_direction_of_their_own_stay_in_the_order_of_their_paragraph() -> None:
    one, other = (Span((Text(word),), direction="rtl") for word in (WORD, OTHER))
    found = left_edges("en", Text("Words: "), one, Text(", "), other, Text("."))
    assert found[WORD[::-1]] < found[OTHER[::-1]]


def test_english_words_in_a_passage_set_right_to_left_stand_from_left_to_right() -> None:
    passage = Span((Text("one "), Emphasis((Text("two"),)), Text(" three")), direction="rtl")
    found = left_edges("en", Text("It says: "), passage, Text("."))
    assert found["one"] < found["two"] < found["three"]


def test_a_comma_between_english_words_in_arabic_is_right_of_the_first_where_a_line_ends_there() -> None:
    lines = [piece.text.strip() for piece in pieces(proved("ar", Text(f"قال {'words, ' * 60}words")))]
    assert len(lines) > 3
    assert {line[-1] for line in lines[1:-1]} == {","}


# --- Links, code and other languages ----------------------------------------------------------


@pytest.mark.parametrize(
    "children",
    [
        (link(Text(f"so {WORD}")), Text(f" {OTHER} now.")),
        (Text(f"Now {WORD} "), link(Text(f"{OTHER} so"))),
        (Text(f"Now {WORD} "), link(Text(f"{OTHER} and "), Emphasis((Text(f"so {WORD}"),))), Text(f" {OTHER}.")),
        (Text("Now "), link(Text("so "), Code(f"x {WORD}")), Text(f" {OTHER}.")),
        (Emphasis((Text(f"Now {WORD} "), link(Text(f"{OTHER} so")))),),
    ],
    ids=["begins before it", "ends behind it", "both", "with code in it", "in italics"],
)
def test_a_link_that_a_stretch_of_hebrew_cuts_in_parts_is_one_link(children: tuple[Inline, ...]) -> None:
    reading = proved("en", *children)
    [found] = [element for element in reading.document.elements if element.type == "Link"]
    assert len(references(found)) > 1
    assert {each.words for each in references(found)} == {plain(of_link(children))}


def test_a_passage_in_another_language_that_is_cut_is_told_once() -> None:
    reading = proved("en", Text("Now "), Span((Text(f"so {WORD}"),), "he"), Text(f" {OTHER} now."))
    [block] = [block for block in reading.blocks if block.kind == "paragraph"]
    assert block.attributes["foreign"].startswith("he so")
    assert "\n" not in block.attributes["foreign"]


def of_link(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """What the link in ``children`` says."""
    [found] = [each for each in inlines(children) if isinstance(each, Link)]
    return found.children


# --- Whatever the text ------------------------------------------------------------------------

_TEXTS = st.text("ab1٣ .(-,%שלבج\n\u200f\u061c\u2066\u2067\u2069", max_size=6)


@st.composite
def _passages(draw: st.DrawFn, depth: int = 0) -> ElementTree.Element:
    tag = draw(st.sampled_from(["em", "strong", "a", "code", "span", "img", "br"]))
    attributes = draw(st.sampled_from([{}, {}, {"dir": "rtl"}, {"dir": "ltr"}, {"lang": "he"}]))
    element = ElementTree.Element(tag, attributes if tag == "span" else {"alt": "x"} if tag == "img" else {})
    if tag not in ("img", "br"):
        element.text = draw(_TEXTS)
        element.extend(draw(st.lists(_passages(depth + 1), max_size=2)) if depth < 3 else [])
    element.tail = draw(_TEXTS)
    return element


@st.composite
def _paragraphs(draw: st.DrawFn) -> ElementTree.Element:
    page = ElementTree.Element("p", {"dir": draw(st.sampled_from(["ltr", "rtl"]))})
    page.text = draw(_TEXTS)
    page.extend(draw(st.lists(_passages(), max_size=4)))
    return page


def arranged(page: ElementTree.Element) -> ElementTree.Element:
    root = ElementTree.Element("div")
    root.append(deepcopy(page))
    arrange(root)
    return root


@given(_paragraphs())
def test_property_no_text_and_no_passage_is_lost(page: ElementTree.Element) -> None:
    before, after = (_contents(each) for each in (page, arranged(page)))
    assert before == after


def _contents(page: ElementTree.Element) -> tuple[str, list[str]]:
    """The text in ``page``, and the elements that are one, in whatever parts they are set."""
    parts = dict.fromkeys((each.get("data-part", f"{id(each)} ").split(" ")[0], each.tag) for each in page.iter())
    return "".join(page.itertext()).replace("\n", " "), [tag for _, tag in parts if tag in ("a", "code", "img", "br")]


@given(_paragraphs())
def test_property_characters_stand_in_the_order_of_their_levels(page: ElementTree.Element) -> None:
    text, isolates = _source(page)
    embedding = Embedding.of(text, page.get("dir") == "rtl", isolates)
    expected = [list(_in_order(embedding, line)) for line in _lines_of(text)]
    drawn = [[at for at in line if is_seen(text[at])] for line in _Drawn().lines(arranged(page), False)]
    assert drawn == [[at for at in line if is_seen(text[at])] for line in expected]


def _in_order(embedding: Embedding, line: range) -> Iterator[int]:
    """The places of a ``line`` from left to right, those of the signs around isolates left out."""
    if line:
        places = {embedding.places[at]: at for at in line}
        within = range(min(places), max(places) + 1)
        drawn = visual(within, embedding.levels[within.start : within.stop])
        yield from (places[place] for place in drawn if place in places)


def _lines_of(text: str) -> Iterator[range]:
    at = 0
    for line in text.split("\n"):
        yield range(at, at + len(line))
        at += len(line) + 1


def _source(page: ElementTree.Element) -> tuple[str, list[Isolate]]:
    """The text of ``page``, in which a line ends at each ``br``, and where passages have directions."""
    text, isolates = (page.text or "").replace("\n", " "), []
    for child in page:
        inside, within = {"br": ("\n", []), "img": ("\ufffc", [])}.get(child.tag) or _source(child)
        if "dir" in child.attrib:
            isolates.append(Isolate(len(text), len(text) + len(inside), child.get("dir") == "rtl"))
        isolates += [Isolate(start + len(text), end + len(text), turned) for start, end, turned in within]
        text += inside + (child.tail or "").replace("\n", " ")
    return text, isolates


class _Drawn:
    """Sets a page as WeasyPrint does: each text for itself, one after the other in the direction of its element."""

    def __init__(self) -> None:
        self._at = 0

    def lines(self, element: ElementTree.Element, right_to_left: bool) -> list[list[int]]:
        """The places of the characters in ``element`` from left to right, line by line."""
        turned = element.get("dir", "rtl" if right_to_left else "ltr") == "rtl"
        lines = [[self._text(element.text, turned)]]
        for child in element:
            first, *others = self._child(child, turned)
            lines[-1].append(first)
            lines += [[other] for other in others]
            lines[-1].append(self._text(child.tail, turned))
        return [[at for part in line[:: -1 if turned else 1] for at in part] for line in lines]

    def _child(self, child: ElementTree.Element, turned: bool) -> list[list[int]]:
        if child.tag not in ("br", "img"):
            return self.lines(child, turned)
        self._at += 1
        return [[self._at - 1]] if child.tag == "img" else [[], []]

    def _text(self, text: str | None, turned: bool) -> list[int]:
        places = range(self._at, self._at + len(text or ""))
        self._at = places.stop
        return visual(places, levels(text or "", turned)) if text else []
