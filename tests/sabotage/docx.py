"""Broken Word documents."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

from lxml import etree

Change = Callable[[etree._Element], None]

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES: Final = {
    "w": _W,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "r": _OFFICE,
    "rel": _RELATIONS,
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_THEME: Final = "word/theme/theme1.xml"
_FONTS: Final = "word/fontTable.xml"
MAIN: Final = "word/document.xml"
RELATIONS: Final = "word/_rels/document.xml.rels"


# --- Means ------------------------------------------------------------------------------------


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """A package of ``files``."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def changed(change: Change, part: str = MAIN) -> Callable[[bytes], bytes]:
    """What applies ``change`` to one part; one that changes nothing is a mistake of the test's."""

    def variant(content: bytes) -> bytes:
        files = parts(content)
        root = etree.fromstring(files[part])
        before = etree.tostring(root)
        change(root)
        assert etree.tostring(root) != before, "nothing was broken"
        return packed({**files, part: etree.tostring(root, encoding="UTF-8", standalone=True)})

    return variant


def without(part: str) -> Callable[[bytes], bytes]:
    """What drops a part and leaves all that refers to it."""

    def variant(content: bytes) -> bytes:
        files = parts(content)
        del files[part]
        return packed(files)

    return variant


def all_at(root: etree._Element, path: str) -> list[etree._Element]:
    """Elements by XPath."""
    found = root.xpath(path, namespaces=_NAMES)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def at(root: etree._Element, path: str) -> etree._Element:
    """The first of them."""
    return all_at(root, path)[0]


def made(markup: str) -> etree._Element:
    """An element, in the usual namespaces."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items())
    return etree.fromstring(f"<root {declared}>{markup}</root>")[0]


def dropped(path: str, count: int | None = 1) -> Change:
    """The first ``count`` of what ``path`` finds are gone, all where it is None."""

    def change(root: etree._Element) -> None:
        for element in all_at(root, path)[:count]:
            above = element.getparent()
            assert above is not None
            above.remove(element)

    return change


def given(path: str, name: str, value: str) -> Change:
    """An attribute of the first of what ``path`` finds has another value; ``name`` with its prefix, if any."""
    prefix, _, local = name.rpartition(":")
    key = f"{{{_NAMES[prefix]}}}{local}" if prefix else local

    def change(root: etree._Element) -> None:
        at(root, path).set(key, value)

    return change


def put(path: str, markup: str, *, before: bool = False) -> Change:
    """``markup`` stands after the first of what ``path`` finds, or before it."""

    def change(root: etree._Element) -> None:
        place = at(root, path)
        (place.addprevious if before else place.addnext)(made(markup))

    return change


def inside(path: str, markup: str) -> Change:
    """``markup`` begins the first of what ``path`` finds."""

    def change(root: etree._Element) -> None:
        at(root, path).insert(0, made(markup))

    return change


def said(path: str, text: str) -> Change:
    """The first of what ``path`` finds says ``text``."""

    def change(root: etree._Element) -> None:
        at(root, path).text = text

    return change


def swapped(path: str, one: int = 0, other: int = 1) -> Change:
    """Two of what ``path`` finds change places."""

    def change(root: etree._Element) -> None:
        found = all_at(root, path)
        first, second = found[one], found[other]
        mark = made("<w:mark/>")
        first.addprevious(mark)
        second.addprevious(first)
        mark.addprevious(second)
        above = mark.getparent()
        assert above is not None
        above.remove(mark)

    return change


def tracked(root: etree._Element) -> None:
    """A word is deleted, as a change that is tracked."""
    run = at(root, "//w:p[w:pPr/w:pStyle/@w:val='BodyText']/w:r")
    around = made('<w:del w:id="900" w:author="Somebody" w:date="2026-01-01T00:00:00Z"/>')
    run.addprevious(around)
    around.append(run)
    text = at(around, ".//w:t")
    text.tag = f"{{{_W}}}delText"


def caption_below_credit(root: etree._Element) -> None:
    caption = all_at(root, "//w:p[w:pPr/w:pStyle/@w:val='Caption']")[-1]
    at(root, "//w:p[w:pPr/w:pStyle/@w:val='Credit']").addnext(caption)


def with_macros(content: bytes) -> bytes:
    """A document that says it holds macros, and a part that would."""
    files = parts(content)
    types = files["[Content_Types].xml"].decode()
    files["[Content_Types].xml"] = types.replace(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ).encode()
    return packed({**files, "word/vbaProject.bin": b"macros"})


def with_template(content: bytes) -> bytes:
    """A document that takes a template from elsewhere each time it is opened."""
    files = parts(content)
    relation = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/attachedTemplate" '
        'Target="https://example.org/t.dotm" TargetMode="External"/></Relationships>'
    )
    put_in = changed(put("//w:zoom", '<w:attachedTemplate r:id="rId1"/>'), "word/settings.xml")
    return put_in(packed({**files, "word/_rels/settings.xml.rels": relation.encode()}))


def twice(part: str) -> Callable[[bytes], bytes]:
    """A package with one name on two parts."""

    def variant(content: bytes) -> bytes:
        target = io.BytesIO(content)
        with zipfile.ZipFile(target, "a") as archive:
            archive.writestr(zipfile.ZipInfo(part.upper()), parts(content)[part])
        return target.getvalue()

    return variant


def replaced(old: str, new: str, part: str = MAIN) -> Callable[[bytes], bytes]:
    """What replaces a pattern in the bytes of a part, once."""

    def variant(content: bytes) -> bytes:
        files = parts(content)
        text, count = re.subn(old, new, files[part].decode(), count=1)
        assert count, "nothing was broken"
        return packed({**files, part: text.encode()})

    return variant


def dressed(markup: str, path: str = "") -> Callable[[bytes], bytes]:
    """What gives the first run of a paragraph, or what ``path`` finds, properties of its own."""

    def change(root: etree._Element) -> None:
        run = at(root, path or f"{_BODY}/w:r")
        properties = run.find(f"{{{_W}}}rPr")
        if properties is None:
            properties = made("<w:rPr/>")
            run.insert(0, properties)
        properties.extend(made(f"<w:rPr>{markup}</w:rPr>"))

    return changed(change)


def both(*variants: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """What is broken in several ways at once."""

    def variant(content: bytes) -> bytes:
        for each in variants:
            content = each(content)
        return content

    return variant


def in_a_field(root: etree._Element) -> None:
    """A field that takes in another file, its marks hidden: what it shows is the text, until Word asks it anew."""
    run = at(root, f"{_BODY}/w:r")
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    begin = f'<w:r>{hidden}<w:fldChar w:fldCharType="begin"/></w:r>'
    asked = f'<w:r>{hidden}<w:instrText> INCLUDETEXT "other.docx" </w:instrText></w:r>'
    shown = f'<w:r>{hidden}<w:fldChar w:fldCharType="separate"/></w:r>'
    for markup in (begin, asked, shown):
        run.addprevious(made(markup))
    run.addnext(made(f'<w:r>{hidden}<w:fldChar w:fldCharType="end"/></w:r>'))


def shrunk(root: etree._Element) -> None:
    """The room and the size of the first picture, a two-thousandth of what they were."""
    for extent in (at(root, "//wp:extent"), at(root, "//a:xfrm/a:ext")):
        for side in ("cx", "cy"):
            extent.set(side, str(int(extent.get(side, "0")) // 2000))


_BODY = "//w:p[w:pPr/w:pStyle/@w:val='BodyText']"
_LAST = f"({_BODY})[last()]/w:r[last()]"
_BOX = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="901" name="Box"/><a:graphic><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:txbx><w:txbxContent><w:p><w:r>'
    "<w:t>Words of nobody.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing></w:r>"
)


# --- Variants ---------------------------------------------------------------------------------

VARIANTS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    # The package
    "the file ends in the middle": lambda content: content[: len(content) // 2],
    "two parts differ in case alone": twice("word/styles.xml"),
    "the styles are missing": without("word/styles.xml"),
    "a picture is missing": without("word/media/picture1.png"),
    "the content types are missing": without("[Content_Types].xml"),
    "the document is called a workbook": replaced(
        r"wordprocessingml\.document\.main", "spreadsheetml.sheet.main", "[Content_Types].xml"
    ),
    "the footnotes are called comments": replaced(
        r"wordprocessingml\.footnotes\+", "wordprocessingml.comments+", "[Content_Types].xml"
    ),
    "PNG has no content type": changed(dropped("//ct:Default[@Extension='png']"), "[Content_Types].xml"),
    "a relationship leads nowhere": changed(
        given("//rel:Relationship[contains(@Type, '/image')]", "Target", "media/none.png"), RELATIONS
    ),
    "a link has no relationship": changed(given("//w:hyperlink[@r:id]", "r:id", "rId999")),
    "a picture has no relationship": changed(given("//a:blip", "r:embed", "rId998")),
    "the document is not well-formed": replaced("</w:body>", ""),
    "it holds macros": with_macros,
    "it takes a template from elsewhere": with_template,
    # The schema
    "properties stand in the wrong order": changed(swapped("//w:p[w:pPr/w:numPr][1]/w:pPr/*")),
    "an element nobody knows": changed(inside("//w:body", "<w:banana/>")),
    "an alignment nobody knows": changed(given("//w:jc", "w:val", "banana")),
    "a page with a width in words": changed(given("//w:pgSz", "w:w", "wide")),
    "a cell without a paragraph": changed(dropped("(//w:tc)[last()]/w:p")),
    "a table without a grid": changed(dropped("//w:tblGrid")),
    "text outside of a run": changed(inside("//w:body", "<w:p><w:t>loose</w:t></w:p>")),
    "an id on two drawings": changed(
        lambda root: at(root, "(//wp:docPr)[2]").set("id", at(root, "//wp:docPr").get("id", ""))
    ),
    "an item of a list that is not there": changed(given("//w:numPr/w:numId", "w:val", "4242")),
    "a style that is not there": changed(given("//w:pStyle[@w:val='Subtitle']", "w:val", "NoSuchStyle")),
    "spaces at the ends of texts are not kept": changed(
        lambda root: (
            [each.attrib.pop("{http://www.w3.org/XML/1998/namespace}space") for each in root.iter(f"{{{_W}}}t")]
            and None
        )
    ),
    "a day that is none": changed(said("//dcterms:created", "yesterday"), "docProps/core.xml"),
    "another day": changed(said("//dcterms:modified", "2013-12-23T23:15:00Z"), "docProps/core.xml"),
    "a language that is none": changed(given("//w:docDefaults//w:lang", "w:val", "!!"), "word/styles.xml"),
    # What a screen reader is told
    "a picture without words": changed(lambda root: at(root, "//wp:docPr").attrib.pop("descr") and None),
    "a picture is said to decorate": changed(
        lambda root: at(root, "//wp:docPr").append(
            made(
                '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
                'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
            )
        )
    ),
    "a table without a row of headings": changed(dropped("//w:tblHeader")),
    "a heading is a paragraph": changed(given("//w:pStyle[@w:val='Heading1']", "w:val", "BodyText")),
    "a passage without its language": changed(dropped("//w:lang[@w:val='fr']", None)),
    "the document without its language": changed(dropped("//dc:language"), "docProps/core.xml"),
    "the document without its title": changed(dropped("//dc:title"), "docProps/core.xml"),
    # What it says
    "a link leads elsewhere": changed(
        given("//rel:Relationship[@TargetMode='External']", "Target", "https://example.org/elsewhere"), RELATIONS
    ),
    "a link leads to another heading": changed(given("//w:hyperlink[@w:anchor]", "w:anchor", "_h3")),
    "a note is gone": changed(dropped("//w:footnote[@w:id='2']"), "word/footnotes.xml"),
    "two notes are exchanged": changed(
        lambda root: (
            [
                each.set(
                    f"{{{_W}}}id", {"1": "2", "2": "1"}.get(each.get(f"{{{_W}}}id", ""), each.get(f"{{{_W}}}id", ""))
                )
                for each in root
            ]
            and None
        ),
        "word/footnotes.xml",
    ),
    "a list goes on counting": changed(dropped("//w:startOverride", None), "word/numbering.xml"),
    "a caption's number is forged": changed(said("//w:fldSimple[contains(@w:instr, 'SEQ')]//w:t", "7")),
    "a caption starts its count anew": changed(
        given("//w:fldSimple[contains(@w:instr, 'SEQ')]", "w:instr", " SEQ Figure \\r 7 ")
    ),
    "a caption stands below its credit": changed(caption_below_credit),
    "a row is gone": changed(dropped("(//w:tr)[last()]")),
    "a sentence is repeated": changed(put(f"({_BODY})[1]", "<w:p><w:r><w:t>Words of nobody.</w:t></w:r></w:p>")),
    # What it shows
    "text is hidden": changed(inside(_LAST, "<w:rPr><w:vanish/></w:rPr>")),
    "text is white": changed(inside(_LAST, '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')),
    "text is too small": changed(inside(_LAST, '<w:rPr><w:sz w:val="2"/></w:rPr>')),
    "a box has words of its own": changed(put(_LAST, _BOX)),
    "a word is deleted and the change is tracked": changed(tracked),
    "a field shows something else": changed(
        put(_LAST, '<w:fldSimple w:instr=" INCLUDETEXT other.docx "><w:r><w:t>x</w:t></w:r></w:fldSimple>')
    ),
    "a style hides its text": changed(
        lambda root: at(root, "//w:style[@w:styleId='BodyText']").append(made("<w:rPr><w:vanish/></w:rPr>")),
        "word/styles.xml",
    ),
    "the footer says something": changed(put("//w:fldSimple", "<w:r><w:t>Buy now</w:t></w:r>"), "word/footer1.xml"),
    # What it shows, by other means
    "text without filling": dressed(f'<w14:textFill xmlns:w14="{_W14}"><w14:noFill/></w14:textFill>'),
    "an outline in white": dressed(
        f'<w14:textOutline xmlns:w14="{_W14}" w14:w="900000"><w14:solidFill/></w14:textOutline>'
    ),
    "text pressed into no width": dressed('<w:fitText w:val="1"/>'),
    "text on its side": dressed('<w:eastAsianLayout w:id="1" w:vert="1" w:vertCompress="1"/>'),
    "black on black by a pattern": dressed(
        '<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>'
    ),
    "black on black by the theme": dressed(
        '<w:color w:val="000000"/><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF" w:themeFill="text1"/>'
    ),
    "black marked in black": dressed('<w:highlight w:val="black"/>'),
    "white by the theme": both(
        dressed('<w:color w:val="000000" w:themeColor="accent1"/>'),
        replaced("<a:accent1>.*?</a:accent1>", '<a:accent1><a:srgbClr val="FFFFFF"/></a:accent1>', _THEME),
    ),
    "white where the theme's ink is": both(
        dressed('<w:color w:val="000000" w:themeColor="text1"/>'),
        replaced("<a:dk1>.*?</a:dk1>", '<a:dk1><a:srgbClr val="FFFFFF"/></a:dk1>', _THEME),
    ),
    "a cell as dark as its text": changed(
        lambda root: at(root, "//w:tc/w:tcPr").append(made('<w:shd w:val="clear" w:color="auto" w:fill="000000"/>'))
    ),
    "markers in white": changed(
        lambda root: at(root, "//w:abstractNum/w:lvl").append(made('<w:rPr><w:color w:val="FFFFFF"/></w:rPr>')),
        "word/numbering.xml",
    ),
    "a list that counts through": replaced("(<w:numFmt [^>]*/>)", r'\1<w:lvlRestart w:val="0"/>', "word/numbering.xml"),
    "the theme's letters are signs": replaced('<a:latin typeface="[^"]*"', '<a:latin typeface="Wingdings"', _THEME),
    "a font that stands for another": replaced(
        '(<w:font w:name="Georgia">)', r'\1<w:altName w:val="Wingdings"/>', _FONTS
    ),
    "a font of signs": replaced('(<w:font w:name="Georgia">)', r'\1<w:charset w:val="02"/>', _FONTS),
    "a font that goes along": replaced(
        "(<w:pitch [^>]*/>)(</w:font>)",
        rf'\1<w:embedRegular xmlns:r="{_OFFICE}" r:id="rId1" w:fontKey="{{0}}"/>\2',
        _FONTS,
    ),
    "text in bars": dressed('<w:rFonts w:ascii="Code 39" w:hAnsi="Code 39"/>'),
    "a table beside the page": changed(
        lambda root: at(root, "//w:tblPr").insert(1, made('<w:tblpPr w:tblpX="-20000" w:tblpY="100"/>'))
    ),
    "columns without width": both(
        replaced('<w:gridCol w:w="[0-9]+"/>', '<w:gridCol w:w="1"/>'),
        replaced("<w:tcW [^>]*/>", '<w:tcW w:w="1" w:type="dxa"/>'),
    ),
    "rows of one line": changed(
        lambda root: at(root, "(//w:tr)[last()]").insert(
            0, made('<w:trPr><w:trHeight w:val="240" w:hRule="exact"/></w:trPr>')
        )
    ),
    "lines set into each other": changed(
        lambda root: at(root, f"{_BODY}/w:pPr").append(made('<w:spacing w:line="120" w:lineRule="exact"/>'))
    ),
    "a page of the size of a stamp": replaced("<w:pgSz [^>]*/>", '<w:pgSz w:w="200" w:h="200"/>'),
    "a page that is all margin": replaced('w:gutter="0"', 'w:gutter="20000"'),
    "forty columns": changed(lambda root: at(root, "//w:sectPr").append(made('<w:cols w:num="40" w:space="1"/>'))),
    "letters pressed by a grid": changed(
        lambda root: at(root, "//w:sectPr").append(made('<w:docGrid w:type="snapToChars" w:charSpace="-200000"/>'))
    ),
    "a picture of no size": changed(shrunk),
    "a picture drawn in another size": replaced('<a:ext cx="[0-9]+" cy="[0-9]+"/>', '<a:ext cx="99" cy="9000000"/>'),
    "a picture as tiles": replaced("<a:stretch>.*?</a:stretch>", '<a:tile sx="1000000" sy="1000000"/>'),
    "a picture under its own border": replaced(
        "(<a:prstGeom.*?</a:prstGeom>)",
        r'\1<a:ln w="20000000"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>',
    ),
    "a picture in black and white": replaced("<pic:spPr>", '<pic:spPr bwMode="white">'),
    "a field whose marks are hidden": changed(in_a_field),
    "the day it is opened": changed(put(f"{_BODY}/w:r", "<w:r><w:dayShort/></w:r>")),
    "the number of a note in the text": changed(put(f"{_BODY}/w:r", "<w:r><w:footnoteRef/></w:r>")),
    "words that go when they are clicked": replaced("<w:sdtPr><w:date", "<w:sdtPr><w:showingPlcHdr/><w:date"),
    "frames": replaced("(<w:webSettings[^>]*>)", r"\1<w:frameset/>", "word/webSettings.xml"),
    "a program beside the page": replaced(
        "</Relationships>",
        '<Relationship Id="rId99" Target="word/pane.xml" '
        'Type="http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes"/></Relationships>',
        "_rels/.rels",
    ),
    "a picture of the footer from elsewhere": lambda content: packed(
        {
            **parts(content),
            "word/_rels/footer1.xml.rels": (
                f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/image" '
                'Target="https://example.org/x.png" TargetMode="External"/></Relationships>'
            ).encode(),
        }
    ),
}
