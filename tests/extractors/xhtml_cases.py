"""What the EPUB and the HTML edition are tried with alike: articles, and ways to spoil their markup."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime

from PIL import Image as Pillow

from exporter import images, labels
from exporter.article import (
    Article,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Heading,
    Image,
    Link,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Ruby,
    Section,
    Span,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from exporter.edition import Discrepancy, Extractor, RenderContext, Resource
from exporter.templating import search_path
from exporter.text import said, said_metadata
from exporter.verifier import compare
from tests.articles import EVERYTHING, LONG_NOTE, NOTE, article, cells, item, paragraph, with_picture


def picture(source: str, colour: str = "red") -> Resource:
    """A small PNG of one colour."""
    target = io.BytesIO()
    Pillow.new("RGB", (8, 5), colour).save(target, "PNG")
    return images.resource(source, target.getvalue())


RED = picture("pictures/a b.png")
BLUE = picture("other/a b.png", "blue")
PICTURES = {RED.source: RED, BLUE.source: BLUE}
DIGESTS = {source: resource.digest for source, resource in PICTURES.items()}

RIGHT_TO_LEFT = article(
    Paragraph((Text("قال إن "), Span((Text("the press"),), "en", "ltr"), Text(" حرة"), NOTE, Text("."))),
    Heading((Text("عنوان"),), 2, "عنوان"),
    Paragraph((Link((Text("إلى العنوان"),), "#عنوان"), Text(" می\u200cخواهم"))),
    Paragraph((Text("A paragraph in English."),), language="en", direction="ltr"),
    title="حرية الصحافة",
    language="ar",
    direction="rtl",
    authors=("ليلى حداد",),
)
CHINESE = article(
    Paragraph((Text("汉字与"), Ruby("漢", "hàn"), Strong((Text("强调"),)), Text("，没有空格。"))),
    Paragraph((Strong((Text("甲"),)), Strong((Text("乙"),)))),
    title="新闻自由",
    language="zh-Hans",
)
EDGES = article(
    OrderedList((item(Paragraph(()), paragraph("After an empty one")), item(Heading((Text("In an item"),), 3)))),
    OrderedList((item(paragraph("From zero")),), start=0),
    BulletList((item(Paragraph((Text("auf Deutsch"),), language="de"), checked=True), item(ThematicBreak()))),
    BulletList((item(paragraph("loose"), checked=False), item(BlockQuote((paragraph("quoted"),)))), tight=False),
    DefinitionList((DefinitionItem(((Text("T"),),), ((BulletList((item(paragraph("in a definition")),)),),)),)),
    CodeBlock("\n\n  \tspace before, line end after\n\n"),
    CodeBlock("plain", "c++"),
    Table((), (Row((Cell((Text("head"),), True), Cell((Text("a note"), LONG_NOTE)))), cells("x", "y")), (None, None)),
    Paragraph((Link((Text("with a note"), NOTE), "https://example.org/"), Image(RED.source, ""), Text("decorated"))),
    Heading((Text("2026 in review"),), 2, "2026-in-review"),
    Heading((Text("Note 1"),), 2, "note-1"),
    Paragraph((Link((Text("to it"),), "#note-1"), Text(" and "), Link((Text("back"),), "#2026-in-review"))),
    Paragraph((Note((CodeBlock("code in a note"), BulletList((item(paragraph("a list")),))), "rich"),)),
    Paragraph((Image(RED.source, "Red"), Image(BLUE.source, 'Blue & "more"'))),
    paragraph(
        "NFD e\u0301, NFC \u00e9, joiner क्\u200dष, no-break\u00a0space, \U0001f469\u200d\U0001f52c, ]]> &amp; <!--"
    ),
)
ISSUE = article(
    paragraph("Editorial."),
    Paragraph((Link((Text("See the second"),), "#inside"), NOTE)),
    Section((paragraph("One."), Paragraph((Text("Called"), LONG_NOTE))), Metadata(title="First", authors=("A. One",))),
    Section(
        (Heading((Text("Inside"),), 3, "inside"), Paragraph((Text("Again"), NOTE))),
        Metadata(title="Deuxième", subtitle="Sous-titre", language="fr", published=datetime(2026, 10, 5, tzinfo=UTC)),
        language="fr",
    ),
    title="The issue",
)

ARTICLES: Mapping[str, Article] = {
    "everything": EVERYTHING,
    "picture": with_picture(RED.source),
    "right to left": RIGHT_TO_LEFT,
    "chinese": CHINESE,
    "edges": EDGES,
    "issue": ISSUE,
    "empty": article(),
}

MUTANTS: Mapping[str, tuple[str, str, str]] = {
    "a word is dropped": ("Last words.", "Last.", "V003"),
    "two words are swapped": ("Last words.", "words Last.", "V003"),
    "an accent is lost": ("Une phrase entière.", "Une phrase entiere.", "V003"),
    "a no-break space is lost": ("no\u00a0break", "no break", "V003"),
    "a space comes between elements": ("</strong>, ", "</strong> , ", "V003"),
    "two blocks are swapped": (
        "<p>Quoted.</p>\n<blockquote>\n<p>Quoted twice.</p>\n</blockquote>\n",
        "<blockquote>\n<p>Quoted twice.</p>\n</blockquote>\n<p>Quoted.</p>\n",
        "V004",
    ),
    "two cells are swapped": ("Peru</td><td>Lima", "Lima</td><td>Peru", "V004"),
    "a paragraph is doubled": ("<p>Last words.</p>", "<p>Last words.</p><p>Last words.</p>", "V005"),
    "a note's paragraph is doubled": (
        "<p>And a second paragraph in it.",
        "<p>And a second paragraph in it.</p><p>And a second paragraph in it.",
        "V005",
    ),
    "text is added without an element": ("<p>Last words.</p>", "<p>Last words.</p>Advertisement", "V002"),
    "text is added in the byline": ("Bo Li</span>", "Bo Li</span> and others", "V002"),
    "text is added between cells": ("Chad</td>", "Chad</td>More", "V002"),
    "a cell is added": ("Chad</td>", "Chad</td><td>More</td>", "V002"),
    "a heading becomes a paragraph": ('<h2 id="the-end">The end</h2>', '<p id="the-end">The end</p>', "V007"),
    "a heading sinks": ('<h2 id="the-end">The end</h2>', '<h3 id="the-end">The end</h3>', "V007"),
    "a list loses its first number": ('<ol start="3">', "<ol>", "V007"),
    "a numbered list gets bullets": (
        '<ol start="3">\n<li><p>Third</p></li>\n<li><p>Fourth</p>\n<p>with more</p>\n</li>\n</ol>',
        "<ul>\n<li><p>Third</p></li>\n<li><p>Fourth</p>\n<p>with more</p>\n</li>\n</ul>",
        "V007",
    ),
    "a task is ticked": ("\u2610", "\u2611", "V007"),
    "a head cell becomes a common one": ('<th scope="row" class="align-left">Laos</th>', "<td>Laos</td>", "V007"),
    "a call shows another number": (">2</a>", ">3</a>", "V007"),
    "a call leads to another note": ('-2" role="doc-noteref"', '-1" role="doc-noteref"', "V007"),
    "code loses its indent": ("    return", "  return", "V003"),
    "code loses a line end": ("\n\n\n# end", "\n\n# end", "V003"),
    "the syntax is lost": (' class="language-python"', "", "V007"),
    "a link leads elsewhere": ("https://example.org/note", "https://example.com/note", "V008"),
    "a link leads to another heading": ("#lists", "#the-end", "V008"),
    "a link is lost": ('<a href="https://example.org/v">Vientiane</a>', "Vientiane", "V008"),
    "a passage loses its language": ('<span lang="fr" xml:lang="fr">quelques', "<span>quelques", "V011"),
    "a paragraph loses its language": ('<p lang="fr" xml:lang="fr">Une', "<p>Une", "V011"),
    "a paragraph turns round": ("<p>Last words.</p>", '<p dir="rtl">Last words.</p>', "V011"),
    "an author disappears": (">Bo Li<", "><", "V001"),
    "a date is another": ('datetime="2026-10-05"', 'datetime="2026-10-06"', "V007"),
    "a paragraph is not displayed": ("<p>Last words.</p>", '<p style="display: none">Last words.</p>', "V001"),
    "a paragraph is invisible": ("<p>Last words.</p>", '<p style="visibility:hidden">Last words.</p>', "V001"),
    "a paragraph is hidden": ("<p>Last words.</p>", '<p hidden="hidden">Last words.</p>', "V001"),
    "a paragraph is kept from listeners": ("<p>Last words.</p>", '<p aria-hidden="true">Last words.</p>', "V001"),
    "a paragraph is called furniture": ("<p>Last words.</p>", '<p class="furniture">Last words.</p>', "V001"),
    "a word is hidden": ("Last words.", 'Last <span style="display:none">words</span>.', "V003"),
    "a thematic break is lost": ("<hr/>", "", "V001"),
}
"""What to replace by what in the markup of ``EVERYTHING``, and the code that is due."""


def context(edition: Article) -> RenderContext:
    """Everything a rendering depends on, with labels in the article's language."""
    words = labels.load(edition.metadata.language, search_path())
    return RenderContext(labels=words, resources=PICTURES, date=datetime(2026, 10, 6, 12, 30, tzinfo=UTC))


def differences(edition: Article, content: bytes, extractor: Extractor) -> list[Discrepancy]:
    """How ``content`` differs from what ``edition`` says."""
    return list(compare(said(edition, DIGESTS), said_metadata(edition.metadata), extractor.extract(content)))


def codes(edition: Article, content: bytes, extractor: Extractor) -> set[str]:
    """The codes of the differences."""
    return {found.code for found in differences(edition, content, extractor)}


def replaced(markup: str, old: str, new: str) -> str:
    """``markup`` with ``old``, which stands in it, replaced once."""
    assert old in markup, old
    return markup.replace(old, new, 1)
