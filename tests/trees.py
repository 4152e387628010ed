"""From the JSON of ``exporter show --json`` back to the article: what a case folder holds."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeAlias

from exporter import article as model
from exporter.article import Article, Block, Cell, Inline, Metadata, Row, Text

Tree: TypeAlias = dict[str, Any]

_WRAPPERS = ("emphasis", "strong", "strikethrough", "superscript", "subscript", "link", "span")


def article_from(tree: Tree, name: str = "case.md") -> Article:
    """The article ``tree`` shows; raises KeyError for a node it does not know."""
    return Article(_metadata(tree["metadata"]), _blocks(tree["blocks"]), name)


def _metadata(tree: Tree) -> Metadata:
    facts = {key: _fact(key, value) for key, value in tree.items() if not key.endswith("_line")}
    return Metadata(**facts)


def _fact(key: str, value: Any) -> Any:
    if key in ("published", "updated", "embargo"):
        return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _blocks(trees: list[Tree]) -> tuple[Block, ...]:
    return tuple(map(_block, trees))


def _block(tree: Tree) -> Any:
    where = {key: tree[key] for key in ("language", "direction") if key in tree}
    match tree["type"]:
        case "section":
            about = _metadata(tree["metadata"]) if "metadata" in tree else None
            return model.Section(_blocks(tree["blocks"]), about, tree.get("level", 2), tree.get("identifier"), **where)
        case "heading":
            return model.Heading(_inlines(tree), tree["level"], tree.get("identifier"), **where)
        case "paragraph":
            return model.Paragraph(_inlines(tree), **where)
        case "bullet_list":
            return model.BulletList(tuple(map(_item, tree["items"])), tree["tight"], **where)
        case "ordered_list":
            return model.OrderedList(tuple(map(_item, tree["items"])), tree["start"], tree["tight"], **where)
        case "block_quote":
            return model.BlockQuote(_blocks(tree["blocks"]), **where)
        case "code_block":
            return model.CodeBlock(tree["text"], tree.get("syntax"), **where)
        case "table":
            head, body = (tuple(map(_row, tree[part])) for part in ("head", "rows"))
            return model.Table(head, body, tuple(tree["alignments"]), _part(tree, "caption"), **where)
        case "figure":
            return model.Figure(_inline(tree["image"]), _part(tree, "caption"), _part(tree, "credit"), **where)
        case "definition_list":
            return model.DefinitionList(tuple(map(_definition, tree["items"])), **where)
        case "thematic_break":
            return model.ThematicBreak()
        case other:
            raise KeyError(other)


def _item(tree: Tree) -> model.ListItem:
    return model.ListItem(_blocks(tree["blocks"]), tree.get("checked"))


def _definition(tree: Tree) -> model.DefinitionItem:
    return model.DefinitionItem(tuple(map(_inlines, tree["terms"])), tuple(map(_blocks, tree["definitions"])))


def _row(tree: Tree) -> Row:
    return Row(tuple(Cell(_inlines(cell), cell["header"]) for cell in tree["cells"]))


def _part(tree: Tree, name: str) -> tuple[Inline, ...]:
    return _inlines(tree[name]) if name in tree else ()


def _inlines(tree: Tree) -> tuple[Inline, ...]:
    if "inlines" in tree:
        return tuple(map(_inline, tree["inlines"]))
    return (Text(tree["text"]),) if tree["text"] else ()


def _inline(tree: Tree) -> Any:
    kind = getattr(model, tree["type"].title().replace("_", ""))
    if tree["type"] in _WRAPPERS:
        return kind(_inlines(tree), **_own(tree, kind))
    if tree["type"] == "note":
        return kind(_blocks(tree["blocks"]), tree["identifier"])
    return kind(**_own(tree, kind))


def _own(tree: Tree, kind: type) -> Tree:
    """The fields of ``kind`` that ``tree`` spells out, other than what is inside."""
    return {field.name: tree[field.name] for field in fields(kind) if field.name in tree}
