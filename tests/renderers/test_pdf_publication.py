"""An article made of several as PDF: its cover, contents, heads and pages, read with pikepdf and PDFium."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pikepdf
import pypdfium2
import pytest

from exporter import registry, templating, themes
from exporter.article import Article, ThematicBreak
from exporter.errors import RenderError
from exporter.renderers.html import listed as entries
from tests.articles import article, paragraph
from tests.extractors.pdfs import elements
from tests.weekly import FISH, ISSUE, WORDS, context, covered, findings, forged, listed, picture, rendered, section

_TOP = 770.0
"""Points above the foot of a page: what stands higher is no text."""
TITLE = "Fish, and why there are fewer of them in a sea that has been fished for as long as anyone can remember"


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@lru_cache(maxsize=8)
def pages(content: bytes) -> tuple[str, ...]:
    """The text of each page, as PDFium reads it."""
    with pypdfium2.PdfDocument(content) as document:
        return tuple(page.get_textpage().get_text_bounded() for page in document)


def themed(theme: str, made: Article = ISSUE) -> bytes:
    chosen = themes.load(theme, "A4", templating.search_path())
    return registry.renderer("pdf").render(made, replace(context(made), theme=chosen))


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def types(element: Any) -> list[str]:
    return [str(kid.S)[1:] for kid in kids(element) if "/S" in kid]


def outline(pdf: pikepdf.Pdf) -> list[tuple[int, str]]:
    """Depth from 1, and title, of each bookmark."""
    return list(_outline(pdf.Root.Outlines.First, 1))


def _outline(entry: Any, depth: int) -> Iterator[tuple[int, str]]:
    while entry is not None:
        yield depth, str(entry.Title)
        if "/First" in entry:
            yield from _outline(entry.First, depth + 1)
        entry = entry.get("/Next")


def heads(content: bytes) -> list[str]:
    """What stands above the text of each page."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded(bottom=_TOP).strip() for page in document]


def begins(content: bytes, title: str) -> int:
    """The page, from 1, on which a heading begins, by its bookmark."""
    with pypdfium2.PdfDocument(content) as document:
        found = {mark.get_title(): mark.get_dest().get_index() + 1 for mark in document.get_toc()}
    return found[title]


# --- Contents ---------------------------------------------------------------------------------


def test_the_outline_lists_what_the_contents_list() -> None:
    assert outline(opened(rendered())) == listed()


def test_the_contents_are_tagged_as_such() -> None:
    pdf = opened(rendered())
    (first, *below) = elements(pdf, "TOC")
    assert types(first) == ["TOCI"] * 3
    assert [types(each) for each in below] == [["TOCI", "TOCI"], ["TOCI"]]
    assert types(first.K[0]) == ["Reference", "TOC"]
    assert [types(each) for each in elements(pdf, "Reference")[:6]] == [["Link"]] * 6


def test_the_contents_stand_under_a_heading_that_is_none_of_the_article() -> None:
    pdf = opened(rendered())
    assert types(elements(pdf, "H2")[0]) == ["Furniture"]


def test_an_entry_is_in_its_own_language_and_direction() -> None:
    pdf = opened(rendered())
    spans = [kids(link)[1] for link in elements(pdf, "Link")[:6]]
    told = [(str(span.get("/Lang", "")), str(span.get("/A", {}).get("/WritingMode", ""))) for span in spans]
    assert told == [("", ""), ("", ""), ("fr", ""), ("", ""), ("ar", "/RlTb"), ("", "")]


def test_the_contents_say_on_which_page_each_begins() -> None:
    words = pages(rendered())[1].split()
    numbers = [word for word in words if word.isdecimal()]
    assert numbers == [*(str(begins(rendered(), title)) for _, title in listed()), "2"]


def test_each_entry_leads_to_its_heading() -> None:
    pdf = opened(rendered())
    targets = [str(link.Dest) for link in pdf.pages[1].Annots]
    assert targets == ["hall", "council", "conseil", "press", "page", "fish"]


def test_an_article_with_one_section_has_no_contents() -> None:
    pdf = opened(rendered(article(FISH)))
    assert elements(pdf, "TOC") == []
    assert outline(pdf) == [(1, "A title"), (2, TITLE)]


def test_contents_that_lead_nowhere_are_refused(tmp_path: Any) -> None:
    with pytest.raises(RenderError, match="The contents lead to 'nowhere', which is on no page"):
        forged(tmp_path, ('data-target="fish"', 'data-target="nowhere"'))


def test_a_level_that_is_left_out_is_none_of_the_contents() -> None:
    made = article(section("One", level=2, name="one"), section("Two", level=4, name="two"))
    assert [(each.title, [below.title for below in each.below]) for each in entries(made)] == [("One", ["Two"])]


# --- Pages ------------------------------------------------------------------------------------


def test_the_cover_has_the_title_alone_and_no_number() -> None:
    lines = pages(rendered())[0].split("\r\n")
    assert lines == ["The Printing Society", "The Week", "No. 7 · 30 November 2026", "Published November 30, 2026"]


def test_the_cover_shows_its_picture_with_the_title_as_words() -> None:
    pdf = opened(covered(picture()))
    (cover,) = elements(pdf, "Cover")
    assert (str(cover.Alt), str(pdf.Root.StructTreeRoot.RoleMap.Cover)) == ("The Week", "/Figure")


def test_only_publications_with_a_picture_map_its_role() -> None:
    assert "/Cover" not in opened(rendered()).Root.StructTreeRoot.RoleMap


def test_each_article_begins_a_page_and_a_part_begins_with_its_first() -> None:
    titles = [title for _, title in listed()]
    found = [begins(rendered(), title) for title in titles]
    assert found[0] == found[1]
    assert found[3] == found[4]
    assert sorted({*found}) == sorted({found[1], found[2], found[4], found[5]})


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize(("length", "pages_at_least"), [(1, 3), (120, 4)])
def test_a_note_before_all_articles_stands_below_the_contents(columns: int, length: int, pages_at_least: int) -> None:
    articles = (section(f"Number {n}", paragraph("Words."), name=f"n{n}", level=2) for n in range(2))
    made = article(paragraph("We were wrong. " + WORDS * length), ThematicBreak(), *articles)
    content = rendered(made, columns=columns)
    assert "Contents" in pages(content)[1]
    assert "We were wrong." in pages(content)[1]
    assert begins(content, "Number 0") >= pages_at_least
    assert findings(content, made) == []


def test_a_theme_can_let_articles_follow_each_other(tmp_path: Any) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "dense.toml").write_text('[issue]\narticle = "auto"\ngap = "12mm"\n', encoding="utf-8")
    folders = (tmp_path, *templating.search_path())
    short = article(*(section(f"Number {n}", paragraph(WORDS), name=f"n{n}", level=2) for n in range(4)))
    dense = replace(context(short), theme=themes.load("dense", "A4", folders))
    content = registry.renderer("pdf").render(short, dense)
    assert len(pages(content)) == 3
    assert findings(content, short) == []


def test_the_head_of_a_page_is_the_title_of_the_article_on_it() -> None:
    first = begins(rendered(), "The council meets again")
    assert heads(rendered())[first - 1 : first + 2] == ["", "The council meets again", "The council meets again"]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("is_in_a_part", [True, False])
def test_text_behind_an_article_has_the_head_of_what_it_is_in(is_in_a_part: bool, columns: int) -> None:
    articles = [section(f"Number {n}", paragraph("Words."), name=f"n{n}") for n in range(2)]
    blocks = (*articles, *(paragraph(WORDS * 40) for _ in range(4)))
    made = article(section("A part", *blocks, name="part", level=2)) if is_in_a_part else article(*blocks)
    content = rendered(made, columns=columns)
    assert {*heads(content)[begins(content, "Number 1") :]} == {"A part" if is_in_a_part else "A title"}
    assert findings(content, made) == []


def test_a_head_that_is_too_long_is_cut() -> None:
    made = article(section("Short", paragraph("x"), name="s"), section(TITLE, paragraph(WORDS * 80), name="f"))
    *_, head = heads(rendered(made))
    assert head == "Fish, and why there are fewer of them in a sea that has been fished for as long…"


def test_notes_are_numbered_through() -> None:
    pdf = opened(rendered())
    assert [bytes(note.ID) for note in elements(pdf, "Note")] == [b"note-1", b"note-2"]


@pytest.mark.parametrize("theme", themes.names(templating.search_path()))
def test_every_theme_sets_an_issue_that_is_proved(theme: str) -> None:
    assert findings(themed(theme)) == []


def test_two_renderings_are_one() -> None:
    again = registry.renderer("pdf").render(ISSUE, context(ISSUE))
    assert again == rendered()


def test_labels_of_a_section_are_in_its_language() -> None:
    last = section("Fin", paragraph("Rien."), name="fin", level=2, language="fr", published=date(2026, 11, 1))
    assert "Publié le 1 novembre 2026" in pages(rendered(article(FISH, last)))[-1]
