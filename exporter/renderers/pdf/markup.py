"""Reads the page as XML: what an HTML parser would take apart, a list inside a note, stays as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from exporter.characters import INKLESS, INKLESS_MARKS, SELECTORS, is_mark
from exporter.errors import RenderError

_TAB = 4
_CONTAINERS = frozenset({"blockquote", "dd", "div", "dl", "li", "ol", "table", "tbody", "thead", "tr", "ul"})
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
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
        heading.set("data-label", label if INKLESS.sub("", label) else "")
    if _INKLESS.search(page):
        _set_inkless_apart(root)
    return root


def _outlined(root: ElementTree.Element) -> list[ElementTree.Element]:
    """What the outline lists: every heading; of an article made of several, what its contents list."""
    headings = [element for element in root.iter() if element.tag in _HEADINGS]
    if root.find(".//nav[@class='contents']") is None:
        return headings
    return [heading for heading in headings if heading.tag != "h1" and heading.get("class") == "title"]


def _with_languages(element: ElementTree.Element, inherited: str) -> Iterator[tuple[ElementTree.Element, str]]:
    """``element`` and all below, each with its language."""
    language = element.get("lang", inherited)
    yield element, language
    for child in element:
        yield from _with_languages(child, language)


# What leaves no ink is drawn all the same in three places, and stands in a box of its own there. HarfBuzz draws a
# dotted circle for a mark that begins a text, and an empty box for a space that a font lacks in one cluster with a
# variation selector, which selects nothing there (hb_ot_shape_normalize decomposes nothing in such clusters). And fonts
# for Korean draw each soft hyphen ("locl").


_INKLESS = re.compile(f"[{SELECTORS}]+|[{INKLESS_MARKS}]+|\u00ad+")
_SELECTOR = re.compile(f"[{SELECTORS}]")
_SOFT_HYPHEN = "\u00ad"
BASE = "\u2060"
"""What a mark without ink stands on in its box: no mark, and without ink itself."""
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u30ff\u3130-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uffa0-\uffdc\U00020000-\U0003ffff]"
)
"""Letters that a text in Korean has set in its own fonts; in others it is Hangul alone."""


def _set_inkless_apart(root: ElementTree.Element) -> None:
    for element, language in list(_with_languages(root, "")):
        korean = _WIDE if language.partition("-")[0] == "ko" else _HANGUL
        _part_inkless(element, korean)
        if "data-running" in element.attrib:
            _leave_out_inkless(element, korean)


def _part_inkless(element: ElementTree.Element, korean: re.Pattern[str]) -> None:
    """Put what would be drawn into elements of its own; ``korean`` are letters set in fonts for Korean there."""
    if element.tag in ("title", "style"):
        return
    children = list(element)
    element.text, added = _parted(element.text, korean)
    for at, new in enumerate(added):
        element.insert(at, new)
    for child in children:
        child.tail, added = _parted(child.tail, korean)
        place = list(element).index(child) + 1
        for at, new in enumerate(added):
            element.insert(place + at, new)


def _leave_out_inkless(running: ElementTree.Element, korean: re.Pattern[str]) -> None:
    """Take what would be drawn out of a running head, which is an attribute: there are no elements in it."""
    text = running.get("data-running", "")
    for start, end in reversed(_drawn(text, korean)):
        text = text[:start] + text[end:]
    running.set("data-running", text)


def _drawn(text: str, korean: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where what would be drawn begins and ends in ``text``."""
    found = (each.span() for each in _INKLESS.finditer(text))
    return [(start, end) for start, end in found if _would_be_drawn(text, start, end, korean)]


def _parted(text: str | None, korean: re.Pattern[str]) -> tuple[str | None, list[ElementTree.Element]]:
    """What of ``text`` stands before the first of these, and an element for each with what follows it."""
    places = _drawn(text or "", korean)
    if not text or not places:
        return text, []
    added: list[ElementTree.Element] = []
    for (start, end), (following, _) in zip(places, [*places[1:], (len(text), 0)], strict=True):
        span = ElementTree.Element("span", {"class": "inkless"})
        inkless = text[start:end]
        span.text, span.tail = inkless if inkless[0] == _SOFT_HYPHEN else BASE + inkless, text[end:following]
        added.append(span)
    return text[: places[0][0]], added


def _would_be_drawn(text: str, start: int, end: int, korean: re.Pattern[str]) -> bool:
    before, after = text[:start], text[end:]
    if text[start] == _SOFT_HYPHEN:
        letters = (_first_letter(reversed(before)), _first_letter(iter(after)))
        return any(korean.match(letter) for letter in letters)
    if not before or not _SELECTOR.match(text[start]):
        return not before
    is_behind_space = bool(_SPACE.match(_first_bare(reversed(before))))
    return is_behind_space or (is_mark(before[-1]) and bool(_SPACE.match(_first_bare(iter(after)))))


def _first_letter(characters: Iterator[str]) -> str:
    return next((each for each in characters if each.isalpha()), "")


def _first_bare(characters: Iterator[str]) -> str:
    """The first that is no mark."""
    return next((each for each in characters if not is_mark(each)), "")


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
        code.text = (code.text or "").expandtabs(_TAB)


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
