"""The HTML of the CommonMark and GFM examples says to the HTML reader what the Markdown says to the Markdown reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporter.coverage import coverage
from exporter.edition import Reader, Source
from exporter.errors import SourceError
from exporter.readers.html.reader import HtmlReader
from exporter.readers.markdown import MarkdownReader
from exporter.text import said
from exporter.witnesses.html.witness import HtmlWitness

_UNENDED = "Markdown refuses a tag without its end, since nobody can tell what was meant; HTML says what it means"
_RECORDED = "Markdown refuses scripts, style sheets and forms; HTML records that they are left out"
_CDATA = "Markdown refuses a CDATA section; HTML says it is a comment"
_FRONT_MATTER = "Markdown's '---' at the beginning is front matter"
_FIRST_LINE = "HTML keeps a line end right after '<code>'; Markdown takes it for the one after '<pre>'"
_ADDRESS = "CommonMark percent-encodes addresses, in HTML they stand as written"
_NO_EXTENSION = "the HTML expected is that of CommonMark without GitHub's bare addresses"

ACCEPTED: dict[str, dict[int, str]] = {
    "examples.json": {
        98: _FRONT_MATTER,
        **dict.fromkeys((156, 157, 158), _UNENDED),
        171: _FIRST_LINE,
        **dict.fromkeys((172, 173, 174, 175, 178, 180), _RECORDED),
        **dict.fromkeys((184, 631), _CDATA),
        **dict.fromkeys((346, 632, 633), _ADDRESS),
        **dict.fromkeys((610, 613, 614), _NO_EXTENSION),
    },
    "gfm-examples.json": {
        68: _FRONT_MATTER,
        **dict.fromkeys((126, 127, 128), _UNENDED),
        139: _FIRST_LINE,
        **dict.fromkeys((140, 141, 142, 145, 147), _RECORDED),
        **dict.fromkeys((151, 649), _CDATA),
        204: "Markdown refuses a row with more cells than the head; in the HTML they are gone already",
        **dict.fromkeys((354, 650, 651), _ADDRESS),
        **dict.fromkeys((616, 619, 620), _NO_EXTENSION),
        628: "the Markdown reader knows no bare addresses of FTP",
        631: "the Markdown reader begins a bare mail address behind its last '_'",
        **dict.fromkeys((645, 646), "what a comment is has changed since"),
        653: "Markdown refuses 'title' and 'style'; the HTML has them as text already",
    },
}
"""The examples the two readers read otherwise, and why."""


def _said(reader: Reader, source: Source) -> object:
    try:
        article = reader.read(source)
    except SourceError as error:
        return error.code
    return [(entry.kind, entry.text, entry.attributes) for entry in said(article)][1:]


def _verdict(example: dict[str, str]) -> str:
    """``same``, or what happened instead."""
    markdown = _said(MarkdownReader(), Source("a.md", example["markdown"].encode(), {"title": "x"}))
    html = _said(HtmlReader(), Source("a.html", example["html"].encode(), {"title": "x"}))
    nothing = (markdown, html) == ([], "S004")  # a page without text is refused
    return "same" if markdown == html or nothing else f"{markdown!r} became {html!r}"


@pytest.mark.parametrize("name", ["examples.json", "gfm-examples.json"])
def test_examples_say_what_their_html_says(corpora: Path, name: str) -> None:
    examples = json.loads((corpora / "commonmark" / name).read_text(encoding="utf-8"))
    assert len(examples) > 600
    verdicts = {example["example"]: _verdict(example) for example in examples}
    different = {number: verdict for number, verdict in verdicts.items() if verdict != "same"}
    assert different.keys() == ACCEPTED[name].keys(), "\n".join(f"{n}: {v}" for n, v in different.items())


DOUBTED: dict[str, set[int]] = {"examples.json": set(), "gfm-examples.json": set()}
"""Where the second parser errs."""


@pytest.mark.parametrize("name", ["examples.json", "gfm-examples.json"])
def test_a_second_parser_says_the_same_of_the_examples(corpora: Path, name: str) -> None:
    examples = json.loads((corpora / "commonmark" / name).read_text(encoding="utf-8"))
    assert {example["example"] for example in examples if _findings(example["html"])} == DOUBTED[name]


def _findings(html: str) -> tuple[object, ...]:
    source = Source("a.html", html.encode(), {"title": "x"})
    try:
        article = HtmlReader().read(source)
    except SourceError:
        return ()
    return coverage(article, source, HtmlWitness().testify(source))
