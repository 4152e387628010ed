"""Rewriting reaches every node and changes nothing it was not asked to."""

from __future__ import annotations

from dataclasses import replace

from exporter.article import Block, Inline, Metadata, Paragraph, Section, Text
from exporter.rewriting import rewrite
from exporter.text import said
from tests.articles import EVERYTHING, article, paragraph, with_picture

WHOLE = replace(
    EVERYTHING,
    blocks=(
        *EVERYTHING.blocks,
        *with_picture("a.png").blocks,
        Section((paragraph("In a part."),), Metadata(title="A part")),
    ),
)


def loud(inline: Inline) -> tuple[Inline, ...]:
    match inline:
        case Text():
            return (replace(inline, text=inline.text.upper()),)
        case _:
            return (inline,)


def test_nothing_asked_nothing_changed() -> None:
    assert rewrite(WHOLE) == WHOLE


def test_every_text_of_every_construct_is_reached() -> None:
    kinds = {"code", "image", "title", "subtitle", "byline", "dateline"}
    entries = [e for e in said(rewrite(WHOLE, inline=loud)) if e.kind not in kinds and "code()" not in e.text]
    assert [e.text for e in entries if e.text != e.text.upper() and e.text != "A part"] == []


def test_positions_are_kept() -> None:
    assert [e.line for e in said(rewrite(WHOLE, inline=loud))] == [e.line for e in said(WHOLE)]


def test_a_node_may_become_several_or_none() -> None:
    def double(block: Block) -> tuple[Block, ...]:
        match block:
            case Paragraph((Text("gone"),)):
                return ()
            case _:
                return (block, block)

    rewritten = rewrite(article(paragraph("one"), paragraph("gone")), block=double)
    assert rewritten.blocks == (paragraph("one"), paragraph("one"))
