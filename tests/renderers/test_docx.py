"""The DOCX edition: what it says, and what Word demands of the file."""

from __future__ import annotations

import io
import os
import runpy
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import docx
import pytest
from lxml import etree
from PIL import Image as Pillow

from exporter import images, labels, templating
from exporter.article import (
    Article,
    BlockQuote,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Ruby,
    Section,
    Span,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError
from exporter.extractors.docx import DocxExtractor
from exporter.renderers.docx import DocxRenderer
from exporter.renderers.docx.bidi import stretches
from exporter.renderers.docx.tables import column_widths
from exporter.text import said, said_metadata
from exporter.verifier import compare
from tests.articles import EVERYTHING, NOTE, article, cells, item, paragraph, with_picture

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROOT = Path(__file__).parents[2]


def picture(width: int = 40, height: int = 24, colour: str = "red") -> Resource:
    target = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(target, "PNG")
    return images.resource("r.png", target.getvalue())


def context(**more: object) -> RenderContext:
    words = labels.load("en", templating.search_path())
    return RenderContext(labels=words, resources={"r.png": picture()}, **more)  # type: ignore[arg-type]


def render(source: Article, **more: object) -> bytes:
    return DocxRenderer().render(source, context(**more))


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def values(root: etree._Element, name: str, attribute: str = "val") -> list[str]:
    return [element.get(f"{W}{attribute}", "") for element in root.iter(f"{W}{name}")]


# --- What it says -----------------------------------------------------------------------------

ARABIC = article(
    paragraph("مرحبا بالعالم 2026, Word (DOCX) هنا."),
    Heading((Text("عنوان"),), 2, "x"),
    BulletList((item(paragraph("واحد")),)),
    OrderedList((item(paragraph("اثنان")),), start=7),
    BlockQuote((paragraph("قال"),)),
    CodeBlock("a = 1"),
    Table((cells("أ", "ب", header=True),), (cells("ج", "د"),), ("left", None)),
    Paragraph((Span((Text("English words"),), "en", "ltr"), Text(" نص"), NOTE, Text(" و"), NOTE)),
    title="عنوان المقال",
    language="ar",
    direction="rtl",
    authors=("كاتب",),
    published=date(2026, 10, 5),
)
JAPANESE = article(
    Paragraph((Text("日本語の文章。English. "), Ruby("漢字", "かんじ"), Span((Text("中文"),), "zh-Hans"))),
    Heading((Text("見出し"),), 2),
    Paragraph((Text("A line in English."),), language="en"),
    title="題名",
    language="ja",
    authors=("山田",),
    updated=datetime(2026, 10, 7, 8, 0, tzinfo=timezone(timedelta(hours=9))),
)


def definitions(term: str, *children: object) -> DefinitionList:
    return DefinitionList((DefinitionItem(((Text(term),),), (children,)),))  # type: ignore[arg-type]


PICTURE = Image("r.png", "A red square")
NESTED = article(
    BlockQuote(
        (
            BulletList(
                (
                    item(BlockQuote((paragraph("quoted in a list in a quotation"), CodeBlock("c"))), paragraph("tail")),
                    item(
                        paragraph("first"),
                        CodeBlock(" c\n\n\tt "),
                        Heading((Text("A heading"),), 5),
                        Figure(PICTURE, (Text("caption"),), (Text("credit"),)),
                        Table((cells("a", "b", header=True),), (cells("x", "y"),), ("center", None)),
                        ThematicBreak(),
                        paragraph("last"),
                    ),
                )
            ),
            Table((), (cells("x", "y"),), (None, None)),
            OrderedList((item(paragraph("numbered")),)),
        )
    ),
    definitions(
        "term",
        paragraph("definition"),
        BulletList((item(paragraph("in it"), paragraph("more")), item(paragraph("done"), checked=True))),
        BlockQuote((paragraph("quoted"),)),
        definitions("inner", paragraph("inner definition")),
    ),
    OrderedList(
        (item(Paragraph((Text("Bonjour"),), language="fr"), paragraph("hallo")), item(Figure(Image("r.png", "")))),
        start=0,
        language="de",
    ),
    Section(
        (paragraph("inside"),),
        Metadata(title="Part two", subtitle="sub", authors=("Me", "You"), published=date(2026, 1, 2)),
        language="pt-BR",
    ),
)
RICH_NOTE = Note(
    (
        paragraph("words"),
        BulletList((item(paragraph("a"), paragraph("b")),)),
        OrderedList((item(paragraph("four")), item(paragraph("five"))), start=4),
        CodeBlock("x\n  y"),
        BlockQuote((paragraph("q"),)),
        Paragraph((PICTURE, Text(" and "), Link((Text("a heading"),), "#in-note"))),
        Heading((Text("Heading in a note"),), 4, "in-note"),
        Table((cells("h", header=True),), (cells("c"),), (None,), (Text("caption"),)),
    ),
    "rich",
)
LIST_NOTE = Note((OrderedList((item(paragraph("begins with a list")),)),), "list")
NOTES = article(
    Paragraph((Text("a"), RICH_NOTE, Text("b"), LIST_NOTE, Text("c"), Link((Text("d"), RICH_NOTE), "#in-note"))),
    Table((), (Row((Cell((RICH_NOTE, PICTURE)),)),), (None,), language="he", direction="rtl"),
)
PASSAGES = article(
    Paragraph(
        (
            Span((Text("un "), Span((Text("zwei"),), "de"), Text(" trois")), "fr"),
            Span((Text("quatre"),), "fr"),
            Span((Span((Text("cinco"),), "es"),), "pt-BR"),
            Text(" "),
            Span((Text("same"),), "en"),
            Span((Text("שלום"),), "he", "rtl"),
            Text("abc עברית 123 "),
        )
    )
)
ARTICLES = {
    "everything": EVERYTHING,
    "pictures": with_picture("r.png"),
    "decoration": with_picture("r.png", ""),
    "arabic": ARABIC,
    "japanese": JAPANESE,
    "nested": NESTED,
    "notes": NOTES,
    "passages": PASSAGES,
    "empty": article(),
    "blank": article(paragraph(""), CodeBlock(""), CodeBlock("\n lead\r\n"), BulletList(())),
}


@pytest.mark.parametrize("name", ARTICLES)
def test_an_edition_says_what_its_article_says(name: str) -> None:
    source = ARTICLES[name]
    found = DocxExtractor().extract(render(source))
    expected = said(source, {"r.png": picture().digest})
    assert list(compare(expected, said_metadata(source.metadata), found)) == []


def test_a_later_call_of_a_note_is_a_reference_to_its_number() -> None:
    root = part(render(EVERYTHING))
    assert values(root, "footnoteReference", "id") == ["1", "2"]
    assert " NOTEREF _note1 \\f \\h " in values(root, "fldSimple", "instr")


def test_a_list_after_another_starts_over_by_a_count_of_its_own() -> None:
    content = render(article(OrderedList((item(paragraph("a")),)), OrderedList((item(paragraph("b")),), start=5)))
    assert len(set(values(part(content), "numId"))) == 2
    assert values(part(content, "word/numbering.xml"), "startOverride") == ["1", "5"]


CAPTIONED = article(
    Figure(Image("r.png", "A red square"), (Text("first"),)),
    Table((), (cells("a"),), (None,), (Text("second"),)),
    Figure(Image("r.png", "A red square"), (Text("third"),)),
    Figure(Image("r.png", "A red square"), ()),
    Figure(Image("r.png", "A red square"), (Text("fourth"),)),
)


def captions(content: bytes) -> list[str]:
    shown = [p for p in part(content).iter(f"{W}p") if values(p, "pStyle") == ["Caption"]]
    return ["".join(t.text or "" for t in paragraph.iter(f"{W}t")) for paragraph in shown]


def test_word_counts_figures_and_tables_each_for_themselves() -> None:
    content = render(CAPTIONED)
    assert captions(content) == [
        "Figure\u00a01\u2002first",
        "Table\u00a01\u2002second",
        "Figure\u00a02\u2002third",
        "Figure\u00a03\u2002fourth",
    ]
    assert values(part(content), "fldSimple", "instr")[:2] == [" SEQ Figure \\* ARABIC ", " SEQ Table \\* ARABIC "]


def test_a_number_stands_where_the_language_puts_it() -> None:
    words = labels.load("hu", templating.search_path())
    content = DocxRenderer().render(CAPTIONED, RenderContext(labels=words, resources={"r.png": picture()}))
    assert captions(content)[:2] == ["1.\u00a0\u00e1bra\u2002first", "1.\u00a0t\u00e1bl\u00e1zat\u2002second"]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Figure 7: a field", "Table\u00a01\u2002second"),
        ("en", "Fig. 7 a field", "Table\u00a01\u2002second"),
        ("ja", "図 7 畑", "表\u00a01\u2002second"),
        ("hu", "7. ábra: mező", "1.\u00a0táblázat\u2002second"),
    ],
)
def test_captions_with_numbers_of_their_author_get_none_of_word_s(language: str, first: str, second: str) -> None:
    figures = (Figure(Image("r.png", "x"), (Text(first),)), *CAPTIONED.blocks)
    words = labels.load(language, templating.search_path())
    made = DocxRenderer().render(article(*figures), RenderContext(labels=words, resources={"r.png": picture()}))
    assert captions(made)[:3] == [first, "first", second]


@pytest.mark.parametrize("caption", ["Figures of speech, 7 of them", "Figuring out 7 things", "In 1847, figures"])
def test_a_number_further_on_in_a_caption_is_none_of_its_own(caption: str) -> None:
    made = render(article(Figure(Image("r.png", "x"), (Text(caption),))))
    assert captions(made) == [f"Figure\u00a01\u2002{caption}"]


def test_captions_have_no_numbers_where_they_are_not_wanted() -> None:
    assert captions(render(CAPTIONED, options={"number_captions": False})) == ["first", "second", "third", "fourth"]


def test_a_link_to_a_heading_leads_to_a_bookmark_around_it() -> None:
    root = part(render(EVERYTHING))
    assert values(root, "hyperlink", "anchor")[2] == "_h1"
    assert "_h1" in values(root, "bookmarkStart", "name")


def test_a_task_has_its_box_for_a_mark_and_no_bullet() -> None:
    tasks = BulletList((item(paragraph("done"), checked=True), item(paragraph("bullet")), item(paragraph("open"))))
    root = part(render(article(tasks, OrderedList((item(paragraph("counted"), checked=False),)))))
    shown = [style for style in values(root, "pStyle") if style.startswith("List")]
    assert shown == ["ListTask", "ListBullet", "ListBullet", "ListNumber"]


# --- Looks ------------------------------------------------------------------------------------


def test_no_size_font_or_colour_stands_outside_the_styles() -> None:
    for name in ("word/document.xml", "word/footnotes.xml"):
        root = part(render(EVERYTHING), name)
        assert {etree.QName(e).localname for e in root.iter()}.isdisjoint(
            {"sz", "szCs", "color", "rFonts", "shd", "pBdr"}
        )


def test_the_built_in_reference_documents_are_what_their_script_makes(tmp_path: Path) -> None:
    runpy.run_path(str(ROOT / "scripts" / "make_reference_docx.py"))["make_all"](tmp_path)
    made, kept = (
        {file.name: parts(file.read_bytes()) for file in folder.glob("*.docx")}
        for folder in (tmp_path, ROOT / "templates")
    )
    assert len(made) == 6
    assert made == kept


def test_a_reference_document_without_a_style_is_refused_by_the_styles_name(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "reference.docx"))
    with pytest.raises(RenderError, match="no style 'Furniture'"):
        render(EVERYTHING, templates=(tmp_path,))


def test_every_style_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "house.docx"))
    with pytest.raises(RenderError, match=r"house\.docx: no style 'Furniture', 'Byline', 'Dateline', .* 'Ruby'\. Add"):
        render(EVERYTHING, options={"reference": tmp_path / "house.docx"})


def test_a_chosen_reference_document_gives_its_looks_page_and_footer(tmp_path: Path) -> None:
    house = docx.Document(str(ROOT / "templates" / "reference.docx"))
    house.styles["Body Text"].font.name = "Garamond"
    house.sections[0].page_width = docx.shared.Mm(210)
    house.sections[0].footer.paragraphs[0].add_run("The Sample Review")
    house.save(str(tmp_path / "house.docx"))
    made = parts(render(EVERYTHING, options={"reference": tmp_path / "house.docx"}))
    assert b"Garamond" in made["word/styles.xml"]
    assert b"The Sample Review" in made["word/footer1.xml"]


def test_a_reference_document_that_is_none_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "house.docx").write_bytes(b"words")
    with pytest.raises(RenderError, match=r"house\.docx: not a Word document"):
        render(EVERYTHING, options={"reference": tmp_path / "house.docx"})


def test_a_house_reference_document_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    house = docx.Document(str(ROOT / "templates" / "reference.docx"))
    house.core_properties.author = "A house"
    house.add_paragraph("Sample text")
    house.styles["Body Text"].element.get_or_add_rPr().append(docx.oxml.OxmlElement("w:lang"))
    house.styles["Body Text"].element.rPr[-1].set(f"{W}val", "de")
    house.save(str(tmp_path / "reference.docx"))
    assert parts(render(EVERYTHING, templates=(tmp_path,))) == parts(render(EVERYTHING)) | {
        "word/styles.xml": parts(render(EVERYTHING, templates=(tmp_path,)))["word/styles.xml"]
    }
    assert b'"de"' not in parts(render(EVERYTHING, templates=(tmp_path,)))["word/styles.xml"]


def test_a_quotation_s_rule_stands_where_its_lines_begin() -> None:
    def rules(source: Article) -> set[str]:
        styles = part(render(source), "word/styles.xml")
        quote = next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Quote")
        return {etree.QName(border).localname for border in quote.find(f"{W}pPr/{W}pBdr")}  # type: ignore[union-attr]

    assert (rules(EVERYTHING), rules(ARABIC)) == ({"left"}, {"right"})


def test_a_table_s_caption_and_a_credited_picture_s_stay_with_what_follows() -> None:
    credited = Figure(Image("r.png", "x"), (Text("credited"),), (Text("by"),))
    content = part(render(article(credited, *CAPTIONED.blocks)))
    kept = [p for p in content.iter(f"{W}p") if p.find(f"{W}pPr/{W}keepNext") is not None]
    assert [list(p.iter(f"{W}t"))[-1].text for p in kept] == ["credited", "second"]


def test_a_column_is_wide_enough_for_its_longest_word_and_its_numbers() -> None:
    head = cells("Script", "Sample", "Count", "Note", header=True)
    body = cells("Hebrew", "difficult office", "1\u202f234,5", "wraps over several lines in a narrow cell, surely")
    script, _, count, note = column_widths(Table((head,), (body,), (None,) * 4), 7200)
    assert (script >= 700, count >= 800, note > 3000) == (True, True, True)


def test_words_too_long_for_any_column_share_the_width() -> None:
    long = column_widths(Table((), (cells("x" * 200, "y" * 200),), (None, None)), 7200)
    assert long == [3600, 3600]


@pytest.mark.parametrize(("source", "hint"), [(JAPANESE, "eastAsia"), (EVERYTHING, None)])
def test_marks_of_two_scripts_are_of_the_east_asian_font_in_japanese(source: Article, hint: str | None) -> None:
    defaults = part(render(source), "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert defaults is not None
    assert defaults.get(f"{W}hint") == hint


def test_ruby_stands_above_its_text_where_its_style_does_not_say_how_far(tmp_path: Path) -> None:
    house = docx.Document(str(ROOT / "templates" / "reference.docx"))
    rise = house.styles["Ruby"].element.rPr.find(f"{W}position")
    house.styles["Ruby"].element.rPr.remove(rise)
    house.save(str(tmp_path / "house.docx"))
    root = part(render(JAPANESE, options={"reference": tmp_path / "house.docx"}))
    assert values(root, "hpsRaise") == values(root, "hpsBaseText")


def test_the_last_row_of_a_table_is_not_left_alone() -> None:
    table = Table((), (cells("one"), cells("two"), cells("three")), (None,))
    rows = [row.find(f".//{W}keepNext") is not None for row in part(render(article(table))).iter(f"{W}tr")]
    assert rows == [False, True, False]


@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml"])
def test_programs_older_than_the_boxes_of_tasks_may_pass_over_them(name: str) -> None:
    root = part(render(EVERYTHING), name)
    ignorable = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
    assert (ignorable, root.nsmap["w14"]) == ("w14", "http://schemas.microsoft.com/office/word/2010/wordml")


def test_a_picture_is_scaled_to_the_text_area() -> None:
    wide = RenderContext(labels=context().labels, resources={"r.png": picture(4000, 1000)})
    root = part(DocxRenderer().render(with_picture("r.png"), wide))
    extent = next(root.iter("{*}extent"))
    measure = 11906 - 2 * 2494  # A4, and margins of 44 mm
    assert extent.get("cx") == str(measure * 635)
    assert extent.get("cy") == str(round(measure * 635 / 4))


# --- Validity ---------------------------------------------------------------------------------

PPR = ["pStyle", "keepNext", "numPr", "bidi", "ind", "jc", "divId", "rPr"]
RPR = ["rStyle", "b", "bCs", "i", "iCs", "strike", "vertAlign", "rtl", "lang"]


@pytest.mark.parametrize("name", ARTICLES)
def test_properties_stand_in_the_order_of_the_schema(name: str) -> None:
    root = part(render(ARTICLES[name]))
    for tag, order in (("pPr", PPR), ("rPr", RPR)):
        for element in root.iter(f"{W}{tag}"):
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(set(places))


@pytest.mark.parametrize("name", ARTICLES)
def test_every_id_is_unique_and_every_reference_has_what_it_refers_to(name: str) -> None:
    content = render(ARTICLES[name])
    stories = [part(content, story) for story in ("word/document.xml", "word/footnotes.xml")]
    for tag in ("{*}docPr", f"{W}bookmarkStart"):
        ids = [e.get("id") or e.get(f"{W}id") for root in stories for e in root.iter(tag)]
        assert max(Counter(ids).values(), default=1) == 1
    styles = set(values(part(content, "word/styles.xml"), "style", "styleId"))
    nums = set(values(part(content, "word/numbering.xml"), "num", "numId"))
    for root in stories:
        for tag in ("pStyle", "rStyle", "tblStyle"):
            assert set(values(root, tag)) <= styles
        assert set(values(root, "numId")) <= nums


def test_the_head_of_a_table_repeats_and_its_rows_stay_whole() -> None:
    rows = list(part(render(EVERYTHING)).iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_a_picture_says_its_alternative_text_or_that_it_is_decoration() -> None:
    assert [e.get("descr") for e in part(render(with_picture("r.png"))).iter("{*}docPr")] == ["A red square"] * 2
    assert len(list(part(render(with_picture("r.png", ""))).iter("{*}decorative"))) == 2


def test_every_space_of_a_text_is_to_be_preserved() -> None:
    space = "{http://www.w3.org/XML/1998/namespace}space"
    assert all(element.get(space) == "preserve" for element in part(render(EVERYTHING)).iter(f"{W}t"))


def test_the_languages_own_font_slots_all_say_the_language() -> None:
    styles = part(render(JAPANESE), "word/styles.xml")
    (lang,) = styles.iter(f"{W}lang")
    assert {etree.QName(name).localname: value for name, value in lang.items()} == dict.fromkeys(
        ("val", "eastAsia", "bidi"), "ja"
    )


def test_a_text_from_the_right_is_marked_run_by_run() -> None:
    assert stretches("abc אבג, דה 12", "ltr") == [("abc ", False), ("אבג, דה", True), (" 12", False)]
    assert stretches("אב Word 2 ג.", "rtl") == [("אב ", True), ("Word", False), (" 2 ג.", True)]


def test_a_mark_stays_with_its_letter_where_the_side_changes() -> None:
    assert stretches("ތާރީޚު: e\u0301", "ltr") == [("ތާރީޚު", True), (": e\u0301", False)]


# --- Metadata ---------------------------------------------------------------------------------


def core(content: bytes) -> dict[str, str]:
    return {etree.QName(e).localname: e.text or "" for e in part(content, "docProps/core.xml")}


def test_core_properties_are_the_articles_alone() -> None:
    assert core(render(EVERYTHING)) == {
        "title": "Everything: a <rich> sample & more",
        "creator": "Ana Pérez; Bo Li",
        "keywords": "sample; tests",
        "description": "Each construct once.",
        "language": "en",
        "identifier": said_metadata(EVERYTHING.metadata)["identifier"],
        "revision": "1",
        "created": "2026-10-05T00:00:00Z",
        "modified": "2026-10-07T00:00:00Z",
    }


def test_an_undated_article_has_the_editions_date() -> None:
    found = core(render(article(), date=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)))
    assert (found["created"], found["modified"]) == ("2026-03-04T05:06:07Z",) * 2


def test_a_summary_may_be_longer_than_python_docx_allows() -> None:
    assert core(render(article(summary="s" * 400)))["description"] == "s" * 400


def test_no_part_tells_of_the_library_or_its_template() -> None:
    for content in parts(render(EVERYTHING)).values():
        assert b"python-docx" not in content
        assert b"2013-12" not in content


# --- Bytes ------------------------------------------------------------------------------------

RENDER = "import sys; from tests.renderers.test_docx import *; sys.stdout.buffer.write(render(EVERYTHING))"


def test_the_same_article_is_the_same_bytes_in_another_process() -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "42", "TZ": "Asia/Tokyo"}
    other = subprocess.run([sys.executable, "-c", RENDER], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert other.stdout == render(EVERYTHING)


def test_every_entry_has_the_first_date_a_zip_can_hold() -> None:
    with zipfile.ZipFile(io.BytesIO(render(EVERYTHING))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


# --- Refusals ---------------------------------------------------------------------------------


def deep(levels: int) -> BulletList:
    inner = (deep(levels - 1),) if levels > 1 else ()
    return BulletList((item(paragraph("x"), *inner),))


def test_nine_levels_of_lists_are_all_that_word_has() -> None:
    assert len(DocxExtractor().extract(render(article(deep(9)))).entries) == 11
    with pytest.raises(RenderError, match="9 levels"):
        render(article(deep(10)))


def test_quotations_deeper_than_the_styles_are_told_apart_by_their_divisions() -> None:
    quote = BlockQuote((paragraph("Said."),))
    for _ in range(11):
        quote = BlockQuote((quote,))
    content = render(article(quote))
    assert values(part(content), "pStyle")[-1] == "Quote9"
    assert [
        entry.attributes["quote"] for entry in DocxExtractor().extract(content).entries if entry.text == "Said."
    ] == ["12"]


def test_thousands_of_lists_each_have_a_count_of_their_own() -> None:
    lists = [OrderedList((item(paragraph("One")),)) for _ in range(3000)]
    numbers = values(part(render(article(*lists))), "numId")
    assert len(set(numbers)) == 3000


def test_thousands_of_addresses_are_each_stored_once() -> None:
    links = [Paragraph((Link((Text("x"),), f"https://example.org/{number % 3000}"),)) for number in range(6000)]
    content = render(article(*links))
    assert part(content, "word/_rels/document.xml.rels").xpath("count(*[@TargetMode='External'])") == 3000


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_xml_cannot_hold_is_refused(character: str) -> None:
    with pytest.raises(RenderError, match=f"U\\+{ord(character):04X}"):
        render(article(CodeBlock(f"before{character}")))


def test_a_picture_that_was_not_loaded_is_refused() -> None:
    with pytest.raises(RenderError, match=r"no picture 'other\.png'"):
        render(with_picture("other.png"))


def test_a_note_called_in_a_note_alone_is_refused() -> None:
    inner = Note((paragraph("inner"),), "inner")
    with pytest.raises(RenderError, match="'inner' is called only inside a note"):
        render(article(Paragraph((Text("x"), Note((Paragraph((Text("y"), inner)),), "outer")))))


def test_looks_nested_in_each_other_all_show() -> None:
    nested: tuple[Inline, ...] = (Strong((Emphasis((Code("c"),)),)),)
    run = next(part(render(article(Paragraph(nested)))).iter(f"{W}rStyle")).getparent()
    assert run is not None
    assert [etree.QName(child).localname for child in run] == ["rStyle", "b", "bCs", "i", "iCs"]
