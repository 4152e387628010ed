"""Lists as Word counts them: every ordered list is a ``w:num`` of its own that starts over."""

from __future__ import annotations

from collections.abc import Iterator
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
        self._known: dict[int, frozenset[int]] = {}
        self._definitions: dict[int, int] = {}
        self._lists: dict[str, int] = {}

    def of(self, block: BulletList | OrderedList, depth: int) -> Numbered:
        """Where the items of ``block`` stand; a new count for each ordered list."""
        if depth > DEEPEST:
            raise RenderError(f"Line {block.position.line}: lists nest deeper than {DEEPEST} levels. Word cannot.")
        match block:
            case BulletList():
                return self._tied("List Bullet", depth)
            case OrderedList():
                return Numbered(self._start(block.start, depth - 1), depth - 1)

    def task(self, depth: int) -> Numbered:
        """Where an item stands whose mark is a box: nothing is drawn before it."""
        return self._tied("List Task", depth)

    def continued(self, depth: int) -> Numbered:
        """Where a block goes on inside an item, unmarked."""
        return self._tied("List Continue", depth)

    @cached_property
    def _root(self) -> Any:
        if self._reference.lends:
            return self._reference.partner.lists
        try:
            return self._reference.part.numbering_part.element
        except NotImplementedError as error:  # python-docx's, where a document has never had a list
            raise self._reference.error("no lists. Make some in Word, or start from the built-in one") from error

    @cached_property
    def _free(self) -> Iterator[int]:
        taken = {int(num.get(qn("w:numId"))) for num in self._root.iterfind(qn("w:num"))}
        return (number for number in count(1) if number not in taken)

    def _tied(self, style: str, depth: int) -> Numbered:
        """A place in the list that ``style`` is tied to; raises RenderError where that list is not so deep."""
        num = self._reference.numbering(style)
        if num is None or (self._reference.lends and depth not in self._depths(num)):
            return Numbered(self._lent(style), depth - 1)
        if depth not in self._depths(num):
            advice = "Give it nine in Word: Define New Multilevel List"
            raise self._reference.error(f"the list of the style '{style}' has no level {depth}. {advice}")
        return Numbered(num, depth - 1)

    def _lent(self, style: str) -> int:
        """The ``w:numId`` of our own list for ``style``, in a partner's document that has none so deep."""
        if style not in self._lists:
            self._lists[style] = self._reference.partner.lend_list(style, self._free)
        return self._lists[style]

    def _depths(self, num: int) -> frozenset[int]:
        """The levels the list ``num`` has; all where another style's definition stands for its own."""
        if num not in self._known:
            self._known[num] = self._levels(num)
        return self._known[num]

    def _levels(self, num: int) -> frozenset[int]:
        found = self._root.xpath(f"w:num[@w:numId='{num}']/w:abstractNumId/@w:val")
        own = self._root.xpath(f"w:abstractNum[@w:abstractNumId='{found[0] if found else ''}']")
        if own and own[0].find(qn("w:numStyleLink")) is not None:
            return frozenset(range(1, DEEPEST + 1))
        return frozenset(int(level.get(qn("w:ilvl"))) + 1 for each in own for level in each.iterfind(qn("w:lvl")))

    def _start(self, number: int, level: int) -> int:
        counting = self._counting(self._tied("List Number", level + 1).num)
        free = next(self._free)
        override = w("lvlOverride", w("startOverride", val=number), ilvl=level)
        self._add(w("num", w("abstractNumId", val=counting), override, numId=free))
        return free

    def _add(self, num: Element) -> None:
        """Put ``num`` after all others; the schema has one element that may follow."""
        last = self._root[-1]
        if last.tag == qn("w:numIdMacAtCleanup"):
            last.addprevious(num)
        else:
            self._root.append(num)

    def _counting(self, num: int) -> int:
        """The ``w:abstractNumId`` of a list that counts; python-docx would go through all lists for each."""
        if num not in self._definitions:
            self._definitions[num] = int(self._root.num_having_numId(num).abstractNumId.val)
        return self._definitions[num]
