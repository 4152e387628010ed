"""A second reading of HTML: libxml2's parser, and the rules of ``docs/source-format.md`` once more.

It shares no code with the reader, so that what one of the two overlooks the other does not. Both leave
the choice of the article to the same library for CSS selectors, each on its own tree.
"""

from __future__ import annotations

import codecs
import copy
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Final, cast

import cssselect2
import lxml.html
from lxml import etree

from exporter.edition import Source
from exporter.witnesses.html.elements import SPACE, Element, all_above, classes, division, every
from exporter.witnesses.html.head import take_head
from exporter.witnesses.html.notes import CALL, take_notes
from exporter.witnesses.listening import Listener

_NO_SPACE: Final = dict.fromkeys(map(ord, SPACE))
_META: Final = re.compile(
    rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE
)
_LATIN: Final = frozenset({"iso-8859-1", "latin1", "ascii", "us-ascii", "x-user-defined"})
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_PREDEFINED: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_DROPPED: Final = frozenset(
    {"script", "style", "template", "noembed", "noframes", "head", "title", "svg", "canvas", "dialog", "output"}
    | {"iframe", "video", "audio", "object", "embed", "applet", "frame", "frameset"}
    | {"form", "select", "textarea", "button", "datalist"}
)
_BOXES: Final = "\u2610\u2611\u2612"


class HtmlWitness:
    """Testifies to pages."""

    def testify(self, source: Source) -> str:
        """The characters the selected part of ``source`` shows, white space removed.

        The title comes first, alternative text after the text its picture is in, notes at the end in
        the order of their calls, a ruby's reading in parentheses after its base.
        """
        page = _parsed(source)
        told = copy.deepcopy(page)
        article = division()
        for part in list(_selected(page, str(source.options.get("select") or ""))):
            article.append(part)
        _strip(article)
        notes = take_notes(article)
        head = take_head(article, told, source.sidecar.get("title"))
        heard = (Listener(CALL).hear(part) for part in (*head, article, *notes))
        return "".join(text for part in heard for text in part).translate(_NO_SPACE)


# --- The page ---------------------------------------------------------------------------------


def _parsed(source: Source) -> Element:
    text = _decoded(source.content)
    if source.name.lower().endswith(".xhtml"):
        text = _as_html(text)
    try:
        return cast(Element, lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(huge_tree=True)))
    except etree.ParserError:  # nothing but comments at most
        return division()


def _as_html(text: str) -> str:
    """A document of XML as HTML would write it."""
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", _NAMED.sub(_character, text))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.fromstring(body, parser)
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return etree.tostring(root, encoding="unicode", method="html")


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _PREDEFINED else html5.get(found[1], found[0])


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16")
    declared = _META.search(content)
    named = declared[1].decode("ascii").lower() if declared and not content.startswith(codecs.BOM_UTF8) else "utf-8"
    return content.decode("cp1252" if named in _LATIN else "utf-8-sig" if named.startswith("ut") else named)


def _selected(page: Element, selector: str) -> Iterator[Element]:
    """What is read, each part once, without the text behind it."""
    wrapper = cssselect2.ElementWrapper.from_html_root(page)
    matched = {found.etree_element for found in wrapper.query_all(selector)} if selector else _default(page)
    for element in list(every(page)):
        if element in matched and matched.isdisjoint(all_above(element)):
            element.tail = None
            yield element


def _default(page: Element) -> set[Element]:
    for name in ("article", "main", "body"):
        found = [each for each in every(page, name) if not any(outer.tag == name for outer in all_above(each))]
        if len(found) == 1:
            return set(found)
    return {page}


# --- What says nothing ------------------------------------------------------------------------


def _strip(article: Element) -> None:
    """Take out what no edition carries, and what stands for pictures beside their ``img``."""
    etree.strip_tags(article, etree.Comment, etree.ProcessingInstruction)
    for element in list(every(article)):
        box = element.tag == "input" and (element.get("type") or "").lower() == "checkbox"
        unseen = element.get("hidden") is not None or element.tag == "input"
        if element.tag in _DROPPED or (unseen and not box):
            element.drop_tree()
    for element in list(every(article, "noscript", "picture", "span")):
        _show_picture(element)
    for element in every(article, "li"):
        if {"task", "task-list-item"} & classes(element):
            _take_box(element)
    for table in list(every(article, "table")):
        _foster(table)


def _show_picture(element: Element) -> None:
    """Put a picture in the place of what holds nothing else; one a script would load goes for the one behind it."""
    pictures = [child for child in element if child.tag != "source"]
    said = (element.text or "") + "".join(child.tail or "" for child in element)
    own = {"lang", "dir", "id"}.intersection(map(str, element.keys()))
    if own or said.strip(SPACE) or [picture.tag for picture in pictures] != ["img"]:
        return
    before = element.getprevious()
    if element.tag == "noscript" and before is not None and before.tag == "img" and not before.tail:
        before.drop_tree()
    for child in list(every(element, "source")):
        child.drop_tree()
    element.drop_tag()


def _take_box(item: Element) -> None:
    for element in every(item):
        text = (element.text or "").lstrip(SPACE)
        if text:
            element.text = text[1:] if text[0] in _BOXES else element.text
            return
        if element is not item and element.tag not in ("p", "label", "span"):
            return


def _foster(table: Element) -> None:
    """Text in a table that is in no cell stands before the table (HTML standard, 13.2.6.1)."""
    stray = "".join(_stray(table))
    if stray.strip(SPACE):
        before = division()
        before.text = stray
        table.addprevious(before)


def _stray(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    element.text = None
    for child in element:
        if child.tag in ("thead", "tbody", "tfoot", "tr"):
            yield from _stray(child)
        yield child.tail or ""
        child.tail = None
