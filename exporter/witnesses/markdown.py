"""A second reading of Markdown: GitHub's own parser, cmark-gfm, then libxml2's HTML parser.

It shares no code with the reader, so that what one of the two overlooks the other does not.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import cmarkgfm
import lxml.html
from cmarkgfm.cmark import Options
from lxml import etree

from exporter.edition import Source
from exporter.witnesses.definitions import as_lists

_OPTIONS: Final = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
_EXTENSIONS: Final = ("table", "strikethrough", "autolink", "tasklist")

_KEY = r"""["']?[A-Za-z_][\w-]*["']?[ \t]*[:=]"""
_FRONT_MATTER: Final = re.compile(
    r"\A(?:---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)|\+\+\+[ \t]*\n(?P<toml>.*?)^\+\+\+)[ \t]*(?:\n|\Z)", re.S | re.M
)
_HEADER_LINES: Final = re.compile(
    r"\A(?=(?:title|date|authors?|slug|category|tags|summary|status):)(?:[a-z][\w-]*:(?:[ \t].*)?\n(?:[ \t]+\S.*\n)*)+"
    r"(?:[ \t]*\n|\Z)",
    re.I,
)
_IDENTIFIER: Final = re.compile(r"(?<![ \t])[ \t]*\{#[^\s{}]+\}[ \t]*$")
_BLOCKS: Final = frozenset(
    {"p", "div", "section", "article", "aside", "blockquote", "details", "summary", "center", "address", "main"}
    | {"header", "footer", "nav", "figure", "figcaption", "fieldset", "legend", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"ul", "ol", "li", "dl", "dt", "dd", "menu", "dir", "pre", "hr", "html", "body", "hgroup", "search"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
)
_SPACE: Final = " \t\n\r\f\v"
_NO_SPACE: Final = dict.fromkeys(map(ord, _SPACE))
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ONE_RUN: Final = _HEADINGS | {"td", "th", "dt", "caption", "figcaption"}
"""Blocks a picture can stand alone in without being a figure."""
_MARKS_OF_NOTES: Final = ("footnote-ref", "footnote-backref")


class MarkdownWitness:
    """Testifies to Markdown files."""

    def testify(self, source: Source) -> str:
        """The characters the body of ``source`` shows, white space removed.

        Alternative text stands after the text its picture is in, notes at the end in the order of
        their calls, a ruby's reading in parentheses after its base.
        """
        markdown = as_lists(_body(_decoded(source.content)))
        stand_ins = _stand_ins(markdown)
        tree = _parsed(markdown.translate(stand_ins))
        _take_identifiers_off(tree)
        _read_markdown_in_html(tree)
        heard = "".join(_Listener().hear(tree)).translate(_NO_SPACE)
        return heard.translate({ord(stand_in): chr(symbol) for symbol, stand_in in stand_ins.items()})


_WORD: Final = "word"
_PUNCTUATION: Final = [chr(c) for c in range(0x0500, 0x1C00) if unicodedata.category(chr(c)).startswith("P")]


def _stand_ins(text: str) -> dict[int, str]:
    """Punctuation ``text`` lacks, to stand for the symbols it has.

    CommonMark 0.31 counts symbols (``€``, ``→``) as punctuation next to emphasis, this parser does not yet.
    """
    present = set(text)
    symbols = sorted(c for c in present if ord(c) > 127 and unicodedata.category(c).startswith("S"))
    free = (c for c in _PUNCTUATION if c not in present)
    return {ord(symbol): stand_in for symbol, stand_in in zip(symbols, free, strict=False)}


def _decoded(content: bytes) -> str:
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = content.decode("utf-16" if utf16 else "utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _body(text: str) -> str:
    found = _FRONT_MATTER.match(text)
    if found:
        facts = (found["yaml"] or found["toml"] or "").strip()
        return text[found.end() :] if not facts or re.search(rf"^{_KEY}", facts, re.M) else text
    header = _HEADER_LINES.match(text)
    return text[header.end() :] if header else text


class _Listener:
    """Takes down what an HTML tree says: the text of a block, then the alternative texts of its pictures."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._pictures: list[tuple[str, str]] = []
        self._alone = True

    def hear(self, tree: etree._Element) -> Iterator[str]:
        """Everything the tree says, in order."""
        yield from self._element(tree, wrapped=False, captioned=False)
        yield from self._flush()

    def _element(self, element: etree._Element, *, wrapped: bool, captioned: bool) -> Iterator[str]:
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or name == "rp" or element.get("class") in _MARKS_OF_NOTES:
            self._alone = self._alone and element.get("class") != "footnote-ref"
            return
        if name == "img":
            self._picture(element, wrapped, captioned)
        elif name in _BLOCKS:
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


_NONCHARACTER: Final = re.compile(r"&#(?:[xX]0*[fF]{3}([eEfF])|0*6553([45]));")


def _page(markdown: str) -> str:
    try:
        return str(cmarkgfm.markdown_to_html_with_extensions(markdown, _OPTIONS, _EXTENSIONS))
    except (
        UnicodeDecodeError
    ):  # cmark writes U+FFFE and U+FFFF, where references stand for them, as bytes that are none
        spelt = _NONCHARACTER.sub(
            lambda found: "\ufffe" if found[1] in tuple("eE") or found[2] == "4" else "\uffff", markdown
        )
        return str(cmarkgfm.markdown_to_html_with_extensions(spelt, _OPTIONS, _EXTENSIONS))


def _parsed(markdown: str) -> etree._Element:
    page = _page(markdown)
    return lxml.html.document_fromstring(f"<html><body>{page}</body></html>")


def _read_markdown_in_html(tree: etree._Element) -> None:
    """Read the text in elements with kramdown's ``markdown="1"`` as Markdown."""
    for element in tree.iter(*_BLOCKS):
        if element.get("markdown") in ("1", "block", "span"):
            element.text = _plain(element.text)
            for child in element:
                child.tail = _plain(child.tail)


def _plain(text: str | None) -> str:
    """What ``text`` says read as inlines: behind a word, on one line, nothing in it begins a block."""
    if not text or not text.strip(_SPACE):
        return ""
    line = html.escape(" ".join(text.split("\n")), quote=False)
    return "".join(_Listener().hear(_parsed(f"{_WORD} {line}"))).removeprefix(_WORD)


def _take_identifiers_off(tree: etree._Element) -> None:
    """Remove ``{#identifier}`` from the ends of headings: it is syntax."""
    for heading in tree.iter(*_HEADINGS):
        if len(heading):
            heading[-1].tail = _IDENTIFIER.sub("", heading[-1].tail or "")
        else:
            heading.text = _IDENTIFIER.sub("", heading.text or "")
