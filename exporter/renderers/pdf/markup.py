"""Reads the page as XML: what an HTML parser would take apart, a list inside a note, stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from exporter.characters import INKLESS, TAB_SIZE
from exporter.errors import RenderError
from exporter.renderers.pdf import directions, inkless

_CONTAINERS = frozenset({"blockquote", "dd", "div", "dl", "li", "ol", "table", "tbody", "thead", "tr", "ul"})
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ABBREVIATION = "\u070f"
"""The Syriac mark: HarfBuzz stretches whatever a font puts in for it ("stch"), letters that come in pieces, too."""
_BLOCKS = _CONTAINERS | (_HEADINGS - {"h1"}) | {"figure", "hr", "p", "pre", "td", "th"}


def parse(page: str) -> ElementTree.Element:
    """The page's root element; raises RenderError where ``page`` is not well-formed XML."""
    try:
        root = ElementTree.fromstring(page)
    except ElementTree.ParseError as error:
        raise RenderError(f"print.html.j2 does not give well-formed XML: {error}.") from error
    for preformatted in root.iter("pre"):
        _prepare_code(preformatted)
    for note in root.iterfind(".//span[@class='note']"):
        _join_blocks(note)
        _collapse(note, False)
    for heading in _outlined(root):
        label = _WHITE_SPACE.sub(" ", "".join(_label(heading))).strip(" ")
        heading.set("data-label", label if INKLESS.sub("", label).strip() else "")
    inkless.set_apart(root)
    directions.arrange(root)
    if _ABBREVIATION in page:
        root.set("data-abbreviated", "")
    return root


def _outlined(root: ElementTree.Element) -> list[ElementTree.Element]:
    """What the outline lists: every heading; of an article made of several, what its contents list."""
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    if root.find(".//nav[@class='contents']") is None:
        return headings
    return [heading for heading in headings if heading.tag != "h1" and heading.get("class") == "title"]


def _label(element: ElementTree.Element) -> Iterator[str]:
    """What a heading is called in the outline: its words without its notes and their numbers."""
    if element.get("class") in ("note", "noteref"):
        return
    yield " " if element.tag == "br" else element.text or ""
    for child in element:
        yield from _label(child)
        yield child.tail or ""


def _prepare_code(preformatted: ElementTree.Element) -> None:
    """Drop the line end an HTML parser would drop (HTML, 13.2.6.4.7); set tabs as spaces.

    A tab is a gap and no glyph: whoever reads the page back would find nothing there.
    """
    preformatted.text = (preformatted.text or "").removeprefix("\n")
    for code in preformatted.iter("code"):
        code.text = (code.text or "").expandtabs(TAB_SIZE)


# WeasyPrint leaves white space in notes as it stands: lines of it between blocks, and none may end a line.


def _collapse(element: ElementTree.Element, after_space: bool) -> bool:
    """Collapse white space inside ``element`` (CSS Text 3, 4.1.1); whether its text ends in a space."""
    if element.tag in ("pre", "img"):
        return False
    element.text, after_space = _collapsed(element.text, after_space and element.tag not in _BLOCKS)
    for child in element:
        after_space = _collapse(child, after_space)
        is_call = child.get("class") == "note"  # whose number stands in its place
        child.tail, after_space = _collapsed(child.tail, after_space and not is_call)
    return after_space


def _collapsed(text: str | None, after_space: bool) -> tuple[str | None, bool]:
    if not text:
        return text, after_space
    collapsed = _WHITE_SPACE.sub(" ", text)
    return collapsed.removeprefix(" ") if after_space else collapsed, collapsed.endswith(" ")


def _join_blocks(note: ElementTree.Element) -> None:
    """Take out white space between the blocks of a note."""
    for element in note.iter():
        if element.tag in _CONTAINERS and not (element.text or "").strip():
            element.text = None
        if element is not note and element.tag in _BLOCKS and not (element.tail or "").strip():
            element.tail = None
