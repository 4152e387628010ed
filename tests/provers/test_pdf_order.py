"""A page whose words stand in another order than they are read is not proved, each of them being what it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

import pytest

from exporter import registry
from exporter.article import Article, Direction, Emphasis, Inline, Link, Metadata, Paragraph, Span, Strong, Text
from exporter.edition import Edition
from exporter.readers.languages import direction_of
from exporter.renderers.pdf import directions
from exporter.verifier import verify
from tests.extractors.pdfs import redrawn
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


def test_a_space_missing_before_words_that_end_in_a_drawn_one_is_told() -> None:
    words = Span((Strong((Text(WORD),)), Emphasis((Text(OTHER),)), Text("בג\u00a0")), direction="rtl")
    assert codes("en", (Strong((Text("eng"),)), words), said=(Strong((Text("eng"),)), Text(" "), words)) == ["P011"]


def redrawn_codes(children: tuple[Inline, ...], change: Callable[[bytes], bytes]) -> list[str]:
    """What is wrong with the page of an English paragraph whose content is changed; it is proved as it is."""
    article = Article(Metadata(title="A", slug="a"), (Paragraph(children),), "a.md")
    its = context(article, "pdf")
    content = registry.renderer("pdf").render(article, its)
    found = [
        verify(article, Edition("pdf", "a.pdf", each), {}, its.fonts) for each in (content, redrawn(content, change))
    ]
    assert found[0].discrepancies == ()
    return [each.code for each in found[1].discrepancies]


def moved(content: bytes, to: Mapping[int, float]) -> bytes:
    """The drawn fragments with these numbers at these places, in CSS pixels from the left."""
    for number, left in sorted(to.items(), reverse=True):
        place = list(re.finditer(rb"1 0 0 -1 (\S+) \S+ Tm", content))[number]
        content = content[: place.start(1)] + b"%f" % left + content[place.end(1) :]
    return content


def test_words_moved_to_the_far_end_of_their_line_are_not_in_another_column() -> None:
    children = (Strong((Text("Bob"),)), Text(f" shot Alice of {WORD}"))
    assert "P011" in redrawn_codes(children, lambda content: moved(content, {1: 400, 2: 166, 3: 290}))


def test_a_word_moved_into_a_widened_space_of_another_text_is_printed_over_it() -> None:
    before = "This man really is "
    children = (Text(f"{before}guilty, "), Strong((Text("not"),)), Text(f" that {WORD}."))

    def widened(content: bytes) -> bytes:
        [start] = [found.start() for found in re.finditer(rb"\[<[^]]*\] TJ", content)][1:2]
        codes = list(re.finditer(rb"[0-9a-f]{4}", content[start:]))
        at = start + codes[len(before)].start()
        return moved(content[:at] + b">-2500<" + content[at:], {2: 298, 3: 370})

    assert "P004" in redrawn_codes(children, widened)


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
