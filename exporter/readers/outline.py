"""Headings: how deep each stands in the outline, and the identifiers that links lead to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_DEEPEST = 6
_KEPT_CATEGORIES = ("L", "M", "N", "Pc")


def outline_depths(levels: Sequence[int]) -> tuple[int, ...]:
    """The depth in the outline, 2 to 6, of each heading of the given source levels; none is skipped.

    It is 2 (the title is 1) plus the number of headings still open above it that have a lower level.
    """
    depths: list[int] = []
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        depths.append(min(2 + len(above), _DEEPEST))
        above.append(level)
    return tuple(depths)


def slug(text: str) -> str:
    """An identifier made of ``text`` in any script, as GitHub makes them."""
    kept = "".join(c for c in text.strip().lower() if c in " -" or unicodedata.category(c).startswith(_KEPT_CATEGORIES))
    return kept.replace(" ", "-") or "section"


def unique(names: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """``names`` made unique with -1, -2, …, none of them one of ``taken``."""
    used = set(taken)
    numbers: dict[str, int] = {}
    result: list[str] = []
    for name in names:
        candidate, number = name, numbers.get(name, 0)
        while candidate in used:
            number += 1
            candidate = f"{name}-{number}"
        used.add(candidate)
        numbers[name] = number
        result.append(candidate)
    return tuple(result)


EXPLICIT = re.compile(r"(?<![ \t])[ \t]*\{#(?P<identifier>[^\s{}]+)\}[ \t]*$")
"""An identifier an author gives at the end of a heading: ``{#name}``."""
