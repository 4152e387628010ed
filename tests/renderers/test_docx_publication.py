"""The DOCX edition of an article that holds others: cover, contents, running heads, pages that run from the right."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from exporter import registry
from exporter.article import Article, Block, BlockQuote, Heading, Section, Text
from exporter.comparison import CONTENTS
from exporter.edition import Edition
from exporter.extractors.docx import DocxExtractor
from exporter.judges import panel
from exporter.judges.judge import Tools
from exporter.renderers.docx import DocxRenderer
from exporter.templating import builtin_templates
from exporter.text import FURNITURE
from exporter.verifier import Beside, verify
from exporter.walk import contents
from tests.articles import article, paragraph
from tests.publications import COVER, ISSUE, MANY, context, cover, section
from tests.strategies.publications import of_sections

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MIXED = article(
    Heading((Text("By the editor"),), 2),
    paragraph("A note."),
    section("Alone", Heading((Text("Inside it"),), 3), paragraph("a"), level=2),
    section("Part", paragraph("Before."), section("Within", paragraph("b")), paragraph("After."), level=2),
    paragraph("At the end."),
)
FROM_RIGHT = article(
    section("أولا", paragraph("كلمات"), level=2, language="ar", direction="rtl"),
    section("Second", paragraph("Words"), level=2),
    title="العدد",
    language="ar",
    direction="rtl",
)
ARTICLES = {"issue": ISSUE, "many": MANY, "mixed": MIXED, "from the right": FROM_RIGHT}


def render(source: Article, **options: object) -> bytes:
    return DocxRenderer().render(source, context(source, options=options))


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def text_of(element: etree._Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{W}t"))


def sections(content: bytes) -> list[etree._Element]:
    return list(part(content).iter(f"{W}sectPr"))


def heads(content: bytes) -> list[str]:
    """What stands at the head of each section's pages, by python-docx; "" for nothing."""
    found = docx.Document(io.BytesIO(content)).sections
    return ["".join(map(text_of, (p._p for p in each.header.paragraphs))) for each in found]


@pytest.mark.parametrize("name", ARTICLES)
def test_a_publication_is_verified(name: str) -> None:
    source = ARTICLES[name]
    planned = cover().content if source.metadata.cover else b""
    edition = Edition("docx", "x", render(source))
    found = verify(source, edition, {COVER: cover().digest}, beside=Beside(cover=planned))
    assert [each.message for each in found.discrepancies] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_no_judge_that_needs_no_program_objects_to_a_publication(name: str, tmp_path: Path) -> None:
    file = tmp_path / "issue.docx"
    file.write_bytes(render(ARTICLES[name]))
    opinion = panel.judge({file: "docx"}, registry.judges(), Tools()).opinions[file]
    assert {"openxml-audit", "ooxml-integrity"} <= set(opinion.judges)
    assert [(each.judge, each.place, each.message) for each in opinion.findings] == []


@pytest.mark.parametrize("name", ARTICLES)
def test_the_contents_list_what_the_article_does_in_its_order(name: str) -> None:
    source = ARTICLES[name]
    paragraphs = docx.Document(io.BytesIO(render(source))).element.body.iter(f"{W}p")
    lines = [p for p in paragraphs if (p.style or "").startswith("TOC") and p.style != "TOCHeading"]
    expected = [(each.metadata.title, f"TOC{each.level - 1}") for each in contents(source) if each.metadata]
    assert [(text_of(line), line.style) for line in lines] == expected


@pytest.mark.parametrize("name", ARTICLES)
def test_word_would_make_the_same_contents_of_the_headings_the_field_names(name: str) -> None:
    source = ARTICLES[name]
    document = docx.Document(io.BytesIO(render(source)))
    (instruction,) = (each.text or "" for each in document.element.body.iter(f"{W}instrText"))
    found = re.fullmatch(r' TOC \\o "(\d)-(\d)" \\h \\z ', instruction)
    assert found
    styles = {f"Heading {level}" for level in range(int(found[1]), int(found[2]) + 1)}
    listed = [each.text for each in document.paragraphs if each.style.name in styles]
    assert listed == [each.metadata.title for each in contents(source) if each.metadata]


def test_a_heading_the_contents_do_not_list_looks_like_others_of_its_level() -> None:
    document = docx.Document(io.BytesIO(render(MIXED)))
    style = next(each.style for each in document.paragraphs if each.text == "By the editor")
    assert (style.name, style.base_style.name) == ("Unlisted Heading 1", "Heading 1")


def test_each_entry_leads_to_the_title_it_names() -> None:
    root = part(render(ISSUE))
    places = {each.get(f"{W}name"): text_of(each.getparent()) for each in root.iter(f"{W}bookmarkStart")}  # type: ignore[arg-type]
    links = [each for each in root.iter(f"{W}hyperlink") if (each.get(f"{W}anchor") or "").startswith("_Toc")]
    assert len(links) == len(contents(ISSUE))
    assert [text_of(link) for link in links] == [places[link.get(f"{W}anchor")] for link in links]


def test_an_entry_is_in_its_own_language_and_direction() -> None:
    root = part(render(ISSUE))
    line = next(each for each in root.iter(f"{W}p") if text_of(each) == "الميزانية تمر" and "TOC" in _style(each))
    assert line.find(f"{W}pPr/{W}bidi") is not None
    assert {each.get(f"{W}bidi") for each in line.iter(f"{W}lang")} == {"ar"}


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else found.get(f"{W}val", "")


def test_the_cover_says_what_the_publication_is() -> None:
    document = docx.Document(io.BytesIO(render(ISSUE)))
    first = [(each.style.name, each.text) for each in document.paragraphs][:5]
    assert first == [
        ("Publisher", "Example Press"),
        ("Cover Title", "The Example Weekly"),
        ("Cover Subtitle", "No. 7 · Autumn"),
        ("Dateline", "Published "),
        ("Cover Picture", ""),
    ]


def test_what_stands_before_the_first_article_stands_below_the_contents() -> None:
    body = part(render(MIXED)).find(f"{W}body")
    assert body is not None
    ends = [n for n, each in enumerate(body) if each.find(f"{W}pPr/{W}sectPr") is not None]
    contents_at = next(n for n, each in enumerate(body) if each.tag == f"{W}sdt")
    assert [text_of(each) for each in body[contents_at + 1 : ends[0] + 1]] == ["By the editor", "A note."]


def test_pages_have_the_title_they_begin_with_at_their_head() -> None:
    council, water = (
        "The council votes on the budget for the coming year, and on everything in it somebody asked for",
        "Water",
    )
    assert heads(render(ISSUE)) == ["", council, water, "الميزانية تمر", "予算が通る"]


def test_what_goes_on_behind_another_article_has_its_own_head_again() -> None:
    assert heads(render(MIXED)) == ["", "Alone", "Part", "Within", "Part", ""]


def test_running_heads_are_fields_of_the_style_of_their_title() -> None:
    content = render(MIXED)
    names = sorted(name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "/head" in name)
    fields = [each.get(f"{W}instr", "") for name in names for each in part(content, name).iter(f"{W}fldSimple")]
    assert sorted(fields) == [" STYLEREF 1 "] * 3 + [" STYLEREF 2 "]


def test_an_article_that_runs_from_the_right_has_pages_that_do() -> None:
    bidi = [each.find(f"{W}bidi") is not None for each in sections(render(ISSUE))]
    assert bidi == [False, False, False, True, False]


def test_an_article_that_runs_from_the_right_is_set_so_everywhere() -> None:
    root = part(render(ISSUE))
    body = root.find(f"{W}body")
    assert body is not None
    ends = [n for n, each in enumerate(body) if each.find(f"{W}pPr/{W}sectPr") is not None]
    inside = body[ends[2] + 2 : ends[3] + 1]
    paragraphs = [p for each in inside for p in each.iter(f"{W}p")]
    assert len(paragraphs) > 12
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in paragraphs)
    assert all(t.find(f"{W}tblPr/{W}bidiVisual") is not None for each in inside for t in each.iter(f"{W}tbl"))


@pytest.mark.parametrize(("source", "side"), [(ISSUE, "right"), (FROM_RIGHT, "left")])
def test_a_quotation_that_runs_against_the_publication_has_its_rule_where_it_begins(source: Article, side: str) -> None:
    against = "rtl" if source is ISSUE else "ltr"
    quote = section("Against", *_quote(), level=2, language="he" if against == "rtl" else "en", direction=against)
    root = part(render(Article(source.metadata, (*source.blocks, quote))))
    last = [each for each in root.iter(f"{W}p") if _style(each) == "Quote"][-1]
    borders = last.find(f"{W}pPr/{W}pBdr")
    assert borders is not None
    assert [etree.QName(each).localname for each in borders if each.get(f"{W}val") != "nil"] == [side]


def _quote() -> tuple[Section, ...]:
    return (Section((BlockQuote((paragraph("Said."),)),)),)


def test_the_first_page_has_a_head_and_a_foot_of_its_own() -> None:
    assert [each.find(f"{W}titlePg") is not None for each in sections(render(ISSUE))] == [True] + [False] * 4


def test_word_asks_nothing_when_it_opens_a_publication() -> None:
    content = render(ISSUE)
    assert part(content, "word/settings.xml").find(f"{W}updateFields") is None
    assert not [each for each in part(content).iter(f"{W}fldChar") if each.get(f"{W}dirty")]


def test_an_article_with_one_section_of_its_own_has_no_cover_and_no_contents() -> None:
    root = part(render(article(section("One", paragraph("a"), level=2))))
    assert not {"CoverTitle", "TOCHeading", "TOC1"} & {_style(each) for each in root.iter(f"{W}p")}
    assert len(list(root.iter(f"{W}sectPr"))) == 1


def numbers_of(content: bytes) -> list[str]:
    """What stands behind the last tab of each entry of the contents; "" where there is none."""
    paragraphs = docx.Document(io.BytesIO(content)).element.body.iter(f"{W}p")
    lines = [each.text for each in paragraphs if re.fullmatch(r"TOC\d", _style(each))]
    return [line.rpartition("\t")[2] if "\t" in line else "" for line in lines]


def test_entries_have_the_pages_somebody_found_their_titles_on() -> None:
    pages = {f"_Toc{number:09}": 3 * number for number in range(1, 6)}
    assert numbers_of(render(MANY, paginate=lambda _: pages)) == ["3", "6", "9", "12", "15"]


def test_entries_have_no_number_where_not_all_pages_are_known() -> None:
    assert numbers_of(render(MANY, paginate=lambda _: {"_Toc000000001": 3})) == [""] * 5


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [({"start": "11"}, ["17"] * 5), ({"fmt": "lowerRoman"}, [""] * 5), ({"fmt": "decimal"}, ["7"] * 5)],
)
def test_pages_are_numbered_as_the_house_numbers_them(
    numbering: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    document = docx.Document(str(builtin_templates() / "reference.docx"))
    numbers = document.sections[0]._sectPr.makeelement(f"{W}pgNumType", {f"{W}{k}": v for k, v in numbering.items()})
    document.sections[0]._sectPr.append(numbers)
    house = tmp_path / "house.docx"
    document.save(str(house))
    pages = {f"_Toc{number:09}": 7 for number in range(1, 6)}
    assert numbers_of(render(MANY, reference=house, paginate=lambda _: pages)) == expected


def test_numbers_behind_entries_are_read_back() -> None:
    content = render(MANY, paginate=lambda _: {f"_Toc{number:09}": 7 for number in range(1, 6)})
    found = DocxExtractor().extract(content).entries
    assert [each.attributes["page"] for each in found if each.kind == CONTENTS] == ["7"] * 5
    assert verify(MANY, Edition("docx", "x", content), beside=Beside()).ok


def test_labels_are_in_the_language_of_the_article_they_stand_in() -> None:
    found = DocxExtractor().extract(render(ISSUE)).entries
    shown = [each.text for each in found if each.kind == FURNITURE]
    assert [each for each in shown if each in ("By", "بقلم", "Published", "نُشر في")] == [
        *("Published", "By", "Published"),
        *("بقلم", "نُشر في"),
    ]


def test_a_label_in_another_language_says_so() -> None:
    untold = section("Dzień", paragraph("Słowa"), level=2, language="szl", authors=("Autor",))
    root = part(render(Article(ISSUE.metadata, (*ISSUE.blocks, untold))))
    byline = [each for each in root.iter(f"{W}p") if _style(each) == "Byline"][-1]
    languages = [run.find(f"{W}rPr/{W}lang") for run in byline.iter(f"{W}r")]
    assert [None if each is None else each.get(f"{W}val") for each in languages] == [None, "szl"]


def test_a_partners_styles_make_a_publication(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("GZ Crosshead", 1)
    partner = tmp_path / "partner.docx"
    document.save(str(partner))
    styles = (("Heading 1", "GZ Crosshead"), ("Heading 2", "GZ Crosshead"))
    content = render(MIXED, reference=partner, styles=styles)
    found = verify(MIXED, Edition("docx", "x", content), beside=Beside())
    assert [each.message for each in found.discrepancies] == []
    assert heads(content) == ["", "Alone", "Part", "Within", "Part", ""]


def test_a_house_document_without_styles_for_publications_makes_them_of_its_own(tmp_path: Path) -> None:
    document = docx.Document(str(builtin_templates() / "reference.docx"))
    for name in (
        "Publisher",
        "Cover Title",
        "Cover Subtitle",
        "Cover Picture",
        "TOC Heading",
        "toc 1",
        "toc 2",
        "header",
    ):
        document.styles.element.remove(document.styles[name].element)
    house = tmp_path / "house.docx"
    document.save(str(house))
    content = render(ISSUE, reference=house)
    styles = docx.Document(io.BytesIO(content)).styles
    assert styles["Cover Title"].base_style.name == "Title"
    edition = Edition("docx", "x", content)
    assert verify(ISSUE, edition, {COVER: cover().digest}, beside=Beside(cover=cover().content)).ok


def test_a_running_head_stands_below_what_the_house_has_there(tmp_path: Path) -> None:
    document = docx.Document(str(builtin_templates() / "reference.docx"))
    document.sections[0].header.paragraphs[0].text = "The Daily Example"
    house = tmp_path / "house.docx"
    document.save(str(house))
    assert heads(render(MANY, reference=house))[:3] == ["The Daily Example"] + [
        f"The Daily ExampleStory {n}" for n in (1, 2)
    ]


@settings(suppress_health_check=list(HealthCheck))
@given(of_sections())
def test_property_any_publication_is_verified(blocks: tuple[Block, ...]) -> None:
    source = article(*blocks)
    found = verify(source, Edition("docx", "x", render(source)), beside=Beside())
    assert [each.message for each in found.discrepancies] == []


def test_a_thousand_short_articles_are_verified() -> None:
    stories = (section(f"Story {n}", paragraph(f"Words {n}."), level=2) for n in range(1000))
    source = article(*stories)
    assert verify(source, Edition("docx", "x", render(source)), beside=Beside()).ok
