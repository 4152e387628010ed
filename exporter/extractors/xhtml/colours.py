"""Text in the colour of its ground, by a style sheet: for each medium, every ink on every ground.

A rule that sets both is a box of its own, and judged by itself. Colours by name, by digits and by
``rgb()`` are known, custom properties followed; those of the system are readable on each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import tinycss2
from tinycss2.color3 import RGBA, parse_color

from exporter.extractors.contrast import LEAST, contrast

_PAGE: Final = frozenset([":root", "html", "body"])

Rules = dict[str, dict[str, Sequence[Any]]]
"""The values of properties by selector; a later rule of the same selector goes over an earlier one."""


@lru_cache(maxsize=16)
def unseen(sheet: str) -> tuple[str, ...]:
    """What of ``sheet`` draws text nobody can tell from its ground, a phrase each."""
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    common = _rules({}, parsed)
    media = [rule for rule in parsed if rule.type == "at-rule" and rule.content]
    blocks = (tinycss2.parse_blocks_contents(rule.content) for rule in media)
    every = (common, *(_rules(common, block) for block in blocks))
    return tuple(fault for rules in every for fault in _unseen_by(rules))


def _rules(common: Rules, parsed: Iterable[Any]) -> Rules:
    found = dict(common)
    for rule in parsed:
        if rule.type == "qualified-rule":
            items = tinycss2.parse_blocks_contents(rule.content)
            values = {item.lower_name: item.value for item in items if item.type == "declaration"}
            for selector in tinycss2.serialize(rule.prelude).split(","):
                found[selector.strip()] = {**found.get(selector.strip(), {}), **values}
    return found


def _unseen_by(rules: Rules) -> Iterator[str]:
    named = {name: value for values in rules.values() for name, value in values.items() if name.startswith("--")}
    inks = {selector: _colour(values.get("color"), named) for selector, values in rules.items()}
    grounds = {selector: _ground(values, named) for selector, values in rules.items()}
    page = [ground for selector, ground in grounds.items() if ground and selector in _PAGE] or ["FFFFFF"]
    tints = [ground for selector, ground in grounds.items() if ground and not inks[selector]]
    for selector, ink in inks.items():
        own = grounds[selector]
        for ground in [own] if own else [*page, *tints]:
            if ink and contrast(ink, ground) < LEAST:
                yield f"'{selector}' sets text in #{ink} on #{ground}"


def _ground(values: dict[str, Sequence[Any]], named: dict[str, Sequence[Any]]) -> str:
    return _colour(values.get("background-color"), named) or _colour(values.get("background"), named)


def _colour(value: Sequence[Any] | None, named: dict[str, Sequence[Any]]) -> str:
    """The first colour in ``value``, in six hexadecimal digits; "" without one that is known."""
    for token in value or ():
        if token.type == "function" and token.lower_name == "var":
            names = [argument.value for argument in token.arguments if argument.type == "ident"]
            return _colour(named.get(names[0]), {}) if names else ""
        match parse_color(token):
            case RGBA(red=red, green=green, blue=blue):
                return "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
    return ""
