"""Lists as Word counts them: every ordered list is a ``w:num`` of its own that starts over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from exporter.article import BulletList, OrderedList
from exporter.errors import RenderError
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.reference import Reference

DEEPEST = 9
"""Levels a list can have in Word (``w:ilvl`` 0 to 8)."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A place in a list: ``num`` is its ``w:numId``, ``level`` its ``w:ilvl``."""

    num: int
    level: int

    def element(self) -> Element:
        """``w:numPr``."""
        return w("numPr", w("ilvl", val=self.level), w("numId", val=self.num))


class Numbering:
    """The numbering part of one edition."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._root: Any = reference.part.numbering_part.element

    def of(self, block: BulletList | OrderedList, depth: int) -> Numbered:
        """Where the items of ``block`` stand; a new count for each ordered list."""
        if depth > DEEPEST:
            raise RenderError(f"Line {block.position.line}: lists nest deeper than {DEEPEST} levels. Word cannot.")
        match block:
            case BulletList():
                return Numbered(self._reference.numbering("List Bullet"), depth - 1)
            case OrderedList():
                return Numbered(self._start(block.start, depth - 1), depth - 1)

    def continued(self, depth: int) -> Numbered:
        """Where a block goes on inside an item, unmarked."""
        return Numbered(self._reference.numbering("List Continue"), depth - 1)

    def _start(self, number: int, level: int) -> int:
        base = self._root.num_having_numId(self._reference.numbering("List Number"))
        num = self._root.add_num(base.abstractNumId.val)
        num.add_lvlOverride(ilvl=level).add_startOverride(number)
        return int(num.numId)
