"""Stretches of a text that run one way: Word wants ``w:rtl`` on exactly those that run from the right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from exporter.article import Direction

_SIDES = {"L": False, "R": True, "AL": True}
"""Strong bidirectional classes (UAX #9): whether they run from the right."""


def stretches(text: str, direction: Direction) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it runs from the right; neutral ends follow ``direction``."""
    base = direction == "rtl"
    kinds = set(map(unicodedata.bidirectional, text))
    if all(_SIDES.get(kind, base) == base for kind in kinds):
        return [(text, base)] if text else []
    sides = _resolved(list(_sides(text)), base)
    return [
        ("".join(character for character, _ in group), side)
        for side, group in groupby(zip(text, sides, strict=True), key=lambda pair: pair[1])
    ]


def natural(text: str) -> Direction:
    """The way ``text`` runs by itself: that of its first letter (UAX #9, rules P2 and P3)."""
    strong = (side for character in text if (side := _SIDES.get(unicodedata.bidirectional(character))) is not None)
    return "rtl" if next(strong, False) else "ltr"


def _sides(text: str) -> Iterator[bool | None]:
    """The side of each character, None for neutral ones; a mark has that of the character it stands on (rule W1)."""
    side: bool | None = None
    for character in text:
        kind = unicodedata.bidirectional(character)
        side = side if kind == "NSM" else _SIDES.get(kind)
        yield side


def _resolved(sides: list[bool | None], base: bool) -> list[bool]:
    """Neutrals between two of one side belong to it (rule N1), all others to ``base`` (N2)."""
    following: list[bool] = []
    side = base
    for each in reversed(sides):
        side = side if each is None else each
        following.append(side)
    following.reverse()
    found: list[bool] = []
    previous = base
    for each, after in zip(sides, following, strict=True):
        previous = previous if each is None else each
        found.append(each if each is not None else previous if previous == after else base)
    return found
