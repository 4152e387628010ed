"""The body of an article as HTML, which the PDF, EPUB and HTML editions share.

The markup is both HTML and well-formed XML. Roles an extractor needs are class names:
``title subtitle byline author dateline caption credit note`` for what is said, ``furniture`` for
what is not. Note calls are ``noteref``. Looks are in the templates' style sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from exporter.article import (
    Alignment,
    Article,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    Figure,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Row,
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
from exporter.renderers.html.dialect import Dialect
from exporter.renderers.html.headers import Headers
from exporter.renderers.html.leaves import code_block, leaves_ink, ruby, task
from exporter.renderers.html.publication import ContentsList, cover_class, publisher, running_head, section_class
from exporter.renderers.markup import Attributes, anchors, element, targets, text, void, where
from exporter.walk import contents, note_homes, note_numbers, notes


def body(article: Article, dialect: Dialect) -> str:
    """The article's header, blocks and, at the "end", notes."""
    return "".join(parts(article, (article.blocks,), dialect))


def parts(article: Article, groups: Sequence[tuple[Block, ...]], dialect: Dialect) -> tuple[str, ...]:
    """The body cut between ``groups`` of the article's blocks: the header opens the first, the notes are the last."""
    writer = _Writer(article, dialect)
    written = [writer.header(article.metadata), *map(writer.blocks, groups)]
    endnotes = writer.endnotes(notes(article)) if dialect.notes == "end" else ""
    return (written[0] + "".join(written[1:2]), *written[2:], endnotes)


class _Writer:
    """Writes the blocks of one article, each once and in reading order."""

    def __init__(self, article: Article, dialect: Dialect) -> None:
        self._dialect = dialect
        self._numbers = note_numbers(article)
        self._anchors, self._note_anchors = map(iter, anchors(article))
        self._targets = targets(article)
        self._called: set[str] = set()
        self._homes = note_homes(article)
        self._inside_note: str | None = None
        self._inside_link = False
        self._language = article.metadata.language
        self._own = where(article.metadata)
        self._article = article
        self._is_publication = bool(contents(article))
        self._around = self._running = article.metadata  # of what is being written, and of what heads the pages by then

    # Header

    def header(self, metadata: Metadata) -> str:
        title = element("h1", text(metadata.title), class_="title")
        return self._cover(title, metadata) if self._is_publication else self._headers().write((title,), metadata)

    def _cover(self, title: str, metadata: Metadata) -> str:
        """The header of an article made of several, as a cover, and the list of what is inside."""
        picture = self._dialect.cover
        below = (void("img", src=picture, alt=metadata.title, class_="cover"),) if picture else ()
        header = self._headers().write((*publisher(metadata), title), metadata, below, cover_class(metadata))
        return header + self._contents(metadata)

    def _contents(self, metadata: Metadata) -> str:
        if not self._dialect.contents:
            return ""
        listed = ContentsList(self._dialect.labels, self._dialect.address, paged=self._dialect.running is not None)
        running = running_head(metadata.title, self._dialect.running)
        return listed.write(self._article, self._headers().label_language(), running)

    def _headers(self) -> Headers:
        """Headers with labels in the language of what is being written."""
        labels = self._dialect.labels_of(self._language) if self._is_publication else self._dialect.labels
        return Headers(labels, self._language)

    # Blocks

    def blocks(self, children: Iterable[Block]) -> str:
        return "".join(f"{self._head_again(child)}{self._block(child)}\n" for child in children)

    def _head_again(self, block: Block) -> str:
        """What lets the title of the article around ``block`` head its pages again, behind another article in it."""
        if self._running is self._around or (isinstance(block, Section) and block.metadata):
            return ""
        self._running = self._around
        return running_head(self._around.title, self._dialect.running)

    def _block(self, block: Block) -> str:
        match block:
            case Section():
                return self._section(block)
            case Heading():
                anchor = next(self._anchors)
                return element(f"h{block.level}", self.inlines(block.children), id=anchor, **where(block))
            case Paragraph():
                return self._paragraph(block)
            case BulletList():
                return element("ul", self._items(block.items, block.tight), **where(block))
            case OrderedList():
                start = None if block.start == 1 else str(block.start)
                return element("ol", self._items(block.items, block.tight), start=start, **where(block))
            case BlockQuote():
                return element("blockquote", "\n" + self.blocks(block.children), **where(block))
            case CodeBlock():
                return code_block(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case DefinitionList():
                return element("dl", "\n" + "".join(map(self._definition_item, block.items)), **where(block))
            case ThematicBreak():
                return void("hr")
            case _:
                assert_never(block)

    def _paragraph(self, paragraph: Paragraph, more: str = "") -> str:
        return element("p", self.inlines(paragraph.children) + more, **where(paragraph))

    def _section(self, section: Section) -> str:
        outside = self._language, self._around
        self._language = section.language or self._language
        header = self._section_header(section.metadata, section.level) if section.metadata else ""
        facts: dict[str, str | None] = {**where(section)}
        if self._is_publication and section.metadata:
            facts["class_"] = section_class(section)
            self._around = self._running = section.metadata
            header = running_head(section.metadata.title, self._dialect.running) + header
        content = element("section", "\n" + header + self.blocks(section.children), **facts)
        self._language, self._around = outside
        return content

    def _section_header(self, metadata: Metadata, level: int) -> str:
        heading = element(f"h{level}", text(metadata.title), id=next(self._anchors), class_="title")
        return self._headers().write((heading,), metadata)

    def _items(self, items: Iterable[ListItem], tight: bool) -> str:
        return "\n" + "".join(f"{self._item(item, tight)}\n" for item in items)

    def _item(self, item: ListItem, tight: bool) -> str:
        task = "task" if item.checked is not None else None
        return element("li", self._item_content(item, tight), class_=task)

    def _item_content(self, item: ListItem, tight: bool) -> str:
        """A tight item's first paragraph has no element of its own, unless it needs one to be told apart."""
        match item.children:
            case (Paragraph() as first, *rest):
                words = task(item) + self.inlines(first.children)
                bare = tight and leaves_ink(first) and not where(first)
                return (words if bare else element("p", words, **where(first))) + self._following(rest)
            case children:
                return task(item) + self._following(children)

    def _following(self, children: Iterable[Block]) -> str:
        rest = self.blocks(children)
        return f"\n{rest}" if rest else ""

    def _definition_item(self, item: DefinitionItem) -> str:
        terms = [element("dt", self.inlines(term)) for term in item.terms]
        definitions = [element("dd", self._following(each)) for each in item.definitions]
        return element("div", "\n" + "\n".join((*terms, *definitions)) + "\n") + "\n"

    def _figure(self, figure: Figure) -> str:
        picture = self._image(figure.image)
        caption = element("p", self.inlines(figure.caption), class_="caption") if figure.caption else ""
        credit = element("p", self.inlines(figure.credit), class_="credit") if figure.credit else ""
        below = element("figcaption", caption + credit) if caption or credit else ""
        return element("figure", picture + below, **where(figure))

    # Tables

    def _table(self, table: Table) -> str:
        caption = element("caption", self.inlines(table.caption)) + "\n" if table.caption else ""
        head = element("thead", self._rows(table.head, table.alignments, "col")) + "\n" if table.head else ""
        rows = element("tbody", self._rows(table.body, table.alignments, "row")) + "\n" if table.body else ""
        return element("table", f"\n{caption}{head}{rows}", **where(table))

    def _rows(self, rows: Iterable[Row], alignments: tuple[Alignment | None, ...], scope: str) -> str:
        return "\n" + "".join(
            element("tr", "".join(self._cell(*pair, scope) for pair in zip(row.cells, alignments, strict=True))) + "\n"
            for row in rows
        )

    def _cell(self, cell: Cell, alignment: Alignment | None, scope: str) -> str:
        name, its_scope = ("th", scope) if cell.header else ("td", None)
        looks = f"align-{alignment}" if alignment else None
        return element(name, self.inlines(cell.children), scope=its_scope, class_=looks)

    # Inlines

    def inlines(self, children: Iterable[Inline]) -> str:
        return "".join(map(self._inline, children))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return text(inline.text)
            case Emphasis():
                return element("em", self.inlines(inline.children))
            case Strong():
                return element("strong", self.inlines(inline.children))
            case Strikethrough():
                return element("s", self.inlines(inline.children))
            case Superscript():
                return element("sup", self.inlines(inline.children))
            case Subscript():
                return element("sub", self.inlines(inline.children))
            case Code():
                return element("code", text(inline.text))
            case Link():
                return self._link(inline)
            case Image():
                return self._image(inline)
            case Note():
                return self._note(inline)
            case Ruby():
                return ruby(inline)
            case Span():
                return element("span", self.inlines(inline.children), **where(inline))
            case HardBreak():
                return void("br")
            case _:
                assert_never(inline)

    def _link(self, link: Link) -> str:
        outside, self._inside_link = self._inside_link, True
        content = self.inlines(link.children)
        self._inside_link = outside
        return element("a", content, href=self._target(link.target), title=link.title)

    def _target(self, target: str) -> str:
        anchor = self._targets.get(target[1:]) if target.startswith("#") else None
        return self._dialect.address(anchor) if anchor else target

    def _image(self, image: Image) -> str:
        width = self._dialect.width(image.source)
        return void("img", src=self._dialect.picture(image.source), alt=image.alt, title=image.title, width=width)

    # Notes

    def _note(self, note: Note) -> str:
        number = self._numbers[note.identifier]
        at_foot = self._dialect.notes == "foot"
        is_home = not at_foot or self._homes[note.identifier] == self._inside_note
        first = is_home and note.identifier not in self._called
        if first:
            self._called.add(note.identifier)
        if at_foot and first:
            # At the foot it is no part of what stands around its call, nor in the language of that.
            facts = {
                "class_": "note",
                "id": f"note-{number}",
                "data_number": str(number),
                **self._own,
                **self._way(note),
            }
            return element("span", self._footnote(note), **facts)
        return element("sup", self._call(number, first), class_="noteref")

    def _way(self, note: Note) -> Attributes:
        """``lang`` and ``dir`` of a note of an article in another language: what all of its blocks have is its own."""
        ways = [where(block) for block in note.children] if self._is_publication else []
        return ways[0] if ways and all(way == ways[0] for way in ways) else {}

    def _call(self, number: int, first: bool) -> str:
        anchor = f"call-{number}" if first else None
        if self._inside_link:
            # A link cannot hold another one: the number stands without.
            return element("span", str(number), id=anchor)
        more = self._epub_type("noteref")
        return element(
            "a", str(number), id=anchor, href=self._dialect.address(f"note-{number}"), role="doc-noteref", **more
        )

    def _footnote(self, note: Note) -> str:
        """Paragraphs as phrasing content, other blocks as they are: who asks for notes at the foot reads XML."""
        outside = self._anchors, self._inside_note
        self._anchors, self._inside_note = self._note_anchors, note.identifier
        content = "".join(self._footnote_block(child) for child in note.children)
        self._anchors, self._inside_note = outside
        return content

    def _footnote_block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return element("span", self.inlines(block.children), class_="paragraph", **where(block))
            case _:
                return self._block(block)

    def endnotes(self, found: tuple[Note, ...]) -> str:
        if not found:
            return ""
        self._anchors = self._note_anchors
        words = text(self._dialect.labels.notes)
        heading = element("h2", words, class_="furniture", id="notes-heading", **self._headers().label_language())
        listed = element("ol", "\n" + "".join(self._endnote(number, note) for number, note in enumerate(found, 1)))
        more = {"role": "doc-endnotes", "aria-labelledby": "notes-heading", **self._epub_type("endnotes")}
        return element("section", f"\n{heading}\n{listed}\n", class_="notes", **more) + "\n"

    def _endnote(self, number: int, note: Note) -> str:
        content = "\n" + self._endnote_blocks(note.children, self._back(number))
        return (
            element("li", content, class_="note", id=f"note-{number}", **self._way(note), **self._epub_type("endnote"))
            + "\n"
        )

    def _endnote_blocks(self, children: tuple[Block, ...], back: str) -> str:
        """The way back stands in the last paragraph, or after what is no paragraph."""
        match children:
            case (*before, Paragraph() as last):
                return self.blocks(before) + self._paragraph(last, f" {back}") + "\n"
            case _:
                return self.blocks(children) + element("p", back, class_="furniture") + "\n"

    def _back(self, number: int) -> str:
        words = self._dialect.labels.back
        return element(
            "a",
            "\u21a9\ufe0e",
            href=self._dialect.address(f"call-{number}"),
            class_="furniture back",
            role="doc-backlink",
            aria_label=f"{words} ({number})",
        )

    def _epub_type(self, value: str) -> Attributes:
        return {"epub:type": value} if self._dialect.epub else {}
