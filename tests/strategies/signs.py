"""Articles of few letters among many signs: spaces, marks and what leaves no ink meet in every order.

In texts as people write them such signs are seldom side by side, so that what goes wrong there hardly ever shows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

from exporter.article import (
    Article,
    Block,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListItem,
    Metadata,
    Note,
    Paragraph,
    Row,
    Span,
    Strong,
    Table,
    Text,
)
from exporter.readers.languages import direction_of

Draw = st.DrawFn

_LETTERS: Final = "a1.Ω字가か한שبܐߊकকඩกကཀაᠠꯀ😀"
_MARKS: Final = "\u0301\u0327\u1dc4\u20dd\u05b8\u064e\u0730\u093f\u094d\u0abf\u0d4d\u0e34\u102d\u1037\u0f72\u3099"
_SPACES: Final = " \u00a0\u2002\u2003\u2009\u200a\u202f\u205f\u3000"
_INKLESS: Final = (
    "\u00ad\u034f\u061c\u115f\u17b5\u180b\u200b\u200c\u200d\u200e\u200f\u2060\u3164\ufe0e\ufe0f\ufeff\uffa0\U000e0100"
)
_SIGNS = st.one_of(*(st.sampled_from(each) for each in (_LETTERS, _MARKS, _SPACES, _INKLESS)))
_TEXTS = st.builds("".join, st.lists(_SIGNS, min_size=1, max_size=3))
_LANGUAGES = st.sampled_from(("en", "ar", "el", "he", "hi", "ja", "ko"))
_RUNS: st.SearchStrategy[Inline] = st.one_of(
    st.builds(Text, _TEXTS),
    st.builds(lambda text: Emphasis((Text(text),)), _TEXTS),
    st.builds(lambda text: Strong((Text(text),)), _TEXTS),
    st.builds(
        lambda text, language: Span((Text(text),), language=language, direction=direction_of(language)),
        _TEXTS,
        _LANGUAGES,
    ),
    st.builds(lambda text: Link((Text(f"{text}a"),), "https://x.test/"), _TEXTS),
)
_WORDS: Final = ("quick", "brown", "fox", "jumps", "over", "lazy", "dogs", "while", "five", "boxing", "wizards")


@st.composite
def signs(draw: Draw) -> Article:
    """An article of short blocks, each a few letters and signs in a passage or some."""
    language = draw(_LANGUAGES)
    metadata = Metadata(title="A", slug="a", language=language, direction=direction_of(language))
    return Article(metadata, tuple(_block(draw, number) for number in range(draw(st.integers(1, len(_WORDS))))))


def _block(draw: Draw, number: int) -> Block:
    """One with a word of its own: without, nobody could tell it from the next."""
    text = draw(st.lists(_RUNS, min_size=1, max_size=4).map(tuple))
    ink, word = draw(st.integers(0, len(text))), _WORDS[number]
    text = (*text[:ink], Text(word), *text[ink:])
    makers: tuple[Callable[[], Block], ...] = (
        lambda: Paragraph(text),
        lambda: Heading(text, 2),
        lambda: BulletList((ListItem((Paragraph(text),)),)),
        lambda: Paragraph((*text, Note((Paragraph(text),), f"note-{number}"), *text)),
        lambda: CodeBlock(f"{draw(_TEXTS)}{word}\n{draw(_TEXTS)}"),
        lambda: Table((), (Row((Cell(text, True), Cell(text))),), (None, None), text),
        lambda: DefinitionList((DefinitionItem((text,), ((Paragraph(text),),)),)),
    )
    return makers[draw(st.integers(0, len(makers) - 1))]()
