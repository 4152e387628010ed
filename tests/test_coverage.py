"""Coverage: a reader that drops something is found out, one that does not is left in peace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from exporter.article import Article, Block, BlockQuote, Heading, Paragraph, Table, Text
from exporter.coverage import coverage
from exporter.edition import Discrepancy, Source
from exporter.readers.markdown import MarkdownReader
from exporter.witnesses.markdown import MarkdownWitness

ARTICLE = """---
title: Front matter is not the body
---

First paragraph.

<aside class="pquote">
A pull quote in HTML.
</aside>

## A heading

| Country | Capital |
|---------|---------|
| Peru    | Lima    |
| Chad    | N'Djamena |

- one
- two

![A picture](picture.png "Its caption")

A note[^1], and [a link][ref].

[^1]: What the note says.

[ref]: https://example.org "A title"

<!-- not for readers -->

Term
: Its definition.

Last paragraph.
"""


def source(text: str) -> Source:
    return Source("a.md", text.encode(), {"title": "x"} if not text.startswith("---") else {})


def judge(text: str, spoil: Callable[[Article], Article] = lambda article: article) -> tuple[Discrepancy, ...]:
    """What coverage finds where a reader of ``text`` spoils its article."""
    article = spoil(MarkdownReader().read(source(text)))
    return coverage(article, source(text), MarkdownWitness().testify(source(text)))


def without(kind: type[Block]) -> Callable[[Article], Article]:
    """A reader that drops the first block of a kind."""

    def spoil(article: Article) -> Article:
        victim = next(block for block in article.blocks if isinstance(block, kind))
        return replace(article, blocks=tuple(block for block in article.blocks if block is not victim))

    return spoil


def without_last_row(article: Article) -> Article:
    """A reader that drops a table's last row."""
    return replace(article, blocks=tuple(_shortened(block) for block in article.blocks))


def _shortened(block: Block) -> Block:
    return replace(block, body=block.body[:-1]) if isinstance(block, Table) else block


def test_an_article_read_whole_is_left_in_peace() -> None:
    assert judge(ARTICLE) == ()


@pytest.mark.parametrize(
    ("spoil", "line", "lost"),
    [
        (without(BlockQuote), 8, "A pull quote in HTML."),
        (without_last_row, 16, "| Chad    | N'Djamena |"),
        (without(Paragraph), 5, "First paragraph."),
        (without(Heading), 11, "## A heading"),
    ],
)
def test_what_a_reader_drops_is_found_on_its_line(spoil: Callable[[Article], Article], line: int, lost: str) -> None:
    found = judge(ARTICLE, spoil)
    assert (found[0].code, found[0].line, found[0].expected) == ("S001", line, lost)


@pytest.mark.parametrize("spoil", [without(BlockQuote), without_last_row])
def test_the_witness_misses_what_was_dropped_too(spoil: Callable[[Article], Article]) -> None:
    assert "a second reading" in judge(ARTICLE, spoil)[-1].message


def test_a_dropped_line_is_found_without_a_witness() -> None:
    article = without_last_row(MarkdownReader().read(source(ARTICLE)))
    assert [finding.line for finding in coverage(article, source(ARTICLE), None)] == [16]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Last", "last"),
        ("Last paragraph.", "Last paragraph. More."),
        ("Last paragraph", "Last  para"),
        ("L", "\u00a0L"),
    ],
)
def test_a_changed_character_is_found_with_both_texts(before: str, after: str) -> None:
    def spoil(article: Article) -> Article:
        last = Paragraph((Text("Last paragraph.".replace(before, after)),), position=article.blocks[-1].position)
        return replace(article, blocks=(*article.blocks[:-1], last))

    (finding,) = judge(ARTICLE, spoil)
    assert finding.code == "S001"
    assert finding.expected != finding.found


def test_a_difference_is_shown_with_what_stands_around_it() -> None:
    def spoil(article: Article) -> Article:
        return replace(article, blocks=(Paragraph((Text("First article."),), position=article.blocks[0].position),))

    (finding,) = judge("First paragraph.", spoil)
    assert (finding.line, finding.expected, finding.found) == (1, "First▷paragraph.", "First▷article.")


def test_a_moved_block_is_found() -> None:
    def spoil(article: Article) -> Article:
        return replace(article, blocks=(*article.blocks[1:], article.blocks[0]))

    assert [finding.code for finding in judge(ARTICLE, spoil)] == ["S001"]


# --- Two parsers, one text --------------------------------------------------------------------


@pytest.mark.parametrize(
    "markdown",
    [
        "# The title is in the body\n\nText.",
        "a[^1] b[^2]\n\n[^2]: Second[^3]\n[^1]: First\n    goes on.\n\n    More.\n\n[^3]: Third.",
        "| a[^n] | ![b](c.png) |\n|---|---|\n| d | e |\n\n[^n]: Note.",
        "Term\n: One.\n: Two.\n\n  More.\n\n  - a\n  - b\n\nTerm\n\n:   > quoted\n\nText",
        "Text : with a colon\n: at the start",
        "A paragraph of\ntwo lines\n: is no term.",
        "- [ ] a\n- [x] b ![c](d.png) e\n\n1. [ ] f",
        "a ~b~ ~~c~~ www.example.org me@example.org",
        "**€5**a **→**b *$*c",
        "## Heading {#with-id}\n\nSetext {#id}\n---",
        "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby> <ruby>字<rt>じ</rt></ruby>",
        "![one](1.png 'First')\n![two](2.png 'Second')",
        "Text ![one](1.png 'a title') text",
        "[![one](1.png 'a title')](u)",
        "<figure><img src=a alt='A' title='B'><figcaption>C</figcaption></figure>",
        "<figure><img src=a alt='A' title='B'></figure>",
        "<table><tr><td>a<tr><td><p>b</p>c</table>",
        "<details><summary>a</summary>\n\nb *c*\n\n</details>",
        "<aside markdown='1'>\n  *a* &lt;\n  <p markdown='1'>\n  - [b](u) ![c](d.png)\n  </p>\n  <p>*e*</p>\n</aside>",
        "<aside>\n\na *b*\n\nc</aside>\n\nd",
        "<p>a <b>b\n\n*c*</p>\n\n</b>d",
        "{{ a }} {% b %}\n{: .c}",
        "&lt;b&gt; &amp;amp; &copy;\u00a0x\u200d\u200cy\u00ad",
        "> - a\n>   | b | c |\n>   |---|---|\n>   | d | e |\n\n    code *x*\n\n```\n: y\n[^z]\n```",
        "\u3000\u3000段落一。\n\n\u3000\u3000段落二。\n第二行",
        "a <!-- b --> c\n\n<!--\nd\n\ne\n-->\n\nf",
        "[a]\n\n[a]: <x y>\n  'a title\n  of two lines'",
    ],
)
def test_reader_and_witness_agree(markdown: str) -> None:
    text = markdown if markdown.startswith("# ") else f"# Title\n\n{markdown}"
    article = MarkdownReader().read(Source("a.md", text.encode()))
    assert (
        coverage(article, Source("a.md", text.encode()), MarkdownWitness().testify(Source("a.md", text.encode()))) == ()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("head", ["---\ntitle: T\n---\n", "+++\ntitle = 'T'\n+++\n", "Title: T\nDate: 2026-01-02\n\n"])
def test_front_matter_is_no_part_of_the_testimony(encoding: str, head: str) -> None:
    written = Source("a.md", f"{head}Body: é\r\n".encode(encoding))
    assert MarkdownWitness().testify(written) == "Body:é"
    assert coverage(MarkdownReader().read(written), written, "Body:é") == ()


def test_only_ascii_white_space_is_left_out_of_the_testimony() -> None:
    assert MarkdownWitness().testify(Source("a.md", "a \t\n b\u00a0\u3000c".encode())) == "ab\u00a0\u3000c"


def test_front_matter_is_known_whatever_the_case_of_the_suffix() -> None:
    written = Source("A.MD", b"---\ntitle: A\nsummary: words\n---\n\nBody.\n")
    article = MarkdownReader().read(written)
    assert coverage(article, written, MarkdownWitness().testify(written)) == ()
