"""``exporter verify --report``: one page that needs nothing but itself, and tells changes without colour."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import html

from exporter.cli import main
from tests.cli import article

TEXT = """Some words in a line that is long enough.

A second paragraph, which says something else.

A third paragraph that stays as it is.

The fourth one says the least of all."""


@pytest.fixture(autouse=True)
def built(folder: Path) -> None:
    article("a.md", TEXT)
    assert CliRunner().invoke(main, ["build", "a.md", "--to", "html"]).exit_code == 0


def report(*changes: tuple[str, str], name: str = "a") -> html.HtmlElement:
    """The page for the edition with changes made in it."""
    path = Path(f"dist/{name}/{name}.html")
    page = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in page, old
        page = page.replace(old, new)
    path.write_text(page, encoding="utf-8")
    CliRunner().invoke(main, ["verify", f"{name}.md", str(path), "--report", "report.html"])
    return html.document_fromstring(Path("report.html").read_text(encoding="utf-8"))


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(node.text_content().split()) for node in page.xpath(path)]


def rows(page: html.HtmlElement) -> list[str]:
    """The relation of each passage."""
    return [row.get("class") for row in page.xpath("//tbody/tr")]


def test_a_page_for_an_edition_that_says_the_same_has_no_mark() -> None:
    page = report()
    assert set(rows(page)) == {"same"}
    assert (page.xpath("//del"), page.xpath("//ins")) == ([], [])
    assert texts(page, "//*[@class='verdict verified']/strong") == ["Verified"]


def test_a_changed_word_is_struck_out_on_one_side_and_underlined_on_the_other() -> None:
    page = report(("Some words", "Some weeds"))
    (row,) = page.xpath("//tr[@class='changed']")
    source, edition = row.xpath("td")
    assert [node.text_content() for node in source.xpath(".//del")] == ["[removed: words]"]
    assert [node.text_content() for node in edition.xpath(".//ins")] == ["[added: weeds]"]
    assert (source.xpath(".//ins"), edition.xpath(".//del")) == ([], [])
    assert "Line 6" in source.text_content()


def test_every_kind_of_change_is_said_in_words() -> None:
    page = report(
        ("<p>A second paragraph, which says something else.</p>", ""),
        ("<p>The fourth", "<p>Added by nobody knows whom.</p><p>The fourth"),
    )
    assert texts(page, "//span[@class='label']") == ["Removed", "Added"]


def test_a_paragraph_that_moved_is_linked_from_both_places() -> None:
    moved = "<p>A second paragraph, which says something else.</p>"
    page = report(
        (moved, ""), ("The fourth one says the least of all.</p>", f"The fourth one says the least of all.</p>{moved}")
    )
    (away,), (here,) = page.xpath("//tr[@class='moved-away']"), page.xpath("//tr[@class='moved-here']")
    assert away.xpath(".//a/@href") == [f"#{here.get('id')}"]
    assert here.xpath(".//a/@href") == [f"#{away.get('id')}"]


def test_every_difference_is_listed_first_and_leads_to_its_row() -> None:
    page = report(("Some words", "Some weeds"))
    (link,) = page.xpath("//ol[@class='differing']//a")
    assert page.get_element_by_id(link.get("href")[1:]).get("class") == "changed"


def test_a_character_that_cannot_be_seen_is_called_by_its_name() -> None:
    page = report(("Some words", "Some\u00a0words"))
    assert "no-break space" in texts(page, "//ins//span[@class='sign']")


def test_text_is_set_in_its_own_language_and_direction() -> None:
    Path("b.md").write_text("---\ntitle: عنوان\nlanguage: ar\n---\n\nكلمات قليلة.\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["build", "b.md", "--to", "html"]).exit_code == 0
    page = report(("كلمات", "جمل"), name="b")
    (source, edition) = page.xpath("//tr[@class='changed']//div")
    assert (source.get("dir"), source.get("lang"), edition.get("dir")) == ("rtl", "ar", "rtl")


def test_text_of_a_stranger_s_file_is_no_markup() -> None:
    page = report(("Some words", "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }}"))
    assert page.xpath("//script") == []
    assert "<script>alert(1)</script> {{ 7 * 7 }}" in page.text_content()


def test_the_page_asks_for_nothing_from_anywhere() -> None:
    report(("Some words", "Some weeds"))
    text = Path("report.html").read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href|action)\s*=\s*["'](?!#)|url\(|@import|<script""", text) == []
    assert "default-src 'none'" in text


def test_a_report_is_written_whole_or_not_at_all() -> None:
    Path("folder").mkdir()
    result = CliRunner().invoke(main, ["verify", "a.md", "dist/a/a.html", "--report", "folder/none/report.html"])
    assert result.exit_code != 0
    assert list(Path("folder").iterdir()) == []
