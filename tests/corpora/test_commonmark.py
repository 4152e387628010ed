"""Every example of the CommonMark and GFM specifications says in the model what its HTML says."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from exporter.coverage import coverage
from exporter.edition import Discrepancy, Source
from exporter.errors import SourceError
from exporter.readers.markdown import MarkdownReader
from exporter.text import said
from exporter.walk import OBJECT
from exporter.witnesses.markdown import MarkdownWitness

_UNENDED = "refused: the tag has no end, and nobody can tell what was meant"
_SCRIPT = "refused: a script is not text"
_STYLE = "refused: a style sheet is not text"
_CDATA = "refused: HTML has no CDATA sections"

ACCEPTED: dict[str, dict[int, str]] = {
    "examples.json": {
        **dict.fromkeys((156, 157, 158), _UNENDED),
        **dict.fromkeys((172, 180), _SCRIPT),
        173: "refused: a form cannot be filled in",
        **dict.fromkeys((174, 175, 178), _STYLE),
        **dict.fromkeys((184, 631), _CDATA),
        628: "the same: Python's HTML parser overlooks that '<!-->' is a whole comment",
    },
    "gfm-examples.json": {
        **dict.fromkeys((126, 127, 128), _UNENDED),
        **dict.fromkeys((140, 147), _SCRIPT),
        **dict.fromkeys((141, 142, 145), _STYLE),
        **dict.fromkeys((151, 649), _CDATA),
        204: "refused: GFM drops a cell here that has text",
        **dict.fromkeys((645, 646), "what a comment is has changed since: CommonMark 0.31 reads this one as HTML does"),
        653: "refused: 'title' has no place in a text",
    },
}
"""The examples whose text differs from their HTML's, and why; none loses text without a word."""


class _Shown(HTMLParser):
    """The characters an HTML page shows, alternative texts in place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.text += dict(attrs).get("alt") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


def _model_text(markdown: str) -> str:
    """What the model of ``markdown`` says, alternative texts in place, titles of pictures left out."""
    article = MarkdownReader().read(Source("example.md", markdown.encode(), {"title": "x"}))
    entries = said(article)[1:]
    text = ""
    for entry in entries:
        if entry.kind == "image" and OBJECT in text:
            text = text.replace(OBJECT, entry.text, 1)
        elif entry.kind != "caption":
            text += entry.text
    return text


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _verdict(example: dict[str, str]) -> str:
    """``same``, or what happened instead."""
    try:
        model = _model_text(example["markdown"])
    except SourceError as error:
        return str(error)
    expected = _Shown(example["html"]).text
    return "same" if _squeezed(model) == _squeezed(expected) else f"{expected!r} became {model!r}"


@pytest.mark.parametrize("name", ["examples.json", "gfm-examples.json"])
def test_examples_say_what_their_html_says(corpora: Path, name: str) -> None:
    assert len(ACCEPTED[name]) <= 15
    examples = json.loads((corpora / "commonmark" / name).read_text(encoding="utf-8"))
    assert len(examples) > 600
    verdicts = {example["example"]: _verdict(example) for example in examples}
    different = {number: verdict for number, verdict in verdicts.items() if verdict != "same"}
    assert different.keys() == ACCEPTED[name].keys(), "\n".join(f"{n}: {v}" for n, v in different.items())


DOUBTED = {"examples.json": {28}, "gfm-examples.json": set[int]()}
"""Where the second parser errs: it resolves a character reference of eight digits."""


@pytest.mark.parametrize("name", ["examples.json", "gfm-examples.json"])
def test_a_second_parser_says_the_same_of_the_examples(corpora: Path, name: str) -> None:
    examples = json.loads((corpora / "commonmark" / name).read_text(encoding="utf-8"))
    found = {example["example"] for example in examples if _findings(example["markdown"])}
    assert found == DOUBTED[name]


def _findings(markdown: str) -> tuple[Discrepancy, ...]:
    source = Source("example.md", markdown.encode(), {"title": "x"})
    try:
        article = MarkdownReader().read(source)
    except SourceError:
        return ()
    return coverage(article, source, MarkdownWitness().testify(source))


@pytest.mark.parametrize("folder", ["posts-18f", "guides-opensource"])
def test_articles_of_others_are_read_whole(corpora: Path, folder: str) -> None:
    files = sorted((corpora / folder).glob("*.md"))
    sources = [Source(file.name, file.read_bytes()) for file in files]
    results = [_outcome(source) for source in sources]
    assert [r for r in results if r not in ("read", "S003")] == []
    assert results.count("S003") <= len(results) // 10 + 1


def _outcome(source: Source) -> str:
    try:
        article = MarkdownReader().read(source)
    except SourceError as error:
        return error.code
    found = coverage(article, source, MarkdownWitness().testify(source))
    return f"{source.name}: {found[0].message}" if found else "read"
