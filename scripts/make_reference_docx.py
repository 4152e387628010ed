"""Make the reference documents: every look of the DOCX edition, as Word styles, of each theme on each page.

A house makes its own by opening one in Word, changing styles, and naming it (``--reference-doc``). This script is where
the built-in ones come from; sizes, families, colours are the themes' (``templates/themes``). Same script, same bytes.

    python scripts/make_reference_docx.py templates                                   all of them
    python scripts/make_reference_docx.py templates/reference.docx default A4         one
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

from exporter import themes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LEVELS = range(1, 10)
TEMPLATES = Path(__file__).parent.parent / "templates"

STEP = 425
"""Indentation of one level of a list or quotation: 7.5 mm, in twentieths of a point."""


class Look:
    """A theme as Word has it: ``colours`` in six hexadecimal digits, ``sizes`` in points."""

    def __init__(self, theme: themes.Theme) -> None:
        self.theme = theme
        values = dict(theme.values)
        of = {table: {k: v for k, v in values.items() if k.startswith(table)} for table in ("colour-", "size-")}
        self.colours = SimpleNamespace(**{k[7:]: v.removeprefix("#").upper() for k, v in of["colour-"].items()})
        self.sizes = SimpleNamespace(**{k[5:]: float(v.removesuffix("pt")) for k, v in of["size-"].items()})

    def family(self, name: str) -> str:
        return self.theme.value(f"word-{name}")

    @property
    def leading(self) -> float:
        """Lines as Word counts them: of the family's own height, which is a fifth more than its size."""
        return float(self.theme.value("leading-text")) / 1.2

    @property
    def page(self) -> tuple[int, int]:
        """Width and height in twentieths of a point."""
        return {"A4": (11906, 16838), "Letter": (12240, 15840)}[self.theme.page]

    @property
    def margins(self) -> tuple[int, int, int]:
        """Above, beside and below, in twentieths of a point."""
        above, beside, below = (float(part.removesuffix("mm")) for part in self.theme.value("page-margin").split())
        return round(above * 56.6929), round(beside * 56.6929), round(below * 56.6929)


# --- Styles -----------------------------------------------------------------------------------


def style(name: str, *, kind: str = "paragraph", based: str = "Normal", after: str = "", ppr: str = "", rpr: str = "",
          more: str = "", ui: str = "<w:qFormat/>") -> str:  # fmt: skip
    """One ``w:style``; its id is its name in title case without spaces."""
    parts = [
        f'<w:name w:val="{name}"/>',
        f'<w:basedOn w:val="{identifier(based)}"/>' if based else "",
        f'<w:next w:val="{identifier(after)}"/>' if after else "",
        ui,
        f"<w:pPr>{ppr}</w:pPr>" if ppr else "",
        f"<w:rPr>{rpr}</w:rPr>" if rpr else "",
        more,
    ]
    default = ' w:default="1"' if not based else ""
    custom = "" if name in BUILT_IN else ' w:customStyle="1"'
    return f'<w:style w:type="{kind}"{default}{custom} w:styleId="{identifier(name)}">{"".join(parts)}</w:style>'


BUILT_IN = frozenset(
    (
        *("Normal", "Title", "Subtitle", "Quote", "Body Text", "caption", "footnote text", "footnote reference"),
        *("header", "footer", "Emphasis", "Strong", "Hyperlink", "TOC Heading"),
        *(f"{name} {level}" for name in ("heading", "toc") for level in range(1, 10)),
        *(f"List {kind}{level}" for kind in ("Bullet", "Number", "Continue") for level in ("", " 2", " 3", " 4", " 5")),
    )
)
"""Names Word knows; its own translations of them depend on their not being marked as custom."""


def identifier(name: str) -> str:
    """The style id Word gives a built-in style of that name."""
    return "".join(word[:1].upper() + word[1:] for word in name.replace("toc", "TOC").split())


def size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def spacing(before: float, after: float, line: float = 1.3) -> str:
    above, below = round(before * 20), round(after * 20)
    return f'<w:spacing w:before="{above}" w:after="{below}" w:line="{round(line * 240)}" w:lineRule="auto"/>'


BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"


def theme_fonts(which: str) -> str:
    slots = {"ascii": "HAnsi", "hAnsi": "HAnsi", "eastAsia": "EastAsia"}
    named = "".join(f' w:{slot}Theme="{which}{name}"' for slot, name in slots.items())
    return f'<w:rFonts{named} w:cstheme="{which}Bidi"/>'


HEADING_FONT = theme_fonts("major")
MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
WHOLE_WORDS = "<w:suppressAutoHyphens/>"


def defaults(look: Look) -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{theme_fonts('minor')}"
        f'{colour(look.colours.ink)}{size(look.sizes.text)}<w:lang w:val="en" w:eastAsia="en" w:bidi="en"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>{spacing(0, 0, look.leading)}</w:pPr>"
        "</w:pPrDefault></w:docDefaults>"
    )


def header_styles(look: Look) -> list[str]:
    return [
        style("Title", after="Subtitle", ppr=KEEP + WHOLE_WORDS + spacing(0, 6, 1.1) + "<w:contextualSpacing/>",
              rpr=HEADING_FONT + BOLD + colour(look.colours.head) + size(look.sizes.title)),
        style("Subtitle", after="Byline", ppr=KEEP + WHOLE_WORDS + spacing(0, 12, 1.2),
              rpr=colour(look.colours.quiet) + size(look.sizes.subtitle)),
        style("Byline", after="Dateline", ppr="<w:keepNext/>" + spacing(0, 2), rpr=size(look.sizes.detail + 0.75)),
        style("Dateline", after="Body Text", ppr=spacing(0, 16) + "<w:contextualSpacing/>",
              rpr=colour(look.colours.quiet) + size(look.sizes.detail + 0.75)),
    ]  # fmt: skip


def headings(look: Look) -> list[str]:
    first, second, rest = look.sizes.h2, look.sizes.h3, look.sizes.h4
    looks = {1: (20, 6, first, BOLD), 2: (16, 4, second, BOLD), 3: (14, 4, rest, BOLD), 4: (12, 2, rest, BOLD + ITALIC),
             5: (12, 2, rest, ITALIC), 6: (12, 2, rest, ITALIC)}  # fmt: skip
    return [
        style(
            f"heading {level}",
            after="Body Text",
            ppr=KEEP + WHOLE_WORDS + spacing(before, after, 1.15) + f'<w:outlineLvl w:val="{level - 1}"/>',
            rpr=HEADING_FONT + face + colour(look.colours.head) + size(points),
        )
        for level, (before, after, points, face) in looks.items()
    ]


def publication_styles(look: Look) -> list[str]:
    """Of articles that hold others: the cover, the list of contents. Its lines hang from where their numbers end."""
    quiet = colour(look.colours.quiet)
    lines = [
        style(
            f"toc {level}",
            after=f"toc {level}",
            ppr="<w:keepLines/>" + WHOLE_WORDS + spacing(8 if level == 1 else 2, 2, 1.15)
            + f'<w:ind w:left="{STEP * (level - 1)}" w:right="{STEP * 2}"/>',
            rpr=BOLD if level == 1 else "",
            ui='<w:uiPriority w:val="39"/><w:unhideWhenUsed/>',
        )
        for level in range(1, 6)
    ]  # fmt: skip
    return [
        style("Publisher", after="Cover Title", ppr=WHOLE_WORDS + spacing(0, 0), rpr=quiet + size(look.sizes.subtitle)),
        style("Cover Title", based="Title", after="Cover Subtitle", ppr=spacing(120, 12, 1.1),
              rpr=size(look.sizes.title * 1.5)),
        style("Cover Subtitle", based="Subtitle", after="Byline", ppr=spacing(0, 24, 1.2),
              rpr=size(look.sizes.subtitle * 1.25)),
        style("Cover Picture", after="Body Text", ppr=spacing(24, 0, 1)),
        style("TOC Heading", after="toc 1", ppr=KEEP + "<w:pageBreakBefore/>" + WHOLE_WORDS + spacing(0, 12, 1.15),
              rpr=HEADING_FONT + BOLD + colour(look.colours.head) + size(look.sizes.h2)),
        *lines,
    ]  # fmt: skip


def quotes(look: Look) -> list[str]:
    def border(level: int) -> str:
        weight = 12 if level == 1 else 6
        return f'<w:pBdr><w:left w:val="single" w:sz="{weight}" w:space="10" w:color="{look.colours.rule}"/></w:pBdr>'

    return [
        style(
            "Quote" if level == 1 else f"Quote {level}",
            after="Body Text",
            ppr=border(level) + spacing(8, 8) + f'<w:ind w:left="{STEP * level}" w:right="{STEP}"/>',
            rpr=colour(look.colours.soft),
        )
        for level in LEVELS
    ]


def lists() -> list[str]:
    """Each level of a list is a style, tied to that level of its numbering."""
    found = []
    names = (("List Bullet", 4), ("List Number", 4), ("List Continue", 6), ("List Task", 4))
    for number, (name, after) in enumerate(names, 1):
        for level in LEVELS:
            link = f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
            named = name if level == 1 else f"{name} {level}"
            found.append(style(named, based="Body Text", ppr=link + spacing(0, after)))
    return found


def body_styles(look: Look) -> list[str]:
    inset = f'<w:ind w:left="{STEP // 4}" w:right="{STEP // 4}"/>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.colours.tint}"/>'
    edge = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="4" w:color="{look.colours.tint}"/>' for side in SIDES)
    rule = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="{look.colours.rule}"/></w:pBdr>'
    return [
        # Word takes the larger of two spaces that meet: the one before parts a paragraph from a list above it.
        style("Body Text", ppr=spacing(8, 8)),
        style("Source Code", after="Body Text", ppr=f"<w:keepLines/><w:pBdr>{edge}</w:pBdr>{shade}"
              "<w:suppressAutoHyphens/>" + spacing(4, 12, 1.15) + inset,
              rpr=MONO + "<w:noProof/>" + size(look.sizes.code + 0.4)),
        style("Thematic Break", after="Body Text", ppr="<w:keepNext/>" + rule + spacing(0, 18, 1)
              + f'<w:ind w:left="{STEP * 6}" w:right="{STEP * 6}"/><w:jc w:val="center"/>'),
        style("Definition Term", after="Definition", ppr=KEEP + spacing(4, 0), rpr=BOLD),
        style("Definition", based="Body Text", ppr=spacing(0, 6) + f'<w:ind w:left="{STEP}"/>'),
        style("Figure", after="caption", ppr="<w:keepNext/>" + spacing(8, 4, 1)),
        style("caption", after="Body Text", ppr="<w:keepLines/>" + spacing(4, 6, 1.15), rpr=size(look.sizes.detail)),
        style("Credit", after="Body Text", ppr="<w:keepLines/>" + spacing(0, 12, 1.15),
              rpr=colour(look.colours.quiet) + size(look.sizes.detail - 1)),
        style("Table Text", ppr=WHOLE_WORDS + spacing(2, 2, 1.15), rpr=size(look.sizes.detail + 0.25)),
        style("Table Heading", based="Table Text", ppr="<w:keepNext/>", rpr=BOLD),
        style("Table End", ppr=spacing(0, 0, 1), rpr=size(8)),
        style("footnote text", ppr=spacing(0, 2, 1.15), rpr=size(look.sizes.note)),
        style("header", ppr=spacing(0, 0, 1), rpr=colour(look.colours.quiet) + size(look.sizes.note)),
        style("footer", ppr=spacing(0, 0, 1) + '<w:jc w:val="center"/>',
              rpr=colour(look.colours.quiet) + size(look.sizes.note)),
    ]  # fmt: skip


SIDES = ("top", "left", "bottom", "right")


def character_styles(look: Look) -> list[str]:
    def character(name: str, rpr: str) -> str:
        return style(name, kind="character", based="Default Paragraph Font", rpr=rpr)

    return [
        character("Emphasis", ITALIC),
        character("Strong", BOLD),
        character("Verbatim", MONO + "<w:noProof/>" + size(look.sizes.text - 0.75)),
        character("Hyperlink", colour(look.colours.link) + '<w:u w:val="single"/>'),
        character("footnote reference", '<w:vertAlign w:val="superscript"/>'),
        character("Furniture", colour(look.colours.quiet)),
        # Read for the two measures w:ruby wants: the annotation's size and how far it is raised.
        character("Ruby", '<w:position w:val="20"/>' + size(5.5)),
    ]


def table_styles(look: Look) -> list[str]:
    margins = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="{tint}"/>'
        for side, weight, tint in (
            ("top", 8, look.colours.soft),
            ("bottom", 8, look.colours.soft),
            ("insideH", 4, look.colours.line),
        )
    )
    under = f'<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="{look.colours.soft}"/></w:tcBorders>'
    return [
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="table" w:customStyle="1" w:styleId="ArticleTable"><w:name w:val="Article Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{rules}</w:tblBorders>{margins}</w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr>{under}</w:tcPr></w:tblStylePr></w:style>',
    ]


def styles(look: Look) -> str:
    found = [
        style("Normal", based=""),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        *table_styles(look)[:1],
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>',
        *header_styles(look),
        *headings(look),
        *publication_styles(look),
        *body_styles(look),
        *quotes(look),
        *lists(),
        *character_styles(look),
        *table_styles(look)[1:],
    ]
    return f'{HEAD}<w:styles xmlns:w="{W}">{defaults(look)}{"".join(found)}</w:styles>'


# --- Numbering --------------------------------------------------------------------------------


def numbering() -> str:
    """Bullets, numbers, and two without marks: what goes on inside an item, and tasks, whose box is their mark."""
    marks = {"List Bullet": "bullet", "List Number": "decimal", "List Continue": "none", "List Task": "none"}
    definitions = [abstract(number, name, form) for number, (name, form) in enumerate(marks.items())]
    tied = range(len(marks))
    nums = [f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>' for number in tied]
    return f'{HEAD}<w:numbering xmlns:w="{W}">{"".join(definitions)}{"".join(nums)}</w:numbering>'


def abstract(number: int, name: str, form: str) -> str:
    levels = "".join(level_of(level, name, form) for level in LEVELS)
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="4A5B6C{number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="5B6C7D{number:02X}"/>{levels}</w:abstractNum>'
    )


def level_of(level: int, name: str, form: str) -> str:
    mark = {"bullet": "\u2022\u2013"[(level - 1) % 2], "decimal": f"%{level}.", "none": ""}[form]
    hanging = 0 if name == "List Continue" else STEP
    named = name if level == 1 else f"{name} {level}"
    suffix = '<w:suff w:val="nothing"/>' if form == "none" else ""
    return (
        f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="{identifier(named)}"/>{suffix}<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{STEP * level}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
    )


# --- The other parts --------------------------------------------------------------------------


def theme(look: Look) -> str:
    """Fonts for every script: Word picks by the languages of ``w:themeFontLang``."""
    tones = look.colours
    tints = {"dk1": tones.ink, "lt1": "FFFFFF", "dk2": tones.soft, "lt2": tones.tint, "accent1": tones.link,
             "accent2": tones.quiet,
             "accent3": tones.rule, "accent4": "7A4B00", "accent5": "2F6B3A", "accent6": "8A1C1C", "hlink": tones.link,
             "folHlink": "5A3A7A"}  # fmt: skip
    scripts = {"Jpan": "Yu Mincho", "Hang": "Batang", "Hans": "SimSun", "Hant": "PMingLiU", "Arab": "Times New Roman",
               "Hebr": "Times New Roman", "Thai": "Angsana New", "Deva": "Mangal", "Beng": "Vrinda", "Taml": "Latha",
               "Ethi": "Nyala", "Khmr": "DaunPenh", "Tibt": "Microsoft Himalaya", "Thaa": "MV Boli"}  # fmt: skip
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in tints.items())
    fonts = "".join(f'<a:font script="{script}" typeface="{face}"/>' for script, face in scripts.items())
    rest = f'<a:ea typeface=""/><a:cs typeface=""/>{fonts}'
    major, minor = (f'<a:latin typeface="{look.family(kind)}"/>{rest}' for kind in ("head", "text"))
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{HEAD}<a:theme xmlns:a="{A}" name="Article"><a:themeElements><a:clrScheme name="Article">{colours}'
        f'</a:clrScheme><a:fontScheme name="Article"><a:majorFont>{major}</a:majorFont><a:minorFont>{minor}'
        f'</a:minorFont></a:fontScheme><a:fmtScheme name="Article"><a:fillStyleLst>{fill}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def settings() -> str:
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="{STEP}"/>'
        '<w:autoHyphenation/><w:consecutiveHyphenLimit w:val="2"/><w:doNotHyphenateCaps/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="en" w:eastAsia="en" w:bidi="en"/></w:settings>'
    )


def document(look: Look) -> str:
    """An empty page; what is of Word 2010 may be passed over by older programs."""
    (width, height), (above, beside, below) = look.page, look.margins
    later = f'xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"'
    return (
        f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}" {later}><w:body><w:sectPr>'
        f'<w:footerReference w:type="default" r:id="rId7"/><w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{above}" w:right="{beside}" w:bottom="{below}" w:left="{beside}" w:header="709" '
        'w:footer="709" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def font_table(look: Look) -> str:
    faces = {
        **dict.fromkeys((look.family("text"), look.family("head")), ("auto", "variable")),
        "Consolas": ("modern", "fixed"),
    }
    fonts = "".join(
        f'<w:font w:name="{name}"><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, (family, pitch) in faces.items()
    )
    return f'{HEAD}<w:fonts xmlns:w="{W}">{fonts}</w:fonts>'


def footer() -> str:
    return (
        f'{HEAD}<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>'
    )


def footnotes() -> str:
    """The two separators Word wants."""
    notes = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    return f'{HEAD}<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'


def core_properties(namespace: str) -> str:
    """None yet; a renderer fills them in."""
    others = {
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    declared = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in others.items())
    return f'{HEAD}<cp:coreProperties xmlns:cp="{namespace}"{declared}/>'


def relationships(*targets: tuple[str, str]) -> str:
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def content_types() -> str:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "/word/document.xml": f"{main}.document.main+xml",
        **{f"/word/{name}.xml": f"{main}.{name}+xml" for name in ("styles", "numbering", "settings", "webSettings")},
        **{f"/word/{name}.xml": f"{main}.{name}+xml" for name in ("fontTable", "footnotes")},
        "/word/footer1.xml": f"{main}.footer+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def parts(look: Look) -> dict[str, str]:
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    core = "http://schemas.openxmlformats.org/package/2006"
    word = ("styles", "numbering", "settings", "webSettings", "theme/theme1", "footnotes", "footer1", "fontTable")
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{R}/officeDocument", "word/document.xml"),
            (f"{core}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{R}/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": document(look),
        "word/_rels/document.xml.rels": relationships(
            *((f"{R}/{name.split('/')[0].rstrip('1')}", f"{name}.xml") for name in word)
        ),
        "word/styles.xml": styles(look),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/webSettings.xml": f'{HEAD}<w:webSettings xmlns:w="{W}"/>',
        "word/theme/theme1.xml": theme(look),
        "word/fontTable.xml": font_table(look),
        "word/footnotes.xml": footnotes(),
        "word/footer1.xml": footer(),
        "docProps/core.xml": core_properties(f"{core}/metadata/core-properties"),
        "docProps/app.xml": f'{HEAD}<Properties xmlns="{office}/extended-properties"/>',
    }


def name_of(theme: str, page: themes.Page) -> str:
    """The file's name in the templates folder."""
    return "reference.docx" if (theme, page) == (themes.DEFAULT, "A4") else f"reference-{theme}-{page}.docx"


def main(target: Path, theme: str = themes.DEFAULT, page: themes.Page = "A4") -> None:
    """Write one reference document to ``target``."""
    look = Look(themes.load(theme, page, (TEMPLATES,)))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(look).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def make_all(folder: Path) -> None:
    """Write the reference document of each theme on each page into ``folder``."""
    for theme in themes.names((TEMPLATES,)):
        for page in themes.PAGES:
            main(folder / name_of(theme, page), theme, page)


if __name__ == "__main__":
    chosen = Path(sys.argv[1])
    make_all(chosen) if chosen.is_dir() else main(chosen, *sys.argv[2:])  # type: ignore[arg-type]
