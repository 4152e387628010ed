"""Plain text whose lines flow (RFC 3676), as a mail client shows it and as it is read back."""

from __future__ import annotations

import pytest
from hypothesis import given

from exporter import labels, templating
from exporter.article import Article, CodeBlock, Table
from exporter.edition import Edition, RenderContext
from exporter.errors import ExtractionError
from exporter.extractors.text import TextExtractor
from exporter.renderers.text import TextRenderer
from exporter.verifier import verify
from exporter.walk import pictures
from tests.articles import EVERYTHING, article, cells, paragraph
from tests.strategies.articles import articles
from tests.test_conformance import SQUARE

ENGLISH = labels.load("en", templating.search_path())


def flowed(made: Article) -> str:
    return TextRenderer().render(made, RenderContext(labels=ENGLISH, options={"flowed": True})).decode("utf-8")


def shown(text: str) -> list[str]:
    """The lines a mail client makes of ``text`` but for the last end, by RFC 3676, 4.2 to 4.4, with DelSp=yes."""
    paragraphs = [""]
    for line in text.split("\n"):
        unstuffed = line[1:] if line.startswith(" ") else line
        if unstuffed.endswith(" "):
            paragraphs[-1] += unstuffed[:-1]
        else:
            paragraphs[-1] += unstuffed
            paragraphs.append("")
    return paragraphs[:-2]


def test_a_client_shows_a_paragraph_as_one_line() -> None:
    words = "some words of a text " * 20 + "end"
    assert words in shown(flowed(article(paragraph(words))))


def test_a_client_shows_chinese_without_spaces_between_its_lines() -> None:
    words = "文字" * 60
    assert words in shown(flowed(article(paragraph(words))))


def test_lines_are_short_all_the_same() -> None:
    text = flowed(article(paragraph("some words of a text " * 20 + "end")))
    assert max(map(len, text.split("\n"))) <= 72


@pytest.mark.parametrize("beginning", ["From here", ">> begins", "> begins"])
def test_what_mail_would_take_for_something_else_is_stuffed(beginning: str) -> None:
    text = flowed(article(paragraph(f"{beginning} and goes on.")))
    assert f"\n {beginning} and goes on.\n" in text


def test_the_first_line_tells_that_the_text_flows() -> None:
    assert flowed(article(paragraph("Words."))).startswith("# A title \n\n")


def test_spaces_at_the_end_of_a_line_of_code_are_kept() -> None:
    text = flowed(article(CodeBlock("one  \ntwo")))
    assert shown(text)[-4:] == ["  ```", "  one  ", "  two", "  ```"]


def test_a_table_is_listed_since_no_column_stands_in_a_proportional_font() -> None:
    table = Table((cells("Name", "Place", header=True),), (cells("Peru", "Lima"),), (None, None))
    listed = ["  +=", "  | Name", "  | Place", "  +", "  | Name: Peru", "  | Place: Lima"]
    assert shown(flowed(article(table)))[-6:] == listed


def discrepancies(made: Article) -> list[str]:
    context = RenderContext(
        labels=labels.load(made.metadata.language, templating.search_path()), options={"flowed": True}
    )
    content = TextRenderer().render(made, context)
    digests = {image.source: SQUARE.digest for image in pictures(made)}
    return [str(found) for found in verify(made, Edition("txt", "any", content), digests).discrepancies]


def test_an_article_with_everything_is_read_back() -> None:
    assert discrepancies(EVERYTHING) == []


@given(articles())
def test_any_article_is_read_back(made: Article) -> None:
    assert discrepancies(made) == []


def test_a_text_that_is_cut_off_within_a_paragraph_is_refused() -> None:
    text = flowed(article(paragraph("some words of a text " * 20)))
    cut = text[: text.rindex(" \n") + 2]
    with pytest.raises(ExtractionError, match="cut off"):
        TextExtractor().extract(cut.encode())
