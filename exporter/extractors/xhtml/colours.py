"""Text in the colour of its ground, by a style sheet: for each medium, every ink on every ground.

A rule that sets both is a box of its own, and judged by itself and by what else is said of the ground of the same
elements. Colours by name, by digits and by ``rgb()`` with commas are known, custom properties followed, to whatever any
rule sets them; of those of the system some are inks and one is a ground. What is no such colour may be any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import tinycss2
from tinycss2.color3 import RGBA, parse_color

from exporter.extractors.contrast import LEAST, contrast

_PAGE: Final = frozenset([":root", "html", "body"])
_INKS: Final = frozenset({"canvastext", "linktext", "visitedtext", "activetext", "currentcolor"})
"""What a reader's own system, or what is around, has text set in."""
_LEFT: Final = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_GROUNDS: Final = frozenset({"canvas", "none"})
_PAINTS: Final = ("color", "background", "background-color")


@dataclass(frozen=True, slots=True)
class _Value:
    tokens: Sequence[Any]
    important: bool


Rules = dict[str, dict[str, _Value]]
"""The values of properties by selector; a later rule of the same selector goes over an earlier one."""
Named = Mapping[str, Sequence[Sequence[Any]]]
"""The values of custom properties by name: all that any rule sets."""


@lru_cache(maxsize=16)
def unseen(sheet: str) -> tuple[str, ...]:
    """What of ``sheet`` draws text nobody can tell from its ground, a phrase each."""
    parsed = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    every = tuple(_media({}, parsed))
    found = (*_inside(parsed), *(fault for rules in every for fault in _unseen_by(rules)))
    return tuple(dict.fromkeys(found))


def _media(around: Rules, parsed: Sequence[Any]) -> Iterator[Rules]:
    """The rules that hold in ``parsed``, and in each medium and condition inside it."""
    common = _rules(around, parsed)
    yield common
    for rule in parsed:
        if rule.type == "at-rule" and rule.content:
            yield from _media(common, tinycss2.parse_blocks_contents(rule.content))


def _inside(parsed: Iterable[Any], within: str = "") -> Iterator[str]:
    """Colours that are set by rules inside the rule ``within``: nobody knows their ground."""
    for rule in parsed:
        match rule.type:
            case "declaration" if within and rule.lower_name in _PAINTS:
                yield f"a rule inside '{within}' sets a colour"
            case "qualified-rule":
                items = tinycss2.parse_blocks_contents(rule.content)
                yield from _inside((item for item in items if within or item.type != "declaration"), _selector(rule))
            case "at-rule" if rule.content:
                yield from _inside(tinycss2.parse_blocks_contents(rule.content), within)


def _selector(rule: Any) -> str:
    return str(tinycss2.serialize(rule.prelude).strip())


def _rules(around: Rules, parsed: Iterable[Any]) -> Rules:
    found = dict(around)
    for rule in parsed:
        if rule.type == "qualified-rule":
            items = [i for i in tinycss2.parse_blocks_contents(rule.content) if i.type == "declaration"]
            for selector in _selector(rule).split(","):
                values = dict(found.get(selector.strip(), {}))
                for item in items:
                    _set(values, item)
                found[selector.strip()] = values
    return found


def _set(values: dict[str, _Value], item: Any) -> None:
    """Let a declaration go over what ``values`` have, if that is not more important."""
    name = item.lower_name
    before = values.get(name)
    if before is None or item.important or not before.important:
        values[name] = _Value(item.value, item.important)


def _unseen_by(rules: Rules) -> Iterator[str]:
    named: dict[str, list[Sequence[Any]]] = {}
    for values in rules.values():
        for name, value in values.items():
            if name.startswith("--"):
                named.setdefault(name, []).append(value.tokens)
    inks = {selector: tuple(_inks(values, named)) for selector, values in rules.items()}
    grounds = {selector: tuple(_grounds(values, named)) for selector, values in rules.items()}
    yield from _unknown(inks, "text")
    yield from _unknown(grounds, "a ground")
    page = [ground for selector in rules if selector in _PAGE for ground in grounds[selector]] or ["FFFFFF"]
    if not any(inks[selector] for selector in rules if selector in _PAGE):
        inks["the page"], grounds["the page"] = ("000000",), ()
    tints = [(selector, ground) for selector in rules if not inks[selector] for ground in grounds[selector]]
    for selector, own in inks.items():
        beneath = [*grounds[selector], *(ground for other, ground in tints if _are_alike(selector, other))]
        for ground in beneath if grounds[selector] else [*page, *(ground for _, ground in tints)]:
            for ink in own:
                if ink and ground and contrast(ink, ground) < LEAST:
                    yield f"'{selector}' sets text in #{ink} on #{ground}"


def _unknown(colours: Mapping[str, Sequence[str]], what: str) -> Iterator[str]:
    for selector, known in colours.items():
        if "" in known:
            yield f"'{selector}' sets {what} in a colour that is not known"


def _are_alike(selector: str, other: str) -> bool:
    """Whether two selectors end in the same element."""
    first, second = (re.search(r"(?:^|[\s>+~])([a-z][a-z0-9]*)[^\s>+~]*$", each) for each in (selector, other))
    return first is not None and second is not None and first[1] == second[1]


def _inks(values: Mapping[str, _Value], named: Named) -> Iterator[str]:
    """The colours text may be set in: six hexadecimal digits each, "" for one that is not known."""
    for token in values["color"].tokens if "color" in values else ():
        if token.type not in ("whitespace", "comment") and getattr(token, "lower_value", "") not in _INKS | _LEFT:
            yield from _colours(token, named)


def _grounds(values: Mapping[str, _Value], named: Named) -> Iterator[str]:
    for name in ("background-color", "background"):
        for token in values[name].tokens if name in values else ():
            match token.type:
                case "ident" if token.lower_value in _GROUNDS | _LEFT:
                    pass
                case "ident" if name == "background" and not _is_ink(token) and not any(_colours(token, named)):
                    pass  # where a picture would stand
                case "ident" | "hash" | "function":
                    yield from _colours(token, named)


def _is_ink(token: Any) -> bool:
    return token.lower_value in _INKS or token.lower_value.endswith(("text", "color", "face", "field"))


def _colours(token: Any, named: Named) -> Iterator[str]:
    if token.type == "function" and token.lower_name == "var":
        names = [argument.value for argument in token.arguments if argument.type == "ident"]
        said = [argument for value in named.get(names[0] if names else "", ()) for argument in value]
        otherwise = _behind_comma(token.arguments)
        told = [each for each in (*said, *otherwise) if each.type not in ("whitespace", "comment")]
        yield from (colour for each in told or [None] for colour in (_plain(each) if each else [""]))
    else:
        yield from _plain(token)


def _behind_comma(tokens: Sequence[Any]) -> Sequence[Any]:
    """What stands for a custom property that is not set."""
    commas = [at for at, token in enumerate(tokens) if token.type == "literal" and token.value == ","]
    return tokens[commas[0] + 1 :] if commas else ()


def _plain(token: Any) -> Iterator[str]:
    match parse_color(token):
        case RGBA(red=red, green=green, blue=blue, alpha=alpha) if alpha == 1:
            yield "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
        case _:
            yield ""
