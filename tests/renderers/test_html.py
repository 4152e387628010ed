"""The body that PDF, EPUB and HTML share, and the HTML edition."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest

from exporter import labels
from exporter.article import (
    Article,
    CodeBlock,
    Heading,
    Image,
    Link,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Section,
    Text,
)
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.renderers.html import Dialect, HtmlRenderer, body
from exporter.templating import search_path
from tests.articles import EVERYTHING, LONG_NOTE, NOTE, article, item, paragraph

ENGLISH = labels.load("en", search_path())


def dialect(**more: object) -> Dialect:
    """English labels, pictures under their own names."""
    return Dialect(labels=ENGLISH, picture=lambda source: source, **more)  # type: ignore[arg-type]


def written(*blocks: object, **more: object) -> str:
    """The body of an article of ``blocks``, its header cut off."""
    return body(article(*blocks), dialect(**more)).partition("</header>\n")[2]  # type: ignore[arg-type]


def page(edition: Article) -> str:
    """The HTML edition."""
    return HtmlRenderer().render(edition, RenderContext(labels=ENGLISH)).decode("utf-8")


def test_the_body_is_well_formed_xml() -> None:
    root = f'<x xmlns:epub="http://www.idpf.org/2007/ops">{body(EVERYTHING, dialect(epub=True))}</x>'
    assert ElementTree.fromstring(root).find("header/h1") is not None


def test_every_id_is_set_once_and_every_fragment_leads_to_one() -> None:
    html = body(EVERYTHING, dialect())
    identifiers = re.findall(r' id="([^"]*)"', html)
    assert sorted(set(identifiers)) == sorted(identifiers)
    assert set(re.findall(r'href="#([^"]*)"', html)) <= set(identifiers)


def test_text_that_looks_like_markup_stays_text() -> None:
    assert written(paragraph("<b>&amp;</b>")) == "<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>\n"


def test_a_url_is_escaped_once() -> None:
    html = written(Paragraph((Image("a?b=1&c=2", "Alt"), Link((Text("x"),), "https://e.org/?a=1&b=2"))))
    assert html == '<p><img src="a?b=1&amp;c=2" alt="Alt"/><a href="https://e.org/?a=1&amp;b=2">x</a></p>\n'


def test_line_ends_in_an_attribute_survive_a_parser() -> None:
    assert 'title="one&#10;two&quot;"' in written(Paragraph((Link((Text("x"),), "https://e.org/", 'one\ntwo"'),)))


def test_a_form_feed_in_text_is_white_space() -> None:
    assert written(paragraph("one\ftwo")) == "<p>one two</p>\n"


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x1f", "\ufffe", "\uffff"])
def test_a_character_markup_cannot_hold_is_refused(character: str) -> None:
    with pytest.raises(RenderError, match=rf"U\+{ord(character):04X} after 'before '"):
        written(paragraph(f"before {character}"))


def test_a_form_feed_in_code_is_refused_because_white_space_counts_there() -> None:
    with pytest.raises(RenderError, match=r"U\+000C"):
        written(CodeBlock("a\fb"))


def test_code_begins_right_after_its_tags() -> None:
    assert written(CodeBlock("\n x")) == "<pre><code>\n x</code></pre>\n"


@pytest.mark.parametrize("identifier", ["2026-in-review", "note-1", "call-1", "heading-7", "notes-heading", "a b"])
def test_an_identifier_another_element_could_have_or_xml_forbids_is_replaced(identifier: str) -> None:
    html = written(Heading((Text("H"),), 2, identifier), Paragraph((Link((Text("up"),), f"#{identifier}"),)))
    assert html == '<h2 id="heading-1">H</h2>\n<p><a href="#heading-1">up</a></p>\n'


def test_of_two_headings_with_one_identifier_the_first_keeps_it() -> None:
    html = written(Heading((Text("One"),), 2, "same"), Heading((Text("Two"),), 2, "same"))
    assert html == '<h2 id="same">One</h2>\n<h2 id="heading-2">Two</h2>\n'


def test_a_list_starts_where_the_article_says() -> None:
    assert written(OrderedList((item(paragraph("x")),), start=7)).startswith('<ol start="7">')


def test_an_empty_first_paragraph_keeps_the_second_from_its_place() -> None:
    assert "<li><p></p>\n<p>second</p>\n</li>" in written(
        OrderedList((item(Paragraph(()), paragraph("second")),), tight=True)
    )


def test_a_note_called_in_a_link_is_no_link() -> None:
    html = written(Paragraph((Link((Text("words"), NOTE), "https://e.org/"),)))
    assert '<a href="https://e.org/">words<sup class="noteref"><span id="call-1">1</span></sup></a>' in html


def test_a_note_called_twice_is_written_once() -> None:
    html = written(Paragraph((Text("a"), NOTE, Text("b"), NOTE)))
    assert html.count('href="#note-1"') == 2
    assert html.count("The first note") == 1


def test_notes_at_the_foot_are_written_where_they_are_called() -> None:
    html = written(Paragraph((Text("a"), LONG_NOTE)), notes="foot")
    assert html.startswith('<p>a<span class="note" id="note-1"')
    assert "Notes" not in html


@pytest.mark.parametrize("place", ["foot", "end"])
def test_headings_in_notes_and_in_the_text_keep_their_own_anchors(place: str) -> None:
    note = Note((Heading((Text("In the note"),), 3, "in-note"),), "headed")
    html = written(Paragraph((note,)), Heading((Text("In the text"),), 2, "in-text"), notes=place)
    assert '<h3 id="in-note">In the note</h3>' in html
    assert '<h2 id="in-text">In the text</h2>' in html


def test_a_picture_nobody_loaded_is_refused() -> None:
    with pytest.raises(RenderError, match=r"'gone\.png' was not loaded"):
        page(article(Paragraph((Image("gone.png", "Gone"),))))


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    html = page(EVERYTHING)
    assert re.findall(r'(?:src|@import|url\()\s*=?\s*"?(?!data:)\S', html) == []
    assert re.findall(r"<link ([^>]*)>", html) == ['rel="canonical" href="https://example.org/everything"/']


def test_labels_in_another_language_say_so() -> None:
    html = page(article(paragraph("x"), language="cy", authors=("A",)))
    assert '<span class="furniture" lang="en" xml:lang="en">By </span>' in html


def test_labels_in_a_section_in_another_language_say_so() -> None:
    part = Section((), Metadata(title="Partie", authors=("B",)), language="fr")
    html = page(article(part, authors=("A",)))
    assert '<span class="furniture">By </span><span class="author">A</span>' in html
    assert '<span class="furniture" lang="en" xml:lang="en">By </span><span class="author">B</span>' in html


def test_a_decorative_picture_has_an_empty_alternative_text_and_nothing_else() -> None:
    assert written(Paragraph((Image("a.png", ""),))) == '<p><img src="a.png" alt=""/></p>\n'


def test_labels_in_the_articles_language_need_not() -> None:
    assert '<span class="furniture">By </span>' in page(article(paragraph("x"), language="en-GB", authors=("A",)))


def test_an_article_from_right_to_left_says_so() -> None:
    assert '<html lang="ar" dir="rtl">' in page(article(paragraph("نص"), language="ar", direction="rtl"))
