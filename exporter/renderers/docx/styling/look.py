"""A theme as Word has it, and the elements that styles are made of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Final

from exporter.themes import Theme

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
LEVELS: Final = range(1, 10)

STEP: Final = 425
"""Indentation of one level of a list or quotation: 7.5 mm, in twentieths of a point."""


class Look:
    """A theme as Word has it: ``colours`` in six hexadecimal digits, ``sizes`` in points."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        values = dict(theme.values)
        of = {table: {k: v for k, v in values.items() if k.startswith(table)} for table in ("colour-", "size-")}
        self.colours = SimpleNamespace(**{k[7:]: v.removeprefix("#").upper() for k, v in of["colour-"].items()})
        self.sizes = SimpleNamespace(**{k[5:]: float(v.removesuffix("pt")) for k, v in of["size-"].items()})

    def family(self, name: str) -> str:
        """The family of a role: "text" or "head"."""
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
    """How large type is, in points."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def colour(value: str) -> str:
    """The colour of type, in six hexadecimal digits."""
    return f'<w:color w:val="{value}"/>'


def spacing(before: float, after: float, line: float = 1.3) -> str:
    """Room before and after a paragraph, in points, and how high its lines are, as a multiple."""
    above, below = round(before * 20), round(after * 20)
    return f'<w:spacing w:before="{above}" w:after="{below}" w:line="{round(line * 240)}" w:lineRule="auto"/>'


BOLD, ITALIC = "<w:b/><w:bCs/>", "<w:i/><w:iCs/>"


def theme_fonts(which: str) -> str:
    """Fonts by role in the theme, "major" or "minor", for every script."""
    slots = {"ascii": "HAnsi", "hAnsi": "HAnsi", "eastAsia": "EastAsia"}
    named = "".join(f' w:{slot}Theme="{which}{name}"' for slot, name in slots.items())
    return f'<w:rFonts{named} w:cstheme="{which}Bidi"/>'


HEADING_FONT = theme_fonts("major")
MONO = '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Courier New"/>'
KEEP = "<w:keepNext/><w:keepLines/>"
WHOLE_WORDS = "<w:suppressAutoHyphens/>"
