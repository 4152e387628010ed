"""An article as plain values: what ``exporter show --json`` prints, by ``docs/show.schema.json``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, TypeAlias, assert_never

from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
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
    Position,
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
from exporter.walk import plain

Tree: TypeAlias = dict[str, Any]


def tree(article: Article) -> Tree:
    """``article`` as ``{"metadata": {…}, "blocks": […]}``; what is not set is left out."""
    return {"metadata": metadata_tree(article.metadata), "blocks": _blocks(article.blocks)}


def metadata_tree(metadata: Metadata) -> Tree:
    """The metadata that is set, dates as ISO 8601; ``title_line`` and ``subtitle_line`` tell where they stand."""
    facts = {name: value for name, value in asdict(metadata).items() if not name.endswith("_position")}
    lines = {"title_line": metadata.title_position.line, "subtitle_line": metadata.subtitle_position.line}
    return _set({**{name: _value(value) for name, value in facts.items()}, **lines})


def snake(node: object) -> str:
    """The name of a node's type in snake case: ``bullet_list``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(node).__name__).lower()


def _value(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _set(facts: Tree) -> Tree:
    """``facts`` that say something."""
    return {name: value for name, value in facts.items() if value not in (None, (), [], "", 0, False)}


def _node(node: object, position: Position, **facts: object) -> Tree:
    return {"type": snake(node), "line": position.line, **facts}


# --- Blocks -----------------------------------------------------------------------------------


def _blocks(children: Iterable[Block]) -> list[Tree]:
    return [_block(child) for child in children]


def _block(block: Block) -> Tree:
    match block:
        case ThematicBreak():
            return _node(block, block.position)
        case _:
            where = _set({"language": block.language, "direction": block.direction})
            return {**_node(block, block.position), **_facts(block), **where}


def _facts(block: Block) -> Tree:
    match block:
        case Section():
            name = _set({"identifier": block.identifier})
            head = {"level": block.level, "metadata": metadata_tree(block.metadata), **name} if block.metadata else name
            return {**head, "blocks": _blocks(block.children)}
        case Heading():
            return {"level": block.level, **_text(block.children), **_set({"identifier": block.identifier})}
        case Paragraph():
            return _text(block.children)
        case BulletList():
            return {"tight": block.tight, "items": [_item(item) for item in block.items]}
        case OrderedList():
            return {"start": block.start, "tight": block.tight, "items": [_item(item) for item in block.items]}
        case BlockQuote():
            return {"blocks": _blocks(block.children)}
        case CodeBlock():
            return {"text": block.text, **_set({"syntax": block.syntax})}
        case Table():
            return _table(block)
        case Figure():
            credit = {"credit": _text(block.credit)} if block.credit else {}
            return {"image": _inline(block.image), **_caption(block.caption), **credit}
        case DefinitionList():
            return {"items": [_definition(item) for item in block.items]}
        case ThematicBreak():
            return {}
        case _:
            assert_never(block)


def _item(item: ListItem) -> Tree:
    checked = {} if item.checked is None else {"checked": item.checked}
    return _node(item, item.position, **checked, blocks=_blocks(item.children))


def _definition(item: DefinitionItem) -> Tree:
    terms = [_text(term) for term in item.terms]
    return _node(item, item.position, terms=terms, definitions=[_blocks(each) for each in item.definitions])


def _table(table: Table) -> Tree:
    head, body = ([_row(row) for row in rows] for rows in (table.head, table.body))
    return {**_caption(table.caption), "alignments": list(table.alignments), "head": head, "rows": body}


def _row(row: Row) -> Tree:
    cells = [_node(cell, cell.position, header=cell.header, **_text(cell.children)) for cell in row.cells]
    return _node(row, row.position, cells=cells)


def _caption(caption: tuple[Inline, ...]) -> Tree:
    return {"caption": _text(caption)} if caption else {}


# --- Inlines ----------------------------------------------------------------------------------


def _text(children: tuple[Inline, ...]) -> Tree:
    """What ``children`` say, U+FFFC for notes and pictures; ``inlines`` where they are more than that text."""
    text = plain(children)
    simple = children in ((), (Text(text),))
    return {"text": text, **({} if simple else {"inlines": [_inline(child) for child in children]})}


def _inline(inline: Inline) -> Tree:
    match inline:
        case Text() | Code():
            return _node(inline, inline.position, text=inline.text)
        case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
            return _node(inline, inline.position, **_text(inline.children))
        case Link():
            title = _set({"title": inline.title})
            return _node(inline, inline.position, target=inline.target, **title, **_text(inline.children))
        case Image():
            title = _set({"title": inline.title})
            return _node(inline, inline.position, source=inline.source, alt=inline.alt, **title)
        case Note():
            return _node(inline, inline.position, identifier=inline.identifier, blocks=_blocks(inline.children))
        case Ruby():
            return _node(inline, inline.position, base=inline.base, annotation=inline.annotation)
        case Span():
            where = _set({"language": inline.language, "direction": inline.direction})
            return _node(inline, inline.position, **where, **_text(inline.children))
        case HardBreak():
            return _node(inline, inline.position)
        case _:
            assert_never(inline)
