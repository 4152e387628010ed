"""Lists as Word counts them: every ordered list is a ``w:num`` of its own that starts over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from docx.oxml.ns import qn

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
        taken = {int(num.get(qn("w:numId"))) for num in self._root.iterfind(qn("w:num"))}
        self._free = (number for number in count(1) if number not in taken)

    def of(self, block: BulletList | OrderedList, depth: int) -> Numbered:
        """Where the items of ``block`` stand; a new count for each ordered list."""
        if depth > DEEPEST:
            raise RenderError(f"Line {block.position.line}: lists nest deeper than {DEEPEST} levels. Word cannot.")
        match block:
            case BulletList():
                return Numbered(self._reference.numbering("List Bullet"), depth - 1)
            case OrderedList():
                return Numbered(self._start(block.start, depth - 1), depth - 1)

    def task(self, depth: int) -> Numbered:
        """Where an item stands whose mark is a box: nothing is drawn before it."""
        return Numbered(self._reference.numbering("List Task"), depth - 1)

    def continued(self, depth: int) -> Numbered:
        """Where a block goes on inside an item, unmarked."""
        return Numbered(self._reference.numbering("List Continue"), depth - 1)

    def _start(self, number: int, level: int) -> int:
        free = next(self._free)
        override = w("lvlOverride", w("startOverride", val=number), ilvl=level)
        self._add(w("num", w("abstractNumId", val=self._counting), override, numId=free))
        return free

    def _add(self, num: Element) -> None:
        """Put ``num`` after all others; the schema has one element that may follow."""
        last = self._root[-1]
        if last.tag == qn("w:numIdMacAtCleanup"):
            last.addprevious(num)
        else:
            self._root.append(num)

    @cached_property
    def _counting(self) -> int:
        """The ``w:abstractNumId`` of the style that counts."""
        return int(self._root.num_having_numId(self._reference.numbering("List Number")).abstractNumId.val)
