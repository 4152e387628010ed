"""Passages in the order of their direction: what runs against its paragraph goes on so in the next passage.

A seam of WeasyPrint's (70.0), which applies UAX #9 inside of each text, and lays one text after the other in the
direction of the element around them: two words of Hebrew in an English sentence changed places, where one of them was
a link. Here all that runs the other way together stands in an element of its own, which has its direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from itertools import groupby
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from exporter.bidi import levels, may_turn
from exporter.renderers.pdf.inkless import PASSAGES
from exporter.walk import OBJECT

_INKLESS: Final = "inkless"
_LINE: Final = re.compile("[^\u2028]+")
_Item: TypeAlias = str | Element
"""A text, or an element without what follows it."""


def arrange(element: Element, right_to_left: bool = False) -> None:
    """Put together what runs against the text around it, in ``element`` and below; that may run ``right_to_left``."""
    turned = element.get("dir", "rtl" if right_to_left else "ltr") == "rtl"
    if len(element) and not _is_passage(element):
        _fill(element, _arranged(_items(element), turned, element.tag == "span"))
    for child in element:
        arrange(child, turned)


def _arranged(items: list[_Item], right_to_left: bool, is_put_together: bool) -> list[_Item]:
    """``items`` of a text that runs so, with those of each stretch that runs the other way in one.

    Of what ``is_put_together`` already, not all once more: marks of direction may turn it round and round.
    """
    text = "".join(map(_text, items))
    if right_to_left or may_turn(text):
        for start, end in reversed(list(_stretches(text, right_to_left))):
            if not is_put_together or end - start < len(text):
                items = _put_together(items, start, end, "ltr" if right_to_left else "rtl")
    return items


def _stretches(text: str, right_to_left: bool) -> Iterator[tuple[int, int]]:
    """Where what runs against the lines of ``text`` begins and ends; embeddings of its own direction do not."""
    for line in _LINE.finditer(text):
        at = line.start()
        for is_deeper, stretch in groupby(levels(line[0], right_to_left), key=lambda level: level > right_to_left):
            found = list(stretch)
            if is_deeper and min(found) == right_to_left + 1:
                yield at, at + len(found)
            at += len(found)


def _put_together(items: list[_Item], start: int, end: int, direction: str) -> list[_Item]:
    """``items`` with those from ``start`` to ``end`` in an element, but for one that would be cut in two and is whole.

    A link is, and so are code and a passage in another language.
    """
    at = 0
    for item in items:
        behind = at + len(_text(item))
        if at <= start and end <= behind:
            if isinstance(item, Element):
                _fill(item, _put_together(_items(item), start - at, end - at, direction))
            return items
        at = behind
    kept = _between_whole(items, start, end)
    if kept != (start, end):
        return _put_together(items, *kept, direction) if kept[0] < kept[1] else items
    before, rest = _cut(items, start)
    inside, after = _cut(rest, end - start)
    span = Element("span", {"dir": direction})
    _fill(span, inside)
    return [*before, span, *after]


def _between_whole(items: list[_Item], start: int, end: int) -> tuple[int, int]:
    """``start`` and ``end``, moved out of items that are not to be cut there."""
    at = 0
    for item in items:
        behind = at + len(_text(item))
        if at < start < behind and _is_whole(item, start - at):
            start = behind
        if at < end < behind and _is_whole(item, end - at):
            end = at
        at = behind
    return start, end


def _is_whole(item: _Item, at: int) -> bool:
    """Whether ``item`` is not to be cut at the offset ``at``: a link, code, what has attributes, or what holds such."""
    if isinstance(item, str):
        return False
    if item.attrib or item.tag in ("a", "code"):
        return True
    for inner in _items(item):
        length = len(_text(inner))
        if 0 < at < length:
            return _is_whole(inner, at)
        at -= length
    return False


def _cut(items: list[_Item], at: int) -> tuple[list[_Item], list[_Item]]:
    """``items`` before the offset ``at`` and behind it."""
    for number, item in enumerate(items):
        length = len(_text(item))
        if at <= 0:
            return items[:number], items[number:]
        if at < length:
            one, other = (item[:at], item[at:]) if isinstance(item, str) else _halves(item, at)
            return [*items[:number], one], [other, *items[number + 1 :]]
        at -= length
    return items, []


def _halves(passage: Element, at: int) -> tuple[Element, Element]:
    halves = Element(passage.tag), Element(passage.tag)
    for half, items in zip(halves, _cut(_items(passage), at), strict=True):
        _fill(half, items)
    return halves


def _text(item: _Item) -> str:
    """What stands for ``item`` in the text around it: white space is a space, and what is no passage an object."""
    if isinstance(item, str):
        return item.replace("\n", " ")
    if _is_passage(item):
        return "".join(map(_text, _items(item)))
    return "\u2028" if item.tag == "br" else OBJECT


def _is_passage(element: Element) -> bool:
    """Whether ``element`` is part of the text around it; one with a direction of its own is not."""
    return element.tag in PASSAGES and element.get("class", _INKLESS) == _INKLESS and "dir" not in element.attrib


def _items(element: Element) -> list[_Item]:
    """What stands in ``element``, in order."""
    items: list[_Item] = [element.text] if element.text else []
    for child in element:
        items += [child, child.tail] if child.tail else [child]
    return items


def _fill(element: Element, items: list[_Item]) -> None:
    """Let ``items`` stand in ``element``, and nothing else; of elements, copies, which leave others whole."""
    element[:], element.text = [], None
    for item in items:
        if isinstance(item, Element):
            element.append(copy(item))
            element[-1].tail = None
        elif len(element):
            element[-1].tail = f"{element[-1].tail or ''}{item}"
        else:
            element.text = f"{element.text or ''}{item}"
