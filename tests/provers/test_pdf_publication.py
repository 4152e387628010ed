"""An article made of several as PDF: its contents, running heads and cover are proved, and a false one is found."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, String

from exporter.article import Article, Metadata
from tests.articles import article, paragraph
from tests.extractors.pdfs import tampered
from tests.weekly import (
    COUNCIL,
    FISH,
    ISSUE,
    codes,
    covered,
    findings,
    forged,
    picture,
    rendered,
    section,
    with_cover,
)

ENTRY = '<span class="listed">The council meets again</span>'
NUMBER = '<span class="page furniture" data-target="council">'
HEAD = '<div class="running">The council meets again</div>'
WHOLE = f'<li class="listed"><span class="reference"><a href="#council">{ENTRY}{NUMBER}0</span></a></span></li>\n'

MUTANTS: dict[str, tuple[tuple[str, str], str]] = {
    "an entry with a title of its own": ((ENTRY, ENTRY.replace("again", "never")), "P007"),
    "an entry with another section's title": ((ENTRY, ENTRY.replace("The council meets again", "Press")), "P011"),
    "an entry with a letter less": ((ENTRY, ENTRY.replace("again", "agai")), "P011"),
    "an entry without its title": ((ENTRY, ENTRY.replace("The council meets again", "")), "P011"),
    "the page of another section": ((NUMBER, NUMBER.replace("council", "fish")), "P009"),
    "no page": ((f"{NUMBER}0</span>", ""), "P009"),
    "a page in words": ((f"{NUMBER}0", '<span class="page furniture">seven'), "P007"),
    "a link to another section": (("#council", "#fish"), "P009"),
    "an entry missing": ((WHOLE, ""), "P009"),
    "an entry twice": ((WHOLE, WHOLE * 2), "P009"),
    "an entry in white": ((ENTRY, ENTRY.replace(">The", ' style="color: #fff">The')), "P004"),
    "an entry said to be in another language": ((ENTRY, ENTRY.replace(">The", ' lang="fr">The')), "V011"),
    "a page's number away from its entry": ((NUMBER, NUMBER[:-1] + ' style="position: relative; top: 9mm">'), "P008"),
    "an entry below the next": ((ENTRY, ENTRY.replace(">The", ' style="position: relative; top: 30mm">The')), "P008"),
    "contents under other words": (('<span class="furniture">Contents', '<span class="furniture">Specials'), "V002"),
    "no contents": (('<nav class="contents">', '<nav class="contents" style="display: none">'), "P009"),
    "a running head of another section": ((HEAD, HEAD.replace("The council meets again", "Press")), "P007"),
    "a running head that says something else": ((HEAD, HEAD.replace("again", "in secret")), "P007"),
    "another publisher": (("The Printing Society", "The Painting Society"), "V002"),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_furniture_that_misleads_is_found(name: str, tmp_path: Path) -> None:
    change, code = MUTANTS[name]
    assert code in codes(forged(tmp_path, change))


def test_a_running_head_of_an_article_that_has_ended_is_found(tmp_path: Path) -> None:
    made = article(section("One", name="one"), section("Two", name="two"), paragraph("Behind them. " * 400))
    content = forged(tmp_path, ('<div class="running">A title</div>\n<p>', "<p>"), article=made)
    assert "P007" in codes(content, made)


def test_an_issue_is_proved() -> None:
    assert findings(rendered()) == []


def test_an_issue_in_two_columns_is_proved() -> None:
    assert findings(rendered(columns=2)) == []


def test_an_issue_from_right_to_left_is_proved() -> None:
    words = "قبل منتصف الليل بساعة، يجلس مصححان. " * 40
    parts = (section("العربية", paragraph(words), name="arabic", level=2, language="ar"), FISH, COUNCIL)
    made = Article(Metadata(title="الأسبوع", language="ar", direction="rtl", subtitle="العدد ٧"), parts)
    assert [finding.message for finding in findings(rendered(made), made)] == []


def test_a_long_title_from_right_to_left_with_words_against_it_heads_its_pages() -> None:
    title = (
        "قبل منتصف الليل (SNL) بساعة، يجلس مصححان في غرفة بلا نوافذ ويقرأ أحدهما للآخر. الأول يمسك بالنص المعتمد (MAGA)"
    )
    words = "قبل منتصف الليل بساعة، يجلس مصححان. " * 400
    made = Article(ISSUE.metadata, (section(title, paragraph(words), name="arabic", level=2, language="ar"), FISH))
    assert [finding.message for finding in findings(rendered(made), made)] == []


def test_the_outline_of_an_issue_is_held_to_its_contents() -> None:
    def renamed(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Outlines.First.First.Title = String("Something else")

    assert "P009" in codes(tampered(rendered(), renamed))


def test_a_link_of_the_contents_lies_on_its_own_entry() -> None:
    def moved(pdf: pikepdf.Pdf) -> None:
        annotations = pdf.pages[1].Annots
        annotations[0].Rect, annotations[3].Rect = Array(annotations[3].Rect), Array(annotations[0].Rect)

    assert "P009" in codes(tampered(rendered(), moved))


# --- The cover --------------------------------------------------------------------------------


COVERED = with_cover(ISSUE)


def test_a_cover_with_its_picture_is_proved() -> None:
    assert findings(covered(picture()), COVERED, picture().content) == []


def test_a_cover_without_its_picture_is_found() -> None:
    assert "V001" in codes(rendered(COVERED), COVERED, picture().content)


def test_a_cover_with_another_picture_is_found() -> None:
    assert "V009" in codes(covered(picture()), COVERED, picture((30, 30, 200)).content)


def test_a_cover_that_is_called_something_else_is_found(tmp_path: Path) -> None:
    made = forged(tmp_path, ('alt="The Week"', 'alt="The Day"'), article=COVERED, cover=picture())
    assert "V009" in codes(made, COVERED, picture().content)
