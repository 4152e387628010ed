"""Which structure type stands for which HTML element (ISO 32000-1, 14.8.4; PDF/UA-1).

Types that are not standard ones say more than a standard type can; ``ROLE_MAP`` names the standard
type a reader that does not know them falls back to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

ROLE_MAP: Final[Mapping[str, str]] = {
    "Author": "Span",
    "Break": "Div",
    "Byline": "P",
    "CodeBlock": "P",
    "Credit": "P",
    "Date": "Span",
    "Dateline": "P",
    "Definition": "LBody",
    "Furniture": "Span",
    "NoteCall": "Reference",
    "Subtitle": "P",
    "Term": "Lbl",
    "Title": "H1",
}
"""Our own structure types, and the standard type each is a kind of."""
COVER_ROLE: Final[Mapping[str, str]] = {"Cover": "Figure"}
"""The same of one that only publications with a picture on their cover have."""

_BY_CLASS: Final[Mapping[tuple[str, str], str]] = {
    ("h1", "title"): "Title",
    ("p", "subtitle"): "Subtitle",
    ("p", "byline"): "Byline",
    ("p", "dateline"): "Dateline",
    ("p", "caption"): "Caption",
    ("p", "credit"): "Credit",
    ("span", "author"): "Author",
    ("span", "furniture"): "Furniture",
    ("span", "note"): "Note",
    ("span", "paragraph"): "P",
    ("sup", "noteref"): "NoteCall",
    ("p", "furniture"): "Furniture",
    ("ol", "contents"): "TOC",
    ("li", "listed"): "TOCI",
    ("span", "reference"): "Reference",
    ("img", "cover"): "Cover",
}

_BY_NAME: Final[Mapping[str, str]] = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    **dict.fromkeys(("header", "nav", "figure", "figcaption", "div"), "Div"),
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "p": "P",
    "time": "Date",
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    "li": "LI",
    "dt": "Term",
    "dd": "Definition",
    "blockquote": "BlockQuote",
    "pre": "CodeBlock",
    "code": "Code",
    "a": "Link",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "hr": "Break",
    **dict.fromkeys(("em", "strong", "s", "sup", "sub", "ruby", "rp", "rt", "span"), "Span"),
}


class Element(Protocol):
    """What is asked of an element of the HTML tree (``xml.etree``'s)."""

    tag: str

    def get(self, key: str) -> str | None:
        """The value of an attribute."""
        ...


def role(element: Element, parent: Element | None) -> str:
    """The structure type of ``element``; KeyError for an element no structure type stands for."""
    if element.tag == "div" and parent is not None and parent.tag == "dl":
        return "LI"
    for name in (element.get("class") or "").split():
        if (element.tag, name) in _BY_CLASS:
            return _BY_CLASS[element.tag, name]
    return _BY_NAME[element.tag]
