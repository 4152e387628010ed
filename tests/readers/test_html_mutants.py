"""A reader of HTML that drops or changes something is found out by the second reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from exporter import walk
from exporter.article import (
    Article,
    Block,
    Code,
    Emphasis,
    Figure,
    HardBreak,
    Image,
    Inline,
    Link,
    Note,
    Ruby,
    Span,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)
from exporter.coverage import coverage
from exporter.edition import Source
from exporter.readers.html.reader import HtmlReader
from exporter.rewriting import rewrite
from exporter.text import said
from exporter.witnesses.html.witness import HtmlWitness

HERE = Path(__file__).parent / "pages"
PAGES = sorted(path for path in HERE.iterdir() if path.suffix != ".said")


def says(article: Article) -> str:
    return "".join(entry.text for entry in said(article) if entry.kind not in ("byline", "dateline"))


def found_out(mutant: Article, page: Source) -> bool:
    return coverage(mutant, page, HtmlWitness().testify(page)) != ()


def without_block(article: Article, victim: Block) -> Article:
    """``article`` as a reader would have it that drops one block."""
    return rewrite(article, block=lambda block: () if _is(block, victim) else (block,))


def without_inline(article: Article, victim: Inline) -> Article:
    """``article`` as a reader would have it that drops one inline."""
    return rewrite(article, inline=lambda inline: () if _is(inline, victim) else (inline,))


def _is(node: Block | Inline, victim: Block | Inline) -> bool:
    return node == victim and node.position == victim.position


def every_block(article: Article) -> Iterator[Block]:
    for part in walk.parts(article):
        yield from (block for block in walk.blocks(part) if not isinstance(block, ThematicBreak))


def every_inline(article: Article) -> Iterator[Inline]:
    for part in walk.parts(article):
        yield from (inline for inline in walk.all_inlines(part) if not isinstance(inline, (HardBreak, Image, Note)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_each_block_dropped_is_found_out(path: Path) -> None:
    page = Source(path.name, path.read_bytes())
    article = HtmlReader().read(page)
    mutants = [without_block(article, block) for block in every_block(article)]
    assert len(mutants) > 5
    assert [mutant for mutant in mutants if says(mutant) != says(article) and not found_out(mutant, page)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_each_inline_dropped_is_found_out(path: Path) -> None:
    page = Source(path.name, path.read_bytes())
    article = HtmlReader().read(page)
    mutants = [without_inline(article, inline) for inline in every_inline(article)]
    changed = [mutant for mutant in mutants if "".join(says(mutant).split(" ")) != "".join(says(article).split(" "))]
    assert len(changed) > 5
    assert [mutant for mutant in changed if not found_out(mutant, page)] == []


EVERYTHING = """<article><h1>T</h1><p>a <em>b</em> <b>c</b> <code>d</code> H<sub>2</sub>O x<sup>3</sup>
<ruby>漢<rt>か</rt></ruby>
<a href="https://e.org/">e</a> <span lang=fr>f</span><sup><a href="#n" id="r">1</a></sup></p>
<figure><img src="a.png" alt="g"><figcaption>h <small>i</small></figcaption></figure>
<table><caption>j</caption><tr><th>k<th>l<tr><td>m<td>n</table><pre>o
p</pre><ol><li id="n">q <a href="#r">^</a></ol></article>"""


def _other_figure(block: Block) -> tuple[Block, ...]:
    return (replace(block, image=replace(block.image, alt="")),) if isinstance(block, Figure) else (block,)


def _without_credit(block: Block) -> tuple[Block, ...]:
    return (replace(block, credit=()),) if isinstance(block, Figure) else (block,)


def _without_last_row(block: Block) -> tuple[Block, ...]:
    return (replace(block, body=block.body[:-1]),) if isinstance(block, Table) else (block,)


def _without_reading(inline: Inline) -> tuple[Inline, ...]:
    return (Text(inline.base),) if isinstance(inline, Ruby) else (inline,)


def _without(kind: type[Inline]) -> Callable[[Article], Article]:
    return lambda article: rewrite(article, inline=lambda inline: () if isinstance(inline, kind) else (inline,))


MUTANTS: dict[str, Callable[[Article], Article]] = {
    "alternative text": lambda article: rewrite(article, block=_other_figure),
    "a credit": lambda article: rewrite(article, block=_without_credit),
    "the last row": lambda article: rewrite(article, block=_without_last_row),
    "a reading": lambda article: rewrite(article, inline=_without_reading),
    "the title": lambda article: replace(article, metadata=replace(article.metadata, title="x")),
    **{kind.__name__: _without(kind) for kind in (Emphasis, Strong, Code, Subscript, Superscript, Link, Span, Note)},
}


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_each_thing_dropped_is_found_out(mutant: Callable[[Article], Article]) -> None:
    page = Source("a.html", EVERYTHING.encode())
    article = HtmlReader().read(page)
    assert not found_out(article, page)
    if mutant(article) == article:  # a superscript that is only a call of a note is none
        pytest.fail("the mutant is no mutant")
    assert found_out(mutant(article), page)


def test_what_is_not_selected_is_not_missed() -> None:
    page = Source("a.html", b"<p>a</p><p class=x>b</p>", {"title": "T"}, {"select": ".x"})
    assert not found_out(HtmlReader().read(page), page)
    everything = HtmlReader().read(replace(page, options={}))
    assert found_out(everything, page)
