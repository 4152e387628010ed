"""The source gate: nothing unfit passes into an article, whichever way it is written or read.

``readers.decoding`` judges the characters of a file; a reference, an escape in a sidecar or a reader of
somebody else's can still bring one in, and which text a direction is left open in only the article tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from exporter import characters, walk
from exporter.article import (
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
from exporter.characters import Unfit


@dataclass(frozen=True, slots=True)
class Found:
    """What was unfit in a text of the article that begins on ``line`` (0: nobody knows); the ``ordinal``-th, from 0."""

    line: int
    unfit: Unfit
    ordinal: int


def fit(article: Article, admitted: str = "") -> tuple[Article, tuple[Found, ...]]:
    """``article`` with U+FFFD, one for one, for each unfit character but those ``admitted``, and what they were."""
    gate = _Gate(admitted)
    metadata = gate.metadata(article.metadata)
    return replace(article, metadata=metadata, blocks=gate.blocks(article.blocks)), tuple(gate.found)


class _Gate:
    """Every text of an article goes through ``_text``, what is read as one text together."""

    def __init__(self, admitted: str) -> None:
        self._admitted = admitted
        self.found: list[Found] = []
        self._notes: dict[str, tuple[Block, ...]] = {}

    def metadata(self, metadata: Metadata) -> Metadata:
        title, subtitle = metadata.title_position.line, metadata.subtitle_position.line
        return replace(
            metadata,
            title=self._text(metadata.title, title),
            subtitle=self._optional(metadata.subtitle, subtitle),
            slug=self._optional(metadata.slug),
            authors=tuple(map(self._text, metadata.authors)),
            summary=self._optional(metadata.summary),
            section=self._optional(metadata.section),
            tags=tuple(map(self._text, metadata.tags)),
            rights=self._optional(metadata.rights),
            publisher=self._optional(metadata.publisher),
            canonical_url=self._optional(metadata.canonical_url),
            identifier=self._optional(metadata.identifier),
            cover=self._optional(metadata.cover),
            translation_of=self._optional(metadata.translation_of),
        )

    # Blocks

    def blocks(self, children: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(map(self._block, children))

    def _block(self, block: Block) -> Block:
        line = block.position.line
        match block:
            case Section():
                metadata = self.metadata(block.metadata) if block.metadata else None
                name = self._optional(block.identifier, line)
                return replace(block, metadata=metadata, children=self.blocks(block.children), identifier=name)
            case BlockQuote():
                return replace(block, children=self.blocks(block.children))
            case Heading():
                return replace(
                    block, children=self._run(block.children, line), identifier=self._optional(block.identifier, line)
                )
            case Paragraph():
                return replace(block, children=self._run(block.children, line))
            case BulletList() | OrderedList():
                return replace(block, items=tuple(map(self._item, block.items)))
            case CodeBlock():
                return replace(block, text=self._text(block.text, line), syntax=self._optional(block.syntax, line))
            case Table():
                return self._table(block)
            case Figure():
                caption, credit = self._run(block.caption, line), self._run(block.credit, line)
                return replace(block, image=self._image(block.image), caption=caption, credit=credit)
            case DefinitionList():
                return replace(block, items=tuple(map(self._definition, block.items)))
            case ThematicBreak():
                return block
            case _:
                assert_never(block)

    def _item(self, item: ListItem) -> ListItem:
        return replace(item, children=self.blocks(item.children))

    def _definition(self, item: DefinitionItem) -> DefinitionItem:
        terms = tuple(self._run(term, item.position.line) for term in item.terms)
        return replace(item, terms=terms, definitions=tuple(map(self.blocks, item.definitions)))

    def _table(self, table: Table) -> Table:
        caption = self._run(table.caption, table.position.line)
        return replace(
            table, caption=caption, head=tuple(map(self._row, table.head)), body=tuple(map(self._row, table.body))
        )

    def _row(self, row: Row) -> Row:
        return replace(row, cells=tuple(self._cell(cell, row.position.line) for cell in row.cells))

    def _cell(self, cell: Cell, line: int) -> Cell:
        return replace(cell, children=self._run(cell.children, cell.position.line or line))

    # Inlines

    def _run(self, children: tuple[Inline, ...], line: int) -> tuple[Inline, ...]:
        """One text of several pieces: a direction opened in one may be closed in another."""
        pieces = [inline.text for inline in walk.inlines(children) if isinstance(inline, Text | Code)]
        return tuple(self._filled(children, self._pieces(pieces, line)))

    def _pieces(self, pieces: list[str], line: int) -> Iterator[str]:
        """``pieces`` of one text, whose line ends are white space, fit to stand."""
        joined = "".join(pieces).replace("\n", " ")
        fitted = self._text(joined, line)
        at = 0
        for piece in pieces:
            new = fitted[at : at + len(piece)]
            yield piece if new == piece.replace("\n", " ") else new
            at += len(piece)

    def _filled(self, children: tuple[Inline, ...], pieces: Iterator[str]) -> Iterator[Inline]:
        for child in children:
            line = child.position.line
            match child:
                case Text() | Code():
                    text = next(pieces)
                    yield child if text == child.text else replace(child, text=text)
                case Link():
                    inside = tuple(self._filled(child.children, pieces))
                    target, title = self._text(child.target, line), self._optional(child.title, line)
                    yield replace(child, children=inside, target=target, title=title)
                case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Span():
                    yield replace(child, children=tuple(self._filled(child.children, pieces)))
                case Image():
                    yield self._image(child)
                case Ruby():
                    base, annotation = self._text(child.base, line), self._text(child.annotation, line)
                    yield replace(child, base=base, annotation=annotation)
                case Note():
                    yield self._note(child)
                case HardBreak():
                    yield child
                case _:
                    assert_never(child)

    def _image(self, image: Image) -> Image:
        line = image.position.line
        source, alt, title = self._text(image.source, line), self._text(image.alt, line), image.title
        return replace(image, source=source, alt=alt, title=self._optional(title, line))

    def _note(self, note: Note) -> Note:
        """The note; one that is called twice is looked at once."""
        if note.identifier not in self._notes:
            self._notes[note.identifier] = self.blocks(note.children)
        identifier = self._text(note.identifier, note.position.line)
        return replace(note, children=self._notes[note.identifier], identifier=identifier)

    # Texts

    def _optional(self, text: str | None, line: int = 0) -> str | None:
        return None if text is None else self._text(text, line)

    def _text(self, text: str, line: int = 0) -> str:
        judged = (*characters.unfit(text), *characters.left_open(text))
        found = [unfit for unfit in judged if unfit.character not in self._admitted]
        self.found += [Found(line, unfit, text.count(unfit.character, 0, unfit.at)) for unfit in found]
        return characters.replace(text, found) if found else text
