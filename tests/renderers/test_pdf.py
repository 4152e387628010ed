"""The PDF renderer, by what stands in the file: structure, marks, links, metadata; and what it refuses."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image as Picture

from exporter import fonts, images, labels, templating
from exporter.article import (
    Article,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    Emphasis,
    Heading,
    Image,
    Link,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Position,
    Row,
    Section,
    Span,
    Strong,
    Table,
    Text,
)
from exporter.edition import RenderContext
from exporter.errors import RenderError, ToolError
from exporter.pdfstructure import read
from exporter.renderers.pdf import PdfRenderer
from tests.articles import EVERYTHING, NOTE, article, cells, item, paragraph, with_picture

WORDS = "The council met on Tuesday and nobody was pleased with what it heard. "


def png(width: int = 60, height: int = 40) -> bytes:
    """A small red picture."""
    target = io.BytesIO()
    Picture.new("RGB", (width, height), (200, 30, 30)).save(target, "PNG")
    return target.getvalue()


CONTEXT = RenderContext(
    labels=labels.load("en", templating.search_path()),
    resources={"red.png": images.resource("red.png", png())},
    date=datetime(2026, 10, 5, 6, 7, 8, tzinfo=UTC),
)


@lru_cache(maxsize=None)
def rendered(made: Article) -> bytes:
    """``made`` as PDF."""
    return PdfRenderer().render(made, CONTEXT)


def opened(made: Article) -> pikepdf.Pdf:
    """``made`` as PDF, open."""
    return pikepdf.open(io.BytesIO(rendered(made)))


def kids(element: Any) -> list[Any]:
    """What a structure element holds, in order."""
    found = element.get("/K")
    return [] if found is None else list(found) if isinstance(found, pikepdf.Array) else [found]


def elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every structure element in reading order, parents first."""
    yield from below(pdf.Root.StructTreeRoot)


def below(element: Any) -> Iterator[Any]:
    """Every structure element inside ``element``."""
    for kid in kids(element):
        if kid.get("/S") is not None:
            yield kid
            yield from below(kid)


def of_type(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    """The structure elements of one type."""
    return [element for element in elements(pdf) if f"/{name}" == element.S]


def types(element: Any) -> list[str]:
    """The types of the elements right inside ``element``."""
    return [str(kid.S)[1:] for kid in kids(element) if kid.get("/S") is not None]


def pages_of(pdf: pikepdf.Pdf, element: Any) -> set[int]:
    """The pages (from 0) an element's own marks are on."""
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return {numbers[kid.Pg.objgen] for kid in kids(element) if kid.get("/Type") == "/MCR"}


def marks(page: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    """The tag and properties of each marked-content sequence of a page that is numbered, or an artifact."""
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and ("/MCID" in operands[1] or operands[0] == "/Artifact"):
            yield str(operands[0]), operands[1]


def content(pdf: pikepdf.Pdf) -> bytes:
    """What all pages draw."""
    return b"\n".join(page.Contents.read_bytes() for page in pdf.pages)


def xmp(pdf: pikepdf.Pdf) -> str:
    """The XMP packet."""
    return pdf.Root.Metadata.read_bytes().decode()


# Structure


def test_the_file_says_that_it_is_tagged_and_in_which_language() -> None:
    pdf = opened(EVERYTHING)
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(pdf.Root.Lang) == "en"


def test_an_article_opens_with_its_title_standfirst_authors_and_dates() -> None:
    pdf = opened(EVERYTHING)
    header = of_type(pdf, "Art")[0].K[0]
    assert types(header) == ["Title", "Subtitle", "Byline", "Dateline", "Dateline"]
    assert types(header.K[2]) == ["Furniture", "Author", "Furniture", "Author"]
    assert types(header.K[3]) == ["Furniture", "Date"]


def test_every_type_is_a_standard_one_or_mapped_to_one() -> None:
    blocks = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "P", "H1", "H2", "H3", "H4", "H5", "H6"}
    lists_and_tables = {"L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "Caption"}
    standard = blocks | lists_and_tables | {"Span", "Code", "Link", "Note", "Reference", "Figure"}
    pdf = opened(EVERYTHING)
    mapped = {name[1:]: str(target)[1:] for name, target in pdf.Root.StructTreeRoot.RoleMap.items()}
    used = {str(element.S)[1:] for element in elements(pdf)}
    assert used <= standard | set(mapped)
    assert set(mapped.values()) <= standard
    assert not set(mapped) & standard


def test_a_paragraph_that_runs_over_pages_is_one_element() -> None:
    pdf = opened(article(paragraph(WORDS * 120)))
    (only,) = of_type(pdf, "P")
    assert len(pdf.pages) > 2
    assert pages_of(pdf, only) == set(range(len(pdf.pages)))


def test_a_code_block_that_runs_over_pages_is_one_element() -> None:
    pdf = opened(article(CodeBlock("\n".join(f"line {number}" for number in range(120)))))
    (block,) = of_type(pdf, "CodeBlock")
    assert len(pdf.pages) > 1
    assert pages_of(pdf, block.K[0]) == set(range(len(pdf.pages)))


def test_a_repeated_table_head_is_tagged_once_and_an_artifact_after_that() -> None:
    rows = tuple(cells(str(number), "x") for number in range(90))
    pdf = opened(article(Table((cells("First", "Second", header=True),), rows, (None, None))))
    assert len(pdf.pages) > 2
    assert len(of_type(pdf, "THead")) == 1
    assert len(of_type(pdf, "TH")) == 2
    assert len(of_type(pdf, "TR")) == 91
    assert [sum(tag == "/Artifact" for tag, _ in marks(page)) for page in pdf.pages][1:] == [4] * (len(pdf.pages) - 1)


def test_every_mark_of_every_page_is_in_the_structure_or_an_artifact() -> None:
    pdf = opened(EVERYTHING)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
    for page in pdf.pages:
        row = parents[int(page.StructParents)]
        for tag, properties in marks(page):
            assert tag == "/Artifact" or row[int(properties.MCID)] is not None


def test_the_parent_tree_leads_from_each_mark_to_the_element_that_holds_it() -> None:
    pdf = opened(EVERYTHING)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}
    checked = 0
    for element in elements(pdf):
        for kid in kids(element):
            if kid.get("/Type") == "/MCR":
                assert parents[int(kid.Pg.StructParents)][int(kid.MCID)].objgen == element.objgen
                checked += 1
    assert checked > 80


def test_running_heads_and_page_numbers_are_artifacts() -> None:
    pdf = opened(article(paragraph(WORDS * 120), title="A running title"))
    assert [sum(tag == "/Artifact" for tag, _ in marks(page)) for page in pdf.pages] == [1, 2, 2, 2]


def test_what_is_empty_and_counts_is_there() -> None:
    pdf = opened(article(CodeBlock(""), BulletList((item(),)), Table((), (cells("", ""),), (None, None))))
    assert [str(e.S) for e in elements(pdf) if not kids(e)] == ["/CodeBlock", "/TD", "/TD"]


def test_list_items_hold_a_label_and_a_body_and_nothing_else() -> None:
    pdf = opened(EVERYTHING)
    found = {tuple(types(element)) for element in of_type(pdf, "LI")}
    assert found == {("Lbl", "LBody"), ("LBody",), ("Term", "Term", "Definition"), ("Term", "Definition", "Definition")}


def test_a_task_has_a_box_and_no_bullet_but_keeps_its_number() -> None:
    bullets, numbers = (made((item(paragraph("done"), checked=True),)) for made in (BulletList, OrderedList))
    pdf = opened(article(bullets, numbers))
    assert [types(element) for element in of_type(pdf, "LI")] == [["LBody"], ["Lbl", "LBody"]]
    assert [types(element) for element in of_type(pdf, "LBody")] == [["Furniture"], ["Furniture"]]


def test_lists_say_how_they_are_numbered() -> None:
    pdf = opened(EVERYTHING)
    assert [str(found.A.ListNumbering) for found in of_type(pdf, "L")] == [
        *("/Disc", "/Disc", "/Decimal", "/Decimal", "/Disc", "/None")
    ]


def test_a_table_has_its_caption_first_and_each_cell_knows_its_headers() -> None:
    pdf = opened(EVERYTHING)
    (table,) = of_type(pdf, "Table")
    assert types(table) == ["Caption", "THead", "TBody"]
    assert [types(row) for row in of_type(pdf, "TR")] == [["TH"] * 3, ["TD"] * 3, ["TD"] * 3, ["TH", "TD", "TD"]]
    assert [str(cell.A.Scope) for cell in of_type(pdf, "TH")] == ["/Column"] * 3 + ["/Row"]
    last = of_type(pdf, "TD")[-1]
    assert [bytes(header) for header in last.A.Headers] == [b"table/1/1/3", b"table/1/4/1"]
    assert "/K" not in last


def test_a_passage_in_another_language_says_so() -> None:
    pdf = opened(EVERYTHING)
    languages = [(str(e.S), str(e.Lang)) for e in elements(pdf) if "/Lang" in e and e.S != "/Note"]
    assert languages == [("/Span", "fr"), ("/P", "fr")]


def test_a_note_called_in_a_passage_of_another_language_and_direction_keeps_the_articles() -> None:
    note = Note((paragraph("In English."),), "n")
    pdf = opened(article(Paragraph((Text("سلام"), note), language="ar", direction="rtl")))
    told = [(str(e.S), str(e.get("/Lang", "")), str(e.get("/A", {}).get("/WritingMode", ""))) for e in elements(pdf)]
    assert {("/P", "ar", "/RlTb"), ("/Note", "en", "/LrTb")} <= set(told)


def test_the_space_between_two_styled_words_is_in_the_file() -> None:
    made = article(Paragraph((Emphasis((Text("one"),)), Text(" "), Strong((Text("two"),)))))
    drawn = next(block for block in read(rendered(made)).blocks if block.kind == "paragraph")
    assert [fragment.text for fragment in drawn.fragments] == ["one", " ", "two"]


def test_right_to_left_articles_are_tagged_in_reading_order() -> None:
    words = Paragraph((Text("قال "), Emphasis((Text("الوزير"),)), Text(" نعم")))
    pdf = opened(article(words, language="ar", direction="rtl", title="ع"))
    (line,) = of_type(pdf, "P")
    assert [kid.get("/S", "text") for kid in kids(line)] == ["text", "/Span", "text"]


def test_a_passage_set_right_to_left_says_so() -> None:
    pdf = opened(article(Paragraph((Text("one "), Span((Text("two"),), direction="rtl"), Text(" three")))))
    modes = [(str(e.S), str(e.A.WritingMode)) for e in elements(pdf) if "/A" in e and "/WritingMode" in e.A]
    assert modes == [("/Span", "/RlTb")]


# Notes


def test_a_note_follows_its_call_and_both_have_identifiers() -> None:
    pdf = opened(article(Paragraph((Text("Before"), NOTE, Text(" after")))))
    line = of_type(pdf, "P")[0]
    assert types(line) == ["NoteCall", "Note"]
    assert (bytes(line.K[1].ID), bytes(line.K[2].ID)) == (b"call-1", b"note-1")
    assert types(line.K[2]) == ["Lbl", "P"]


def test_a_note_stays_at_its_call_where_it_is_set_on_a_later_page() -> None:
    long = Note((paragraph(WORDS * 60),), "long")
    pdf = opened(article(paragraph(WORDS * 28), Paragraph((Text(WORDS * 3), long, Text(WORDS * 8)))))
    (call,), (note,) = of_type(pdf, "NoteCall"), of_type(pdf, "Note")
    assert note.P.objgen == of_type(pdf, "P")[1].objgen
    assert max(pages_of(pdf, call)) < max(pages_of(pdf, note.K[1]))


def test_a_note_called_again_is_set_once() -> None:
    pdf = opened(article(Paragraph((Text("One"), NOTE, Text(" two"), NOTE))))
    assert len(of_type(pdf, "NoteCall")) == 2
    assert len(of_type(pdf, "Note")) == 1
    assert types(of_type(pdf, "NoteCall")[1]) == ["Link"]


def test_a_note_may_hold_lists_code_and_quotations() -> None:
    blocks = (
        BulletList((item(paragraph("one")), item(paragraph("two")))),
        CodeBlock("code"),
        BlockQuote((paragraph("quoted"),)),
    )
    pdf = opened(article(Paragraph((Text("A"), Note(blocks, "rich")))))
    (note,) = of_type(pdf, "Note")
    assert types(note) == ["Lbl", "L", "CodeBlock", "BlockQuote"]


def test_line_ends_inside_a_note_are_spaces_and_spaces_collapse() -> None:
    spaced = Paragraph((Text("one \n  two \n"), Emphasis((Text(" three"),)), Text("\n four " + "word \n" * 40)))
    plain = Paragraph((Text("one two "), Emphasis((Text("three"),)), Text(" four " + "word " * 40)))
    first, second = (opened(article(Paragraph((Text("A"), Note((each,), "n"))))) for each in (spaced, plain))
    assert content(first) == content(second)


def test_notes_are_numbered_as_the_article_numbers_them_not_as_they_nest() -> None:
    outer = Note((Paragraph((Text("Outer"), Note((paragraph("Inner"),), "inner"))),), "outer")
    pdf = opened(article(Paragraph((Text("A"), outer)), Paragraph((Text("B"), NOTE))))
    assert [bytes(note.ID) for note in of_type(pdf, "Note")] == [b"note-1", b"note-3", b"note-2"]


# Links


def uris(pdf: pikepdf.Pdf) -> list[bytes]:
    """The targets of links out of the document."""
    return [
        bytes(annotation.A.URI) for page in pdf.pages for annotation in page.get("/Annots", []) if "/A" in annotation
    ]


@pytest.mark.parametrize(
    "target", ["https://example.org/a?b=1&c=2", "https://example.org/käse?x=ü", "mailto:a@b.org", "x.html"]
)
def test_a_link_leads_exactly_where_the_article_says(target: str) -> None:
    assert uris(opened(article(Paragraph((Link((Text("words"),), target),))))) == [target.encode()]


def test_a_link_is_one_element_however_much_is_inside_it() -> None:
    inside = (Text("to "), Emphasis((Text("a page"), Strong((Text("!"),)))), Image("red.png", "A red square"))
    pdf = opened(article(Paragraph((Link(inside, "https://example.org"),))))
    (link,) = of_type(pdf, "Link")
    assert [kid.get("/Type") for kid in kids(link)].count("/OBJR") == len(uris(pdf)) == 1
    assert types(link) == ["Span", "Figure"]


def test_a_link_can_be_followed_wherever_its_picture_is_touched() -> None:
    """The box of a link is one line high; a picture in it is higher."""
    picture = images.resource("tall.png", png(60, 300))
    made = article(Paragraph((Link((Image("tall.png", "A red column"),), "https://example.org"),)))
    pdf = pikepdf.open(io.BytesIO(PdfRenderer().render(made, replace(CONTEXT, resources={"tall.png": picture}))))
    left, top, right, bottom = map(float, pdf.pages[0].Annots[0].Rect)
    low, high = sorted((top, bottom))
    box = [float(corner) for corner in of_type(pdf, "Figure")[0].A.BBox]
    assert left - 1 < box[0] < box[2] < right + 1
    assert low - 1 < box[1] < box[3] < high + 1


def test_a_table_that_is_all_head_has_a_body() -> None:
    pdf = opened(article(Table((cells("A", "B", header=True),), (), (None, None))))
    assert types(of_type(pdf, "Table")[0]) == ["TBody"]
    assert len(of_type(pdf, "TH")) == 2


def test_a_link_over_two_lines_is_one_element_with_two_annotations() -> None:
    pdf = opened(article(Paragraph((Link((Text(WORDS * 2),), "https://example.org"),))))
    assert len(of_type(pdf, "Link")) == 1
    assert len(uris(pdf)) == len([k for k in kids(of_type(pdf, "Link")[0]) if k.get("/Type") == "/OBJR"]) > 1


def test_a_link_to_a_heading_has_its_identifier_and_finds_it() -> None:
    headings = tuple(Heading((Text(name),), 2, name) for name in ("zz", "überschrift", "aé", "ab"))
    links = tuple(Paragraph((Link((Text("to"),), f"#{heading.identifier}"),)) for heading in headings)
    pdf = opened(article(*links, *headings))
    destinations = [str(annotation.Dest) for page in pdf.pages for annotation in page.Annots]
    names = pdf.Root.Names.Dests.Names
    assert destinations == ["zz", "überschrift", "aé", "ab"]
    assert {bytes(e.ID).decode() for e in of_type(pdf, "H2")} == set(destinations)
    assert [bytes(name) for name in names[::2]] == sorted(bytes(name) for name in names[::2])


def test_identifiers_are_given_once() -> None:
    pdf = opened(article(Heading((Text("A"),), 2, "same"), Heading((Text("B"),), 2, "same"), Paragraph((NOTE,))))
    identifiers = [bytes(element.ID) for element in elements(pdf) if "/ID" in element]
    assert len(identifiers) == len(set(identifiers)) == 4
    assert [bytes(name) for name in pdf.Root.StructTreeRoot.IDTree.Names[::2]] == sorted(identifiers)


def test_a_link_is_described_by_its_own_words() -> None:
    link = Link((Text("the "), Emphasis((Text("report"),)), Text(" of May")), "https://example.org")
    pdf = opened(article(Paragraph((link, Text(" now")))))
    assert [str(annotation.Contents) for annotation in pdf.pages[0].Annots] == ["the report of May"]


# Pictures


def test_a_picture_has_its_alternative_text_and_bounds_on_the_page() -> None:
    pdf = opened(with_picture("red.png"))
    found = of_type(pdf, "Figure")
    assert [str(figure.Alt) for figure in found] == ["A red square", "A red square"]
    left, bottom, right, top = (float(value) for value in found[0].A.BBox)
    assert (round(right - left), round(top - bottom)) == (45, 30)
    assert 0 < bottom < top < 842


def test_a_decorative_picture_is_an_artifact() -> None:
    pdf = opened(with_picture("red.png", alt=""))
    assert of_type(pdf, "Figure") == []
    assert [tag for tag, _ in marks(pdf.pages[0])].count("/Artifact") == 3


# What is drawn


def test_only_fonts_of_the_library_are_used() -> None:
    known = {entry.family.replace(" ", "-") for entry in fonts.entries(fonts.library())}
    pdf = opened(EVERYTHING)
    names = {str(font.BaseFont).partition("+")[2] for font in pdf.pages[0].Resources.Font.values()}
    assert {re.sub(r"-(Bold|Italic|Bold-Italic)$", "", name) for name in names} <= known


def test_glyph_arrays_hold_no_empty_strings() -> None:
    pdf = opened(article(paragraph("กำลังน้ำใจที่นี่"), language="th", title="น้ำ"))
    drawn = content(pdf)
    assert b"] TJ" in drawn
    assert b"<>" not in drawn


def test_tabs_in_code_are_set_as_spaces() -> None:
    tabs, spaces = (opened(article(CodeBlock(code))) for code in ("\tx = 1\nab\t# two", "    x = 1\nab  # two"))
    assert content(tabs) == content(spaces)


def test_code_begins_with_its_first_line() -> None:
    pdf = opened(article(CodeBlock("first\nsecond")))
    assert len(kids(of_type(pdf, "Code")[0])) == 2


def test_ordered_lists_begin_with_their_number() -> None:
    one, three = (article(OrderedList((item(paragraph("x")),), start=start)) for start in (1, 3))
    assert content(opened(one)) != content(opened(three))


# Metadata


def test_the_information_dictionary_says_what_the_article_knows() -> None:
    pdf = opened(EVERYTHING)
    assert {key: str(value) for key, value in pdf.docinfo.items()} == {
        "/Title": "Everything: a <rich> sample & more",
        "/Author": "Ana Pérez, Bo Li",
        "/Subject": "Each construct once.",
        "/Keywords": "sample, tests",
        "/Creator": "article-exporter",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20261005060708Z",
        "/ModDate": "D:20261005060708Z",
    }


def test_xmp_says_the_same_and_more() -> None:
    pdf = opened(EVERYTHING)
    with pdf.open_metadata() as found:
        assert found["dc:title"] == "Everything: a <rich> sample & more"
        assert found["dc:creator"] == ["Ana Pérez", "Bo Li"]
        assert found["dc:description"] == "Each construct once."
        assert found["dc:subject"] == {"sample", "tests"}
        assert found["dc:publisher"] == {"The Sample"}
        assert found["dc:rights"] == "CC BY 4.0"
        assert found["dc:identifier"].startswith("urn:uuid:")
        assert found["dc:language"] == {"en"}
        assert found["dc:date"] == ["2026-10-05"]
        assert found["xmp:ModifyDate"] == "2026-10-05T06:07:08Z"
        assert found["pdfuaid:part"] == "1"


def test_what_an_article_does_not_know_is_left_out() -> None:
    packet = xmp(opened(article(paragraph("x"))))
    assert not re.findall("dc:(?:publisher|rights|creator|description|subject|date)", packet)


def test_headings_are_bookmarks() -> None:
    pdf = opened(EVERYTHING)
    with pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Everything: a <rich> sample & more"
        assert [child.title for child in title.children] == ["Lists", "The end"]
        assert [child.title for child in title.children[0].children] == ["Quotes and code"]


def test_the_outline_has_no_note_numbers_in_it() -> None:
    note = Note((paragraph("Noted."),), "a")
    pdf = opened(
        article(Paragraph((Text("First."), note)), Heading((Text("Called"), note, Text(" again")), 2, "called"))
    )
    assert str(pdf.Root.Outlines.First.First.Title) == "Called again"


def test_a_head_set_again_has_no_links_that_belong_to_no_element() -> None:
    head = Row((Cell((Link((Text("Name"),), "https://example.org/"),), True),))
    pdf = opened(article(Table((head,), tuple(cells(f"row {number}") for number in range(90)), (None,))))
    assert len(pdf.pages) > 1
    assert [len(page.get("/Annots", [])) for page in pdf.pages] == [1] + [0] * (len(pdf.pages) - 1)


# Same inputs, same bytes


def test_the_same_article_gives_the_same_bytes() -> None:
    assert PdfRenderer().render(EVERYTHING, CONTEXT) == PdfRenderer().render(EVERYTHING, CONTEXT)


def test_another_process_hash_seed_time_zone_and_locale_give_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.renderers.test_pdf import EVERYTHING, rendered;"
        "print(hashlib.sha256(rendered(EVERYTHING)).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LANGUAGE": "ja", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, env={**os.environ, **other}, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == hashlib.sha256(rendered(EVERYTHING)).hexdigest()


def test_the_editions_date_and_the_articles_identifier_are_all_that_dates_and_identifies_the_file() -> None:
    pdf = opened(EVERYTHING)
    later = PdfRenderer().render(EVERYTHING, replace(CONTEXT, date=datetime(2027, 1, 1, tzinfo=UTC)))
    first, second = (bytes(found.trailer.ID[0]) for found in (pdf, pikepdf.open(io.BytesIO(later))))
    assert first == second
    assert later != rendered(EVERYTHING)


# What is refused


def test_a_character_no_font_has_is_refused_with_its_line() -> None:
    unknown = Paragraph((Text("A \U0001cc00 here"),), position=Position(14))
    with pytest.raises(RenderError, match=r"Line 14: no font has '\U0001cc00' \(U\+1CC00 "):
        rendered(article(paragraph("x"), unknown))


def test_a_picture_that_was_not_loaded_is_refused() -> None:
    with pytest.raises(RenderError, match=r"'gone\.png'"):
        rendered(with_picture("gone.png"))


def test_a_link_to_no_heading_is_refused() -> None:
    with pytest.raises(RenderError, match="nowhere"):
        rendered(article(Paragraph((Link((Text("x"),), "#nowhere"),))))


@pytest.mark.parametrize(
    "style",
    [
        "@import url(https://example.org/x.css);",
        "html { background: url(https://example.org/x.png) }",
        "html { background: url(file:///etc/hostname) }",
        "html { background: url(data:image/png;base64,AAAA) }",
        "p { no-such-property: 1 }",
    ],
)
def test_a_style_sheet_that_reaches_outside_or_is_not_understood_is_refused(style: str, tmp_path: Path) -> None:
    builtin = templating.builtin_templates()
    own = (builtin / "print.css").read_text(encoding="utf-8")
    (tmp_path / "print.css").write_text(style + own, encoding="utf-8")
    with pytest.raises(RenderError, match="The page layout did not follow"):
        PdfRenderer().render(article(paragraph("x")), replace(CONTEXT, templates=(tmp_path, builtin)))


def test_a_page_template_that_is_not_well_formed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "print.html.j2").write_text("<html><br>{{ body }}</html>", encoding="utf-8")
    with pytest.raises(RenderError, match="well-formed"):
        PdfRenderer().render(article(), replace(CONTEXT, templates=(tmp_path, templating.builtin_templates())))


def test_an_element_no_structure_type_stands_for_is_refused(tmp_path: Path) -> None:
    (tmp_path / "print.html.j2").write_text("<html lang='en'><address>x</address>{{ body }}</html>", encoding="utf-8")
    with pytest.raises(RenderError, match="<address>"):
        PdfRenderer().render(article(), replace(CONTEXT, templates=(tmp_path, templating.builtin_templates())))


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="No font library"):
        PdfRenderer().render(article(), replace(CONTEXT, fonts=tmp_path))


# Neighbours


def test_weasyprint_is_left_as_it_was_found() -> None:
    rendered(EVERYTHING)
    import weasyprint.pdf
    from weasyprint.pdf.tags import add_tags

    assert weasyprint.pdf.add_tags is add_tags


def test_an_issue_is_sections_with_openings_of_their_own() -> None:
    parts = tuple(
        Section(
            (paragraph("x"),), Metadata(title=title, authors=("A. B.",), published=date(2026, 10, 5), language="en")
        )
        for title in ("One", "Two")
    )
    pdf = opened(article(*parts))
    assert [types(found) for found in of_type(pdf, "Sect")] == [["Div", "P"], ["Div", "P"]]
    assert [types(found.K[0]) for found in of_type(pdf, "Sect")] == [["H2", "Byline", "Dateline"]] * 2


def test_each_language_in_an_article_is_set_in_its_own_fonts() -> None:
    japanese, chinese = Span((Text("直"),), "ja"), Span((Text("直"),), "zh-Hans")
    pdf = opened(article(Paragraph((Text("In Japanese "), japanese, Text(", in Chinese "), chinese))))
    names = " ".join(str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values())
    assert "Ed-CJK-JP" in names
    assert "Ed-CJK-SC" in names


def test_everything_drawn_is_text_in_the_structure_or_an_artifact_never_one_inside_the_other() -> None:
    painting = {"TJ", "Tj", "f", "f*", "S", "s", "B", "B*", "Do", "sh"}
    pdf = opened(EVERYTHING)
    for page in pdf.pages:
        around: list[bool] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("BDC", "BMC"):
                is_voice = len(operands) > 1 and list(operands[1].keys()) == ["/ActualText"]
                assert is_voice == bool(around)
                around.append(is_voice)
            elif str(operator) == "EMC":
                around.pop()
            assert around or str(operator) not in painting


# What others read


def spoken(pdf: pikepdf.Pdf) -> list[str]:
    """The words set beside glyphs, page by page."""
    found = []
    for page in pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and "/ActualText" in operands[1]:
                found.append(str(operands[1].ActualText))
    return [text for text in found if text.strip()]


def rasters(content: bytes) -> list[bytes]:
    """Every page at 150 dpi, by PDFium."""
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.render(scale=150 / 72).to_pil().tobytes() for page in pdf]


def test_words_whose_glyphs_mislead_are_spelt_out() -> None:
    pdf = opened(article(paragraph("अधिकारों की कार्यक्रम"), language="hi"))
    assert spoken(pdf) == ["अधिकारों", "कार्यक्रम"]


def test_words_that_their_glyphs_tell_are_not_spelt_out() -> None:
    assert spoken(opened(article(paragraph("An official office, naïve façade."), language="en"))) == []


def test_soft_hyphens_and_decomposed_letters_are_copied_as_they_were_written() -> None:
    pdf = opened(article(paragraph("caf\u00e9 cafe\u0301 co\u00adop"), language="en"))
    assert spoken(pdf) == ["cafe\u0301", "co\u00adop"]


def test_right_to_left_words_are_left_to_the_readers_own_order() -> None:
    assert spoken(opened(article(paragraph("مرحبا (hello)"), language="ar", direction="rtl"))) == []


def test_words_the_house_adds_are_not_spelt_out() -> None:
    day = date(2026, 1, 2)
    pdf = opened(article(paragraph("k"), language="km", published=day, authors=("A",)))
    assert spoken(pdf) == []


def test_what_is_read_aloud_changes_nothing_that_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    source = article(paragraph("अधिकारों की कार्यक्रम ภาษาไทยกำลัง ខ្មែរ" * 9), language="hi")
    with_voices = rasters(rendered(source))
    rendered.cache_clear()
    monkeypatch.setattr("exporter.renderers.pdf.marks.Marks.voice", lambda *_: None)
    without = rendered(source)
    rendered.cache_clear()
    assert spoken(pikepdf.open(io.BytesIO(without))) == []
    assert with_voices == rasters(without)
