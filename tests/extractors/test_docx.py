"""Reading DOCX back: what Word shows, in files of our own and of others, and what has been tampered with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image as Pillow

from exporter import images, labels, templating
from exporter.article import (
    Article,
    BlockQuote,
    BulletList,
    Heading,
    Image,
    Link,
    OrderedList,
    Paragraph,
    Span,
    Table,
    Text,
)
from exporter.comparison import ALTERED, OPEN
from exporter.edition import RenderContext
from exporter.errors import ExtractionError
from exporter.extractors.docx import DocxExtractor
from exporter.renderers.docx import DocxRenderer
from exporter.text import FURNITURE, Said, said, said_metadata
from exporter.verifier import compare
from tests.articles import EVERYTHING, NOTE, article, cells, item, paragraph, with_picture

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- Other people's documents -----------------------------------------------------------------


def document(body: str, **roots: str) -> bytes:
    """A DOCX of ``body`` and other parts (``styles="…"``), as bare as the standard allows."""
    relationships = "".join(f'<Relationship Id="{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for name in roots)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{relationships}</Relationships>',
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{root}</w:{name}>" for name, root in roots.items()},
    }
    return packed({name: text.encode() for name, text in files.items()})


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def entries(body: str, **roots: str) -> list[Said]:
    return [
        entry
        for entry in DocxExtractor().extract(document(body, **roots)).entries
        if entry.kind not in (FURNITURE, ALTERED)
    ]


def texts(body: str, **roots: str) -> list[str]:
    return [entry.text for entry in entries(body, **roots) if entry.kind != OPEN]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def style(identifier: str, name: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/>{more}</w:style>'


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<w:ins>{run('word')}</w:ins>",
        f"<w:moveTo>{run('word')}</w:moveTo>",
        f"<w:smartTag>{run('word')}</w:smartTag>",
        f"<w:bdo>{run('word')}</w:bdo>",
        f"<w:sdt><w:sdtPr/><w:sdtContent>{run('word')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr="AUTHOR">{run("word")}</w:fldSimple>',
        f'<w:hyperlink w:anchor="x">{run("word")}</w:hyperlink>',
    ],
)
def test_runs_are_read_wherever_word_keeps_them(wrapped: str) -> None:
    assert texts(p(run("A ") + wrapped + run("."))) == ["A word."]


@pytest.mark.parametrize(
    "unseen",
    [
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('gone')}</w:moveFrom>",
        run("hidden", "<w:vanish/>"),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_what_word_does_not_show_is_not_read(unseen: str) -> None:
    assert texts(p(run("A") + unseen + run("."))) == ["A."]


def test_text_hidden_by_its_style_is_not_read() -> None:
    styles = '<w:style w:type="character" w:styleId="S"><w:name w:val="s"/><w:rPr><w:vanish/></w:rPr></w:style>'
    hidden, shown = run("no", '<w:rStyle w:val="S"/>'), run("yes", '<w:rStyle w:val="S"/><w:vanish w:val="0"/>')
    assert texts(p(hidden + shown), styles=styles) == ["yes"]


@pytest.mark.parametrize(
    ("element", "character"),
    [
        ("<w:noBreakHyphen/>", "\u2011"),
        ("<w:softHyphen/>", "\u00ad"),
        ('<w:sym w:font="Symbol" w:char="2192"/>', "\u2192"),
        ("<w:tab/>", " "),
        ("<w:br/>", " "),
        ("<w:cr/>", " "),
    ],
)
def test_characters_that_are_elements_are_read(element: str, character: str) -> None:
    assert texts(p(f"<w:r><w:t>a</w:t>{element}<w:t>b</w:t></w:r>")) == [f"a{character}b"]


def test_the_result_of_a_field_is_read_and_its_link_followed() -> None:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    instruction = '<w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r>'
    (entry,) = entries(p(begin + instruction + separate + run("there") + end))
    assert (entry.text, entry.attributes["links"]) == ("there", "https://example.org/")


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent>{p(run('box'))}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(p(run("text") + both)) == ["text", "box"]


def test_headings_are_known_by_name_by_what_they_are_based_on_and_by_outline_level() -> None:
    styles = (
        style("berschrift1", "heading 1")
        + style("Own", "Own", '<w:basedOn w:val="berschrift1"/>')
        + style("Out", "Out", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>')
    )
    body = "".join(p(run("x"), f'<w:pStyle w:val="{name}"/>') for name in ("berschrift1", "Own", "Out"))
    found = entries(body + p(run("x"), '<w:outlineLvl w:val="9"/>'), styles=styles)
    assert [(e.kind, e.attributes.get("level")) for e in found] == [
        ("heading", "2"),
        ("heading", "2"),
        ("heading", "4"),
        ("paragraph", None),
    ]


def level(number: int, form: str, start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/></w:lvl>'


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", 3)}{level(1, "decimal")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
)


def markers(*places: tuple[int, int]) -> list[tuple[str | None, str | None]]:
    body = "".join(
        p(run("x"), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
        for number, depth in places
    )
    found = entries(body, numbering=NUMBERING)
    return [(e.attributes.get("list"), e.attributes.get("depth")) for e in found]


def test_lists_are_counted_as_word_counts() -> None:
    assert markers((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)) == [
        ("3", "1"), ("1", "2"), ("2", "2"), ("4", "1"), ("1", "2"),
    ]  # fmt: skip


def test_a_list_that_overrides_its_start_begins_there_once() -> None:
    assert markers((1, 0), (2, 0), (2, 0)) == [("3", "1"), ("7", "1"), ("8", "1")]


def test_lists_of_one_definition_go_on_counting() -> None:
    assert markers((1, 0), (4, 0)) == [("3", "1"), ("4", "1")]


def test_bullets_have_no_number_and_number_zero_is_no_list() -> None:
    assert markers((3, 0), (0, 0)) == [("bullet", "1"), (None, None)]


def test_a_list_style_brings_its_level() -> None:
    styles = style("L", "L", '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr>')
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:pStyle w:val="L"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="9"><w:abstractNumId w:val="0"/></w:num>'
    )
    (entry,) = entries(p(run("x"), '<w:pStyle w:val="L"/>'), styles=styles, numbering=numbering)
    assert (entry.attributes["list"], entry.attributes["depth"]) == ("1", "2")


def test_cells_know_their_place_across_spans() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(run("ab"))}</w:tc>'
    row = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{wide}<w:tc>{p(run('c'))}</w:tc></w:tr>"
    found = entries(f"<w:tbl>{row}</w:tbl>")
    assert [(e.text, e.attributes["column"], e.attributes["header"]) for e in found] == [
        ("ab", "1 and 1 more", "column"),
        ("c", "3", "column"),
    ]


def test_languages_come_from_the_slot_word_looks_in() -> None:
    lang = '<w:lang w:val="en" w:eastAsia="ja" w:bidi="he"/>'
    styles = f"<w:docDefaults><w:rPrDefault><w:rPr>{lang}</w:rPr></w:rPrDefault></w:docDefaults>"
    body = p(run("word")) + p(run("日本")) + p(run("שלום", "<w:rtl/>"), "<w:bidi/><w:rPr><w:rtl/></w:rPr>")
    found = entries(body, styles=styles)
    assert [(e.attributes["language"], e.attributes["direction"]) for e in found] == [
        ("en", "ltr"),
        ("ja", "ltr"),
        ("he", "rtl"),
    ]
    assert all("foreign" not in e.attributes for e in found)


def test_adjacent_runs_of_another_language_are_one_passage() -> None:
    french = '<w:lang w:val="fr"/>'
    (entry,) = entries(p(run("Say ") + run("bon", french) + run("jour", french) + run(" to him")))
    assert entry.attributes["foreign"] == "fr bonjour"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", packed({"a.txt": b"x"}), packed({"_rels/.rels": b"<a"})])
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractionError, match="DOCX"):
        DocxExtractor().extract(content)


def test_a_number_that_is_none_makes_a_document_unreadable() -> None:
    numbering = '<w:abstractNum w:abstractNumId="0"/><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = p(run("x"), '<w:numPr><w:ilvl w:val="deep"/><w:numId w:val="1"/></w:numPr>')
    with pytest.raises(ExtractionError, match="DOCX"):
        DocxExtractor().extract(document(body, numbering=numbering))


# --- Our own, tampered with -------------------------------------------------------------------


def png(colour: str) -> bytes:
    target = io.BytesIO()
    Pillow.new("RGB", (20, 10), colour).save(target, "PNG")
    return target.getvalue()


RED = images.resource("r.png", png("red"))
CONTEXT = RenderContext(labels=labels.load("en", templating.search_path()), resources={"r.png": RED})

SMALL = article(
    paragraph("The first paragraph says déjà vu."),
    paragraph("A second one stands after it."),
    Heading((Text("A heading"),), 2, "h"),
    OrderedList((item(paragraph("one")), item(paragraph("two"))), start=4),
    BulletList((item(paragraph("task"), checked=True),)),
    Paragraph((Text("Quelques mots."),), language="fr"),
    Paragraph((Text("With "), Span((Text("ein Wort"),), "de"), Text(" in it."))),
    Paragraph((Text("שלום"),), language="he", direction="rtl"),
    Paragraph((Link((Text("A link"),), "https://example.org/a"), Text(" and "), Link((Text("x"),), "#h"), NOTE)),
    Paragraph((Text("Again"), NOTE)),
    BlockQuote((paragraph("Quoted words."),)),
    Table((cells("Name", "Town", header=True),), (cells("Ana", "Lima"),), (None, None)),
    paragraph("The last paragraph."),
    authors=("Ana Pérez", "Bo Li"),
)


def tampered(source: Article, change: Callable[[str], str], name: str = "word/document.xml") -> list[str]:
    """The codes of what the verifier finds after ``change`` to a part of the finished edition."""
    with zipfile.ZipFile(io.BytesIO(DocxRenderer().render(source, CONTEXT))) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    before = files[name].decode()
    files[name] = change(before).encode()
    assert files[name].decode() != before
    extraction = DocxExtractor().extract(packed(files))
    return [f.code for f in compare(said(source, {"r.png": RED.digest}), said_metadata(source.metadata), extraction)]


def replacing(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def without(pattern: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, "", text, count=1)


def swapping(first: str, second: str) -> Callable[[str], str]:
    def swap(text: str) -> str:
        return text.replace(first, "\0").replace(second, first).replace("\0", second)

    return swap


def paragraphs(text: str) -> list[str]:
    return re.findall(r"<w:p>.*?</w:p>", text, re.DOTALL)


def swap_paragraphs(text: str) -> str:
    first, second = (next(x for x in paragraphs(text) if words in x) for words in ("The first", "A second"))
    return swapping(first, second)(text)


def drop_paragraph(text: str) -> str:
    return text.replace(next(x for x in paragraphs(text) if "The last" in x), "")


def add_paragraph(text: str) -> str:
    last = next(x for x in paragraphs(text) if "The last" in x)
    return text.replace(last, last + last.replace("The last paragraph.", "Nobody wrote this sentence."))


def repeat_paragraph(text: str) -> str:
    last = next(x for x in paragraphs(text) if "The last" in x)
    return text.replace(last, last + last)


def hide(words: str) -> Callable[[str], str]:
    return lambda text: re.sub(rf"<w:r>(\s*<w:t [^>]*>{words})", r"<w:r><w:rPr><w:vanish/></w:rPr>\1", text, count=1)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("V001", drop_paragraph),
        ("V001", hide("The last")),
        ("V002", add_paragraph),
        ("V003", replacing("says ", "")),
        ("V003", replacing("déjà", "deja")),
        ("V003", replacing("déjà", "de\u0301ja\u0300")),
        ("V004", swap_paragraphs),
        ("V005", repeat_paragraph),
        ("V007", replacing('w:val="Heading1"', 'w:val="BodyText"')),
        ("V007", replacing('w:val="Heading1"', 'w:val="Heading2"')),
        ("V007", without(r"<w:numPr>.*?</w:numPr>")),
        ("V007", replacing('w14:val="1"', 'w14:val="0"')),
        ("V007", without(r"<w:tblHeader/>")),
        ("V007", replacing('w:val="TableHeading"', 'w:val="TableText"')),
        (
            "V007",
            lambda text: re.sub(r'(<w:pStyle w:val=)"Quote"/>(.*?)<w:divId w:val="\d+"/>', r'\1"BodyText"/>\2', text),
        ),
        ("V007", replacing("NOTEREF _note1", "NOTEREF _other")),
        ("V008", replacing('w:anchor="_h1"', 'w:anchor="_h9"')),
        ("V011", without(r'<w:lang w:val="fr"[^>]*/>')),
        ("V011", replacing('<w:lang w:val="de"', '<w:lang w:val="nl"')),
        ("V011", without(r"<w:bidi/>")),
    ],
)
def test_a_change_in_the_body_is_found(code: str, change: Callable[[str], str]) -> None:
    assert code in tampered(SMALL, change)


def test_swapped_cells_are_found() -> None:
    assert "V004" in tampered(SMALL, swapping("Ana</w:t>", "Lima</w:t>"))


def test_an_untouched_edition_is_found_whole() -> None:
    assert tampered(SMALL, lambda text: text.replace("<w:body>", "<w:body><!-- nothing -->")) == []


@pytest.mark.parametrize(
    ("code", "name", "change"),
    [
        ("V005", "word/footnotes.xml", lambda text: text.replace(paragraphs(text)[-1], paragraphs(text)[-1] * 2)),
        ("V001", "word/footnotes.xml", without(r'<w:footnote w:id="1">.*?</w:footnote>')),
        ("V007", "word/numbering.xml", replacing('<w:startOverride w:val="4"/>', '<w:startOverride w:val="1"/>')),
        ("V007", "word/webSettings.xml", without(r'<w:blockQuote w:val="1"/>')),
        ("V008", "word/_rels/document.xml.rels", replacing("example.org/a", "example.com/a")),
        ("V010", "docProps/core.xml", replacing("Ana Pérez", "Ana Perez")),
        ("V010", "docProps/core.xml", without(r"<dc:language>en</dc:language>")),
        ("V011", "word/styles.xml", replacing('<w:lang w:val="en"', '<w:lang w:val="de"')),
    ],
)
def test_a_change_in_another_part_is_found(code: str, name: str, change: Callable[[str], str]) -> None:
    assert code in tampered(SMALL, change, name)


def test_a_lost_alternative_text_is_found() -> None:
    assert tampered(with_picture("r.png"), without(' descr="A red square"')) == ["V006"]


def test_words_beside_a_figures_picture_are_found() -> None:
    added = replacing("</w:drawing></w:r>", "</w:drawing></w:r><w:r><w:t>Words.</w:t></w:r>")
    assert tampered(with_picture("r.png"), added) == ["V002"]


def test_another_picture_under_the_same_words_is_found() -> None:
    with zipfile.ZipFile(io.BytesIO(DocxRenderer().render(with_picture("r.png"), CONTEXT))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["word/media/picture1.png"] = png("blue")
    source = with_picture("r.png")
    found = compare(
        said(source, {"r.png": RED.digest}), said_metadata(source.metadata), DocxExtractor().extract(packed(files))
    )
    assert [f.code for f in found] == ["V009", "V009"]


def test_what_the_edition_adds_is_furniture() -> None:
    found = DocxExtractor().extract(DocxRenderer().render(EVERYTHING, CONTEXT)).entries
    assert [e.text for e in found if e.kind == FURNITURE] == [
        "By", ",", "Published", "Updated", "\u2611", "\u2610", "Table\u00a01\u2002", "#",
    ]  # fmt: skip


def test_a_decorative_picture_says_nothing() -> None:
    found = DocxExtractor().extract(DocxRenderer().render(article(Paragraph((Image("r.png", ""),))), CONTEXT)).entries
    assert [e.kind for e in found if e.kind != FURNITURE] == ["title"]
