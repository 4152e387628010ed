"""Passages in the order of their direction: what runs against its paragraph goes on so in the next passage.

A seam of WeasyPrint's (70.0), which applies UAX #9 inside of each text, and lays one text after the other in the
direction of the element around them: two words of Hebrew in an English sentence changed places, where one of them was
a link. Here all that runs the other way together stands in an element of its own, which has its direction. A passage
of which it begins or ends inside is cut in parts for that; those of a link, of code or of a passage in another language
are one structure element again (``tags``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from copy import copy
from itertools import accumulate, groupby, pairwise, takewhile
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from exporter.bidi import levels, may_turn, visual
from exporter.renderers.pdf.inkless import PASSAGES
from exporter.walk import OBJECT

PART: Final = "data-part"
"""Which passage of the article a part is of, and how many elements stand around it that do so for its own sake."""
_PASSAGES: Final = PASSAGES | {"ruby", "rp", "rt"}
_INKLESS: Final = "inkless"
_LINE_END: Final = "\u2028"
_SPACED: Final = str.maketrans(dict.fromkeys("\t\n\r\f\v", " "))
_OTHERS: Final = re.compile("[^\u2028]+")
_LINE: Final = re.compile("[\u2028\n]|[^\u2028\n]+")
_WITH_LEVELS: Final = frozenset({"L", "R", "AL", "NSM", "EN", "AN"})
"""Classes of characters (UAX #9, table 4) whose levels do not depend on what stands around them."""
_OVERRIDE: Final = re.compile("[\u202d\u202e]")
_LETTERS: Final = {"EN": "n", "AN": "n", "ES": "s", "CS": "s", "ET": "t"}
_JOINED_NUMBERS: Final = re.compile("nsn|nt|tn")
"""Numbers and the signs that may go with them (rules W4 and W5), which depends on the letters before."""
_Item: TypeAlias = str | Element
"""A text, or an element without what follows it."""


def arrange(root: Element) -> None:
    """Put together what runs against the text around it, in ``root`` and below."""
    if not any(element.get("dir") == "rtl" for element in root.iter()) and not may_turn("".join(root.itertext())):
        return
    for number, element in enumerate(root.iter()):
        if _is_one(element):
            element.set(PART, str(number))
    _space(root)
    _arrange(root, False)
    _count_around(root)


def _space(element: Element) -> None:
    """Have spaces for white space outside of code, where lines end as they are written."""
    if element.tag not in ("head", "pre"):
        element.text = (element.text or "").translate(_SPACED)
        for child in element:
            _space(child)
            child.tail = (child.tail or "").translate(_SPACED)


def _is_one(element: Element) -> bool:
    """Whether ``element`` is a passage that is one structure element, whatever it is cut in: others are but looks."""
    return _is_inline(element) and (element.tag in ("a", "code") or "lang" in element.attrib)


def _arrange(element: Element, right_to_left: bool) -> None:
    """Arrange what stands in ``element``, in text that runs so, what are texts of their own first."""
    if element.tag == "head" or element.get("class") == "running":
        return  # a running head is one text on one line, and proved as one
    turned = element.get("dir", "rtl" if right_to_left else "ltr") == "rtl"
    for child in element:
        _arrange(child, turned)
    if not _is_passage(element):
        items = _items(element)
        text = "".join(map(_text, items))
        if turned or may_turn(text):
            _fill(element, _arranged(items, _levels(text, turned), turned))


def _levels(text: str, right_to_left: bool) -> list[int]:
    """The embedding levels of ``text``, whose lines are paragraphs."""
    return [level for line in _LINE.findall(text) for level in levels(line, right_to_left)]


def _arranged(items: list[_Item], found: Sequence[int], base: int) -> list[_Item]:
    """``items`` that have the levels ``found``, in a text of the level ``base``, in the order of their direction."""
    arranged: list[_Item] = []
    at = 0
    for start, end in _stretches(found, base):
        if not _is_in_one(items, start - at, end - at):
            before, rest = _cut(items, start - at)
            inside, items = _cut(rest, end - start)
            arranged += _each(before, found[at:start], base)
            arranged.append(_turned(inside, found[start:end], base))
            at = end
    return arranged + _each(items, found[at:], base)


def _stretches(found: Sequence[int], base: int) -> Iterator[tuple[int, int]]:
    """Where what runs against a text of the level ``base`` begins and ends."""
    at = 0
    for is_deeper, stretch in groupby(found, key=lambda level: level > base):
        of_it = list(stretch)
        if is_deeper and (min(of_it) - base) % 2:
            yield at, at + len(of_it)
        elif is_deeper:
            yield from ((at + start, at + end) for start, end in _stretches(of_it, min(of_it)))
        at += len(of_it)


def _is_in_one(items: list[_Item], start: int, end: int) -> bool:
    """Whether what stands from ``start`` to ``end`` is all of one item."""
    ends = list(accumulate((len(_text(item)) for item in items), initial=0))
    return any(first <= start and end <= last for first, last in pairwise(ends))


def _turned(items: list[_Item], found: Sequence[int], base: int) -> Element:
    """``items`` in an element of the direction of their lowest level, where that is not the one of ``base``."""
    least = min(found)
    span = Element("span", {"dir": "rtl" if least % 2 else "ltr"} if (least - base) % 2 else {})
    _fill(span, _arranged(items, found, least))
    return span


def _each(items: list[_Item], found: Sequence[int], base: int) -> list[_Item]:
    """``items``, each of them arranged for itself."""
    arranged: list[_Item] = []
    at = 0
    for item in items:
        own = found[at : at + len(_text(item))]
        at += len(own)
        if isinstance(item, str):
            arranged += _as_alone(item, own, base)
        else:
            if _is_passage(item):
                _fill(item, _arranged(_items(item), own, base))
            arranged.append(item)
    return arranged


def _as_alone(text: str, found: Sequence[int], base: int) -> list[_Item]:
    """``text``, as it is where each line of it is drawn in its order for itself, too, else cut where levels change.

    Letters that an override sets against their own direction stay with its signs: no element does that in WeasyPrint.
    """
    parts = list(_parts(text, found, base))
    if _is_in_order(text, found, base):
        loses = _OVERRIDE.search(text) and not all(_is_in_order(part, of_it, min(of_it)) for part, of_it in parts)
        if loses or _is_in_any_line(text, found, base):
            return [text]
    turns = (min(of_it) > base and not _is_alike(part, of_it, base) for part, of_it in parts)
    return [_turned([part], of_it, base) if turn else part for turn, (part, of_it) in zip(turns, parts, strict=True)]


def _parts(text: str, found: Sequence[int], base: int) -> Iterator[tuple[str, list[int]]]:
    """``text`` cut where levels change to those deeper than ``base`` and back, each part with its levels."""
    at = 0
    for _, stretch in groupby(found, key=lambda level: level > base):
        of_it = list(stretch)
        yield text[at : at + len(of_it)], of_it
        at += len(of_it)


def _is_alike(text: str, found: Sequence[int], base: int) -> bool:
    """Whether ``text``, in an embedding of the direction around it, is drawn as it is without."""
    return len({*found}) == 1 and {*_levels(text, bool(base % 2))} == {base % 2} == {found[0] % 2}


def _is_in_order(text: str, found: Sequence[int], base: int) -> bool:
    """Whether ``text`` is drawn in the order of the levels ``found`` without what stands around it."""
    return visual(range(len(text)), _levels(text, bool(base % 2))) == visual(range(len(text)), found)


def _is_in_any_line(text: str, found: Sequence[int], base: int) -> bool:
    """Whether all that has other levels than ``base`` has them of its own, wherever a line of ``text`` begins or ends.

    WeasyPrint finds the levels of each line anew: a comma between two words goes to their other side behind the first.
    """
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    deeper = [kind for kind, level in zip(kinds, found, strict=True) if level > base]
    has_brackets = any(unicodedata.category(sign) in ("Ps", "Pe") for sign in text)
    if not deeper or has_brackets or not _WITH_LEVELS.issuperset(deeper):
        return not deeper
    return not _JOINED_NUMBERS.search("".join(_LETTERS.get(kind, ".") for kind in kinds))


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
    """``passage`` cut in two; one with a direction of its own is cut where a line ends or begins in it."""
    items = _items(passage)
    if not _is_passage(passage):
        at = _inside("".join(map(_text, items)), at)
    halves = Element(passage.tag, passage.attrib), Element(passage.tag, passage.attrib)
    for half, of_it in zip(halves, _cut(items, at), strict=True):
        _fill(half, of_it)
    return halves


def _inside(text: str, at: int) -> int:
    """Which offset in a ``text`` of a direction of its own is the offset ``at`` in the one around it."""
    outer = inner = 0
    for line in text.split(_LINE_END):
        if outer < at:
            inner += len(line)
            outer += bool(line)
        if outer < at:
            inner += 1
            outer += 1
    return inner


def _text(item: _Item) -> str:
    """What stands for ``item`` in the text around it; of no passage it is an object, of a decorative picture nothing.

    Of what has a direction of its own it is an object in each line.
    """
    if isinstance(item, str):
        return item
    if _is_inline(item):
        inside = "".join(map(_text, _items(item)))
        return inside if _is_passage(item) else _OTHERS.sub(OBJECT, inside)
    if item.tag == "img" and not item.get("alt"):
        return ""
    return _LINE_END if item.tag == "br" else OBJECT


def _is_passage(element: Element) -> bool:
    """Whether ``element`` is part of the text around it; one with a direction of its own is not."""
    return _is_inline(element) and "dir" not in element.attrib


def _is_inline(element: Element) -> bool:
    return element.tag in _PASSAGES and element.get("class", _INKLESS) == _INKLESS


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


# --- Parts ------------------------------------------------------------------------------------


def _count_around(root: Element) -> None:
    """Tell of each part below ``root`` how many elements stand around it alone; what is whole is no part."""
    parts: dict[str, list[tuple[Element, ...]]] = defaultdict(list)
    for path in _paths(root, ()):
        parts[path[-1].attrib.pop(PART)].append(path)
    for number, paths in parts.items():
        shared = sum(1 for _ in takewhile(lambda each: each.count(each[0]) == len(each), zip(*paths, strict=False)))
        for *around, part in paths if len(paths) > 1 else ():
            part.set(PART, f"{number} {sum(not _is_one(each) for each in around[shared:])}")


def _paths(element: Element, above: tuple[Element, ...]) -> Iterator[tuple[Element, ...]]:
    """Each part in ``element``, behind all that it stands in."""
    path = (*above, element)
    if PART in element.attrib:
        yield path
    for child in element:
        yield from _paths(child, path)
