"""Reduces an article that shows a fault to a small one that still shows it.

Hypothesis shrinks what it drew; this shrinks the tree itself, by parts, which takes far fewer tries
where each one is a page to be set and proved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from exporter.article import (
    Article,
    Block,
    BulletList,
    Code,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    HardBreak,
    Heading,
    Inline,
    Link,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Section,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from exporter.walk import normalise, plain

Shows = Callable[[Article], bool]


def reduce(article: Article, shows: Shows, tries: int = 600) -> Article:
    """The smallest article found from ``article`` on that ``shows`` is true of, within ``tries``."""
    left = tries
    known = {article}
    while left > 0:
        for smaller in _smaller(article):
            if smaller in known or not _is_sound(smaller):
                continue
            known.add(smaller)
            left -= 1
            if shows(smaller):
                article = smaller
                break
            if left <= 0:
                return article
        else:
            break
    return article


# --- What an article must be ------------------------------------------------------------------


def _is_sound(article: Article) -> bool:
    """Whether a reader could give ``article``: no text is empty, no table ragged, no note two things at once."""
    known: dict[str, Note] = {}
    for node in _nodes(article.blocks):
        match node:
            case Text() | Code() if not node.text:
                return False
            case Paragraph() | Heading() if not plain(node.children):
                return False
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Link() | Span() | Note():
                if not node.children or (isinstance(node, Note) and known.setdefault(node.identifier, node) != node):
                    return False
            case BulletList() | OrderedList() | DefinitionList() if not node.items:
                return False
            case DefinitionItem() if not node.terms or not all(map(plain, node.terms)):
                return False
            case Table() if not _is_rectangular(node):
                return False
    return True


def _is_rectangular(table: Table) -> bool:
    rows = (*table.head, *table.body)
    return bool(rows and table.alignments) and all(len(row.cells) == len(table.alignments) for row in rows)


def _nodes(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        for each in value:
            yield from _nodes(each)
    elif is_dataclass(value) and not isinstance(value, Metadata):
        yield value
        for field in fields(value):
            if field.compare:
                yield from _nodes(getattr(value, field.name))


# --- Cuts -------------------------------------------------------------------------------------


def _smaller(article: Article) -> Iterator[Article]:
    """Articles with less in them, the boldest cuts first."""
    for blocks in _fewer(article.blocks):
        yield replace(article, blocks=blocks)
    yield from (replace(article, metadata=each) for each in _barer(article.metadata))
    for blocks in _within(article.blocks):
        yield replace(article, blocks=blocks)
    for metadata in _reworded(article.metadata):
        yield replace(article, metadata=metadata)


def _barer(metadata: Metadata) -> Iterator[Metadata]:
    bare = Metadata(title="A", slug="a", language=metadata.language, direction=metadata.direction)
    plain = replace(bare, language="en", direction="ltr")
    for each in (plain, bare):
        if metadata != each:
            yield each
    for name in ("title", "language", "direction"):
        if getattr(metadata, name) != getattr(plain, name):
            yield replace(metadata, **{name: getattr(plain, name)})
    for field in fields(Metadata):
        if field.compare and getattr(metadata, field.name) != getattr(bare, field.name):
            yield replace(metadata, **{field.name: getattr(bare, field.name)})


def _reworded(metadata: Metadata) -> Iterator[Metadata]:
    for name in ("title", "subtitle", "summary", "publisher", "rights"):
        for text in _shorter(getattr(metadata, name) or ""):
            yield replace(metadata, **{name: text})
    for name in ("authors", "tags"):
        values = getattr(metadata, name)
        for at, value in enumerate(values):
            yield replace(metadata, **{name: values[:at] + values[at + 1 :]})
            for text in _shorter(value):
                yield replace(metadata, **{name: (*values[:at], text, *values[at + 1 :])})


def _fewer(parts: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """``parts`` without a half, a quarter … a single one of them."""
    size = len(parts)
    while size:
        for start in range(0, len(parts), size):
            yield parts[:start] + parts[start + size :]
        size //= 2


def _within(parts: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """``parts`` with one of them replaced by less."""
    for at, part in enumerate(parts):
        for instead in _instead(part):
            yield (*parts[:at], *instead, *parts[at + 1 :])


def _instead(node: Any) -> Iterator[tuple[Any, ...]]:
    """What may stand for ``node``: what is inside it, or itself with less inside."""
    if isinstance(node, tuple):
        yield from ((each,) for each in (*_fewer(node), *_within(node)))
    elif is_dataclass(node):
        yield from _opened(node)
        yield from ((each,) for each in _lessened(node))


def _opened(node: Any) -> Iterator[tuple[Any, ...]]:
    """What is inside ``node``, where that may stand in its place."""
    children = getattr(node, "children", ())
    same = Inline if isinstance(node, Inline) else Block
    if isinstance(node, Inline | Block) and children and all(isinstance(child, same) for child in children):
        yield children
    for item in getattr(node, "items", ()):
        yield from ((block,) for block in getattr(item, "children", ()) if isinstance(node, Block))
    if isinstance(node, Inline) and not isinstance(node, Text | HardBreak | Note):
        yield (Text("x"),)


def _columns(table: Table) -> Iterator[Table]:
    """``table`` without one of its columns."""
    for at in range(len(table.alignments)):

        def without(row: Row, at: int = at) -> Row:
            return Row(row.cells[:at] + row.cells[at + 1 :])

        head, body = tuple(map(without, table.head)), tuple(map(without, table.body))
        yield replace(table, head=head, body=body, alignments=table.alignments[:at] + table.alignments[at + 1 :])


def _lessened(node: Any) -> Iterator[Any]:
    if isinstance(node, Table):
        yield from _columns(node)
    for field in fields(node):
        value = getattr(node, field.name)
        match value:
            case _ if not field.compare or field.name in ("identifier", "source", "target", "level"):
                continue
            case tuple():
                yield from (replace(node, **{field.name: each}) for each in (*_fewer(value), *_within(value)))
            case str() if field.name in ("language", "direction", "title", "syntax"):
                yield replace(node, **{field.name: None})
            case str():
                yield from (replace(node, **{field.name: each}) for each in _shorter(value))
            case Metadata() if isinstance(node, Section):
                yield replace(node, metadata=None)
                yield from (replace(node, metadata=each) for each in (*_barer(value), *_reworded(value)))
            case _:
                continue


def _shorter(text: str) -> Iterator[str]:
    """``text`` without a half, a quarter … a single character; never without a word left."""
    size = len(text) // 2
    while size:
        for start in range(0, len(text), size):
            cut = text[:start] + text[start + size :]
            if normalise(cut):
                yield cut
        size //= 2
