"""The other parts of a Word document without text: numbering, page, fonts, settings."""

from __future__ import annotations

from exporter.renderers.docx.styling.look import HEAD, LEVELS, MC, STEP, W14, A, Look, R, W, identifier
from exporter.renderers.docx.styling.styles import styles


def numbering() -> str:
    """Bullets, numbers, and two without marks: what goes on inside an item, and tasks, whose box is their mark."""
    marks = {"List Bullet": "bullet", "List Number": "decimal", "List Continue": "none", "List Task": "none"}
    definitions = [abstract(number, name, form) for number, (name, form) in enumerate(marks.items())]
    tied = range(len(marks))
    nums = [f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>' for number in tied]
    return f'{HEAD}<w:numbering xmlns:w="{W}">{"".join(definitions)}{"".join(nums)}</w:numbering>'


def abstract(number: int, name: str, form: str) -> str:
    """The definition of one list, nine levels deep."""
    levels = "".join(level_of(level, name, form) for level in LEVELS)
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:nsid w:val="4A5B6C{number:02X}"/>'
        f'<w:multiLevelType w:val="multilevel"/><w:tmpl w:val="5B6C7D{number:02X}"/>{levels}</w:abstractNum>'
    )


def level_of(level: int, name: str, form: str) -> str:
    """One level of a list, tied to its style."""
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
    """The part of settings: hyphenation, tabs, notes."""
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
    """The fonts the styles name."""
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
    """The foot of pages: their number."""
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
    """The relationships of a part, each a kind and a target, by number."""
    found = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def content_types() -> str:
    """What each part is."""
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
    """Every part of the document by its name in the archive."""
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
