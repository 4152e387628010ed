"""Every attribute that makes a page show something else is found, in EPUB and in HTML."""

from __future__ import annotations

import pytest

from exporter.building import production
from exporter.edition import Edition
from tests.sabotage import epub, txt
from tests.sabotage.markup import HTML, PAGES
from tests.sabotage.trial import article, plan, sound


def codes(content: bytes, format_: str) -> set[str]:
    edition = Edition(format_, "edition", content)
    return {each.code for each in production.inspect(article(), edition, plan()).discrepancies}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_book_that_shows_something_else_is_found(name: str) -> None:
    page = epub.files(sound("epub"))[epub.PAGE]
    assert codes(epub.with_file(epub.PAGE, txt.swapped(*PAGES[name])(page), sound("epub")), "epub")


@pytest.mark.parametrize("name", [*PAGES, *HTML])
def test_a_page_that_shows_something_else_is_found(name: str) -> None:
    assert codes(txt.swapped(*{**PAGES, **HTML}[name])(sound("html")), "html")


@pytest.mark.parametrize("tag", ["p", "li"])
def test_a_direction_left_to_the_first_letter_is_that_of_the_first_letter(tag: str) -> None:
    turned = txt.swapped(f"<{tag}>", f'<{tag} dir="auto"><bdi>a</bdi>\u05d0')(sound("html"))
    assert "V011" in codes(turned, "html")
