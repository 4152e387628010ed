"""HTML editions read back, whole and spoilt."""

from __future__ import annotations

import base64

import pytest

from exporter.article import Article
from exporter.errors import ExtractionError
from exporter.extractors.html import HtmlExtractor
from exporter.renderers.html import HtmlRenderer
from exporter.text import FURNITURE
from tests.articles import EVERYTHING
from tests.extractors.xhtml_cases import (
    ARTICLES,
    BLUE,
    EDGES,
    MUTANTS,
    RED,
    codes,
    context,
    differences,
    replaced,
)


def rendered(edition: Article) -> str:
    """The HTML edition as text."""
    return HtmlRenderer().render(edition, context(edition)).decode("utf-8")


def spoilt(old: str, new: str, edition: Article = EVERYTHING) -> set[str]:
    """Codes found when ``old`` becomes ``new``."""
    return codes(edition, replaced(rendered(edition), old, new).encode(), HtmlExtractor())


@pytest.mark.parametrize("edition", ARTICLES.values(), ids=ARTICLES.keys())
def test_the_page_says_what_the_article_says(edition: Article) -> None:
    assert differences(edition, rendered(edition).encode(), HtmlExtractor()) == []


@pytest.mark.parametrize(("old", "new", "code"), MUTANTS.values(), ids=MUTANTS.keys())
def test_it_is_noticed_when(old: str, new: str, code: str) -> None:
    assert code in spoilt(old, new)


def test_a_lost_alternative_text_is_noticed() -> None:
    assert spoilt('alt="Red"', 'alt="Rot"', EDGES) == {"V006"}


def test_another_picture_is_noticed() -> None:
    red, blue = (base64.b64encode(picture.content).decode() for picture in (RED, BLUE))
    assert spoilt(f'{red}" alt="Red"', f'{blue}" alt="Red"', EDGES) == {"V009"}


def test_a_picture_from_elsewhere_is_noticed() -> None:
    red = base64.b64encode(RED.content).decode()
    assert spoilt(f'data:image/png;base64,{red}" alt="Red"', 'https://e.org/red.png" alt="Red"', EDGES) == {"V009"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('content="Bo Li"', 'content="Bo Lee"'),
        ("<title>Everything", "<title>Anything"),
        ('content="CC BY 4.0"', 'content="CC0"'),
        ('content="tests"', 'content="texts"'),
        ('content="2026-10-07"', 'content="2026-10-08"'),
        ('content="urn:uuid:', 'content="urn:oid:'),
        ('<meta name="description" content="Each construct once."/>', ""),
    ],
)
def test_other_metadata_are_noticed(old: str, new: str) -> None:
    assert spoilt(old, new) == {"V010"}


def test_a_page_in_another_language_is_noticed() -> None:
    assert spoilt('<html lang="en"', '<html lang="de"') == {"V010", "V011"}


def test_generated_words_are_furniture() -> None:
    entries = HtmlExtractor().extract(rendered(EVERYTHING).encode()).entries
    found = [entry.text for entry in entries if entry.kind == FURNITURE]
    shown = ["By", ",", "Published", "Updated", "\u2611", "\u2610", "Notes", "\u21a9\ufe0e", "\u21a9\ufe0e"]
    assert found == [*shown, EVERYTHING.metadata.title, "Back to the text (1)", "Back to the text (2)"]


def test_a_page_is_read_as_browsers_read_it() -> None:
    head = b"<html lang=en><meta charset=utf-8><title>T</title>"
    page = head + b"<body><h1>T</h1><p>one<p>two<ul><li>three<li>four</ul><pre>\n code</pre>"
    entries = HtmlExtractor().extract(page).entries
    said = [entry.text for entry in entries if entry.kind != FURNITURE]
    assert said == ["T", "one", "two", "three", "four", " code"]


@pytest.mark.parametrize("content", [b"", b"plain text", b"<html>\xff\xfe"])
def test_what_is_no_page_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractionError):
        HtmlExtractor().extract(content)
