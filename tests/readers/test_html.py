"""HTML pages: what is read of them, what is left out on record, what is refused by name and line."""

from __future__ import annotations

import codecs
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    Emphasis,
    Figure,
    HardBreak,
    Heading,
    Image,
    Link,
    Note,
    Paragraph,
    Ruby,
    Section,
    Span,
    Strikethrough,
    Strong,
    Table,
    Text,
)
from exporter.edition import Account, Source
from exporter.errors import SourceError
from exporter.loading import loader
from exporter.readers.html.reader import HtmlReader
from exporter.settings import Settings
from exporter.text import said
from exporter.walk import plain
from tests.articles import paragraph


def source(content: str | bytes, select: str = "", name: str = "a.html", **sidecar: object) -> Source:
    written = content.encode() if isinstance(content, str) else content
    return Source(name, written, {"title": "x", **sidecar}, {"select": select})


def read(content: str | bytes, select: str = "", name: str = "a.html", **sidecar: object) -> Article:
    return HtmlReader().read(source(content, select, name, **sidecar))


def blocks(content: str | bytes, select: str = "") -> tuple[Block, ...]:
    return read(content, select).blocks


def account(content: str, select: str = "") -> Account:
    return HtmlReader().account(source(content, select))


def untitled(content: str) -> Article:
    """The article of a page that has to say its own title."""
    return HtmlReader().read(Source("a.html", content.encode()))


def refused(content: str | bytes, select: str = "", name: str = "a.html") -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(content, select, name)
    return caught.value


def lines(content: str) -> list[tuple[str, int]]:
    return [(entry.text, entry.line) for entry in said(read(content))][1:]


# --- Elements ---------------------------------------------------------------------------------


def test_elements_have_the_place_they_have_in_markdown() -> None:
    assert blocks("<p>a <em>b</em> <b>c</b> <s>d</s> <kbd>e</kbd> <span lang=fr>f</span><br>g <mark>h</mark></p>") == (
        Paragraph(
            (
                Text("a "),
                Emphasis((Text("b"),)),
                Text(" "),
                Strong((Text("c"),)),
                Text(" "),
                Strikethrough((Text("d"),)),
                Text(" "),
                Code("e"),
                Text(" "),
                Span((Text("f"),), "fr"),
                HardBreak(),
                Text("g h"),
            )
        ),
    )


def test_tags_are_mended_as_browsers_mend_them() -> None:
    assert blocks("<p>a <b>b<p>c</b> d") == (
        Paragraph((Text("a "), Strong((Text("b"),)))),
        Paragraph((Strong((Text("c"),)), Text(" d"))),
    )


@pytest.mark.parametrize("name", ["a.html", "a.xhtml"])
def test_a_paragraph_that_holds_a_table_does_not_flatten_it(name: str) -> None:
    page = "<html><body><p>a <b>b</b><table><tr><td>c</td><td>d</td></tr></table> e</p></body></html>"
    assert [entry.kind for entry in said(read(page, name=name))][1:] == ["paragraph", "cell", "cell", "paragraph"]


def test_every_block_knows_its_line() -> None:
    assert lines("<p\nclass=x>a\n<b>b</b></p>\n\n<ul>\n<li>c\n<li>\nd\n</ul>\n<table><tr><td>e\n<td>f</table>") == [
        ("a b", 1),
        ("c", 6),
        ("d", 8),
        ("e", 10),
        ("f", 11),
    ]


def test_text_between_blocks_is_a_paragraph() -> None:
    assert blocks("<div>a<p>b</p>c</div>") == (paragraph("a"), paragraph("b"), paragraph("c"))


def test_preformatted_text_is_kept_to_the_letter_but_for_the_line_end_html_drops() -> None:
    code = '<pre>\n\n a &lt; b\n\n\tc\n</pre><pre><code class="language-py">\nd</code></pre>'
    assert blocks(code) == (CodeBlock("\n a < b\n\n\tc"), CodeBlock("\nd", "py"))


def test_code_whose_lines_have_anchors_is_code() -> None:
    assert blocks('<pre><a id="l1" href="#l1"></a>a\n<a id="l2" href="#l2"></a>b</pre>') == (CodeBlock("a\nb"),)


def test_ruby_asides_and_parts_in_a_language() -> None:
    assert blocks(
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p><aside>a</aside><div lang=ar dir=rtl>b</div>"
    ) == (
        Paragraph((Ruby("漢", "かん"),)),
        BlockQuote((paragraph("a"),)),
        Section((paragraph("b"),), language="ar", direction="rtl"),
    )


def test_numbers_of_a_list_are_those_it_shows() -> None:
    found = said(read("<ol start=4><li>a<li value=9>b<li>c</ol>"))
    assert [entry.attributes.get("list") for entry in found][1:] == ["4", "9", "10"]


@pytest.mark.parametrize(
    "item", ["<input type=checkbox checked> a", "<label><input type=checkbox checked>a</label>", "☑ a", "<p>☒ a</p>"]
)
def test_an_item_with_a_ticked_box_is_a_task_done(item: str) -> None:
    (block,) = blocks(f"<ul class='task-list'><li class='task-list-item'>{item}</li></ul>")
    assert isinstance(block, BulletList)
    assert [(each.checked, plain(each.children[0].children)) for each in block.items] == [(True, "a")]  # type: ignore[union-attr]


def test_a_ballot_box_in_another_list_is_text() -> None:
    (block,) = blocks("<ul><li>☐ a</li></ul>")
    assert isinstance(block, BulletList)
    assert block.items[0].checked is None


def test_header_cells_know_what_they_head() -> None:
    table = "<table><tr><th scope=row>a<td>b<tr><th scope=row>c<td>d</table><table><tr><th>e<tr><td>f</table>"
    first, second = blocks(table)
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (len(first.head), first.body[0].cells[0].header, len(second.head)) == (0, True, 1)


def test_a_caption_below_a_table_in_a_figure_is_the_tables() -> None:
    (table,) = blocks("<figure><table><tr><td>a</table><figcaption>b <i>c</i></figcaption></figure>")
    assert isinstance(table, Table)
    assert plain(table.caption) == "b c"


# --- Pictures ---------------------------------------------------------------------------------


def test_of_the_pictures_a_browser_may_choose_from_the_src_is_taken() -> None:
    picture = '<picture><source srcset="b.webp"><img src="a.png" srcset="c.png 2x" alt="A"></picture>'
    assert blocks(f"<p>{picture}</p>") == (Figure(Image("a.png", "A")),)


@pytest.mark.parametrize(
    "credit", ["<small>B</small>", "<span class=photo-credit>B</span>", "<cite class=copyright>B</cite>"]
)
def test_a_figure_has_caption_and_credit(credit: str) -> None:
    (figure,) = blocks(f'<figure><div><img src="a.png" alt="A"></div><figcaption>C. {credit}</figcaption></figure>')
    assert isinstance(figure, Figure)
    assert (figure.image.source, plain(figure.caption), plain(figure.credit)) == ("a.png", "C.", "B")


def test_the_picture_behind_one_a_script_would_load_is_meant() -> None:
    late = '<img src="data:image/gif;base64,R0" data-src="a.png" alt="A">'
    assert blocks(f'<p>{late}<noscript><img src="a.png" alt="A"></noscript></p>') == (Figure(Image("a.png", "A")),)


def test_a_figure_keeps_its_caption_and_the_link_of_its_picture_is_on_record() -> None:
    page = '<figure>\n<a href="big.png"><img src="a.png" alt="A"></a><figcaption>C</figcaption></figure>'
    assert blocks(page) == (Figure(Image("a.png", "A"), (Text("C"),)),)
    assert [(loss.code, loss.line) for loss in account(page).losses] == [("L003", 2)]


def test_addresses_are_completed_from_the_base_but_pictures_lie_beside_the_file() -> None:
    page = '<base href="https://e.org/b/"><p><a href="c">d</a> <a href="#e">f</a> <img src="g.png" alt="h"></p>'
    (block,) = blocks(page)
    assert isinstance(block, Paragraph)
    assert [c.target for c in block.children if isinstance(c, Link)] == ["https://e.org/b/c", "#e"]
    assert [c.source for c in block.children if isinstance(c, Image)] == ["g.png"]


def test_a_base_that_is_a_folder_holds_the_pictures() -> None:
    assert blocks('<base href="files/"><img src="a.png" alt="A">') == (Figure(Image("files/a.png", "A")),)


# --- What is read -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<p>a</p><article><p>b</p></article>", ["b"]),
        ("<p>a</p><main><p>b</p></main>", ["b"]),
        ("<main>a<article>b</article><article>c</article></main>d", ["a", "b", "c"]),
        ("<article>a<article>b</article></article>c", ["a", "b"]),
        ("<p>a</p><p>b</p>", ["a", "b"]),
    ],
)
def test_by_default_the_one_article_is_read_else_main_else_body(page: str, says: list[str]) -> None:
    assert [text for text, _ in lines(page)] == says


def test_where_there_are_several_articles_a_notice_says_so() -> None:
    assert account("<article>a</article><article>b</article>").notices == (
        "The page has 2 'article' elements, so more than one is read. Choose with --select.",
    )


@pytest.mark.parametrize(
    ("selector", "says"),
    [
        (".x", ["a", "d"]),
        ("#i", ["c"]),
        ("div > p", ["b", "c"]),
        ("p:not(.x), .z", ["b", "c", "d"]),
        ("p:has(b)", ["c"]),
        ("p:empty", []),
        ("html", ["a", "b", "c", "d"]),
    ],
)
def test_what_is_selected_is_read_in_the_order_of_the_page(selector: str, says: list[str]) -> None:
    page = "<p class=x>a</p><div class=y><p>b</p><p id=i>c<b></b></p></div><section class='z x'>d</section>"
    if says:
        assert [entry.text for entry in said(read(page, selector))][1:] == says
    else:
        assert refused(page, selector).code == "S009"


def test_an_element_inside_one_that_is_read_is_not_read_twice() -> None:
    assert blocks("<div><p>a</p></div>", "div, p") == (paragraph("a"),)


def test_where_nothing_matches_the_error_offers_what_could() -> None:
    error = refused("<div class='post body'><p>a</p><p>b</p></div><main id=m><p>c</p></main>", ".nope")
    assert error.code == "S009"
    assert error.message == ("Nothing matches --select '.nope'. Elements with text in them: div.post, main#m.")


def test_a_page_whose_text_a_script_would_write_is_refused() -> None:
    assert refused("<div id=root></div><script>render()</script>").code == "S004"


def test_parts_keep_the_language_the_page_sets_around_them() -> None:
    page = "<html lang=de><p>a</p><div lang=fr><p>b</p></div><p lang=de>c</p>"
    article = read(page, "p")
    assert article.metadata.language == "de"
    assert article.blocks == (paragraph("a"), Paragraph((Text("b"),), language="fr"), paragraph("c"))


# --- What is left out -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["script", "iframe", "video", "audio", "object", "canvas", "form", "select", "textarea", "button", "dialog"],
)
def test_what_no_edition_carries_is_left_out_and_on_record(name: str) -> None:
    page = f"<p>a</p>\n\n<div><{name} src='u'>x</{name}></div>"
    assert blocks(page) == (paragraph("a"),)
    assert [(loss.code, loss.line, f"'{name}'" in loss.message) for loss in account(page).losses] == [("L004", 3, True)]


def test_an_element_a_script_would_fill_is_a_loss_and_one_with_content_its_content() -> None:
    page = "<p>a</p>\n<amp-img src='b.png' alt='B'></amp-img><my-box><p>c</p></my-box>"
    assert blocks(page) == (paragraph("a"), paragraph("c"))
    assert [(loss.code, loss.line) for loss in account(page).losses] == [("L004", 2)]


def test_what_is_not_read_is_no_loss() -> None:
    assert account("<nav><form></form><script></script></nav><article>a</article>") == Account()


def test_comments_style_sheets_and_templates_are_counted() -> None:
    page = "<p>a<!-- b --></p><!-- c --><style>d</style><template>e</template>"
    assert blocks(page) == (paragraph("a"),)
    assert account(page).notices == ("Left out, being no text: 2 × comment, 1 × style, 1 × template.",)


def test_data_in_a_page_is_no_loss() -> None:
    page = "<article><script type='application/ld+json'>{}</script><input type=hidden value=b>a</article>"
    assert blocks(page) == (paragraph("a"),)
    assert account(page).losses == ()
    assert account(page).notices == ("Left out, being no text: 1 × application/ld+json script, 1 × hidden input.",)


def test_quotation_marks_a_browser_would_add_are_told_of() -> None:
    assert blocks("<p><q>a</q></p>") == (paragraph("a"),)
    assert account("<p><q>a</q></p>").notices == (
        "The quotation marks browsers set around 'q' (1 ×) are not part of the text; write them.",
    )


def test_what_the_page_hides_is_left_out_with_a_notice() -> None:
    page = "<p>a</p>\n<p hidden>b c</p>"
    assert blocks(page) == (paragraph("a"),)
    assert account(page).notices == ("Line 2: the page hides the element 'p' ('b c'); it is left out.",)


def test_an_icon_is_left_out_on_record_and_a_drawing_refused() -> None:
    assert [loss.code for loss in account("<p>a <svg aria-hidden=true><path/></svg></p>").losses] == ["L004"]
    assert refused("<p>a</p>\n<svg><text>b</text></svg>").line == 2


@pytest.mark.parametrize(
    "page",
    [
        "<math><mi>x</mi></math>",
        "<table><tr><td colspan=2>a</table>",
        "<table><tr><td><ul><li>a</ul></table>",
        "<ol reversed><li>a</ol>",
        "<dl>stray</dl>",
        "<pre><a href='x'>a</a></pre>",
        "<a href='javascript:a()'>a</a>",
        "<p>a <input type=checkbox></p>",
        "<map name=m><area href=a></map>",
    ],
)
def test_what_the_model_cannot_hold_is_refused_by_name_and_line(page: str) -> None:
    error = refused(f"<p>b</p>\n\n{page}")
    assert (error.code, error.line) == ("S003", 3)


# --- Notes ------------------------------------------------------------------------------------


def test_a_mark_and_a_text_that_lead_to_each_other_are_a_note() -> None:
    page = "<p>a<sup><a href=#n id=r>1</a></sup></p><ol><li id=n>b <a href=#r>↩</a></li></ol>"
    assert blocks(page) == (Paragraph((Text("a"), Note((paragraph("b"),), "1"))),)


@pytest.mark.parametrize(
    "mark", ["1", "1234", "[12]", "(a)", "12b", "*", "††", "iv", "xxxix", "[nb 3]", "[note 1]", "٣", "1."]
)
def test_marks_of_notes_are_numbers_letters_and_signs(mark: str) -> None:
    page = f"<p>a<sup><a href=#n id=r>{mark}</a></sup></p><p id=n>b <a href=#r>↩</a></p>"
    assert [entry.kind for entry in said(read(page))] == ["title", "paragraph", "note"]


@pytest.mark.parametrize(
    "page",
    [
        "<p>a <a href=#n id=r>see there</a></p><p id=n>b <a href=#r>back</a></p>",
        "<p>a <a href=#n>1</a></p><p id=n>b</p>",
        "<p>a <a href=#n id=r>here</a></p><div id=n>b <a href=#r>back</a></div>",
        "<p>a <a href=#n id=r>ill</a></p><div id=n>b <a href=#r>back</a></div>",
        "<p id=n>b <a href=#r>back</a></p><p>a <a href=#n id=r>1</a></p>",
        "<ul><li><a href=#n id=r>1</a></ul><h2 id=n><a href=#r>b</a></h2>",
    ],
)
def test_other_links_inside_a_page_are_links(page: str) -> None:
    assert "note" not in {entry.kind for entry in said(read(page))}
    assert "calls" not in {name for entry in said(read(page)) for name in entry.attributes}


def test_what_stands_beside_a_mark_stays() -> None:
    page = "<p>a<sup>x <a href=#n id=r>1</a></sup></p><ol><li id=n>b <a href=#r>↩</a> c<li>d</ol>"
    assert [entry.text for entry in said(read(page))][1:] == ["ax \ufffc", "d", "b c"]


def test_the_items_notes_leave_behind_keep_their_numbers() -> None:
    page = "<p>a<sup><a href=#n id=r>1</a></sup></p><ol><li id=n>b <a href=#r>↩</a><li>c</ol>"
    assert [entry.attributes.get("list") for entry in said(read(page))][2:] == ["2", None]


def test_a_note_outside_what_is_read_is_refused() -> None:
    page = "<article>\n<a role=doc-noteref href=#n>1</a></article><aside id=n>b</aside>"
    assert (refused(page).code, refused(page).line) == ("S005", 2)


def test_a_note_that_calls_itself_is_refused() -> None:
    page = "<p><a role=doc-noteref href=#n>1</a></p><aside id=n>b <a role=doc-noteref href=#n>1</a></aside>"
    assert refused(page).code == "S005"


# --- Links inside a page ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [
        "<h2 id=p>b</h2>",
        "<section id=p><h2>b</h2></section>",
        "<section id=p><header><h2 id=q>b</h2></header></section>",
        "<h2><span id=p>b</span></h2>",
        "<h2><a name=p></a>b</h2>",
        "<div id=o><div id=p><h2>b</h2></div></div>",
    ],
)
def test_a_link_to_a_part_leads_to_its_heading(part: str) -> None:
    assert [entry.attributes.get("links") for entry in said(read(f"<p><a href=#p>a</a></p>{part}"))][1:] == ["#1", None]


# --- Title and standfirst ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        "<title>T – Site</title><div><h1>T</h1></div><p>a</p>",
        "<title>Other</title><header><p>kicker</p><h1>T</h1></header><p>a</p>",
        "<title>T | Site</title><p>kicker</p><h1>T</h1><p>a</p>",
        "<meta property=og:title content='T'><p>a</p>",
        "<title>\n T </title><p>a</p>",
        '<script type=application/ld+json>{"@type": "NewsArticle", "headline": "T"}</script><p>a</p>',
    ],
)
def test_the_title_is_the_first_heading_else_what_the_head_says(page: str) -> None:
    assert untitled(page).metadata.title == "T"
    assert "heading" not in {entry.kind for entry in said(untitled(page))}


def test_words_title_and_subtitle_are_the_articles() -> None:
    article = untitled("<div><p class=MsoTitle>T</p><p class=MsoSubtitle>S</p><h1>a</h1><p>b</p></div>")
    assert (article.metadata.title, article.metadata.subtitle, len(article.blocks)) == ("T", "S", 2)


def test_a_first_level_heading_in_the_middle_is_no_title() -> None:
    article = untitled("<title>T</title><p>a</p><h1>Part</h1><p>b</p>")
    assert (article.metadata.title, article.blocks[1]) == ("T", Heading((Text("Part"),), 2, "part"))


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        untitled("<p>a</p>")
    assert caught.value.code == "S004"


def test_the_sidecars_title_leaves_another_one_a_heading() -> None:
    assert read("<h1>T</h1><p>a</p>", title="U").blocks[0] == Heading((Text("T"),), 2, "t")


def test_a_link_in_the_title_is_on_record_and_a_note_refused() -> None:
    page = "<h1><a href='/t'>T</a></h1><p>a</p>"
    reader = HtmlReader()
    assert [loss.code for loss in reader.account(Source("a.html", page.encode())).losses] == ["L003"]
    note = "<h1>T<a role=doc-noteref href=#n>1</a></h1><p>a</p><aside id=n>b</aside>"
    with pytest.raises(SourceError):
        untitled(note)


@pytest.mark.parametrize(
    "head",
    [
        "<hgroup><h1>T</h1><p>S</p></hgroup>",
        "<header><h1>T</h1><div><p class=standfirst>S</p></div></header>",
        "<h1>T</h1><p class='lead deck'>S</p>",
        "<h1>T</h1><p role=doc-subtitle>S</p>",
    ],
)
def test_the_standfirst_is_what_says_it_is_one(head: str) -> None:
    article = untitled(f"{head}<p>a</p>")
    assert (article.metadata.subtitle, article.blocks) == ("S", (paragraph("a"),))


def test_a_standfirst_with_a_link_is_a_paragraph() -> None:
    article = untitled("<h1>T</h1><p class=standfirst><a href='https://e.org/'>S</a></p>")
    assert (article.metadata.subtitle, len(article.blocks)) == (None, 1)


def test_a_byline_of_names_is_metadata_and_one_with_more_a_paragraph() -> None:
    names = "<header><h1>T</h1><p class=byline><span class=author>A</span>, <span class=author>B</span></p></header>c"
    assert (untitled(names).metadata.authors, untitled(names).blocks) == (("A", "B"), (paragraph("c"),))
    more = "<header><h1>T</h1><p class=byline>By <span class=author>A</span>, Kabul</p></header>c"
    assert untitled(more).blocks[0] == paragraph("By A, Kabul")


@pytest.mark.parametrize("more", ["<img src=a.png alt=B>", "<a role=doc-noteref href=#n>1</a>"])
def test_a_byline_with_a_picture_or_a_note_is_a_paragraph(more: str) -> None:
    line = f"<p class=byline><span class=author>A{more}</span></p>"
    article = untitled(f"<header><h1>T</h1>{line}</header><p>c</p><aside id=n>d</aside>")
    assert article.metadata.authors == ()
    assert len(article.blocks) == 2 + ("img" in more)


def test_the_link_of_a_byline_is_on_record() -> None:
    page = "<header><h1>T</h1>\n<p class=byline><a class=author href=/a>A</a></p></header>c"
    assert untitled(page).metadata.authors == ("A",)
    losses = HtmlReader().account(Source("a.html", page.encode())).losses
    assert [(loss.code, loss.line) for loss in losses] == [("L003", 2)]


def test_a_line_break_in_a_title_is_a_space() -> None:
    assert untitled("<h1>One<br>two<br> three</h1><p>a</p>").metadata.title == "One two three"


def test_a_standfirst_of_two_paragraphs_is_two_paragraphs() -> None:
    article = untitled("<h1>T</h1><div class=deck><p>a</p><p>b</p></div>")
    assert (article.metadata.subtitle, article.blocks) == (None, (paragraph("a"), paragraph("b")))


def test_a_byline_the_head_contradicts_stays() -> None:
    page = "<meta name=author content=C><header><h1>T</h1><p class=byline><b class=author>A</b></p></header>c"
    assert (untitled(page).metadata.authors, len(untitled(page).blocks)) == (("C",), 2)


# --- Metadata ---------------------------------------------------------------------------------


def test_metadata_is_read_from_meta_opengraph_and_dublin_core() -> None:
    page = """<html lang=pt-br dir=ltr><meta name=author content=A><meta name=Author content=B>
    <meta name=description content=D><meta name=keywords content='k, l'><meta name=dcterms.rights content=R>
    <meta property=article:published_time content=2026-10-05T08:30:00+02:00><meta name=dc.publisher content=P>
    <meta property=article:section content=S><link rel=canonical href=https://e.org/a><p>a</p>"""
    found = read(page).metadata
    assert (found.authors, found.summary, found.tags, found.rights) == (("A", "B"), "D", ("k", "l"), "R")
    assert (found.language, found.publisher, found.section) == ("pt-BR", "P", "S")
    assert found.published == datetime(2026, 10, 5, 8, 30, tzinfo=timezone(timedelta(hours=2)))
    assert found.canonical_url == "https://e.org/a"


def test_metadata_is_read_from_json_ld() -> None:
    page = """<script type="application/ld+json">[{"@type": "Organization", "name": "O"}, {"@graph": [
    {"@type": ["Thing", "NewsArticle"], "headline": "H", "author": [{"name": "A"}, "B"], "datePublished": "2026-10-05",
    "keywords": ["k"], "publisher": {"name": "P"}, "inLanguage": "nl", "url": "https://e.org/"}]}]</script><p>a</p>"""
    found = read(page).metadata
    assert (found.authors, found.published, found.tags) == (("A", "B"), date(2026, 10, 5), ("k",))
    assert (found.publisher, found.language, found.canonical_url) == ("P", "nl", "https://e.org/")


def test_of_much_json_ld_the_one_of_the_article_counts() -> None:
    page = """<script type="application/ld+json">{"@type": "WebPage", "name": "W", "datePublished": "2020-01-01",
    "author": "C"}</script><script type="application/ld+json">{"@type": "NewsArticle", "headline": "H",
    "datePublished": "2026-10-05", "author": ["A", "A"]}</script><p>a</p>"""
    found = untitled(page).metadata
    assert (found.title, found.published, found.authors) == ("H", date(2026, 10, 5), ("A",))


def test_the_sidecar_counts_before_the_page() -> None:
    page = "<html lang=de><meta name=author content=A><p>a</p>"
    found = read(page, author="B", lang="fr").metadata
    assert (found.authors, found.language) == (("B",), "fr")


@pytest.mark.parametrize(
    ("head", "notice"),
    [
        ("<meta name=date content='5th of May'>", "Line 2: '5th of May' is no date like 2026-10-05; passed over."),
        ("<script type=application/ld+json>{,}</script>", "Line 2: this JSON-LD is not JSON; passed over."),
        ("<meta property=og:locale content='?'>", "Line 2: '?' is not a language tag like 'en' or 'pt-BR' (BCP 47);"),
    ],
)
def test_a_fact_that_cannot_be_read_is_passed_over_with_a_notice(head: str, notice: str) -> None:
    (found,) = account(f"\n{head}<p>a</p>").notices
    assert found.startswith(notice)


# --- Characters -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "<p>é€</p>".encode(),
        codecs.BOM_UTF8 + "<meta charset=latin1><p>é€</p>".encode(),
        codecs.BOM_UTF16_LE + "<p>é€</p>".encode("utf-16-le"),
        b"<meta charset=iso-8859-1><p>\xe9\x80</p>",
        b"<meta http-equiv=Content-Type content='text/html; charset=windows-1252'><p>\xe9\x80</p>",
        b"<!-- <meta charset=big5> --><meta charset='UTF-16'><p>\xc3\xa9\xe2\x82\xac</p>",
        "<?xml version='1.0' encoding='gb18030'?><p>é€</p>".encode("gb18030"),
        b"<p>&eacute;&#x80;</p>",
    ],
)
def test_a_page_is_in_the_encoding_it_says_it_is_in_else_utf_8(content: bytes) -> None:
    assert blocks(content) == (paragraph("é€"),)


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"<p>a\n\xe9</p>", 2), (b"<meta charset=shift_jis>\n\n<p>\x81", 3), (b"<meta charset=klingon><p>a", 1)],
)
def test_bytes_that_are_not_of_the_encoding_are_refused(content: bytes, line: int) -> None:
    error = refused(content)
    assert (error.code, error.line) == ("S006", line)


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("<p>a</p>\n<p>b&#xE000;</p>", 2),
        ("<p>a</p>\n\n<img src=a.png alt='&#xFFFD;'>", 3),
        ("<p>a</p>\n<p>&#x2067;b</p><p>&#x2069;</p>", 2),
        ("<p>a &#0; b</p>", 1),
    ],
)
def test_characters_no_edition_can_carry_are_refused_by_line(page: str, line: int, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(f"<title>A</title>{page}", encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        loader.load(file, Settings())
    assert (caught.value.code, caught.value.line) == ("S002", line)


def test_characters_no_edition_can_carry_are_replaced_on_request(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<title>A</title><p>a</p>\n<p>b&#xE000;c</p>", encoding="utf-8")
    loaded = loader.load(file, Settings().with_defaults(unfit_characters="replace"))
    assert [entry.text for entry in said(loaded.article)] == ["A", "a", "b\ufffdc"]
    assert [(loss.code, loss.line) for loss in loaded.losses if loss.code == "L005"] == [("L005", 2)]


def test_what_is_not_read_may_have_any_character() -> None:
    assert blocks("<nav class='\ue000'>\ue000</nav><article data-icon='\ue000'>a</article>") == (paragraph("a"),)


def test_a_direction_may_be_closed_on_the_next_line_of_its_paragraph() -> None:
    assert blocks("<p>\u2067a\nb\u2069</p>") == (paragraph("\u2067a\nb\u2069"),)


# --- XHTML ------------------------------------------------------------------------------------


def test_xhtml_is_read_as_xml() -> None:
    page = (
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><a id="x"/>a&nbsp;b<p/>\n<p><![CDATA[<c>]]></p></body></html>'
    )
    assert read(page, name="a.xhtml").blocks == (paragraph("a\u00a0b"), paragraph("<c>"))


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("<p>\n<b></p>", 2),
        ("<p>\n&nope;</p>", 2),
        ("<!DOCTYPE p [\n<!ENTITY x 'y'>]>\n<p>&x;</p>", 1),
        ("", 1),
        ("<p" + " a='b'" * 2 + "/>", 1),
        ("<h:p xmlns:h='http://www.w3.org/1999/xhtml'>a</h:p>", 1),
    ],
)
def test_xhtml_that_is_not_well_formed_is_refused_by_line(page: str, line: int) -> None:
    error = refused(page, name="a.xhtml")
    assert (error.code, error.line) == ("S003", line)
