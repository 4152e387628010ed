"""The plain text of an article that holds others: its contents, and what stands between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.article import Article, Block
from exporter.edition import Edition
from exporter.renderers.text import TextRenderer
from exporter.verifier import verify
from exporter.walk import contents, contents_numbers
from tests.articles import article, paragraph
from tests.publications import ISSUE, MANY, context, section
from tests.sabotage.txt import swapped
from tests.strategies.publications import of_sections


def render(source: Article, **options: object) -> bytes:
    return TextRenderer().render(source, context(source, options=options))


def codes(source: Article, content: bytes) -> set[str]:
    return {each.code for each in verify(source, Edition("txt", "x", content)).discrepancies}


@pytest.mark.parametrize("options", [{}, {"width": 24}, {"flowed": True}])
@pytest.mark.parametrize("source", [ISSUE, MANY], ids=["issue", "many"])
def test_a_publication_is_verified(source: Article, options: dict[str, object]) -> None:
    assert codes(source, render(source, **options)) == set()


def test_contents_stand_below_the_header_with_their_numbers() -> None:
    lines = render(ISSUE).decode().split("\n")
    start = lines.index("# Contents")
    assert lines[start - 2 : start + 11] == [
        "",
        "",
        "# Contents",
        "",
        "  1. City",
        "    1.1. The council votes on the budget for the coming year, and on",
        "         everything in it somebody asked for",
        "    1.2. Water",
        "  2. World",
        "    2.1. الميزانية تمر",
        "    2.2. 予算が通る",
        "",
        "  " + "=" * 70,
    ]


def test_a_separator_stands_behind_the_contents_and_between_articles() -> None:
    text = render(ISSUE).decode()
    behind = [chunk.strip("\n").split("\n")[0] for chunk in text.split("  " + "=" * 70)[1:]]
    assert [each[:12] for each in behind] == ["Dear reader.", "## City", "### Water", "## World", "### 予算が通る"]


def test_the_first_of_articles_has_no_second_separator() -> None:
    assert render(MANY).decode().count("=" * 70) == 5


def test_lines_that_flow_have_short_separators() -> None:
    assert {line for line in render(ISSUE, flowed=True).decode().split("\n") if "==" in line} == {"   ==="}


def test_labels_are_in_the_language_of_the_article_they_stand_in() -> None:
    assert "     بقلم\u00a0عمر كاتب\n     نُشر في:\u00a0" in render(ISSUE).decode()


def test_an_article_with_one_section_of_its_own_has_no_contents() -> None:
    assert b"# Contents" not in render(article(section("One", paragraph("a"), level=2)))


VARIANTS: Final[Mapping[str, tuple[Callable[[bytes], bytes], str]]] = {
    "an entry with another title": (swapped("1.2. Water", "1.2. Wine"), "V003"),
    "an entry is missing": (swapped("    1.2. Water\n", ""), "V001"),
    "two entries change places": (
        swapped("  2. World\n    2.1. الميزانية تمر\n", "    2.1. الميزانية تمر\n  2. World\n"),
        "V004",
    ),
    "an entry more": (swapped("  2. World\n", "    1.3. Wine\n  2. World\n"), "V002"),
    "an entry of another depth": (swapped("    1.2. Water", "  2. Water"), "V007"),
    "an entry with another number": (swapped("    1.2. Water", "    1.3. Water"), "V007"),
    "an entry indented otherwise": (swapped("    1.2. Water", "  1.2. Water"), "V001"),
    "contents with another label": (swapped("# Contents", "# Advertisements"), "V002"),
    "a separator that is gone": (swapped("  " + "=" * 70 + "\n\nDear", "Dear"), "V001"),
    "a separator inside an article": (swapped("\n\nFirst", "\n\n  ====\n\nFirst"), "V001"),
    "contents behind the text": (swapped("# Notes\n", "# Contents\n\n  1. City\n\n  ===\n\n\n# Notes\n"), "V001"),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_a_broken_publication_is_told(name: str) -> None:
    variant, code = VARIANTS[name]
    assert code in codes(ISSUE, variant(render(ISSUE)))


def test_contents_that_are_missing_are_told() -> None:
    text = render(MANY).decode()
    start, end = text.index("# Contents"), text.index("## Story 1")
    assert codes(MANY, (text[:start] + text[end:]).encode()) == {"V001"}


@settings(suppress_health_check=list(HealthCheck))
@given(of_sections(), st.sampled_from([20, 72]), st.booleans())
def test_property_any_contents_are_read_back(blocks: tuple[Block, ...], width: int, flowed: bool) -> None:
    source = article(*blocks)
    assert codes(source, render(source, width=width, flowed=flowed)) == set()


@given(of_sections())
def test_property_no_two_sections_have_one_number(blocks: tuple[Block, ...]) -> None:
    source = article(*blocks)
    numbers = contents_numbers(source)
    assert len(set(numbers)) == len(numbers) == len(contents(source))
