"""How large, long or far a declaration may make things: what leaves text where it stands, to be read.

Lengths are bounded, not computed: what an honest style sheet asks for is far inside.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

Bounds = Mapping[str, tuple[float, float]]
"""By unit the least and the most that is harmless; "" is a number without one."""

_ANY: Final = float("inf")
_UNITS: Final = {"em": 1.0, "rem": 1.0, "ch": 2.0, "ex": 2.0, "px": 16.0, "pt": 12.0, "mm": 4.2, "cm": 0.42, "in": 0.17}
"""How many of each are one em, as most readers have set it."""


def _ems(least: float, most: float, **more: tuple[float, float]) -> Bounds:
    """From ``least`` to ``most`` em, in whatever unit; ``more`` by ``percent``, ``vw`` and the like, and ``number``."""
    lengths = {unit: (least * one, most * one) for unit, one in _UNITS.items()}
    named = {"percent": "%", "number": ""}
    return {**lengths, **{named.get(unit, unit): bounds for unit, bounds in more.items()}}


_SIZE: Final = {**_ems(0.5, 20, percent=(50, 2000)), "px": (8.0, 320.0), "pt": (6.0, 240.0)}
_HEIGHT: Final = _ems(0.8, 6, percent=(80, 600), number=(0.8, 6))
_APART: Final = _ems(0, 12, percent=(0, 50))
_ASIDE: Final = _ems(-3, 12, percent=(-5, 50))
_ACROSS: Final = _ems(1, 120, percent=(5, 100), vw=(5, 100))
_COLUMN: Final = _ems(4, 120, percent=(5, 100))
_LIMIT: Final = _ems(1, _ANY, percent=(5, _ANY), vw=(5, _ANY))
_TALL: Final = _ems(1, _ANY, percent=(10, _ANY), vh=(10, _ANY))
_BORDER: Final = _ems(0, 2, number=(0, 100))
_RULED: Final = _ems(0, 0.25, percent=(0, 25))

_BOUNDS: Final[Mapping[str, Bounds]] = {
    "font-size": _SIZE,
    "font": {**_SIZE, "": (0.8, 1000.0)},
    "text-size-adjust": {"%": (100, 300)},
    "line-height": _HEIGHT,
    "line-height-step": _ems(0, 0),
    "letter-spacing": _ems(-0.1, 0.4),
    "word-spacing": _ems(-0.1, 1, percent=(0, 100)),
    "text-indent": _ems(-3, 12, percent=(0, 50)),
    "text-underline-offset": _ems(0, 0.5, percent=(0, 50)),
    "text-decoration": _RULED,
    "text-decoration-thickness": _RULED,
    "vertical-align": _ems(-1, 1, percent=(-100, 100)),
    "tab-size": _ems(1, 12, number=(1, 16)),
    "outline": _ems(0, 0.25),
    "outline-width": _ems(0, 0.25),
    "outline-offset": _ems(0, 0.5),
    "border-spacing": _ems(0, 2),
    "columns": _ems(8, 120, number=(1, 4)),
    "column-count": {"": (1, 4)},
    "column-width": _ems(8, 120),
    "column-gap": _ems(0, 6, percent=(0, 10)),
    "column-rule": _ems(0, 0.5),
    "column-rule-width": _ems(0, 0.5),
    "size": _ems(16, _ANY),
    "margin-left": _ASIDE,
    "margin-right": _ASIDE,
    "margin-inline": _ASIDE,
    "margin-inline-start": _ASIDE,
    "margin-inline-end": _ASIDE,
    **dict.fromkeys(("width", "inline-size", "min-width", "min-inline-size"), _ACROSS),
    **dict.fromkeys(("max-width", "max-inline-size"), _LIMIT),
    **dict.fromkeys(("height", "block-size", "max-height", "max-block-size"), _TALL),
    **dict.fromkeys(("min-height", "min-block-size"), _ems(0, 20, vh=(0, 100))),
}
_BY_PREFIX: Final = (("margin", _APART), ("padding", _APART), ("border", _BORDER))
_OF_PICTURES: Final = frozenset({"height", "block-size", "max-height", "max-block-size"})
"""What cuts a text off that is longer, and makes a picture smaller."""
_ZERO: Final = frozenset({"min-width", "min-inline-size", "letter-spacing", "text-indent", "size"})
_NESTING_NAMES = """
div section article main header footer nav blockquote ul ol li dl dd span em strong i b a cite q small body html
"""
_NESTING: Final = frozenset((*_NESTING_NAMES.split(), ""))
"""What may stand in itself, each time smaller."""
_IN_COLUMNS: Final = frozenset({"table", "col", "colgroup", "td", "th"})
"""Where these are too narrow for words, those of two columns stand over each other."""
_RAISED: Final = frozenset({"sup", "sub"})
_SMALL: Final = frozenset({"sup", "sub", "rt"})
_SMALL_SIZE: Final = {**_SIZE, **_ems(0.35, 20, percent=(35, 2000))}
"""What stands above, below or over a text may be smaller than any text."""


def fits(name: str, number: float, unit: str, elements: Collection[str]) -> bool:
    """Whether a measure of the property ``name`` leaves the ``elements`` readable; "" is some element, "*" any."""
    if set(elements) <= {"hr"} and name in (*_OF_PICTURES, "width", "max-width"):
        return True
    if name in _OF_PICTURES and not set(elements) <= {"img"}:
        return False
    if name == "line-height" and set(elements) <= _RAISED:
        return 0 <= number <= 6
    bounds = _bounds(name, frozenset(elements))
    if bounds is None:
        return True
    if number == 0 and unit == "":
        return name in _ZERO or _holds(bounds, 0, "em")
    return _holds(bounds, number, unit) and not (name in ("font-size", "font") and _compounds(number, unit, elements))


def _bounds(name: str, elements: frozenset[str]) -> Bounds | None:
    if name in ("width", "inline-size") and elements & _IN_COLUMNS:
        return _COLUMN
    if name == "font-size" and elements and elements <= _SMALL:
        return _SMALL_SIZE
    if name in _BOUNDS:
        return _BOUNDS[name]
    if name.startswith("border") and name.endswith("radius"):
        return None
    return next((bounds for prefix, bounds in _BY_PREFIX if name.startswith(prefix)), None)


def _holds(bounds: Bounds, number: float, unit: str) -> bool:
    least, most = bounds.get(unit, (1, 0))
    return least <= number <= most


def _compounds(number: float, unit: str, elements: Collection[str]) -> bool:
    """Whether a size shrinks what stands in what it shrinks: to nothing, where any element is meant."""
    share = number / 100 if unit == "%" else number if unit == "em" else 1.0
    return (share < 1 and "*" in elements) or (share < 0.7 and bool(_NESTING & set(elements)))


def bounded(function: Any, harmless: Callable[[Any], bool]) -> bool:
    """Whether ``clamp()``, ``min()`` or ``max()`` gives what is harmless, whatever a window's width makes of it."""
    arguments = [tuple(each for each in part if each.type != "whitespace") for part in _parted(function.arguments)]
    fitting = [bool(part) and all(map(harmless, part)) for part in arguments]
    match function.lower_name:
        case "clamp":
            return len(fitting) == 3 and fitting[0] and fitting[2]
        case "max":
            return any(fitting)
        case _:
            return all(fitting)


def _parted(tokens: Sequence[Any]) -> list[list[Any]]:
    """``tokens`` between commas."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
