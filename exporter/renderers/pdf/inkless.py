"""What leaves no ink, put where it changes nothing: apart from where it would be drawn, and before where lines end.

What leaves no ink is drawn all the same in some places, and stands in a box of its own there. HarfBuzz draws a dotted
circle for a mark or a non-joiner that begins a text, in many scripts for a non-joiner that parts no two letters, and in
Myanmar for a selector behind no letter. It draws an empty box for a space that a font lacks in one cluster with a
variation selector, which selects nothing there (hb_ot_shape_normalize decomposes nothing in such clusters), or behind a
selector and other marks: there the space stands apart. And fonts for Korean draw each soft hyphen ("locl").

WeasyPrint sets each passage as a text of its own. A soft hyphen that begins one has no word before it to put a hyphen
to, and Pango ends lines behind a non-joiner that begins one: both go to the end of the text before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias
from xml.etree import ElementTree

from fontTools.unicodedata import script

from exporter.characters import IGNORABLE, INKLESS, INKLESS_SIGNS, is_mark, is_selector

_NOTHING = re.compile(f"[ \t\n{IGNORABLE}]*")
"""Spaces, which may collapse, and what leaves no ink."""
_SOFT_HYPHEN, _NON_JOINER, _JOINER = "\u00ad", "\u200c", "\u200d"
_NO_BREAK_SPACE = "\u00a0"
BASE = "\u2060"
"""What a mark without ink stands on in its box: no mark, and without ink itself."""
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_HANGUL = re.compile("[\u1100-\u11ff\u302e\u302f\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u30ff\u3130-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uffa0-\uffdc\U00020000-\U0003ffff]"
)
"""Letters that a text in Korean has set in its own fonts; in others it is Hangul alone."""
_MYANMAR = re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]")
"""Letters and signs beside which HarfBuzz draws a dotted circle for a selector that is behind no letter."""
_CODES = (
    "Adlm Bali Batk Beng Bugi Buhd Cakm Cham Deva Gong Gonm Gujr Guru Hano Hmng Java Kali Khmr Knda Lepc Limb Mand "
    "Mlym Mong Mtei Mymr Newa Nkoo Orya Phag Plrd Rjng Rohg Saur Sinh Sund Sylo Tagb Tale Taml Tavt Telu Tglg Tibt "
    "Wcho"
)
_CIRCLING = frozenset(_CODES.split())
"""Scripts in which HarfBuzz draws a circle for a non-joiner that parts no letters, in the library's fonts."""
_JOINTS = re.compile("[\u00ad\u200c]+")
_MONGOLIAN_SELECTOR = re.compile("[\u180b-\u180d\u180f]")
_OVERRIDES = "\u202d\u202e"
PASSAGES: Final = frozenset({"a", "code", "em", "s", "span", "strong", "sub", "sup"})
"""Elements of which a text goes on in the one around it."""
_Place: TypeAlias = tuple[ElementTree.Element, str]
"""Where a text stands: an element, and "text" or "tail"."""


def set_apart(root: ElementTree.Element) -> None:
    """Put what leaves no ink below ``root`` where it changes nothing."""
    if not INKLESS.search("".join(root.itertext())):
        return
    _hand_back_joints(list(_places(root)))
    for element, language in list(_with_languages(root, "")):
        korean = _WIDE if language.partition("-")[0] == "ko" else _HANGUL
        _part_inkless(element, korean)
        if "data-running" in element.attrib:
            _leave_out_inkless(element, korean)


def _places(element: ElementTree.Element) -> Iterator[_Place | None]:
    """Where texts stand below ``element``, in order; None where one that goes before does not go on."""
    goes_on = element.tag in PASSAGES and not element.get("class")
    yield from (() if goes_on else (None,))
    yield element, "text"
    for child in element:
        yield from _places(child)
        yield child, "tail"
    yield from (() if goes_on else (None,))


def _hand_back_joints(places: Iterable[_Place | None]) -> None:
    """Put soft hyphens and non-joiners that begin a text behind the letter they are to part from it."""
    before: _Place | None = None
    for place in places:
        text = (getattr(*place) or "") if place else ""
        joints = _JOINTS.match(text)
        if place and before and joints and not getattr(*before)[-1].isspace():
            setattr(*before, getattr(*before) + joints[0])
            text = text[joints.end() :]
            setattr(*place, text)
        before = place if text or place is None else before


def _part_inkless(element: ElementTree.Element, korean: re.Pattern[str]) -> None:
    """Put what would be drawn into elements of its own; ``korean`` are letters set in fonts for Korean there."""
    if element.tag in ("title", "style"):
        return
    children = list(element)
    element.text, added = _parted(element.text, korean)
    for at, new in enumerate(added):
        element.insert(at, new)
    for child in children:
        child.tail, added = _parted(child.tail, korean)
        place = list(element).index(child) + 1
        for at, new in enumerate(added):
            element.insert(place + at, new)


def _leave_out_inkless(running: ElementTree.Element, korean: re.Pattern[str]) -> None:
    """Take what would be drawn out of a running head, which is an attribute: there are no elements in it."""
    text = running.get("data-running", "")
    for start, end in reversed(_drawn(text, korean)):
        while _SPACE.match(text[end - 1]) and start and is_mark(text[start - 1]):
            start -= 1  # it is the selector among them that goes, and the space stays
        text = text[:start] + INKLESS.sub("", text[start:end]) + text[end:]
    running.set("data-running", text)


def _drawn(text: str, korean: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where what would be drawn begins and ends in ``text``."""
    found: list[tuple[int, int]] = []
    for start, end in (each.span() for each in INKLESS_SIGNS.finditer(text)):
        begin = max(found[-1][1] if found else 0, text.rfind("\n", 0, start) + 1)
        is_first = bool(_NOTHING.fullmatch(text, begin, start))
        if _would_be_drawn(text, start, end, is_first, korean):
            found.append((start, end))
        elif is_selector(text[start]):
            space = _space_behind_marks(text, start, end)
            found += [(space, space + 1)] if space > begin else []
    return found


def _parted(text: str | None, korean: re.Pattern[str]) -> tuple[str | None, list[ElementTree.Element]]:
    """What of ``text`` stands before the first of these, and an element for each with what follows it."""
    places = _drawn(text or "", korean)
    if not text or not places:
        return text, []
    added: list[ElementTree.Element] = []
    for (start, end), (following, _) in zip(places, [*places[1:], (len(text), 0)], strict=True):
        span = ElementTree.Element("span", {"class": "inkless"})
        inkless = text[start:end]
        span.text, span.tail = BASE + inkless if is_mark(inkless[0]) else inkless, text[end:following]
        added.append(span)
    return text[: places[0][0]], added


def _would_be_drawn(text: str, start: int, end: int, is_first: bool, korean: re.Pattern[str]) -> bool:
    """Whether ``text`` from ``start`` to ``end`` would be, which ``is_first`` in its box if it stays there."""
    beside = _first_written(reversed(text[:start])), _first_written(iter(text[end:]))
    if text[start] == _SOFT_HYPHEN:
        return any(korean.match(each) for each in (*beside, text[max(0, start - 1) : start], text[end : end + 1]))
    if is_first:
        return True
    if text[start] == _NON_JOINER:
        return any(script(each) in _CIRCLING for each in beside if each) and _is_out_of_place(text, start, end)
    if _MONGOLIAN_SELECTOR.match(text[start]):
        return text[start - 1] == _NON_JOINER
    return is_selector(text[start]) and _is_selector_drawn(text, start, end, beside)


def _is_out_of_place(text: str, start: int, end: int) -> bool:
    """Whether non-joiners there part no two letters of one script: HarfBuzz draws the second, and one at an edge."""
    base, before, after = _first_bare(reversed(text[:start])) or " ", text[start - 1], text[end : end + 1] or " "
    scripts = {script(each) for each in (base, before, after)} - {"Zinh"}
    is_between = base.isalpha() and _has_ink(before) and _has_ink(after) and len(scripts) == 1
    return not is_between or end - start > 1 or any(each in text[:start] for each in _OVERRIDES)


def _is_selector_drawn(text: str, start: int, end: int, beside: tuple[str, str]) -> bool:
    if text[start - 1] == _NO_BREAK_SPACE and is_mark(text[end : end + 1] or " "):
        return False  # the mark stands on that space
    if not text[start - 1].isalpha() and any(map(_MYANMAR.match, beside)):
        return True
    return bool(_SPACE.match(_first_bare(reversed(text[:start]))))


def _space_behind_marks(text: str, start: int, end: int) -> int:
    """The place of the space that stands behind the selectors from ``start`` to ``end`` and other marks; 0 for none."""
    space = end
    while space < len(text) and (is_mark(text[space]) or text[space] == _JOINER):
        space += 1
    has_marks = space > end or is_mark(text[start - 1])
    return space if has_marks and _SPACE.match(text, space) else 0


def _first_written(characters: Iterator[str]) -> str:
    """The first that has a script of its own: a letter, a mark or another sign."""
    return next((each for each in characters if script(each) not in ("Zyyy", "Zinh")), "")


def _has_ink(character: str) -> bool:
    """Whether ``character`` is a letter, or a mark, with ink."""
    return (character.isalpha() or is_mark(character)) and not INKLESS.match(character)


def _first_bare(characters: Iterator[str]) -> str:
    """The first that is no mark."""
    return next((each for each in characters if not is_mark(each)), "")


def _with_languages(element: ElementTree.Element, inherited: str) -> Iterator[tuple[ElementTree.Element, str]]:
    """``element`` and all below, each with its language."""
    language = element.get("lang", inherited)
    yield element, language
    for child in element:
        yield from _with_languages(child, language)
