"""Raw HTML in Markdown: read into the model, or refused by name; never passed through, never lost."""

from __future__ import annotations

import pytest

from exporter.article import (
    Block,
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
    Inline,
    Link,
    OrderedList,
    Paragraph,
    Ruby,
    Section,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.markdown import MarkdownReader
from exporter.walk import plain


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of ``markdown``."""
    return MarkdownReader().read(Source("a.md", markdown.encode(), {"title": "x"})).blocks


def inlines(markdown: str) -> tuple[Inline, ...]:
    """The inlines of ``markdown``, one paragraph."""
    (block,) = blocks(markdown)
    assert isinstance(block, Paragraph)
    return block.children


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def refused(markdown: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        blocks(markdown)
    return caught.value


# --- Inline elements --------------------------------------------------------------------------

T = (Text("t"),)


@pytest.mark.parametrize(
    ("written", "inline"),
    [
        ("<b>t</b>", Strong(T)),
        ("<i>t</i>", Emphasis(T)),
        ("<cite>t</cite>", Emphasis(T)),
        ("<del>t</del>", Strikethrough(T)),
        ("<sup>t</sup>", Superscript(T)),
        ("<sub>t</sub>", Subscript(T)),
        ("<kbd>t</kbd>", Code("t")),
        ('<a href="/u" title="v">t</a>', Link(T, "/u", "v")),
        ("<img src=u alt='t &amp; u'>", Image("u", "t & u")),
        ('<span lang="fr">t</span>', Span(T, "fr")),
        ('<bdo dir="rtl">t</bdo>', Span(T, None, "rtl")),
        ('<em lang="fr">t</em>', Span((Emphasis(T),), "fr")),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>", Ruby("漢", "かん")),
        ("<br/>", HardBreak()),
    ],
)
def test_inline_elements_have_their_place_in_the_model(written: str, inline: Inline) -> None:
    assert inlines(f"a {written} z") == (Text("a "), inline, Text(" z"))


@pytest.mark.parametrize("name", ["u", "ins", "mark", "small", "abbr", "q", "font", "label", "bab", "responsive-image"])
def test_elements_without_a_place_leave_their_text(name: str) -> None:
    assert inlines(f"a <{name} x='y'>b *c*</{name}> d") == (Text("a b "), Emphasis((Text("c"),)), Text(" d"))


def test_a_tag_may_span_what_is_markdown() -> None:
    assert inlines("<b>x *y*</b> z") == (Strong((Text("x "), Emphasis((Text("y"),)))), Text(" z"))


def test_a_tag_left_open_ends_with_its_block() -> None:
    assert blocks("a <b>b *c\n\nd") == (Paragraph((Text("a "), Strong((Text("b *c"),)))), paragraph("d"))


def test_an_end_tag_nothing_opened_says_nothing() -> None:
    assert blocks("a</b> b\n\n</div>\n\nc") == (paragraph("a b"), paragraph("c"))


def test_tags_that_cross_end_as_in_html() -> None:
    assert inlines("*a <b>b* c</b> d") == (Emphasis((Text("a "), Strong((Text("b"),)))), Text(" c d"))


def test_comments_say_nothing() -> None:
    assert blocks("a<!-- b -->c\n\n<!-- d\n\ne -->\n\nf") == (paragraph("ac"), paragraph("f"))


def test_inline_elements_may_hold_paragraphs() -> None:
    assert blocks("<del>\n\na *b*\n\nc\n\n</del>\n\nd") == (
        Paragraph((Strikethrough((Text("a "), Emphasis((Text("b"),)))),)),
        Paragraph((Strikethrough((Text("c"),)),)),
        paragraph("d"),
    )


def test_an_inline_element_nothing_ends_does_not_reach_into_other_blocks() -> None:
    assert blocks("<b>\n\na\n\nb") == (paragraph("a"), paragraph("b"))


# --- Block elements ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["div", "section", "center", "article", "main", "header", "fieldset"])
def test_elements_that_group_are_looked_through(name: str) -> None:
    assert blocks(f"<{name} class='x'>\n\na *b*\n\n</{name}>\n\n<{name}>c</{name}>") == (
        Paragraph((Text("a "), Emphasis((Text("b"),)))),
        paragraph("c"),
    )


def test_a_group_with_a_language_or_direction_is_a_section() -> None:
    assert blocks('<div dir="rtl" lang="ar">\n\na\n\n</div>\n\nb') == (
        Section((paragraph("a"),), language="ar", direction="rtl"),
        paragraph("b"),
    )


def test_an_aside_holds_markdown_and_ends_where_its_tag_is_even_inside_a_paragraph() -> None:
    assert blocks('<aside markdown="1">\n\na *b*\n\nc</aside>\n\nd') == (
        BlockQuote((Paragraph((Text("a "), Emphasis((Text("b"),)))), paragraph("c"))),
        paragraph("d"),
    )


def test_a_pull_quote_with_a_picture_is_kept_whole() -> None:
    quote = '<aside class="q">\n  <img src="a.png" alt="A">\nSaid.\n  <p class="credit">\n— B\n  </p>\n</aside>'
    assert blocks(quote) == (BlockQuote((Paragraph((Image("a.png", "A"), Text("\nSaid."))), paragraph("— B"))),)


def test_text_in_an_element_that_says_markdown_is_markdown() -> None:
    html = '<aside markdown="1">\n  *a* &lt;\n  <p markdown="1">\n  - [b](u)\n  </p>\n  <p>*c*</p>\n</aside>'
    assert blocks(html) == (
        BlockQuote(
            (
                Paragraph((Emphasis((Text("a"),)), Text(" <"))),
                Paragraph((Text("- "), Link((Text("b"),), "u"))),
                paragraph("*c*"),
            )
        ),
    )


def test_text_between_blocks_is_a_paragraph() -> None:
    assert blocks("<div>a<p>b</p>c</div>") == (paragraph("a"), paragraph("b"), paragraph("c"))


def test_details_show_all_they_hold() -> None:
    assert blocks("<details><summary>a</summary>\n\nb\n\n</details>") == (paragraph("a"), paragraph("b"))


def test_blocks_of_html_are_blocks_of_the_model() -> None:
    assert blocks("<h3 id='i'>a</h3>\n\n<blockquote>b</blockquote>\n\n<hr>\n\n<p lang=fr>c</p>") == (
        Heading((Text("a"),), 2, "i"),
        BlockQuote((paragraph("b"),)),
        ThematicBreak(),
        Paragraph((Text("c"),), language="fr"),
    )


def test_preformatted_text_is_kept_to_the_letter() -> None:
    code = '<pre><code class="language-py">\n  a &lt; b\n\n\tc</code></pre>'
    assert blocks(code) == (CodeBlock("  a < b\n\n\tc", "py"),)


def test_lists_close_their_items_by_themselves() -> None:
    (block,) = blocks("<ul><li>a<li>b<ul><li>c</ul></ul>")
    assert isinstance(block, BulletList)
    assert [item.children[0] for item in block.items] == [paragraph("a"), paragraph("b")]
    assert isinstance(block.items[1].children[1], BulletList)


def test_numbers_of_list_items_are_kept() -> None:
    found = blocks('<ol start="4"><li>a<li>b<li value="9">c</ol>')
    assert [(b.start, len(b.items)) for b in found if isinstance(b, OrderedList)] == [(4, 2), (9, 1)]


def test_a_box_that_begins_an_item_makes_it_a_task() -> None:
    (block,) = blocks('<ul><li><input type="checkbox" checked> a</li><li><label><input type="checkbox"> b</label></ul>')
    assert isinstance(block, BulletList)
    assert [(item.checked, item.children) for item in block.items] == [
        (True, (paragraph("a"),)),
        (False, (paragraph("b"),)),
    ]


def test_a_box_with_its_label_is_a_task() -> None:
    (block,) = blocks('<div class="x">\n  <input type="checkbox" id="i">\n  <label for="i">\n    a\n  </label>\n</div>')
    assert isinstance(block, BulletList)
    assert [(item.checked, item.children) for item in block.items] == [(False, (paragraph("a"),))]


def test_definition_lists_of_html_are_read() -> None:
    (block,) = blocks("<dl><div><dt>a<dt>b<dd>c</div><dt>d<dd>e<dd>f</dl>")
    assert isinstance(block, DefinitionList)
    assert [(len(item.terms), len(item.definitions)) for item in block.items] == [(2, 1), (1, 2)]


def test_a_figure_has_its_caption() -> None:
    html = '<figure>\n<img src="a.png" alt="A" title="T">\n<figcaption>b <em>c</em></figcaption>\n</figure>'
    assert blocks(html) == (Figure(Image("a.png", "A", "T"), (Text("b "), Emphasis((Text("c"),)))),)


@pytest.mark.parametrize("credit", ["<small>Photo: B</small>", '<span class="small credit">Photo: B</span> '])
def test_a_figure_credits_who_made_the_picture(credit: str) -> None:
    (figure,) = blocks(f'<figure><img src="a.png" alt="A"><figcaption>b. {credit}</figcaption></figure>')
    assert isinstance(figure, Figure)
    assert (plain(figure.caption), plain(figure.credit)) == ("b.", "Photo: B")


def test_small_print_within_a_caption_is_caption() -> None:
    (figure,) = blocks('<figure><img src="a.png" alt="A"><figcaption><small>b</small> c</figcaption></figure>')
    assert isinstance(figure, Figure)
    assert (plain(figure.caption), figure.credit) == ("b c", ())


def test_a_figure_of_something_else_is_its_content() -> None:
    assert blocks("<figure><pre>a</pre><figcaption>b</figcaption></figure>") == (CodeBlock("a"), paragraph("b"))


# --- Tables -----------------------------------------------------------------------------------


def test_tables_of_html_are_read_with_head_caption_and_row_headers() -> None:
    (table,) = blocks("<table><caption>C</caption><tr><th>a<th align=right>b<tr><th>c<td>d</table>")
    assert isinstance(table, Table)
    assert table.caption == (Text("C"),)
    assert [[cell.header for cell in row.cells] for row in (*table.head, *table.body)] == [[True, True], [True, False]]
    assert table.alignments == (None, "right")


def test_lines_and_code_in_a_cell_are_lines() -> None:
    (table,) = blocks("<table><tr><td><p>a</p><p>b</p><td><pre>c\n  d</pre></table>")
    assert isinstance(table, Table)
    assert [cell.children for cell in table.body[0].cells] == [
        (Text("a"), HardBreak(), Text("b")),
        (Code("c"), HardBreak(), Code("  d")),
    ]


def test_what_stands_outside_cells_comes_before_the_table() -> None:
    stray, table = blocks("<table><tr><td>a</td>b</tr></table>")
    assert stray == paragraph("b")
    assert isinstance(table, Table)


# --- Refusals ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["script", "style", "iframe", "video", "audio", "object", "embed", "svg", "math", "form", "input", "select",
     "textarea", "template", "canvas"],
)  # fmt: skip
@pytest.mark.parametrize("place", ["a\n\n{}\n", "a\n\nb {} c\n", "a\n\n<div>{}</div>\n"])
def test_what_the_model_cannot_hold_is_refused_by_name_and_line(name: str, place: str) -> None:
    error = refused(place.format(f"<{name}>x</{name}>"))
    assert (error.code, error.line) == ("S003", 3)
    assert f"'{name}'" in error.message


@pytest.mark.parametrize(
    "markdown",
    [
        "<table><tr><td colspan=2>a</table>",
        "<table><tr><td><ul><li>a</ul></table>",
        "<ol reversed><li>a</ol>",
        "<dl>stray</dl>",
        "<pre><a href='x'>a</a></pre>",
        "<div unfinished\n",
        "<!-- unfinished\n",
        "<![CDATA[ a ]]>",
    ],
)
def test_what_would_lose_its_meaning_is_refused(markdown: str) -> None:
    assert refused(markdown).code == "S003"


def test_a_malformed_language_is_refused() -> None:
    assert refused("<p lang='not a tag'>a</p>").code == "S009"
