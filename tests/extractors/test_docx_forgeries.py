"""Word documents that a reader would see say something else: none verifies."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import pytest

from tests.extractors.forgeries import codes, edition, repacked, replaced

MAIN, NOTES, STYLES = "word/document.xml", "word/footnotes.xml", "word/styles.xml"
NUMBERS, SETTINGS, FOOTER = "word/numbering.xml", "word/settings.xml", "word/footer1.xml"
RELATIONS, TYPES, CORE = "word/_rels/document.xml.rels", "[Content_Types].xml", "docProps/core.xml"

LAST = '<w:r><w:t xml:space="preserve">Last words.</w:t></w:r>'
RUN = "<w:r><w:t>Never.</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"
END = "<w:sectPr>"
CELL = '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr><w:r><w:t xml:space="preserve">Lima'
BODY = '<w:name w:val="Body Text"/>'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def styled(properties: str) -> tuple[str, str, str]:
    """The last words with run properties of their own, in the main document."""
    return MAIN, LAST, LAST.replace("<w:r>", f"<w:r><w:rPr>{properties}</w:rPr>")


def set_in(around: str) -> tuple[str, str, str]:
    """The last words inside other markup."""
    return MAIN, LAST, around.format(LAST)


def put(block: str) -> tuple[str, str, str]:
    """A block more at the end of the body."""
    return MAIN, END, f"{block}{END}"


def paragraphed(properties: str) -> tuple[str, str, str]:
    """The last paragraph with properties of its own."""
    start = '<w:pStyle w:val="BodyText"/></w:pPr>'
    return MAIN, f"{start}{LAST}", f'<w:pStyle w:val="BodyText"/>{properties}</w:pPr>{LAST}'


def field(instruction: str, result: str) -> str:
    """A field and its result."""
    return f'<w:fldSimple w:instr="{instruction}">{result}</w:fldSimple>'


NUMBER = 'SEQ Table \\* ARABIC "><w:r><w:rPr><w:rStyle w:val="Furniture"/></w:rPr><w:t xml:space="preserve">1'


ELSEWHERE = " HYPERLINK &quot;https://example.com/&quot; "
BYLINE = '<w:r><w:t xml:space="preserve">Ana P\u00e9rez</w:t></w:r>'
CODE = '<w:pStyle w:val="SourceCode"/></w:pPr><w:r>'
BREAK = '<w:pStyle w:val="ThematicBreak"/></w:pPr>'
CLICK = (
    '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>'
)

FORGERIES: Mapping[str, tuple[tuple[str, str, str], str]] = {
    # Numbers of captions
    "a caption has another number": ((MAIN, NUMBER, NUMBER[:-1] + "7"), "C001"),
    "a caption starts the count anew": ((MAIN, "SEQ Table \\* ARABIC", "SEQ Table \\r 7"), "C001"),
    "a caption hides its number": ((MAIN, "SEQ Table \\* ARABIC", "SEQ Table \\h"), "C001"),
    "a table is counted as a figure": ((MAIN, "SEQ Table", "SEQ Figure"), "C001"),
    "a table is called a figure": ((MAIN, "Table\u00a0", "Figure\u00a0"), "V007"),
    "a caption has a number nothing counts": ((MAIN, " SEQ Table \\* ARABIC ", " HYPERLINK "), "C001"),
    "a caption is called a credit": ((MAIN, "Table\u00a0", "Credit\u00a0"), "V007"),
    "a text is numbered": (put(f"<w:p>{field(' SEQ Table ', RUN)}</w:p>"), "C001"),
    # Hidden text
    "a run is hidden": (styled("<w:vanish/>"), "V001"),
    "a run is hidden from the web view": (styled("<w:webHidden/>"), "C001"),
    "a run is white": (styled('<w:color w:val="FFFFFF"/>'), "V001"),
    "a run is nearly white": (styled('<w:color w:val="F4F4F4"/>'), "V001"),
    "a run is of the paper's theme colour": (styled('<w:color w:val="auto" w:themeColor="background1"/>'), "V001"),
    "a run is black on black": (styled('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>'), "V001"),
    "a run is black on nearly black": (
        styled('<w:shd w:val="clear" w:fill="0A0A0A"/><w:color w:val="000000"/>'),
        "V001",
    ),
    "a run has half a point": (styled('<w:sz w:val="1"/>'), "C001"),
    "a run is one percent wide": (styled('<w:w w:val="1"/>'), "C001"),
    "letters lie on each other": (styled('<w:spacing w:val="-400"/>'), "C001"),
    "a run is lifted from its line": (styled('<w:position w:val="800"/>'), "C001"),
    "a run is in a font of symbols": (styled('<w:rFonts w:ascii="Wingdings"/>'), "C001"),
    "a style hides": ((STYLES, BODY, f"{BODY}<w:rPr><w:vanish/></w:rPr>"), "V001"),
    "a style is white": ((STYLES, BODY, f'{BODY}<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'), "V001"),
    "all text is hidden": ((STYLES, "<w:rPrDefault><w:rPr>", "<w:rPrDefault><w:rPr><w:vanish/>"), "V001"),
    "a paragraph's end is hidden": (paragraphed("<w:rPr><w:vanish/></w:rPr>"), "C001"),
    "a paragraph's end is deleted": (paragraphed('<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>'), "C001"),
    "a paragraph is off the page": (paragraphed('<w:ind w:left="20000"/>'), "C001"),
    "a paragraph has no height": (paragraphed('<w:spacing w:line="1" w:lineRule="exact"/>'), "C001"),
    "a paragraph is framed": (paragraphed('<w:framePr w:x="20000" w:y="1"/>'), "C001"),
    "a row is hidden": ((MAIN, "<w:trPr><w:cantSplit/>", "<w:trPr><w:hidden/><w:cantSplit/>"), "V001"),
    "a row is deleted": ((MAIN, "<w:trPr><w:cantSplit/>", '<w:trPr><w:del w:id="9"/><w:cantSplit/>'), "V001"),
    "a row has no height": (
        (MAIN, "<w:trPr><w:cantSplit/>", '<w:trPr><w:trHeight w:val="1" w:hRule="exact"/><w:cantSplit/>'),
        "C001",
    ),
    "a run is deleted": (set_in('<w:del w:id="9">{}</w:del>'), "V001"),
    "a run has moved away": (set_in('<w:moveFrom w:id="9">{}</w:moveFrom>'), "V001"),
    # Text nobody wrote
    "a paragraph is added": (put(PARAGRAPH), "V002"),
    "a run is inserted": (set_in('{}<w:ins w:id="9"><w:r><w:t>No.</w:t></w:r></w:ins>'), "V003"),
    "a comment splits added words": ((MAIN, "Last words.<", "Last words.<!-- -->No.<"), "V003"),
    "a control's placeholder is shown": (
        set_in(f"{{}}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{RUN}</w:sdtContent></w:sdt>"),
        "V003",
    ),
    "a control shows what is stored elsewhere": (
        set_in('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'),
        "C001",
    ),
    "a field shows the day of printing": (set_in(field("DATE", "{}")), "C001"),
    "a field takes in a file": (set_in(field("INCLUDETEXT x.docx", "{}")), "C001"),
    "a text box is added": (
        set_in(f"{{}}<w:r><w:drawing><w:txbxContent>{PARAGRAPH}</w:txbxContent></w:drawing></w:r>"),
        "V002",
    ),
    "another document is taken in": (put('<w:altChunk r:id="rId1"/>'), "C001"),
    "a formula is added": (
        set_in('{}<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r/></m:oMath>'),
        "C001",
    ),
    "an old drawing is added": (set_in("{}<w:r><w:pict/></w:r>"), "C001"),
    "an object is added": (set_in("{}<w:r><w:object/></w:r>"), "C001"),
    "a drawing without a picture is added": (set_in("{}<w:r><w:drawing/></w:r>"), "C001"),
    "some programs show another text": (
        set_in(
            f'<mc:AlternateContent {MC} xmlns:z="urn:z"><mc:Choice Requires="z">{{}}</mc:Choice>'
            f"<mc:Fallback>{RUN}</mc:Fallback></mc:AlternateContent>"
        ),
        "C001",
    ),
    "a block stands where only some see it": (
        put(f'<mc:AlternateContent {MC}><mc:Choice Requires="w">{PARAGRAPH}</mc:Choice></mc:AlternateContent>'),
        "C001",
    ),
    "a symbol is set": (set_in('{}<w:r><w:sym w:font="Wingdings" w:char="0041"/></w:r>'), "V003"),
    "a soft hyphen is set": (set_in("{}<w:r><w:softHyphen/></w:r>"), "V003"),
    "text is turned round": (set_in('<w:bdo w:val="rtl">{}</w:bdo>'), "C001"),
    "a letter is replaced by its double": ((MAIN, "Last words.", "L\u0430st words."), "V003"),
    "a footer speaks": ((FOOTER, "</w:p></w:ftr>", f"{RUN}</w:p></w:ftr>"), "V002"),
    "a word is called furniture": (
        set_in('{}<w:r><w:rPr><w:rStyle w:val="Furniture"/></w:rPr><w:t>No.</w:t></w:r>'),
        "V003",
    ),
    "a sign is called furniture": (
        (MAIN, CELL, CELL.replace("<w:r>", '<w:r><w:rPr><w:rStyle w:val="Furniture"/></w:rPr><w:t>-</w:t></w:r><w:r>')),
        "V003",
    ),
    "an author becomes a victim": ((MAIN, ">By <", ">Against <"), "V002"),
    "the dates change roles": ((MAIN, ">Published <", ">Updated <"), "V007"),
    "the space between two words is not kept": (
        (MAIN, ' xml:space="preserve">Lead with <', ">Lead with <"),
        "V003",
    ),
    # Lists
    "numbers become letters": ((NUMBERS, '<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="lowerLetter"/>'), "V007"),
    "a number gets words": ((NUMBERS, 'w:lvlText w:val="%1.', 'w:lvlText w:val="Not %1.'), "V007"),
    "a bullet is not drawn": ((NUMBERS, '<w:lvlText w:val="\u2022"/>', '<w:lvlText w:val=""/>'), "V007"),
    "a list belongs to none": ((NUMBERS, 'w:abstractNumId="1"', 'w:abstractNumId="9"'), "V007"),
    "a number is not drawn": ((NUMBERS, 'w:lvlText w:val="%1.', 'w:lvlText w:val="'), "V007"),
    "a list starts elsewhere": ((NUMBERS, '<w:startOverride w:val="3"/>', '<w:startOverride w:val="4"/>'), "V007"),
    "a bullet speaks": ((NUMBERS, '<w:lvlText w:val="\u2022"/>', '<w:lvlText w:val="Not"/>'), "V007"),
    "a heading gets a number": (
        (MAIN, '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading1"/><w:numPr><w:numId w:val="2"/></w:numPr>'),
        "C001",
    ),
    "a cell gets a number": (
        (MAIN, CELL, CELL.replace("</w:pPr>", '<w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>')),
        "C001",
    ),
    # Tables
    "a cell spans two columns": (
        (MAIN, f"</w:tcPr>{CELL}", f'<w:gridSpan w:val="2"/></w:tcPr>{CELL}'),
        "V007",
    ),
    "a cell spans rows": ((MAIN, f"</w:tcPr>{CELL}", f'<w:vMerge w:val="restart"/></w:tcPr>{CELL}'), "V007"),
    "a cell continues another": ((MAIN, f"</w:tcPr>{CELL}", f"<w:vMerge/></w:tcPr>{CELL}"), "V001"),
    "a row begins a column later": ((MAIN, "<w:cantSplit/>", '<w:gridBefore w:val="1"/><w:cantSplit/>'), "V007"),
    "the columns run the other way": ((MAIN, '<w:tblW w:w="5000"', '<w:bidiVisual/><w:tblW w:w="5000"'), "V011"),
    # Notes
    "notes are lettered": (
        (SETTINGS, "<w:footnotePr>", '<w:footnotePr><w:numFmt w:val="upperRoman"/>'),
        "C001",
    ),
    "notes start at nine": ((SETTINGS, "<w:footnotePr>", '<w:footnotePr><w:numStart w:val="9"/>'), "C001"),
    "notes start anew on each page": (
        (MAIN, END, f'{END}<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'),
        "C001",
    ),
    "a note has a mark of its own": (
        (MAIN, '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:customMarkFollows="1" w:id="1"/>'),
        "C001",
    ),
    "a note does not show its number": ((NOTES, "<w:footnoteRef/>", ""), "C001"),
    "a note is called at the document's end": (
        (MAIN, '<w:footnoteReference w:id="1"/>', '<w:endnoteReference w:id="1"/>'),
        "C001",
    ),
    "two notes are exchanged": ((MAIN, '<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="2"/>'), "C001"),
    "there are two notes of one id": (
        (NOTES, "</w:footnotes>", f'<w:footnote w:id="1">{PARAGRAPH}</w:footnote></w:footnotes>'),
        "C001",
    ),
    "the line above the notes speaks": ((NOTES, "<w:separator/>", "<w:separator/><w:t>No.</w:t>"), "C001"),
    "a later call shows another number": ((MAIN, '<w:t xml:space="preserve">1</w:t>', "<w:t>2</w:t>"), "V003"),
    # Links, pictures, names
    "a link leads elsewhere": ((RELATIONS, "https://example.org/x", "https://example.com/x"), "V008"),
    "a link leads to a place in the page": (
        (MAIN, '<w:hyperlink r:id="', '<w:hyperlink w:docLocation="y" r:id="'),
        "V008",
    ),
    "an author leads elsewhere": (
        (MAIN, BYLINE, field(ELSEWHERE, BYLINE)),
        "V008",
    ),
    "code leads elsewhere": (
        (MAIN, CODE, CODE.replace("<w:r>", f'<w:hyperlink w:anchor="x">{RUN}</w:hyperlink><w:r>')),
        "V008",
    ),
    "a line between paragraphs leads elsewhere": ((MAIN, BREAK, BREAK + field(ELSEWHERE, "")), "V008"),
    "a figure leads elsewhere": (
        (MAIN, 'descr="A red square"/><wp:cNv', f'descr="A red square">{CLICK}</wp:docPr><wp:cNv'),
        "V008",
    ),
    "the number of the page leads elsewhere": (
        (FOOTER, "</w:p></w:ftr>", f"{field(ELSEWHERE, '<w:r><w:t>1</w:t></w:r>')}</w:p></w:ftr>"),
        "V002",
    ),
    "two places have one name": ((MAIN, 'w:name="_h2"', 'w:name="_h1"'), "C001"),
    "a picture is called a chart": ((MAIN, 'drawingml/2006/picture">', 'drawingml/2006/chart">'), "C001"),
    "a picture is cropped": ((MAIN, "<a:stretch>", '<a:srcRect l="90000"/><a:stretch>'), "C001"),
    "a picture lies over the text": ((MAIN, "<wp:inline", f"<wp:anchor {WP}/><wp:inline"), "C001"),
    "a picture is not shown": ((MAIN, 'descr="A red square"', 'descr="A red square" hidden="1"'), "V001"),
    "two styles have one id": (
        (STYLES, "</w:styles>", '<w:style w:type="paragraph" w:styleId="BodyText"/></w:styles>'),
        "C001",
    ),
    "a style changes its name": ((STYLES, BODY, '<w:name w:val="heading 1"/>'), "V007"),
    "the styles come from elsewhere": ((SETTINGS, "<w:zoom", "<w:linkStyles/><w:zoom"), "C001"),
    "two parts of one kind are named": (
        (RELATIONS, "</Relationships>", '<Relationship Id="x" Type="a/footnotes" Target="x.xml"/></Relationships>'),
        "V001",
    ),
    "an id is given twice": (
        (RELATIONS, "</Relationships>", '<Relationship Id="rId1" Type="a/b" Target="x.xml"/></Relationships>'),
        "V001",
    ),
    "Word would not open it": ((TYPES, "wordprocessingml.document.main+xml", "wordprocessingml.x+xml"), "V001"),
    "an entity is declared": ((MAIN, "<w:document ", '<!DOCTYPE d [<!ENTITY x "no">]><w:document '), "V001"),
    "a second title is given": ((CORE, "<dc:title>", "<dc:title>Untrue</dc:title><dc:title>"), "V010"),
}
"""What to replace by what in which part, and the code that is due."""


@pytest.mark.parametrize(("change", "code"), FORGERIES.values(), ids=FORGERIES.keys())
def test_a_document_does_not_verify_when(change: tuple[str, str, str], code: str) -> None:
    part, old, new = change
    assert code in codes("docx", repacked(edition("docx"), {part: lambda content: replaced(content, (old, new))}))


def test_the_document_itself_verifies() -> None:
    assert codes("docx", edition("docx")) == set()


def test_comments_are_reported() -> None:
    relation = '<Relationship Id="x" Type="a/comments" Target="comments.xml"/></Relationships>'
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    comments = f'<w:comments xmlns:w="{space}"><w:comment w:id="0">{PARAGRAPH}</w:comment></w:comments>'
    changes = {RELATIONS: lambda content: replaced(content, ("</Relationships>", relation))}
    assert codes("docx", repacked(edition("docx"), changes, ("word/comments.xml", comments))) == {"C002"}


@pytest.mark.parametrize("name", [MAIN, "WORD/Document.xml"])
def test_two_parts_of_one_name_are_refused(name: str) -> None:
    with warnings.catch_warnings(action="ignore"):
        forged = repacked(edition("docx"), {}, (name, "<w:document/>"))
    assert codes("docx", forged) == {"V001"}
