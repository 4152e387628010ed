"""What the blocks around a paragraph decide about it: its style, its level, its language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exporter.article import Block, Direction, Section, ThematicBreak
from exporter.renderers.docx.divisions import Division

_DEEPEST_STYLE = 9
"""Quotations have styles to this depth; deeper ones look like it. The divisions tell how deep they are."""


@dataclass(frozen=True, slots=True)
class Around:
    """``style`` is that of plain paragraphs here; where it is ``fixed``, lists and quotations keep it.

    ``depth`` and ``quote`` count enclosing lists and quotations, ``division`` is the innermost
    quotation, ``article`` the language of the innermost section with metadata that has one; "" for that of all.
    """

    language: str
    direction: Direction
    style: str = "Body Text"
    fixed: bool = False
    depth: int = 0
    quote: int = 0
    division: Division | None = None
    article: str = ""

    def inside(self, block: Block) -> Around:
        """As this, with the language and direction ``block`` sets."""
        match block:
            case ThematicBreak():
                return self
            case _:
                language, own = block.language or self.language, isinstance(block, Section) and block.metadata
                article = (block.language if own else None) or self.article
                return replace(self, language=language, direction=block.direction or self.direction, article=article)

    def inside_list(self) -> Around:
        """As this, one list deeper."""
        depth = self.depth + 1
        return replace(self, depth=depth, style=self._style_of("List Continue", depth))

    def inside_quote(self, division: Division) -> Around:
        """As this, in one more quotation."""
        quote = self.quote + 1
        return replace(self, quote=quote, division=division, style=self._style_of("Quote", min(quote, _DEEPEST_STYLE)))

    def marked(self, name: str) -> str:
        """The style of an item's first paragraph in the list style ``name``."""
        return self._style_of(name, self.depth)

    def _style_of(self, name: str, level: int) -> str:
        if self.fixed:
            return self.style
        return name if level == 1 else f"{name} {level}"
