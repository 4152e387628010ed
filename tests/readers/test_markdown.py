"""Markdown as the model holds it: blocks, inlines, notes, headings, positions."""

from __future__ import annotations

import pytest

from exporter.article import (
    Article,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    DefinitionList,
    Emphasis,
    Figure,
    HardBreak,
    Heading,
    Image,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Strikethrough,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.markdown import MarkdownReader
from exporter.readers.outline import outline_depths
from exporter.text import said


def read(markdown: str, **facts: object) -> Article:
    """``markdown`` read, under a title its sidecar gives."""
    return MarkdownReader().read(Source("a.md", markdown.encode(), {"title": "A title", **facts}))


def refused(markdown: str) -> SourceError:
    """The error ``markdown`` is refused with."""
    with pytest.raises(SourceError) as caught:
        read(markdown)
    return caught.value


def texts(markdown: str) -> list[str]:
    """What the article says below its title."""
    return [entry.text for entry in said(read(markdown))[1:]]


# --- Inlines ----------------------------------------------------------------------------------


def test_inlines_nest_as_written() -> None:
    assert read("a *b **c*** ~~d~~ `e  f`").blocks == (
        Paragraph(
            (
                Text("a "),
                Emphasis((Text("b "), Strong((Text("c"),)))),
                Text(" "),
                Strikethrough((Text("d"),)),
                Text(" "),
                Code("e  f"),
            )
        ),
    )


def test_wording_is_never_made_smart() -> None:
    assert texts("\"Quotes\" -- and 'more' ... (c)") == ["\"Quotes\" -- and 'more' ... (c)"]


def test_wording_is_made_smart_when_asked() -> None:
    source = Source("a.md", b'"Quotes" -- and', {"title": "x"}, {"smart": True})
    assert MarkdownReader().read(source).blocks == (Paragraph((Text("“Quotes” – and"),)),)


@pytest.mark.parametrize("written", ["{{ page.title }}", "{% if x %}", "{: .class}", "a {{ x | y }} b"])
def test_template_code_is_text(written: str) -> None:
    assert texts(written) == [written]


def test_character_references_are_resolved_once() -> None:
    assert texts("&amp;lt; &eacute; &#x4e2d;") == ["&lt; é 中"]


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003", "\u202f"])
@pytest.mark.parametrize("block", ["{}end{}", "# {}end{} #", "| {}end{} |\n|---|", "{}end{}\n: x", "{}end{}\n---"])
def test_only_ascii_white_space_is_stripped_at_the_ends_of_blocks(block: str, space: str) -> None:
    assert texts(f"First.\n\n{block.replace('{}', space)}")[1] == f"{space}end{space}"


def test_a_soft_line_break_is_white_space_and_a_hard_one_a_break() -> None:
    assert read("a\nb  \nc\\\nd").blocks == (Paragraph((Text("a\nb"), HardBreak(), Text("c"), HardBreak(), Text("d"))),)


@pytest.mark.parametrize(
    ("written", "shown", "target"),
    [
        ("https://example.org/a_b.", "https://example.org/a_b", "https://example.org/a_b"),
        ("(www.example.org)", "www.example.org", "http://www.example.org"),
        ("me@example.org", "me@example.org", "mailto:me@example.org"),
        ("<https://example.org>", "https://example.org", "https://example.org"),
        ("https://example.org/%C3%A9?a=%2F", "https://example.org/%C3%A9?a=%2F", "https://example.org/%C3%A9?a=%2F"),
    ],
)
def test_addresses_are_links(written: str, shown: str, target: str) -> None:
    (block,) = read(written).blocks
    assert isinstance(block, Paragraph)
    assert Link((Text(shown),), target) in block.children


def test_links_are_uris_and_fragments_are_as_headings_are_called() -> None:
    assert read("[a](/ü x)[b](</ü x> 'T')[c](#über)").blocks == (
        Paragraph(
            (
                Text("[a](/ü x)"),
                Link((Text("b"),), "/%C3%BC%20x", "T"),
                Link((Text("c"),), "#über"),
            )
        ),
    )


def test_a_link_that_runs_a_script_is_refused() -> None:
    assert refused("[a](javascript:alert)").code == "S003"


# --- Pictures ---------------------------------------------------------------------------------


def test_a_picture_alone_is_a_figure_and_its_title_the_caption() -> None:
    assert read('![A *red* square](pi%20c é.png "Cap")'.replace(" é", "é")).blocks == (
        Figure(Image("pi%20cé.png", "A red square"), (Text("Cap"),)),
    )


def test_pictures_alone_in_a_paragraph_are_a_figure_each() -> None:
    assert read("![a](1.png)\n![b](2.png)").blocks == (Figure(Image("1.png", "a")), Figure(Image("2.png", "b")))


def test_a_picture_in_a_link_keeps_its_link() -> None:
    assert read("[![a](1.png)](https://x.org)").blocks == (Paragraph((Link((Image("1.png", "a"),), "https://x.org"),)),)


# --- Blocks -----------------------------------------------------------------------------------


def test_lists_know_their_numbers_tightness_and_tasks() -> None:
    bullets, numbers = read("- [x] a\n- [ ] b\n\n7. c\n\n8. d").blocks
    assert isinstance(bullets, BulletList)
    assert ([i.checked for i in bullets.items], bullets.tight) == ([True, False], True)
    assert isinstance(numbers, OrderedList)
    assert (numbers.start, numbers.tight, len(numbers.items)) == (7, False, 2)


def test_quotes_and_code_keep_their_content() -> None:
    assert read("> a\n\n```py x\n  b\n\n```\n\n***").blocks == (
        BlockQuote((Paragraph((Text("a"),)),)),
        CodeBlock("  b\n", "py"),
        ThematicBreak(),
    )


def test_a_table_has_a_head_alignments_and_empty_cells() -> None:
    (table,) = read("| a | b |\n|:-:|--:|\n| c |\n").blocks
    assert isinstance(table, Table)
    assert table.alignments == ("center", "right")
    assert [cell.children for cell in table.body[0].cells] == [(Text("c"),), ()]


def test_a_row_with_more_cells_than_its_head_is_refused_where_it_stands() -> None:
    error = refused("x\n\n> | a |\n> |---|\n> | b | lost |")
    assert (error.code, error.line) == ("S007", 5)


def test_a_row_with_empty_cells_too_many_loses_nothing() -> None:
    assert texts("| a |\n|---|\n| b | |") == ["a", "b"]


def test_definition_lists_are_read() -> None:
    (block,) = read("Term\n: One.\n: Two.\n\n  More.").blocks
    assert isinstance(block, DefinitionList)
    assert block.items[0].terms == ((Text("Term"),),)
    assert [len(definition) for definition in block.items[0].definitions] == [1, 2]


def test_deep_nesting_loses_nothing() -> None:
    assert texts("> " * 60 + "deep") == ["deep"]
    assert texts("- " * 40 + "deep")[-1] == "deep"


@pytest.mark.parametrize(
    "markdown", ["> " * 300 + "a", "- " * 300 + "a", "<div>" * 3000 + "a", "*a **b " * 200 + "c** d*" * 200]
)
def test_nesting_nobody_means_is_refused(markdown: str) -> None:
    assert refused(markdown).code == "S003"


# --- Notes ------------------------------------------------------------------------------------


def test_calls_of_a_note_share_it_wherever_they_stand() -> None:
    article = read("# A[^n]\n\n| b[^n] |\n|---|\n\n[^n]: The note.")
    note = Note((Paragraph((Text("The note."),)),), "n")
    heading, table = article.blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert heading.children[-1] == table.head[0].cells[0].children[-1] == note


@pytest.mark.parametrize(
    ("markdown", "line"),
    [
        ("a\n\n[^n]: never called", 3),
        ("a[^n]\n\n[^n]: one\n\n[^n]: two", 5),
        ("a[^n]\n\n[^n]: itself[^n]", 3),
    ],
)
def test_a_note_that_would_be_lost_is_refused(markdown: str, line: int) -> None:
    error = refused(markdown)
    assert (error.code, error.line) == ("S005", line)


# --- Headings ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "depths"),
    [
        ((), ()),
        ((2, 3, 2), (2, 3, 2)),
        ((4, 2, 4, 6, 3), (2, 2, 3, 4, 3)),
        ((1, 2, 3, 4, 5, 6), (2, 3, 4, 5, 6, 6)),
    ],
)
def test_depths_skip_no_level(levels: tuple[int, ...], depths: tuple[int, ...]) -> None:
    assert outline_depths(levels) == depths


def test_headings_have_unique_identifiers_in_any_script() -> None:
    blocks = read("## Été à C++\n\n## 中文 标题\n\n## Été à C++\n\n## Mine {#été-à-c}\n\n## *!*").blocks
    identifiers = [block.identifier for block in blocks if isinstance(block, Heading)]
    assert identifiers == ["été-à-c-1", "中文-标题", "été-à-c-2", "été-à-c", "section"]
    assert isinstance(blocks[3], Heading)
    assert blocks[3].children == (Text("Mine"),)


def test_headings_inside_quotes_count_in_the_outline() -> None:
    levels = [entry.attributes["level"] for entry in said(read("# A\n\n> ### B\n\n## C")) if entry.kind == "heading"]
    assert levels == ["2", "3", "3"]


# --- Title ------------------------------------------------------------------------------------


def _untitled(markdown: str) -> Article:
    return MarkdownReader().read(Source("a.md", markdown.encode()))


def test_a_first_heading_is_the_title_where_nothing_else_gives_one() -> None:
    article = _untitled("# The *title* {#t}\n\nText.\n\n# Not a title")
    assert (article.metadata.title, article.metadata.title_position.line) == ("The title", 1)
    assert [type(block) for block in article.blocks] == [Paragraph, Heading]


def test_a_heading_that_repeats_the_title_is_the_title() -> None:
    article = _untitled("---\ntitle: Same\n---\n\n# Same\n\nText.")
    assert [type(block) for block in article.blocks] == [Paragraph]


def test_a_heading_that_differs_from_the_title_stays() -> None:
    article = _untitled("---\ntitle: One\n---\n\n# Two\n")
    assert [type(block) for block in article.blocks] == [Heading]


@pytest.mark.parametrize(
    "markdown", ["Text first.\n\n# Then a heading", "## Level two", "", "# \u061c\n", '---\ntitle: "\u200b"\n---\n']
)
def test_an_article_without_a_title_is_refused(markdown: str) -> None:
    with pytest.raises(SourceError, match="no title") as caught:
        _untitled(markdown)
    assert caught.value.code == "S004"


def test_a_title_that_would_lose_a_link_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        _untitled("# A [link](https://x.org)")
    assert caught.value.code == "S003"


# --- Positions --------------------------------------------------------------------------------


def test_every_entry_knows_its_line_in_the_file() -> None:
    text = "---\ntitle: T\n---\n\n# H\n\n- a\n- b\n\n| c |\n|---|\n| d |\n\ne[^1]\n\n<p>\nf</p>\n\n[^1]: g\n"
    entries = said(_untitled(text))
    assert [(entry.text[:1], entry.line) for entry in entries] == [
        ("T", 2), ("H", 5), ("a", 7), ("b", 8), ("c", 10), ("d", 12), ("e", 14), ("f", 16), ("g", 19)
    ]  # fmt: skip


def test_positions_are_offsets_in_the_decoded_text() -> None:
    source = Source("a.md", "\ufefftitle: T\r\n\r\nOne\r\nline.\r\n\r\nTwo.".encode(), {})
    text = "title: T\n\nOne\nline.\n\nTwo."
    spans = [block.position for block in MarkdownReader().read(source).blocks if isinstance(block, Paragraph)]
    assert [text[span.start : span.end] for span in spans] == ["One\nline.", "Two."]


def test_the_language_of_a_fence_has_its_escapes_and_references_resolved() -> None:
    (block,) = MarkdownReader().read(Source("a.md", b"``` f&ouml;o\\+bar\nx\n```\n", {"title": "x"})).blocks
    assert block == CodeBlock("x", "föo+bar")
