"""Pages made to hang, crash or slip past the reader: read in one go, or refused by line; nothing is run or fetched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.coverage import coverage
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.html.reader import HtmlReader
from exporter.text import said
from exporter.witnesses.html.witness import HtmlWitness

MANY = 50_000
"""So many that whatever looks through the rest of the page for each of them takes hours."""
SOME = 10_000
"""So many of what the parser takes long over, one by one."""


def page(text: str, name: str = "a.html") -> Source:
    return Source(name, text.encode(), {"title": "T"})


def outcome(text: str, name: str = "a.html") -> str:
    """The code a page is refused with, or ``read``."""
    try:
        HtmlReader().read(page(text, name))
    except SourceError as error:
        assert error.line or error.code == "S004"  # noqa: PT017 - the outcome asked for
        return error.code
    return "read"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<b>" * 1_700_000, "S003"),  # 5 MB
        ("<div>" * MANY, "S003"),
        ("<div>" * 101 + "a", "S003"),
        ("".join(f"<p><b id={n}>" for n in range(2000)), "S003"),
        ("<p>" + "&amp;" * SOME, "read"),
        ("<p>" + "a<wbr>" * SOME, "read"),
        ("<p>" + "<" * SOME, "read"),
        ("<p>a" + "</p>" * SOME, "read"),
        ("<p>a" + "</b>" * SOME, "read"),
        ("<table>" + "x<b></b>" * SOME, "read"),
        ("<p>a<!--" + "-x" * 2 * MANY, "S003"),
        ("<" + "a" * 2 * MANY, "S003"),
        ("<p a='" + "&amp;" * 2 * MANY, "S003"),
        ("<p " + " ".join(f"a{n}" for n in range(2000)) + ">b", "S003"),
        ("<!DOCTYPE " + "a" * 2 * MANY, "S003"),
        ("<script>" + "<!--<script>" * 3000, "S004"),
        ("<ol start=99999999999><li>a</ol>", "S003"),
        ("<select><option>" * 1000, "S004"),
    ],
)
def test_pages_without_end_are_read_in_one_go_or_refused(text: str, code: str) -> None:
    assert outcome(text) == code


@pytest.mark.parametrize("text", ["<b>" * 200_000, "<a>" * 600, "<p>&amp;&amp;&#x41;&nbsp;</p>" * 1000])
def test_xhtml_without_end_is_refused(text: str) -> None:
    assert outcome(text, "a.xhtml") == "S003"


def test_xhtml_fetches_no_document_type() -> None:
    written = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "file:///nowhere/at/all.dtd"><p>a&nbsp;b</p>'
    assert outcome(written, "a.xhtml") == "read"


def test_a_page_that_is_the_name_of_a_file_is_not_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("secret.txt").write_text("<p>secret</p>", encoding="utf-8")
    article = HtmlReader().read(page("secret.txt"))
    assert [entry.text for entry in said(article)] == ["T", "secret.txt"]


def test_nothing_in_a_page_is_a_template_or_a_format() -> None:
    article = HtmlReader().read(page("<p>{{ 7 * 7 }} {% raw %} {0} %s $x *a* `b`</p>"))
    assert article.blocks[0].children[0].text == "{{ 7 * 7 }} {% raw %} {0} %s $x *a* `b`"  # type: ignore[union-attr]


def test_json_ld_nested_without_end_is_passed_over() -> None:
    deep = '<script type="application/ld+json">' + "[" * MANY + "</script><p>a"
    assert outcome(deep) == "read"
    nested = '<script type="application/ld+json">' + '{"@graph":' * 200 + "1" + "}" * 200 + "</script><p>a"
    assert outcome(nested) == "read"


@pytest.mark.parametrize("selector", ["*" + " *" * 200, ":not(" * 50 + "p" + ")" * 50, "p" * 10_000])
def test_selectors_without_end_are_answered(selector: str) -> None:
    source = Source("a.html", b"<p>a</p>", {"title": "T"}, {"select": selector})
    try:
        assert HtmlReader().read(source).blocks
    except SourceError as error:
        assert error.code == "S009"  # noqa: PT017 - an answer, too


# --- Whatever is written ----------------------------------------------------------------------

_TAGS = "p b i div ul li ol table tr td th dl dt dd h2 blockquote pre code a span sup figure img br hr section aside"
_PIECES = (
    *(f"<{name}>" for name in _TAGS.split()),
    *(f"</{name}>" for name in _TAGS.split()),
    *("<!-- x -->", "<!x", "</", "<", "&", "&amp;", "&lt", "&#65;", " ", "\n", "<ruby>", "<rt>", "<rp>", "</ruby>"),
    *("<a href=#n id=r>", "<li id=n>", "<a href=#r>", "<table><tbody>", "<caption>", "<img alt=z>", "<p hidden>"),
    *("<script>", "</script>", "<form>", "</form>", "<input>", "<textarea>", "</textarea>", "<h1>", "<article>"),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_no_word_is_lost_among_tags_unless_it_is_on_record(pieces: list[str]) -> None:
    words = [f"wq{number}." for number in range(len(pieces))]
    text = "".join(piece + word for piece, word in zip(pieces, words, strict=True))
    reader = HtmlReader()
    try:
        article, account = reader.read(page(text)), reader.account(page(text))
    except SourceError:
        return
    shown = "".join(entry.text for entry in said(article))
    if (
        not account.losses
        and not account.notices
        and "<!x" not in text
        and not {"<", "</", "&lt", "<rp>"} & set(pieces)
    ):
        assert [word for word in words if word not in shown] == []


@given(st.lists(st.one_of(st.sampled_from(_PIECES), st.text("ab <>&;/'\"=!-\u00a0é字", max_size=6)), max_size=20))
def test_whatever_is_written_is_read_or_refused_by_line(pieces: list[str]) -> None:
    source = page("".join(pieces))
    testimony = HtmlWitness().testify(source)
    try:
        coverage(HtmlReader().read(source), source, testimony)
    except SourceError as error:
        assert error.line > 0  # noqa: PT017 - a refusal is an outcome
