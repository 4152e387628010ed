"""Reading a PDF back: the article comes out as it went in, and nothing less passes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image as Pillow

from exporter import images
from exporter.article import (
    Article,
    Block,
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
    Row,
    Section,
    Span,
    Strong,
    Table,
    Text,
)
from exporter.edition import UNREADABLE, Resource
from exporter.errors import ExtractionError
from exporter.extractors.pdf import PdfExtractor
from exporter.pdfstructure import Glyph, Run, open_document
from exporter.text import FURNITURE, Said, said
from exporter.verifier import compare
from tests import articles
from tests.articles import article, cells, item, paragraph
from tests.extractors.pdfs import codes, elements, findings, redrawn, rendered, tampered

LONG = "Twelve quick foxes, all of them well fed, jumped over an office wall without a single afterthought. " * 14


def entries(content: bytes, kind: str | None = None) -> list[Said]:
    found = PdfExtractor().extract(content).entries
    return [entry for entry in found if entry.kind != FURNITURE and kind in (None, entry.kind)]


def texts(content: bytes, kind: str | None = None) -> list[str]:
    return [entry.text for entry in entries(content, kind)]


def picture(colour: tuple[int, int, int, int], suffix: str = "PNG") -> Resource:
    target = io.BytesIO()
    image = Pillow.new("RGBA" if suffix == "PNG" else "RGB", (8, 6), colour if suffix == "PNG" else colour[:3])
    image.save(target, suffix)
    return images.resource("picture", target.getvalue())


# --- What is in comes out ---------------------------------------------------------------------


def test_an_article_with_everything_reads_back_as_written() -> None:
    assert findings(articles.EVERYTHING, rendered(articles.EVERYTHING)) == ()


def test_entries_come_in_the_order_of_the_article() -> None:
    wanted = [(entry.kind, entry.attributes.get("list", "")) for entry in said(articles.EVERYTHING)]
    found = entries(rendered(articles.EVERYTHING))
    assert wanted == [(entry.kind, entry.attributes.get("list", "")) for entry in found]


@pytest.mark.parametrize("suffix", ["PNG", "JPEG"])
def test_pictures_are_told_by_their_pixels(suffix: str) -> None:
    resources = {"picture": picture((200, 30, 30, 255), suffix)}
    illustrated = articles.with_picture("picture")
    assert findings(illustrated, rendered(illustrated, resources), resources) == ()


def test_a_picture_may_be_transparent() -> None:
    resources = {"picture": picture((200, 30, 30, 90))}
    illustrated = articles.with_picture("picture")
    assert findings(illustrated, rendered(illustrated, resources), resources) == ()


def test_a_paragraph_over_several_lines_is_one_text() -> None:
    (text,) = texts(rendered(article(paragraph(LONG))), "paragraph")
    assert text.count("\n") > 5


def test_a_paragraph_over_two_pages_is_one_text() -> None:
    long = article(*[paragraph(LONG)] * 6)
    content = rendered(long)
    assert len(open_document(content).pages) > 1
    assert findings(long, content) == ()


def test_the_repeated_head_of_a_long_table_is_said_once() -> None:
    rows = tuple(cells(f"row {number}", "value") for number in range(90))
    long = article(Table((cells("Name", "Value", header=True),), rows, (None, None)))
    content = rendered(long)
    assert len(open_document(content).pages) > 1
    assert findings(long, content) == ()


def test_hyphens_of_the_author_and_of_the_typesetter_both_pass() -> None:
    words = "Nord-Süd-Verbindung und Donaudampfschifffahrtsgesellschaftskapitän, "
    german = article(paragraph(words * 12), title="Wörter", language="de")
    assert findings(german, rendered(german)) == ()


def test_white_space_between_inlines_is_read_from_the_page() -> None:
    spaced = article(Paragraph((Emphasis((Text("one"),)), Text(" "), Strong((Text("two"),)))))
    assert texts(rendered(spaced), "paragraph") == ["one two"]


def test_no_white_space_between_inlines_is_read_as_none() -> None:
    joined = article(Paragraph((Emphasis((Text("one"),)), Strong((Text("two"),)))))
    assert texts(rendered(joined), "paragraph") == ["onetwo"]


def test_a_link_may_have_letters_beyond_ascii() -> None:
    linked = article(Paragraph((Link((Text("oil"),), "https://de.wikipedia.org/wiki/Öl"),)))
    assert findings(linked, rendered(linked)) == ()


def test_a_link_within_the_article_leads_to_its_heading() -> None:
    linked = article(
        Paragraph((Link((Text("below"),), "#second"),)),
        Heading((Text("First"),), 2, "first"),
        Heading((Text("Second"),), 2, "second"),
    )
    (entry,) = entries(rendered(linked), "paragraph")
    assert entry.attributes["links"] == "#2"


def test_an_item_that_begins_with_no_text_has_an_empty_entry() -> None:
    listed = article(BulletList((item(BlockQuote((paragraph("Quoted"),))), item())))
    assert findings(listed, rendered(listed)) == ()
    assert texts(rendered(listed), "paragraph") == ["", "Quoted", ""]


def test_a_section_of_an_issue_reads_back_with_its_head() -> None:
    head = Metadata(title="Inner", subtitle="What it is about", authors=("Ana Pérez",), language="en")
    issue = article(Section((Heading((Text("Part"),), 3), paragraph("Words.")), head))
    assert findings(issue, rendered(issue)) == ()


def test_a_passage_in_another_language_over_several_lines_is_one_passage() -> None:
    foreign = article(Paragraph((Text("They said: "), Span((Text("quelques mots de plus, " * 20),), "fr"), Text("."))))
    content = rendered(foreign)
    (entry,) = entries(content, "paragraph")
    assert entry.attributes["foreign"].count("\n") == 0
    assert findings(foreign, content) == ()


def test_running_heads_and_markers_are_furniture() -> None:
    found = PdfExtractor().extract(rendered(article(BulletList((item(paragraph("An item")),))))).entries
    assert "•" in {entry.text.strip() for entry in found if entry.kind == FURNITURE}
    assert "An item" not in {entry.text for entry in found if entry.kind == FURNITURE}


# --- What can be read, and what must be proved ------------------------------------------------


@pytest.mark.parametrize("text", ["Plain words of office life", "Crème brûlée naïve", "世界人权宣言", "Ωραία Привет"])
def test_text_of_one_glyph_a_character_is_readable(text: str) -> None:
    (entry,) = entries(rendered(article(paragraph(text))), "paragraph")
    assert UNREADABLE not in entry.attributes
    assert entry.text == text


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Arab", "يولد جميع الناس"),
        ("Hebr", "כל בני האדם"),
        ("Deva", "सभी मनुष्यों"),
        ("Thai", "มนุษย์ทั้งหลาย"),
        ("Khmr", "មនុស្ស"),
    ],
)
def test_text_that_cannot_be_read_says_so(script: str, text: str) -> None:
    (entry,) = entries(rendered(article(paragraph(text))), "paragraph")
    assert entry.attributes[UNREADABLE] == script


@pytest.mark.parametrize(("language", "script"), [("ar", "Arab"), ("he", "Hebr"), ("pa-Arab", "Arab")])
def test_latin_words_in_a_paragraph_that_runs_right_to_left_must_be_proved(language: str, script: str) -> None:
    source = article(paragraph('— @isaacs, "Money and Open Source"'), language=language, direction="rtl")
    content = rendered(source)
    (entry,) = entries(content, "paragraph")
    assert entry.attributes[UNREADABLE] == script
    assert findings(source, content) == ()


def test_one_foreign_word_makes_the_whole_text_unreadable() -> None:
    (entry,) = entries(rendered(article(paragraph("The word नमस्ते is a greeting."))), "paragraph")
    assert entry.attributes[UNREADABLE] == "Deva"


# --- Mutants: an edition of another article does not pass as one of this ----------------------

SAMPLE = article(
    paragraph("The first paragraph has some words in it."),
    Heading((Text("A café in Peru"),), 2, "cafe"),
    Paragraph((Text("Read "), Link((Text("this page"),), "https://example.org/a"), Text(" and go on."))),
    OrderedList((item(paragraph("First item")), item(paragraph("Second item"))), start=4),
    Table((cells("Country", "Capital", header=True),), (cells("Peru", "Lima"), cells("Chad", "")), (None, None)),
    Paragraph((Text("A word in "), Span((Text("français"),), "fr"), Text(", a note"), articles.NOTE, Text("."))),
    paragraph("The last paragraph ends it."),
)


def change(place: int, block: Block) -> Article:
    blocks = list(SAMPLE.blocks)
    blocks[place] = block
    return replace(SAMPLE, blocks=tuple(blocks))


def without(place: int) -> Article:
    return replace(SAMPLE, blocks=SAMPLE.blocks[:place] + SAMPLE.blocks[place + 1 :])


def swapped(first: int, second: int) -> Article:
    blocks = list(SAMPLE.blocks)
    blocks[first], blocks[second] = blocks[second], blocks[first]
    return replace(SAMPLE, blocks=tuple(blocks))


def table(*rows: Row) -> Table:
    return Table((cells("Country", "Capital", header=True),), rows, (None, None))


MUTANTS: dict[str, tuple[Article, str]] = {
    "a word dropped": (change(0, paragraph("The first paragraph has some in it.")), "V003"),
    "a space dropped": (change(0, paragraph("The first paragraph hassome words in it.")), "V003"),
    "a full stop dropped": (change(0, paragraph("The first paragraph has some words in it")), "V003"),
    "two words changed over": (change(0, paragraph("The paragraph first has some words in it.")), "V003"),
    "a paragraph dropped": (without(6), "V001"),
    "a paragraph added": (replace(SAMPLE, blocks=(*SAMPLE.blocks, paragraph("One more."))), "V002"),
    "a paragraph repeated": (replace(SAMPLE, blocks=(*SAMPLE.blocks, SAMPLE.blocks[6])), "V005"),
    "two paragraphs changed over": (swapped(0, 6), "V004"),
    "an accent lost": (change(1, Heading((Text("A cafe in Peru"),), 2, "cafe")), "V003"),
    "a heading made a paragraph": (change(1, paragraph("A café in Peru")), "V007"),
    "a heading of another level": (change(1, Heading((Text("A café in Peru"),), 3, "cafe")), "V007"),
    "another link target": (
        change(2, Paragraph((Text("Read "), Link((Text("this page"),), "https://example.org/b"), Text(" and go on.")))),
        "V008",
    ),
    "a link lost": (change(2, paragraph("Read this page and go on.")), "V008"),
    "another number": (
        change(3, OrderedList((item(paragraph("First item")), item(paragraph("Second item"))), start=5)),
        "V007",
    ),
    "bullets for numbers": (
        change(3, BulletList((item(paragraph("First item")), item(paragraph("Second item"))))),
        "V007",
    ),
    "two cells changed over": (change(4, table(cells("Lima", "Peru"), cells("Chad", ""))), "V007"),
    "a cell in another column": (change(4, table(cells("Peru", "Lima"), cells("", "Chad"))), "V007"),
    "a head lost": (
        change(4, Table((), (cells("Country", "Capital"), cells("Peru", "Lima"), cells("Chad", "")), (None, None))),
        "V007",
    ),
    "another language": (
        change(
            5,
            Paragraph(
                (Text("A word in "), Span((Text("français"),), "es"), Text(", a note"), articles.NOTE, Text("."))
            ),
        ),
        "V011",
    ),
    "a note's text": (
        change(
            5,
            Paragraph(
                (
                    Text("A word in "),
                    Span((Text("français"),), "fr"),
                    Text(", a note"),
                    Note((paragraph("The first note, with words."),), "one"),
                    Text("."),
                )
            ),
        ),
        "V003",
    ),
    "a call moved": (
        change(5, Paragraph((Text("A word in "), Span((Text("français"),), "fr"), articles.NOTE, Text(", a note.")))),
        "V003",
    ),
    "another title": (replace(SAMPLE, metadata=replace(SAMPLE.metadata, title="Another title")), "V003"),
}


def test_the_sample_itself_passes() -> None:
    assert findings(SAMPLE, rendered(SAMPLE)) == ()


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_found(name: str) -> None:
    mutant, code = MUTANTS[name]
    assert code in codes(SAMPLE, rendered(mutant))


def test_lost_alternative_text_is_found() -> None:
    resources = {"picture": picture((200, 30, 30, 255))}
    other = articles.with_picture("picture", "A blue circle")
    assert "V006" in codes(articles.with_picture("picture"), rendered(other, resources), resources)


def test_another_picture_is_found() -> None:
    planned, drawn = {"picture": picture((200, 30, 30, 255))}, {"picture": picture((200, 31, 30, 255))}
    illustrated = articles.with_picture("picture")
    assert codes(illustrated, rendered(illustrated, drawn), planned) == {"V009"}


# --- Tampered files: what the structure tree, the page and the metadata say all count ---------


def drop_kids(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "P")[0]["/K"]


def make_heading(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0]["/S"] = pikepdf.Name.H2


def reverse_items(pdf: pikepdf.Pdf) -> None:
    first, second = (element for element in elements(pdf, "LBody"))
    first["/K"], second["/K"] = second["/K"], first["/K"]


def change_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root["/Lang"] = pikepdf.String("fr")


def change_target(pdf: pikepdf.Pdf) -> None:
    for annotation in pdf.pages[0].Annots:
        if "/A" in annotation and "/URI" in annotation["/A"]:
            annotation["/A"]["/URI"] = pikepdf.String("https://example.org/elsewhere")


def change_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Quite another"


def drop_packet(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Metadata"]


TAMPERING: dict[str, tuple[Callable[[pikepdf.Pdf], None], set[str]]] = {
    "a paragraph without content": (drop_kids, {"V001"}),
    "a paragraph tagged as a heading": (make_heading, {"V007"}),
    "items in another order": (reverse_items, {"V003", "V004"}),
    "another language": (change_language, {"V010", "V011"}),
    "a link that leads elsewhere": (change_target, {"V008"}),
    "Info against XMP": (change_title, {"V010"}),
    "no XMP": (drop_packet, {"V010"}),
}


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_found(name: str) -> None:
    tamper, expected = TAMPERING[name]
    assert expected & codes(SAMPLE, tampered(rendered(SAMPLE), tamper))


def test_text_outside_the_structure_tree_is_furniture() -> None:
    drawn = redrawn(rendered(SAMPLE), lambda stream: stream.replace(b"/MCID 1>>", b"/MCID 9999>>", 1))
    assert {"V001", "V003"} & codes(SAMPLE, drawn)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(ExtractionError, match="cannot be read back"):
        PdfExtractor().extract(b"not a PDF")


def test_an_untagged_pdf_is_refused() -> None:
    def untag(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/StructTreeRoot"]

    with pytest.raises(ExtractionError, match="not tagged"):
        PdfExtractor().extract(tampered(rendered(SAMPLE), untag))


def test_a_malformed_font_is_refused() -> None:
    def break_font(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            font.DescendantFonts = pikepdf.Array([None])

    with pytest.raises(ExtractionError, match="cannot be read back"):
        PdfExtractor().extract(tampered(rendered(SAMPLE), break_font))


def test_a_form_that_draws_itself_is_refused() -> None:
    def close_the_circle(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].Resources
        resources.XObject.X.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=resources.XObject.X))

    content = by_hand(marked(b"ET /X Do BT"), {"X": b"/X Do"})
    with pytest.raises(ExtractionError, match="cannot be read back"):
        PdfExtractor().extract(tampered(content, close_the_circle))


def test_a_truncated_pdf_is_refused_or_found_wanting() -> None:
    content = rendered(SAMPLE)
    assert "V001" in codes(SAMPLE, content[: len(content) // 3])


# --- The content stream -----------------------------------------------------------------------

CMAP = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"


def by_hand(stream: bytes, forms: dict[str, bytes] | None = None) -> bytes:
    """A one-page PDF with ``stream`` as its content; letters of font /F are 600/1000 em wide."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.TrueType,
        BaseFont=pikepdf.Name("/ABCDEF+Test"),
        FirstChar=0,
        Widths=[600] * 128,
        ToUnicode=pdf.make_stream(CMAP),
    )
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary())
    for name, content in (forms or {}).items():
        form = pdf.make_stream(content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 200, 200])
        resources.XObject[f"/{name}"] = form
    page.Resources = resources
    page.Contents = pdf.make_stream(stream)
    kids = pikepdf.Array([0])
    element = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, Pg=page.obj, K=kids)
    pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=element)
    target = io.BytesIO()
    pdf.save(target)
    return target.getvalue()


def drawn(stream: bytes, forms: dict[str, bytes] | None = None) -> list[Glyph]:
    (page,) = open_document(by_hand(stream, forms)).pages
    return [glyph for run in page.content.marked[0] if isinstance(run, Run) for glyph in run.glyphs]


def marked(content: bytes) -> bytes:
    return b"/P <</MCID 0>> BDC BT /F 10 Tf " + content + b" ET EMC"


OPERATORS: dict[str, tuple[bytes, str, tuple[float, float]]] = {
    "Tj": (b"10 20 Td (ab) Tj", "ab", (16, 20)),
    "TJ": (b"10 20 Td [(a) -1000 (b)] TJ", "ab", (26, 20)),
    "Tm": (b"2 0 0 2 10 20 Tm (ab) Tj", "ab", (22, 20)),
    "Td twice": (b"10 20 Td (a) Tj 5 -12 Td (b) Tj", "ab", (15, 8)),
    "TD sets the leading": (b"10 90 Td 0 -12 TD (a) Tj T* (b) Tj", "ab", (10, 66)),
    "TL and T*": (b"14 TL 10 90 Td (a) Tj T* (b) Tj", "ab", (10, 76)),
    "'": (b"14 TL 10 90 Td (a) Tj (b) '", "ab", (10, 76)),
    '"': (b'14 TL 10 90 Td (a) Tj 0 2 (cb) "', "acb", (18, 76)),
    "Tc": (b"3 Tc 10 20 Td (ab) Tj", "ab", (19, 20)),
    "Tw": (b"5 Tw 10 20 Td (a b) Tj", "a b", (27, 20)),
    "Tz": (b"50 Tz 10 20 Td (ab) Tj", "ab", (13, 20)),
    "Ts": (b"10 20 Td 4 Ts (ab) Tj", "ab", (16, 24)),
}


@pytest.mark.parametrize("name", OPERATORS)
def test_a_text_operator_puts_the_last_glyph_where_pdf_says(name: str) -> None:
    stream, text, place = OPERATORS[name]
    glyphs = drawn(marked(stream))
    assert "".join(glyph.text or "" for glyph in glyphs) == text
    assert (glyphs[-1].x, glyphs[-1].y) == pytest.approx(place)


def test_a_form_draws_in_its_place_and_restores_the_state() -> None:
    form = b"/F 10 Tf BT 1 0 0 1 5 5 Tm (x) Tj ET"
    stream = b"/P <</MCID 0>> BDC q 1 0 0 1 100 50 cm /X Do Q BT /F 10 Tf 10 20 Td (y) Tj ET EMC"
    assert [(g.text, g.x, g.y) for g in drawn(stream, {"X": form})] == [("x", 105, 55), ("y", 10, 20)]


def test_artifacts_inside_marked_content_stay_artifacts() -> None:
    stream = marked(b"10 20 Td (a) Tj ET /Artifact BMC BT (hidden) Tj ET EMC BT 30 20 Td (b) Tj")
    assert "".join(glyph.text or "" for glyph in drawn(stream)) == "ab"


def test_two_baselines_in_one_sequence_are_two_lines() -> None:
    (entry,) = entries(by_hand(marked(b"10 90 Td (one) Tj 0 -14 Td (two) Tj")), "paragraph")
    assert entry.text == "one\ntwo"


def test_a_wide_gap_is_read_as_a_space() -> None:
    def fragments(gap: int) -> bytes:
        second = f"1 0 0 1 {28 + gap} 90 Tm".encode()
        return marked(b"1 0 0 1 10 90 Tm (one) Tj ET EMC /P <</MCID 1>> BDC BT " + second + b" (two) Tj")

    def text(gap: int) -> str:
        def refer(pdf: pikepdf.Pdf) -> None:
            pdf.Root.StructTreeRoot.K.K = pikepdf.Array([0, 1])

        return texts(tampered(by_hand(fragments(gap)), refer), "paragraph")[0]

    assert (text(0), text(6)) == ("onetwo", "one two")


def test_a_cell_that_says_nothing_is_still_a_cell() -> None:
    sparse = article(Table((), (Row((Cell(()), Cell((Text("b"),)))),), (None, None)))
    assert texts(rendered(sparse), "cell") == ["", "b"]


def test_every_attribute_the_extractor_claims_to_carry_is_compared() -> None:
    extraction = PdfExtractor().extract(rendered(SAMPLE))
    stripped = replace(extraction, entries=tuple(replace(e, attributes={}) for e in extraction.entries))
    found = {finding.code for finding in compare(said(SAMPLE), extraction.metadata, stripped)}
    assert {"V007", "V008", "V011"} <= found


# --- Rare, but written ------------------------------------------------------------------------


def test_a_code_block_without_code_is_read_as_one() -> None:
    bare = article(paragraph("Before."), CodeBlock(""), paragraph("After."))
    assert findings(bare, rendered(bare)) == ()


def test_a_link_that_calls_a_note_with_a_link_leads_to_its_own_target() -> None:
    note = Note((Paragraph((Link((Text("Elsewhere"),), "https://example.org/note"),)),), "a")
    linked = article(Paragraph((Text("See "), Link((Text("this"), note, Text(" there")), "https://example.org/text"))))
    assert findings(linked, rendered(linked)) == ()


def test_a_note_called_at_the_end_of_a_long_note_is_read_after_it() -> None:
    inner = Note((paragraph("Said last."),), "inner")
    outer = Note((paragraph(LONG), paragraph(LONG), Paragraph((Text("And then"), inner))), "outer")
    noted = article(Paragraph((Text("Words"), outer)), *[paragraph(LONG)] * 3)
    assert findings(noted, rendered(noted)) == ()


def test_a_heading_with_a_tall_picture_is_where_its_destination_is() -> None:
    target = io.BytesIO()
    Pillow.new("RGB", (120, 200), (200, 30, 30)).save(target, "PNG")
    resources = {"tall": images.resource("tall", target.getvalue())}
    heading = Heading((Text("A picture "), Image("tall", "A red post")), 2, "tall")
    illustrated = article(paragraph("See."), heading, Paragraph((Link((Text("above"),), "#tall"),)))
    assert findings(illustrated, rendered(illustrated, resources), resources) == ()
