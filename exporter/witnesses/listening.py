"""What a tree of HTML says, in order, for a witness to take down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

BLOCKS: Final = frozenset(
    {"p", "div", "section", "article", "aside", "blockquote", "details", "summary", "center", "address", "main"}
    | {"header", "footer", "nav", "figure", "figcaption", "fieldset", "legend", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "menu", "dir", "pre", "hr", "html", "body", "hgroup", "search"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
_SPACE: Final = " \t\n\r\f\v"
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ONE_RUN: Final = _HEADINGS | {"td", "th", "dt", "caption", "figcaption"}
"""Blocks a picture can stand alone in without being a figure."""


class Listener:
    """Takes down what an HTML tree says: the text of a block, then the alternative texts of its pictures.

    Elements of the classes ``call`` and ``back`` are marks of notes and say nothing.
    """

    def __init__(self, call: str, back: str = "") -> None:
        self._call, self._marks = call, frozenset({call, back} - {""})
        self._text: list[str] = []
        self._pictures: list[tuple[str, str]] = []
        self._alone = True

    def hear(self, tree: etree._Element) -> Iterator[str]:
        """Everything the tree says, in order; a caption below a table alone in its figure is the table's."""
        for figure in tree.iter("figure"):
            _put_caption_first(figure)
        yield from self._element(tree, wrapped=False, captioned=False)
        yield from self._flush()

    def _element(self, element: etree._Element, *, wrapped: bool, captioned: bool) -> Iterator[str]:
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or name == "rp" or element.get("class") in self._marks:
            self._alone = self._alone and element.get("class") != self._call
            return
        if name == "img":
            self._picture(element, wrapped, captioned)
        elif name in BLOCKS:
            yield from self._flush()
            captioned = captioned or (name == "figure" and len(element.findall("figcaption")) == 1)
            yield from self._content(element, "", "", wrapped or name in _ONE_RUN, captioned)
            yield from self._flush()
        else:
            self._alone = self._alone and name == "input"
            marks = ("(", ")") if name == "rt" else ("", "")
            yield from self._content(element, *marks, wrapped=True, captioned=captioned)

    def _content(
        self, element: etree._Element, opening: str, closing: str, wrapped: bool, captioned: bool
    ) -> Iterator[str]:
        self._say(opening)
        self._say(element.text)
        for child in element:
            yield from self._element(child, wrapped=wrapped, captioned=captioned)
            self._say(child.tail)
        self._say(closing)

    def _say(self, text: str | None) -> None:
        if text:
            self._text.append(text)
            self._alone = self._alone and not text.strip(_SPACE)

    def _picture(self, element: etree._Element, wrapped: bool, captioned: bool) -> None:
        self._alone = self._alone and not wrapped
        self._pictures.append((element.get("alt") or "", "" if captioned else element.get("title") or ""))

    def _flush(self) -> Iterator[str]:
        """The text so far and its pictures; where these stand alone, their titles are captions."""
        yield from self._text
        for alternative, title in self._pictures:
            yield alternative
            yield title if self._alone else ""
        self._text, self._pictures, self._alone = [], [], True


def _put_caption_first(figure: etree._Element) -> None:
    captions = figure.findall("figcaption")
    tables = figure.findall("table") + figure.findall("div/table")
    if len(captions) == len(tables) == 1 and tables[0].find("caption") is None:
        beside = set(_said(figure)) - set(_said(captions[0])) - set(_said(tables[0]))
        if not beside:
            figure.insert(0, captions[0])


def _said(element: etree._Element) -> Iterator[etree._Element | str]:
    """The texts and pictures of ``element``."""
    for each in element.iter(etree.Element):
        yield from (
            text for text in (each.text, each.tail if each is not element else "") if text and text.strip(_SPACE)
        )
        if each.tag == "img":
            yield each
