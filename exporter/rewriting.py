"""Rewriting an article: a new tree from an old one, changed where asked and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import is_
from typing import TypeAlias, assert_never

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

BlockRewrite: TypeAlias = Callable[[Block], tuple[Block, ...]]
InlineRewrite: TypeAlias = Callable[[Inline], tuple[Inline, ...]]


def keep_block(block: Block) -> tuple[Block, ...]:
    """The rewrite that leaves a block as it is."""
    return (block,)


def keep_position(position: Position) -> Position:
    """The rewrite that leaves a position as it is."""
    return position


def keep_inline(inline: Inline) -> tuple[Inline, ...]:
    """The rewrite that leaves an inline as it is."""
    return (inline,)


def rewrite(article: Article, *, block: BlockRewrite = keep_block, inline: InlineRewrite = keep_inline) -> Article:
    """``article`` with what ``block`` and ``inline`` give in place of each node, innermost first.

    A figure's own picture belongs to the figure: ``block`` sees it there, ``inline`` does not.
    """
    return replace(article, blocks=_Rewriting(block, inline).blocks(article.blocks))


def moved(article: Article, lines: int) -> Article:
    """``article`` as if it stood that many ``lines`` further down in its source."""

    def move(position: Position) -> Position:
        return replace(position, line=position.line + lines) if position.line else position

    def move_block(block: Block) -> tuple[Block, ...]:
        found = replace(block, position=move(block.position))
        match found:
            case Figure():
                return (replace(found, image=replace(found.image, position=move(found.image.position))),)
            case _:
                return (found,)

    def move_inline(inline: Inline) -> tuple[Inline, ...]:
        return (replace(inline, position=move(inline.position)),)

    metadata = replace(
        article.metadata,
        title_position=move(article.metadata.title_position),
        subtitle_position=move(article.metadata.subtitle_position),
    )
    blocks = _Rewriting(move_block, move_inline, move).blocks(article.blocks)
    return replace(article, metadata=metadata, blocks=blocks)


@dataclass(frozen=True, slots=True)
class _Rewriting:
    block: BlockRewrite
    inline: InlineRewrite
    position: Callable[[Position], Position] = keep_position

    def blocks(self, children: tuple[Block, ...]) -> tuple[Block, ...]:
        return tuple(new for child in children for new in self.block(self._inside_block(child)))

    def inlines(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(new for child in children for new in self.inline(self._inside_inline(child)))

    def _inside_block(self, block: Block) -> Block:
        match block:
            case Section() | BlockQuote():
                return replace(block, children=self.blocks(block.children))
            case Heading() | Paragraph():
                children = self.inlines(block.children)
                return block if _is_same(children, block.children) else replace(block, children=children)
            case BulletList() | OrderedList():
                return replace(block, items=tuple(map(self._item, block.items)))
            case Table():
                return self._table(block)
            case Figure():
                return replace(block, caption=self.inlines(block.caption), credit=self.inlines(block.credit))
            case DefinitionList():
                return replace(block, items=tuple(map(self._definition, block.items)))
            case CodeBlock() | ThematicBreak():
                return block
            case _:
                assert_never(block)

    def _inside_inline(self, inline: Inline) -> Inline:
        match inline:
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Link() | Span():
                children = self.inlines(inline.children)
                return inline if _is_same(children, inline.children) else replace(inline, children=children)
            case Note():
                return replace(inline, children=self.blocks(inline.children))
            case Text() | Code() | Image() | Ruby() | HardBreak():
                return inline
            case _:
                assert_never(inline)

    def _item(self, item: ListItem) -> ListItem:
        return replace(item, children=self.blocks(item.children), position=self.position(item.position))

    def _definition(self, item: DefinitionItem) -> DefinitionItem:
        return replace(
            item,
            terms=tuple(map(self.inlines, item.terms)),
            definitions=tuple(map(self.blocks, item.definitions)),
            position=self.position(item.position),
        )

    def _table(self, table: Table) -> Table:
        return replace(
            table,
            head=tuple(map(self._row, table.head)),
            body=tuple(map(self._row, table.body)),
            caption=self.inlines(table.caption),
        )

    def _row(self, row: Row) -> Row:
        return replace(row, cells=tuple(map(self._cell, row.cells)), position=self.position(row.position))

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, children=self.inlines(cell.children), position=self.position(cell.position))


def _is_same(new: tuple[Inline, ...], old: tuple[Inline, ...]) -> bool:
    """Whether nothing was changed; most texts hold nothing of what a rewriting looks for."""
    return len(new) == len(old) and all(map(is_, new, old))
