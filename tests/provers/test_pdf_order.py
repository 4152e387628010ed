"""A page whose words stand in another order than they are read is not proved, each of them being what it should be."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from exporter import registry
from exporter.article import Article, Direction, Emphasis, Inline, Link, Metadata, Paragraph, Span, Strong, Text
from exporter.edition import Edition
from exporter.readers.languages import direction_of
from exporter.renderers.pdf import directions
from exporter.verifier import verify
from tests.survival import context

ARRANGE = directions.arrange
WORD, OTHER = "שלום", "עולם"

PARAGRAPHS: dict[str, tuple[str, tuple[Inline, ...]]] = {
    "Hebrew in English": ("en", (Text(f"He said {WORD} "), Emphasis((Text(OTHER),)), Text(" aloud."))),
    "English in Arabic": ("ar", (Text("قال New "), Emphasis((Text("York"),)), Text(" اليوم."))),
    "a link": ("en", (Text("So "), Link((Text(f"see {WORD}"),), "https://example.org/"), Text(f" {OTHER} now."))),
    "a number": ("en", (Text(f"{WORD} "), Strong((Text("1948"),)), Text(f" {OTHER}"))),
    "years": ("ar", (Strong((Text("العربية"),)), Text(" 2020-2021"))),
    "English that runs against its passage": (
        "en",
        (Text("It says: "), Span((Text("one "), Emphasis((Text("two"),))), direction="rtl"), Text(".")),
    ),
    "a comma where a line ends": ("ar", (Text(f"قال {'words, ' * 60}words"),)),
}


def codes(
    language: str,
    children: tuple[Inline, ...],
    meant: Direction | None = None,
    said: tuple[Inline, ...] | None = None,
) -> list[str]:
    """What is wrong with the pages of one paragraph; where another direction is ``meant``, they have that of theirs.

    And where other words should be ``said``, they have these.
    """
    metadata = Metadata(title="A", slug="a", language=language, direction=direction_of(language))
    both = ((children, None), (said or children, meant))
    drawn, article = (Article(metadata, (Paragraph(words, direction=way),), "a.md") for words, way in both)
    its = context(drawn, "pdf")
    edition = Edition("pdf", "a.pdf", registry.renderer("pdf").render(drawn, its))
    return [each.code for each in verify(article, edition, {}, its.fonts).discrepancies]


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_words_in_their_order_are_proved(name: str) -> None:
    assert codes(*PARAGRAPHS[name]) == []


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_words_in_the_order_of_their_paragraph_are_not(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # WeasyPrint sets passages so, if nothing puts them together.
    monkeypatch.setattr(directions, "arrange", lambda root: None)
    assert "P011" in codes(*PARAGRAPHS[name])


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [("en", f"{WORD} {OTHER}.", "rtl"), ("ar", "Hello there.", "ltr"), ("he", f"{WORD} and {OTHER}", "ltr")],
)
def test_a_text_set_against_its_own_direction_is_not(language: str, text: str, meant: Direction) -> None:
    # Its full stop stands at the other end, or its first word.
    assert codes(language, (Text(text),), meant) == ["P011"]


_TURNED = (Emphasis((Text(WORD),)), Strong((Text(OTHER),)))


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ((*_TURNED, Text(" "), Emphasis((Text("b"),))), (*_TURNED, Emphasis((Text("b"),)))),
        ((*_TURNED, Emphasis((Text("b"),))), (*_TURNED, Text(" "), Emphasis((Text("b"),)))),
        ((Strong((Text("a"),)), Text(" "), *_TURNED), (Strong((Text("a"),)), *_TURNED)),
        ((Strong((Text("a"),)), *_TURNED), (Strong((Text("a"),)), Text(" "), *_TURNED)),
    ],
)
def test_a_space_beside_words_that_run_against_their_line_is_no_more_and_no_less(
    drawn: tuple[Inline, ...], said: tuple[Inline, ...]
) -> None:
    assert codes("en", drawn) == []
    assert codes("en", drawn, said=said) == ["P011"]


_XYZ, _BEH = Emphasis((Text("xyz"),)), Text("ب")
_LINK = Link((_BEH,), "https://example.org/")


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ((Text("abc"),), (_XYZ, _LINK, _XYZ)),
        ((Strong((Text(OTHER),)), Text(" "), Text("abc")), (_XYZ,)),
        ((Text(OTHER), Text(" "), Span((Text("7"),), direction="ltr"), _XYZ), (Text(WORD),)),
        ((Strong((Text(WORD),)), _LINK, Text(" "), Span((Text("12"),), direction="ltr")), (_BEH,)),
        ((_BEH, Text(" "), Strong((Text("7"),)), Text(" "), _LINK), (Text("12"),)),
    ],
)
def test_a_space_drawn_between_words_is_none_from_around_their_text(
    language: str, before: tuple[Inline, ...], behind: tuple[Inline, ...]
) -> None:
    # Nor is it one that is drawn before or behind these words as well.
    apart = (*before, Text(" "), *behind)
    assert codes(language, apart) == []
    assert codes(language, apart, said=(*before, *behind)) == ["P011"]


def test_passages_with_a_direction_of_their_own_are_not_proved_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (Span((Text(word),), direction="rtl") for word in (WORD, OTHER))
    children = (Text("Words: "), one, Text(", "), other, Text("."))
    assert codes("en", children) == []
    monkeypatch.setattr(directions, "arrange", _without_directions)
    assert codes("en", children) == ["P011"]


def _without_directions(root: Element) -> None:
    """Arrange the page as if its article gave no passage a direction."""
    for span in root.iter("span"):
        span.attrib.pop("dir", None)
    ARRANGE(root)
