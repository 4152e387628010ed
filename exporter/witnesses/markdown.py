"""A second reading of Markdown: GitHub's own parser, cmark-gfm, then libxml2's HTML parser.

It shares no code with the reader, so that what one of the two overlooks the other does not.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from typing import Final

import cmarkgfm
import lxml.html
from cmarkgfm.cmark import Options
from lxml import etree

from exporter.edition import Source
from exporter.witnesses.definitions import as_lists
from exporter.witnesses.listening import BLOCKS, Listener

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
_SPACE: Final = " \t\n\r\f\v"
_NO_SPACE: Final = dict.fromkeys(map(ord, _SPACE))
_MARKS_OF_NOTES: Final = ("footnote-ref", "footnote-backref")
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


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
        heard = "".join(Listener(*_MARKS_OF_NOTES).hear(tree)).translate(_NO_SPACE)
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


_NONCHARACTER: Final = re.compile(r"&#(?:[xX]0*[fF]{3}([eEfF])|0*6553([45]));")


def _page(markdown: str) -> str:
    try:
        return str(cmarkgfm.markdown_to_html_with_extensions(markdown, _OPTIONS, _EXTENSIONS))
    except UnicodeDecodeError:
        # cmark writes U+FFFE and U+FFFF, where references stand for them, as bytes that are none.
        return str(cmarkgfm.markdown_to_html_with_extensions(_spelt(markdown), _OPTIONS, _EXTENSIONS))


def _spelt(markdown: str) -> str:
    return _NONCHARACTER.sub(
        lambda found: "\ufffe" if found[1] in tuple("eE") or found[2] == "4" else "\uffff", markdown
    )


def _parsed(markdown: str) -> etree._Element:
    page = _page(markdown)
    return lxml.html.document_fromstring(f"<html><body>{page}</body></html>")


def _read_markdown_in_html(tree: etree._Element) -> None:
    """Read the text in elements with kramdown's ``markdown="1"`` as Markdown."""
    for element in tree.iter(*BLOCKS):
        if element.get("markdown") in ("1", "block", "span"):
            element.text = _plain(element.text)
            for child in element:
                child.tail = _plain(child.tail)


def _plain(text: str | None) -> str:
    """What ``text`` says read as inlines: behind a word, on one line, nothing in it begins a block."""
    if not text or not text.strip(_SPACE):
        return ""
    line = html.escape(" ".join(text.split("\n")), quote=False)
    return "".join(Listener(*_MARKS_OF_NOTES).hear(_parsed(f"{_WORD} {line}"))).removeprefix(_WORD)


def _take_identifiers_off(tree: etree._Element) -> None:
    """Remove ``{#identifier}`` from the ends of headings: it is syntax."""
    for heading in tree.iter(*_HEADINGS):
        if len(heading):
            heading[-1].tail = _IDENTIFIER.sub("", heading[-1].tail or "")
        else:
            heading.text = _IDENTIFIER.sub("", heading.text or "")
