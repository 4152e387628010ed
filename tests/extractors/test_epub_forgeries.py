"""EPUB and HTML editions that a reader would see, or hear, say something else: none verifies."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import pytest

from tests.extractors.forgeries import codes, edition, repacked, replaced

DOCUMENT = "EPUB/article.xhtml"
SHEET = "EPUB/style.css"
OUTLINE = "EPUB/toc.ncx"
PACKAGE = "EPUB/content.opf"
CONTENTS = "EPUB/nav.xhtml"

LAST = "<p>Last words.</p>"
PAGES: Mapping[str, tuple[str, str, str]] = {
    "a comment splits added words": (LAST, "<p>Last words.<!-- -->Never.</p>", "V003"),
    "an invisible character is added": ("Last words.", "Last wo\u200brds.", "V003"),
    "a letter is replaced by its double": ("Last words.", "L\u0430st words.", "V003"),
    "a word is set from the right": ("Last words.", '<bdo dir="rtl">Last words.</bdo>', "C001"),
    "an override is added": ("Last words.", "\u202eLast words.\u202c", "V003"),
    "a drawing has words": (LAST, f'{LAST}<svg xmlns="http://www.w3.org/2000/svg"><text>No</text></svg>', "C001"),
    "a formula has words": (LAST, f'{LAST}<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext/></math>', "C001"),
    "another page is framed": (LAST, f'{LAST}<iframe src="other.xhtml"></iframe>', "C001"),
    "an object is embedded": (LAST, f'{LAST}<object data="other.png"></object>', "C001"),
    "a script writes": (LAST, f"{LAST}<script>document.write(1)</script>", "C001"),
    "a handler writes": (LAST, '<p onclick="x()">Last words.</p>', "C001"),
    "words for those without scripts": (LAST, f"{LAST}<noscript><p>No.</p></noscript>", "V002"),
    "a field holds words": (LAST, f'{LAST}<input value="No."/>', "C001"),
    "a form holds words": (LAST, f'{LAST}<input value="No."/><button>No</button>', "C001"),
    "a quotation gets marks": ("Last words.", "<q>Last words.</q>", "C001"),
    "a closed fold hides": (LAST, f"<details><summary></summary>{LAST}</details>", "C001"),
    "a template is added": (LAST, f"{LAST}<template><p>No.</p></template>", "C001"),
    "a ruby's brackets speak": ("<rp>(</rp>", "<rp>(not</rp>", "C001"),
    "another name is heard": (LAST, '<p aria-label="No.">Last words.</p>', "C001"),
    "a heading is no heading to listeners": ('<h2 id="the-end">', '<h2 id="the-end" role="presentation">', "C001"),
    "a hint says more": (LAST, '<p title="No.">Last words.</p>', "C001"),
    "a style hides": (LAST, '<p style="opacity:0">Last words.</p>', "C001"),
    "a style is of the paper's colour": (LAST, '<p style="color:#fff">Last words.</p>', "C001"),
    "an escaped style hides": (LAST, '<p style="dis\\70lay:none">Last words.</p>', "C001"),
    "a style moves away": (LAST, '<p style="text-indent:-9999px">Last words.</p>', "C001"),
    "numbers become letters": ('<ol start="3">', '<ol start="3" type="a">', "C001"),
    "numbers run backwards": ('<ol start="3">', '<ol start="3" reversed="reversed">', "C001"),
    "an item jumps": ("<li><p>Fourth", '<li value="9"><p>Fourth', "V007"),
    "a cell spans two columns": ("<td>Lima</td>", '<td colspan="2">Lima</td>', "V007"),
    "a cell spans two rows": ("<td>Lima</td>", '<td rowspan="2">Lima</td>', "V007"),
    "a head is drawn before what precedes it": (
        "</caption>\n<thead>",
        "</caption><tbody></tbody>\n<thead>",
        "C001",
    ),
    "two elements share an id": ('<h2 id="the-end">', '<h2 id="lists">', "C001"),
    "a call shows a word": (">2</a></sup>", ">2 not</a></sup>", "V007"),
    "a word is called furniture": ("Last words.", 'Last <span class="furniture">no</span> words.', "V003"),
    "a digit is called furniture": (">34.0", '><span class="furniture">9</span>34.0', "V003"),
    "a sign is called furniture": (">34.0", '><span class="furniture">-</span>34.0', "V003"),
    "a box is set in a text": ("Last words.", '<span class="furniture">\u2611</span>Last words.', "V003"),
    "a page number is set in a number": (">34.0", '><span role="doc-pagebreak">9</span>34.0', "V003"),
    "a paragraph is called furniture": (LAST, f'{LAST}<p class="furniture">Retracted</p>', "V002"),
    "a number is called furniture": (LAST, f'{LAST}<p class="furniture">2027</p>', "V002"),
    "the notes are called otherwise": (">Notes</h2>", ">Lies</h2>", "V002"),
    "a way back speaks": ("\u21a9\ufe0e</a>", "not true</a>", "V002"),
    "a way back is heard speaking": ('aria-label="Back to the text (1)"', 'aria-label="Untrue"', "V002"),
    "an author becomes a victim": (">By <", ">Against <", "V002"),
    "the dates change roles": (">Published <", ">Updated <", "V007"),
    "a title stands in the window's bar": ("<title>Everything", "<title>Nothing", "V002"),
    "a picture is drawn from elsewhere": ('alt="A red square"', 'alt="A red square" srcset="x.png 2x"', "C001"),
    "a picture has no size": ('alt="A red square"', 'alt="A red square" width="0"', "C001"),
    "addresses begin elsewhere": ("<head>", '<head><base href="https://example.com/"/>', "C001"),
    "the page leads elsewhere": ("<head>", '<head><meta http-equiv="refresh" content="0;url=x"/>', "C001"),
    "a sheet in the page hides": ("</head>", "<style>p { display: none }</style></head>", "C001"),
    "a sheet is elsewhere": ("</head>", '<link rel="stylesheet" href="https://x.test/a.css"/></head>', "C001"),
    "an unknown element is set": (LAST, "<blink>Last words.</blink>", "C001"),
}
"""What to replace by what in the markup, and the code that is due; EPUB and HTML have the same."""

SHEETS = (
    "p::before { content: 'not ' }",
    "p { display: none }",
    "p { DISPLAY: none !important }",
    "p { dis\\70lay: none }",
    "p { visibility: hidden }",
    "p { opacity: 0 }",
    "p { font-size: 0 }",
    "p { font: 0/0 serif }",
    "p { font-size: calc(1em * 0) }",
    "p { line-height: 0 }",
    "p { letter-spacing: -1em }",
    "p { text-indent: -9999px }",
    "p { margin-left: -200em }",
    "p { position: absolute; left: -9999px }",
    "p { clip-path: inset(50%) }",
    "p { transform: scaleX(-1) }",
    "p { max-height: 0; overflow: hidden }",
    "p { color: transparent }",
    "p { color: rgba(0, 0, 0, 0) }",
    "p { color: #0000 }",
    "body { background: #fff; color: #fefefe }",
    "p { color: white; background: #fffffe }",
    "body { background: #fff; --paper: #fefefe } p { color: var(--paper) }",
    "body { background: #111 } p { color: #121212 } @media print { body { background: #fff } }",
    "body { background: #fff; color: #000 } @media screen { body { background: #000 } }",
    "p { --x: none; display: var(--x) }",
    "p { direction: rtl; unicode-bidi: bidi-override }",
    "p { background: url(no.png) }",
    "p { -webkit-text-security: disc }",
    "p { font-family: Wingdings }",
    "section { order: 1 }",
    "ol { list-style: none }",
    "ol { list-style-type: lower-alpha }",
    "li { display: block }",
    "li { list-style-type: '9. ' }",
    "@import 'other.css';",
    "@font-face { font-family: serif; src: url(other.woff2) }",
    "@counter-style decimal { system: cyclic; symbols: '9' }",
    "@media screen { p { display: none } }",
    "@page { @top-center { content: 'Untrue' } }",
)


@pytest.mark.parametrize(("old", "new", "code"), PAGES.values(), ids=PAGES.keys())
def test_an_epub_does_not_verify_when(old: str, new: str, code: str) -> None:
    forged = repacked(edition("epub"), {DOCUMENT: lambda page: replaced(page, (old, new))})
    assert code in codes("epub", forged)


@pytest.mark.parametrize(("old", "new", "code"), PAGES.values(), ids=PAGES.keys())
def test_a_page_of_html_does_not_verify_when(old: str, new: str, code: str) -> None:
    assert code in codes("html", replaced(edition("html"), (old, new)))


@pytest.mark.parametrize("rule", SHEETS)
def test_a_sheet_that_does_more_than_look_is_reported(rule: str) -> None:
    forged = repacked(edition("epub"), {SHEET: lambda sheet: f"{rule}\n".encode() + sheet})
    # What overrules readers belies a claim of the package, too (C002).
    assert codes("epub", forged) - {"C002"} == {"C001"}


@pytest.mark.parametrize("rule", SHEETS)
def test_a_sheet_in_a_page_of_html_is_read_too(rule: str) -> None:
    assert codes("html", replaced(edition("html"), ("<style>", f"<style>{rule}"))) == {"C001"}


PACKAGES: Mapping[str, tuple[str, str, str, str]] = {
    "a second title": (PACKAGE, "<dc:language>", "<dc:title>Untrue</dc:title><dc:language>", "V010"),
    "a second language": (PACKAGE, "<dc:language>", "<dc:language>fr</dc:language><dc:language>", "V010"),
    "a second publisher": (PACKAGE, "<dc:rights>", "<dc:publisher>X</dc:publisher><dc:rights>", "V010"),
    "a document out of the reading order": (PACKAGE, 'idref="item-1"', 'idref="item-1" linear="no"', "C001"),
    "a document read twice": (PACKAGE, "</spine>", '<itemref idref="item-1"/></spine>', "C001"),
    "a document to fall back on": (PACKAGE, 'id="item-1"', 'id="item-1" fallback="item-2"', "C001"),
    "a recorded voice": (PACKAGE, 'id="item-1"', 'id="item-1" media-overlay="item-3"', "C001"),
    "two items of one id": (PACKAGE, 'id="item-3"', 'id="item-2"', "C001"),
    "another entry in the contents": (CONTENTS, ">Lists</a>", ">Lies</a>", "V002"),
    "entries of the contents swapped": (CONTENTS, "#lists", "#the-end", "C001"),
    "an entry that leads nowhere": (CONTENTS, "#lists", "#nowhere", "C001"),
    "a document that is called none": (PACKAGE, 'media-type="application/xhtml+xml"', 'media-type="image/png"', "C001"),
    "two languages": (DOCUMENT, 'xml:lang="fr">Une', 'xml:lang="de">Une', "V011"),
    "words beside the contents": (CONTENTS, "<body>", "<body><p>Untrue</p>", "V002"),
    "the contents called otherwise": (CONTENTS, ">Contents</h1>", ">Lies</h1>", "V002"),
    "an entity": (DOCUMENT, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x "no">]>', "V001"),
    "a sheet in an instruction": (DOCUMENT, "<!DOCTYPE", '<?xml-stylesheet href="x.css"?><!DOCTYPE', "V001"),
    "a paragraph in another namespace": (DOCUMENT, LAST, '<p xmlns="urn:x">Last words.</p>', "C001"),
    "a page that is none": (DOCUMENT, 'xmlns="http://www.w3.org/1999/xhtml"', 'xmlns="urn:x"', "V001"),
}


@pytest.mark.parametrize(("name", "old", "new", "code"), PACKAGES.values(), ids=PACKAGES.keys())
def test_an_epub_does_not_verify_with(name: str, old: str, new: str, code: str) -> None:
    forged = repacked(edition("epub"), {name: lambda content: replaced(content, (old, new))})
    assert code in codes("epub", forged)


def test_a_second_document_in_the_spine_is_read() -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Untrue.</p></body></html>'
    listed = '<item href="more.xhtml" id="more" media-type="application/xhtml+xml"/></manifest>'
    changes = (("</manifest>", listed), ("</spine>", '<itemref idref="more"/></spine>'))
    forged = repacked(edition("epub"), {PACKAGE: lambda p: replaced(p, *changes)}, ("EPUB/more.xhtml", page))
    assert codes("epub", forged) == {"V002"}


def test_contents_in_the_form_of_epub_2_are_read() -> None:
    forged = repacked(edition("epub"), {OUTLINE: lambda ncx: replaced(ncx, (">Lists<", ">Untrue<"))})
    assert codes("epub", forged) == {"V002", "C001"}


def test_contents_in_the_form_of_epub_2_that_lead_elsewhere_are_noticed() -> None:
    forged = repacked(edition("epub"), {OUTLINE: lambda ncx: replaced(ncx, ("#lists", "#the-end"))})
    assert codes("epub", forged) == {"C001"}


def test_another_word_in_the_guide_of_epub_2_is_noticed() -> None:
    forged = repacked(edition("epub"), {PACKAGE: lambda p: replaced(p, ("Start of the article", "Untrue"))})
    assert codes("epub", forged) == {"V002"}


def test_two_files_of_one_name_are_reported() -> None:
    page = replaced(edition("html"), ("Last words.", "No words."))
    with warnings.catch_warnings(action="ignore"):
        forged = repacked(edition("epub"), {}, (SHEET, page.decode()))
    assert "C001" in codes("epub", forged)


def test_two_packages_are_reported() -> None:
    second = '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    change = ("</rootfiles>", second)
    forged = repacked(edition("epub"), {"META-INF/container.xml": lambda c: replaced(c, change)})
    assert codes("epub", forged) == {"V001"}


@pytest.mark.parametrize("name", ["epub", "html"])
def test_what_is_nested_too_deep_is_refused(name: str) -> None:
    deep = f"{'<div>' * 5000}{'</div>' * 5000}"
    change = (LAST, f"{LAST}{deep}")
    whole = edition(name)
    forged = (
        repacked(whole, {DOCUMENT: lambda page: replaced(page, change)}) if name == "epub" else replaced(whole, change)
    )
    assert codes(name, forged) == {"V001"}


HOUSE = """
body { background: #fff; color: #000; font-family: "Noto Serif", serif }
.box { background: #000; color: #fff; padding: 1em; margin: 2em 0 }
h1 { font-size: 2.4em; text-transform: uppercase; letter-spacing: 0.05em }
figure { float: right; width: 40%; margin-inline-start: 1em }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }
"""


@pytest.mark.parametrize("name", ["epub", "html"])
def test_a_house_style_of_looks_alone_is_no_finding(name: str) -> None:
    whole = edition(name)
    sheets = {SHEET: lambda _: HOUSE.encode()}
    styled = (
        repacked(whole, sheets) if name == "epub" else replaced(whole, ("<style>", f"<style>{HOUSE}</style><style>"))
    )
    assert codes(name, styled) == set()
