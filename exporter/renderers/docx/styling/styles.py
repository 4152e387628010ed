"""The styles part: every look of a Word document."""

from __future__ import annotations

from exporter.renderers.docx.styling.look import (
    BOLD,
    HEAD,
    HEADING_FONT,
    ITALIC,
    KEEP,
    LEVELS,
    MONO,
    STEP,
    WHOLE_WORDS,
    Look,
    W,
    colour,
    size,
    spacing,
    style,
    theme_fonts,
)


def defaults(look: Look) -> str:
    """What all text is set in unless a style says otherwise."""
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{theme_fonts('minor')}"
        f'{colour(look.colours.ink)}{size(look.sizes.text)}<w:lang w:val="en" w:eastAsia="en" w:bidi="en"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>{spacing(0, 0, look.leading)}</w:pPr>"
        "</w:pPrDefault></w:docDefaults>"
    )


def header_styles(look: Look) -> list[str]:
    """Title, standfirst, authors and dates."""
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
    """The levels of headings, Word's from 1."""
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
    """Of articles that hold others: the cover, the list of contents. Its lines have their page at their end."""
    quiet = colour(look.colours.quiet)
    lines = [
        style(
            f"toc {level}",
            after=f"toc {level}",
            ppr="<w:keepLines/>" + WHOLE_WORDS + spacing(8 if level == 1 else 2, 2, 1.15)
            + f'<w:ind w:left="{STEP * (level - 1)}"/>',
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
    """Quotations, each level further in."""

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
    """Paragraphs of all other kinds."""
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
    """What runs inside a paragraph may be."""

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
    """The table every article's is set in, and Word's own below it."""
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
    """The part, "word/styles.xml"."""
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
