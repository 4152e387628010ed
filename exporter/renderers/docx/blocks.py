"""Blocks as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from exporter import dates
from exporter.article import (
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Figure,
    Heading,
    Inline,
    ListItem,
    Metadata,
    OrderedList,
    Paragraph,
    Section,
    Table,
    ThematicBreak,
)
from exporter.edition import Resource
from exporter.labels import date_label
from exporter.renderers.docx import running
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.elements import Element, bookmarked
from exporter.renderers.docx.furniture import Sequence, checkbox, counted, dated
from exporter.renderers.docx.inlines import InlineWriter, Look
from exporter.renderers.docx.leaves import Leaf
from exporter.renderers.docx.manuscript import Manuscript, Story
from exporter.renderers.docx.numbering import Numbered
from exporter.renderers.docx.paragraphs import ParagraphWriter
from exporter.renderers.docx.tables import TableWriter

_NO_BREAK, _APART = "\u00a0", "\u2002"
"""What keeps the words of a label together, and the en space that parts it from the caption in any language."""


class BlockWriter:
    """Writes the blocks of one story."""

    def __init__(self, manuscript: Manuscript, story: Story) -> None:
        self._manuscript = manuscript
        self._story = story
        self._inlines = InlineWriter(manuscript, story)
        self._paragraphs = ParagraphWriter(manuscript)
        self._tables = TableWriter(manuscript, self._inlines, self._paragraphs)

    # Header

    def header(self, metadata: Metadata, title: str, around: Around, *bookmarks: str) -> list[Element]:
        """Title, in the style ``title`` and with the ``bookmarks`` links lead to; standfirst, authors and dates."""
        words = self._inlines.runs(metadata.title, Look.of(around))
        for bookmark in bookmarks:
            words = self._bookmarked(words, bookmark)
        return [self._paragraphs.paragraph(title, around, words), *self._details(metadata, "Subtitle", around)]

    def cover(self, metadata: Metadata, picture: Resource | None, around: Around) -> list[Element]:
        """The first page of a publication: publisher, title, standfirst, authors and dates, and its picture."""
        publisher = self._inlines.furniture(metadata.publisher, around) if metadata.publisher else []
        return [
            *([self._paragraphs.paragraph("Publisher", around, publisher)] if publisher else []),
            self._plain("Cover Title", metadata.title, around),
            *self._details(metadata, "Cover Subtitle", around),
            *([self._cover_picture(picture, around)] if picture else []),
        ]

    def _cover_picture(self, picture: Resource, around: Around) -> Element:
        drawing = self._manuscript.cover(picture, self._story.part)
        return self._paragraphs.paragraph("Cover Picture", around, [self._inlines.run(Look.of(around), drawing)])

    def _details(self, metadata: Metadata, subtitle: str, around: Around) -> Iterator[Element]:
        if metadata.subtitle:
            yield self._plain(subtitle, metadata.subtitle, around)
        if metadata.authors:
            yield self._byline(metadata.authors, around)
        yield from (self._dateline(shown, around) for shown in dates.datelines(metadata))

    def _plain(self, style: str, characters: str, around: Around) -> Element:
        return self._paragraphs.paragraph(style, around, self._inlines.runs(characters, Look.of(around)))

    def _byline(self, authors: tuple[str, ...], around: Around) -> Element:
        labels = self._manuscript.labels_of(around)
        content = self._inlines.label(f"{labels.by} ", around, labels)
        for number, author in enumerate(authors):
            content += self._inlines.furniture(", ", around) if number else []
            content += self._inlines.runs(author, Look.of(around))
        return self._paragraphs.paragraph("Byline", around, content)

    def _dateline(self, shown: dates.Dateline, around: Around) -> Element:
        labels = self._manuscript.labels_of(around)
        words = self._inlines.label(f"{date_label(labels, shown.role)} ", around, labels)
        day = dated(shown.date, around.language, self._inlines.runs(shown.text, Look.of(around)))
        return self._paragraphs.paragraph("Dateline", around, [*words, day])

    # Blocks

    def blocks(self, children: Iterable[Block], around: Around) -> list[Element]:
        """``children`` in order; where pages begin with one, a ``Leaf`` stands before it."""
        publication, found = self._manuscript.publication, list[Element | Leaf]()
        leaf = publication.leaf
        for child in children:
            found += publication.back(leaf)
            leaf = publication.leaf
            found += self._block(child, around)
        return found

    def _block(self, block: Block, around: Around) -> list[Element]:
        around = around.inside(block)
        match block:
            case Section():
                return self._section(block, around)
            case Heading():
                return [self._heading(block, around)]
            case Paragraph():
                return [self._leaf(around.style, block.children, around)]
            case BulletList() | OrderedList():
                return self._list(block, around.inside_list())
            case BlockQuote():
                division = self._manuscript.division(around.division)
                return self.blocks(block.children, around.inside_quote(division))
            case CodeBlock():
                content = self._inlines.code(block.text, Look.of(around))
                return [self._paragraphs.paragraph("Source Code", around, content)]
            case Table():
                return self._table(block, around)
            case Figure():
                return self._figure(block, around)
            case DefinitionList():
                return [element for item in block.items for element in self._definitions(item, around)]
            case ThematicBreak():
                return [self._paragraphs.paragraph("Thematic Break", around, [])]
            case _:
                assert_never(block)

    def _leaf(
        self, style: str, children: tuple[Inline, ...], around: Around, *, place: Numbered | None = None
    ) -> Element:
        return self._paragraphs.paragraph(style, around, self._inlines.inlines(children, Look.of(around)), place=place)

    def _section(self, section: Section, around: Around) -> list[Element]:
        header = self._titled(section, section.metadata, around) if section.metadata else []
        return header + self.blocks(section.children, around)

    def _titled(self, section: Section, metadata: Metadata, around: Around) -> list[Element]:
        """The header of a section; a section contents list has one more bookmark, and may begin a page."""
        level, publication = section.level - 1, self._manuscript.publication
        bookmark = self._manuscript.bookmark(section)
        bookmarks = [bookmark] if bookmark else []
        if self._story.notes or not publication.lists(section):
            return self.header(metadata, f"Heading {level}", around, *bookmarks)
        again = Around(
            around.language, around.direction, article=around.article
        )  # outside of the lists and quotations the section is in
        bookmarks.append(publication.enter(metadata.title, level, again))
        leaf = publication.begin(section, self._running_head(metadata.title, level, again))
        return [*leaf, *self.header(metadata, f"Heading {level}", around, *bookmarks)]

    def _running_head(self, title: str, level: int, around: Around) -> Element:
        words = self._inlines.runs(title, Look.of(around))
        by_style = not self._manuscript.reference.partner.style(f"Heading {level}")
        return self._paragraphs.paragraph("header", around, [running.title_of(level, words)] if by_style else words)

    def _heading(self, heading: Heading, around: Around) -> Element:
        """Word's headings start below the title: the outline's level 2 is Heading 1."""
        words = self._inlines.inlines(heading.children, Look.of(around))
        bookmark = self._manuscript.bookmark(heading)
        content = self._bookmarked(words, bookmark) if bookmark else words
        return self._paragraphs.paragraph(self._heading_style(heading.level - 1), around, content)

    def _heading_style(self, level: int) -> str:
        """Word lists headings by their style: one it is not to list has another, which looks the same."""
        unlisted = level in self._manuscript.publication.levels and not self._story.notes
        return f"Unlisted Heading {level}" if unlisted else f"Heading {level}"

    def _bookmarked(self, content: list[Element], name: str) -> list[Element]:
        return bookmarked(content, name, self._manuscript.number())

    def _figure(self, figure: Figure, around: Around) -> list[Element]:
        found = [self._leaf("Figure", (figure.image,), around)]
        if figure.caption:
            found.append(self._caption("Figure", figure.caption, around, kept=bool(figure.credit)))
        if figure.credit:
            found.append(self._leaf("Credit", figure.credit, around))
        return found

    def _table(self, table: Table, around: Around) -> list[Element]:
        caption = [self._caption("Table", table.caption, around, kept=True)] if table.caption else []
        end = self._paragraphs.paragraph("Table End", around, [])
        return [*caption, self._tables.table(table, around), end]

    def _caption(self, sequence: Sequence, children: tuple[Inline, ...], around: Around, *, kept: bool) -> Element:
        """A caption behind its number, which Word counts; notes stand outside of its count, and have none."""
        content = self._inlines.inlines(children, Look.of(around))
        if (number := self._manuscript.caption_number(sequence, self._story)) is None:
            return self._paragraphs.paragraph("Caption", around, content, kept=kept)
        labels = self._manuscript.labels_of(around)
        words = {"Figure": labels.figure, "Table": labels.table}[sequence]
        before, _, after = words.replace(" ", _NO_BREAK).partition("#")
        field = counted(sequence, self._inlines.label(str(number), around, labels))
        behind = self._inlines.label(f"{after}{_APART}", around, labels)
        shown = (*self._inlines.label(before, around, labels), field, *behind)
        return self._paragraphs.paragraph("Caption", around, [*shown, *content], kept=kept)

    def _definitions(self, item: DefinitionItem, around: Around) -> list[Element]:
        found = [self._leaf("Definition Term", term, around) for term in item.terms]
        inner = replace(around, style="Definition", fixed=True)
        return found + [element for each in item.definitions for element in self.blocks(each, inner)]

    # Lists

    def _list(self, block: BulletList | OrderedList, around: Around) -> list[Element]:
        place = self._manuscript.list_place(block, around.depth)
        name = "List Bullet" if isinstance(block, BulletList) else "List Number"
        return [element for item in block.items for element in self._item(item, name, place, around)]

    def _item(self, item: ListItem, name: str, place: Numbered, around: Around) -> list[Element]:
        """The box of a task stands where other items have their bullet; a number stands before its box."""
        if item.checked is not None and name == "List Bullet":
            name, place = "List Task", self._manuscript.task(around.depth)
        match item.children:
            case (Paragraph() as first, *rest):
                inner = around.inside(first)
                content = self._inlines.inlines(first.children, Look.of(inner))
            case rest:
                inner, content = around, []
        box = self._checkbox(item.checked, around)
        marked = self._paragraphs.paragraph(around.marked(name), inner, box + content, place=place)
        return [marked, *self.blocks(rest, around)]

    def _checkbox(self, checked: bool | None, around: Around) -> list[Element]:
        if checked is None:
            return []
        mark = self._inlines.furniture("\u2611" if checked else "\u2610", around)
        return [checkbox(checked, mark), *self._inlines.furniture("\t", around)]
