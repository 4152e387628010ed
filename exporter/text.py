"""What an article says, looks removed: the one definition every edition is held to.

``said(article)`` lists it in reading order as ``Said`` entries. A renderer must show each of them,
an extractor must find each of them, and the verifier compares the two lists entry by entry.
``docs/verification.md`` is the written contract: kinds, attributes, normal form.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from exporter import dates
from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    CodeBlock,
    DefinitionList,
    Direction,
    Figure,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Position,
    Row,
    Section,
    Span,
    Table,
    ThematicBreak,
)
from exporter.isolates import Isolate, isolates, line_ends, ornaments
from exporter.walk import heading_ordinals, inlines, normalise, note_numbers, notes, plain, remembered

FURNITURE: Final = "furniture"
"""Kind of what an edition shows beside the article: markers, numbers, running heads, generated words."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing an article says: what every edition must show, and in which order.

    ``path`` is where in the tree (or where in an edition), ``line`` the source line (or page); ``isolates`` are the
    passages of the text that have a direction of their own, ``line_ends`` the places of spaces at which a line ends,
    ``ornaments`` those of decorative pictures.
    """

    path: str
    kind: str
    text: str
    line: int = 0
    attributes: Mapping[str, str] = field(default_factory=dict)
    isolates: tuple[Isolate, ...] = ()
    line_ends: tuple[int, ...] = ()
    ornaments: tuple[int, ...] = ()


# --- Said -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Around:
    """What the blocks around a leaf tell about it."""

    language: str
    direction: Direction
    depth: int = 0
    quote: int = 0
    kind: str = "paragraph"
    note: int = 0

    def attributes(self) -> dict[str, str]:
        counts = {"depth": self.depth, "quote": self.quote, "note": self.note}
        shown = {name: str(count) for name, count in counts.items() if count}
        return {"language": self.language, "direction": self.direction, **shown}


def said(article: Article, digests: Mapping[str, str] | None = None) -> tuple[Said, ...]:
    """Everything ``article`` says, in reading order, notes after the body in call order.

    ``digests`` maps an image's ``source`` to the digest of its pixels; with it, pictures carry
    the attribute ``picture``.
    """
    return _said(article, dict(digests or {}))


@remembered(3)
def _said(article: Article, digests: Mapping[str, str]) -> tuple[Said, ...]:
    return tuple(_Sayer(article, digests).article())


class _Sayer:
    """Walks one article; holds only what it looks up while walking."""

    def __init__(self, article: Article, digests: Mapping[str, str]) -> None:
        self._article = article
        self._digests = digests
        self._numbers = note_numbers(article)
        self._ordinals = heading_ordinals(article)

    def article(self) -> Iterator[Said]:
        metadata = self._article.metadata
        around = _Around(metadata.language, metadata.direction)
        yield Said("title", "title", normalise(metadata.title), metadata.title_position.line, around.attributes())
        yield from self._head(metadata, "", around)
        yield from self._blocks(self._article.blocks, "", around)
        for number, note in enumerate(notes(self._article), 1):
            yield from self._blocks(note.children, f"note[{number}]/", replace(around, kind="note", note=number))

    def _head(self, metadata: Metadata, path: str, around: _Around) -> Iterator[Said]:
        facts = around.attributes()
        if normalise(metadata.subtitle or ""):
            line = metadata.subtitle_position.line
            yield Said(f"{path}subtitle", "subtitle", normalise(metadata.subtitle or ""), line, facts)
        for number, author in enumerate(metadata.authors, 1):
            yield Said(f"{path}byline[{number}]", "byline", normalise(author), 0, facts)
        for shown in dates.datelines(metadata):
            yield Said(f"{path}dateline", "dateline", shown.text, 0, {**facts, "date": shown.date.isoformat()})

    def _blocks(self, children: Iterable[Block], path: str, around: _Around) -> Iterator[Said]:
        for number, child in enumerate(children, 1):
            yield from self._block(child, f"{path}{_snake(child)}[{number}]", around)

    def _block(self, block: Block, path: str, around: _Around) -> Iterator[Said]:
        around = _inside(block, around)
        match block:
            case Section():
                yield from self._section(block, path, around)
            case Heading():
                yield from self._leaf(
                    "heading", block.children, path, block.position, around, {"level": str(block.level)}
                )
            case Paragraph():
                yield from self._leaf(around.kind, block.children, path, block.position, around)
            case BulletList() | OrderedList():
                yield from self._list(block, path, replace(around, depth=around.depth + 1))
            case BlockQuote():
                yield from self._blocks(block.children, f"{path}/", replace(around, quote=around.quote + 1))
            case CodeBlock():
                facts = {**around.attributes(), **({"syntax": block.syntax} if block.syntax else {})}
                yield Said(path, "code", block.text, block.position.line, facts)
            case Table():
                yield from self._table(block, path, around)
            case Figure():
                yield from self._figure(block, path, around)
            case DefinitionList():
                yield from self._definitions(block, path, around)
            case ThematicBreak():
                yield Said(path, "break", "", block.position.line, around.attributes())
            case _:
                assert_never(block)

    def _section(self, section: Section, path: str, around: _Around) -> Iterator[Said]:
        if section.metadata:
            title = normalise(section.metadata.title)
            yield Said(
                path, "heading", title, section.position.line, {**around.attributes(), "level": str(section.level)}
            )
            yield from self._head(section.metadata, f"{path}/", around)
        yield from self._blocks(section.children, f"{path}/", around)

    def _leaf(
        self,
        kind: str,
        children: tuple[Inline, ...],
        path: str,
        position: Position,
        around: _Around,
        more: Mapping[str, str] | None = None,
    ) -> Iterator[Said]:
        text = plain(children)
        attributes = {**around.attributes(), **self._inline_attributes(children), **(more or {})}
        if text or kind == "cell" or "list" in attributes:
            order = isolates(children), line_ends(children), ornaments(children)
            yield Said(path, kind, text, position.line, attributes, *order)
        for image in inlines(children):
            if isinstance(image, Image) and image.alt:
                yield self._image(image, path, around)

    def _inline_attributes(self, children: tuple[Inline, ...]) -> dict[str, str]:
        found = tuple(inlines(children))
        links = [self._target(i.target) for i in found if isinstance(i, Link)]
        calls = [str(self._numbers[i.identifier]) for i in found if isinstance(i, Note)]
        foreign = [f"{i.language} {plain(i.children)}" for i in found if isinstance(i, Span) and i.language]
        every = {"links": links, "calls": calls, "foreign": foreign}
        return {name: "\n".join(values) for name, values in every.items() if values}

    def _target(self, target: str) -> str:
        ordinal = self._ordinals.get(target[1:]) if target.startswith("#") else None
        return f"#{ordinal}" if ordinal else target

    def _image(self, image: Image, path: str, around: _Around) -> Said:
        digest = self._digests.get(image.source)
        facts = {**around.attributes(), **({"picture": digest} if digest else {})}
        return Said(f"{path}/image", "image", normalise(image.alt), image.position.line, facts)

    def _list(self, block: BulletList | OrderedList, path: str, around: _Around) -> Iterator[Said]:
        for number, item in enumerate(block.items):
            marker = str(block.start + number) if isinstance(block, OrderedList) else "bullet"
            yield from self._item(item, marker, f"{path}/item[{number + 1}]", around)

    def _item(self, item: ListItem, marker: str, path: str, around: _Around) -> Iterator[Said]:
        """An item begins with an entry that has ``list``: its first paragraph, else an empty one."""
        facts = {"list": marker}
        if item.checked is not None:
            facts["task"] = "checked" if item.checked else "unchecked"
        match item.children:
            case (Paragraph() as first, *rest):
                yield from self._leaf(
                    around.kind,
                    first.children,
                    f"{path}/paragraph[1]",
                    first.position,
                    _inside(first, around),
                    facts,
                )
            case rest:
                yield from self._leaf(around.kind, (), path, item.position, around, facts)
        yield from self._blocks(rest, f"{path}/", around)

    def _table(self, table: Table, path: str, around: _Around) -> Iterator[Said]:
        if table.caption:
            yield from self._leaf("caption", table.caption, f"{path}/caption", table.position, around)
        for row_number, row in enumerate((*table.head, *table.body), 1):
            yield from self._row(row, row_number, f"{path}/row[{row_number}]", around, row_number <= len(table.head))

    def _row(self, row: Row, number: int, path: str, around: _Around, head: bool) -> Iterator[Said]:
        for column, cell in enumerate(row.cells, 1):
            facts = {"row": str(number), "column": str(column), **_header(cell, head)}
            yield from self._leaf("cell", cell.children, f"{path}/cell[{column}]", cell.position, around, facts)

    def _figure(self, figure: Figure, path: str, around: _Around) -> Iterator[Said]:
        if figure.image.alt:
            yield self._image(figure.image, path, around)
        for name, children in (("caption", figure.caption), ("credit", figure.credit)):
            yield from self._leaf(name, children, f"{path}/{name}", figure.position, around)

    def _definitions(self, block: DefinitionList, path: str, around: _Around) -> Iterator[Said]:
        for number, item in enumerate(block.items, 1):
            inside = f"{path}/item[{number}]"
            for term in item.terms:
                yield from self._leaf("term", term, f"{inside}/term", item.position, around)
            for definition in item.definitions:
                yield from self._blocks(definition, f"{inside}/", replace(around, kind="definition"))


def _header(cell: Cell, head: bool) -> dict[str, str]:
    return {"header": "column" if head else "row"} if cell.header else {}


def _inside(block: Block, around: _Around) -> _Around:
    match block:
        case ThematicBreak():
            return around
        case _ if block.language or block.direction:
            language = block.language or around.language
            return replace(around, language=language, direction=block.direction or around.direction)
        case _:
            return around


def _snake(block: Block) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__).lower()


# --- Metadata ---------------------------------------------------------------------------------


def identifier(metadata: Metadata) -> str:
    """The article's identifier: its own, else a UUIDv5 (RFC 9562) of the canonical URL, else of publisher and slug.

    The language counts with publisher and slug, so that a translation is another publication.
    """
    if metadata.identifier:
        return metadata.identifier
    if metadata.canonical_url:
        return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, metadata.canonical_url)}"
    name = f"{metadata.publisher or ''}\n{metadata.slug or metadata.title}\n{metadata.language}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


def said_metadata(metadata: Metadata) -> dict[str, str]:
    """What every edition's own metadata must say, by name; "" where the article does not know."""
    return {
        "title": normalise(metadata.title),
        "subtitle": normalise(metadata.subtitle or ""),
        "authors": "; ".join(normalise(author) for author in metadata.authors),
        "language": metadata.language,
        "direction": metadata.direction,
        "published": metadata.published.isoformat() if metadata.published else "",
        "updated": metadata.updated.isoformat() if metadata.updated else "",
        "identifier": identifier(metadata),
        "publisher": normalise(metadata.publisher or ""),
        "rights": normalise(metadata.rights or ""),
        "summary": normalise(metadata.summary or ""),
        "tags": "; ".join(normalise(tag) for tag in metadata.tags),
        "section": normalise(metadata.section or ""),
        "canonical_url": metadata.canonical_url or "",
        "translation_of": normalise(metadata.translation_of or ""),
        "cover": metadata.cover or "",
    }
