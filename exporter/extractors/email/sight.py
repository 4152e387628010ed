"""Whether text can be seen: its ink on its ground, as the styles of elements and of the sheet that is kept say.

Clients heed different parts of that sheet, so each of its conditions is tried by itself, and all together, and none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import cssselect2
import tinycss2
from tinycss2.color3 import RGBA, parse_color

from exporter.extractors.contrast import LEAST, contrast
from exporter.walk import normalise

_NOT_SHOWN: Final = frozenset(["head", "title", "style", "script", "meta", "link"])
_SHOWN: Final = 40
"""How many characters of a text a sentence quotes."""

Values = Mapping[str, str]
"""Colours by property, six hexadecimal digits each; "" for what is none that can be known."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule under a condition: whom it is for, and the colours it sets, those that are important apart."""

    condition: str
    selectors: tuple[Any, ...]
    plain: Values
    important: Values


@dataclass(frozen=True, slots=True)
class _Colours:
    """The ink and the ground of an element; "" where they are not known."""

    ink: str = "000000"
    ground: str = "FFFFFF"


def unseen(root: Any) -> Iterator[str]:
    """What of the document ``root`` (an ElementTree element) cannot be told from its ground, a phrase each."""
    rules = tuple(chain.from_iterable(_rules(style.text or "") for style in root.iter("style")))
    conditions = tuple(dict.fromkeys(rule.condition for rule in rules))
    wrapped = cssselect2.ElementWrapper.from_html_root(root)
    trials = {(), conditions, *((each,) for each in conditions)}
    found = (fault for trial in sorted(trials) for fault in _unseen(wrapped, trial, rules))
    yield from dict.fromkeys(found)


def _rules(sheet: str) -> Iterator[_Rule]:
    for rule in tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            yield _rule(rule, "")
        elif rule.type == "at-rule" and rule.content:
            condition = tinycss2.serialize(rule.prelude).strip()
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from (_rule(each, condition) for each in inside if each.type == "qualified-rule")


def _rule(rule: Any, condition: str) -> _Rule:
    items = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return _Rule(condition, _selectors(rule.prelude), _colours(items, False), _colours(items, True))


def _selectors(prelude: Sequence[Any]) -> tuple[Any, ...]:
    """The selectors; none where they cannot be read: every client then passes the rule over."""
    try:
        return tuple(cssselect2.compile_selector_list(prelude))
    except cssselect2.SelectorError:
        return ()


def _colours(items: Sequence[Any], important: bool) -> dict[str, str]:
    """Ink and ground that the declarations ``items`` set."""
    found: dict[str, str] = {}
    for item in items:
        if item.type == "declaration" and item.important is important:
            name = "background" if item.lower_name in ("background", "background-color") else item.lower_name
            value = _colour(item.value) if name in ("color", "background") else None
            if value is not None:
                found[name] = value
    return found


def _colour(value: Sequence[Any]) -> str | None:
    """The colour in ``value``: six digits, "" for one that lets through or is not known, None for that around it."""
    for token in value:
        if token.type == "ident" and token.lower_value in ("inherit", "currentcolor", "none"):
            return None
        match parse_color(token):
            case RGBA(red=red, green=green, blue=blue, alpha=alpha) if alpha == 1:
                return "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
    return ""


# --- One trial --------------------------------------------------------------------------------


def _unseen(root: Any, trial: tuple[str, ...], rules: Sequence[_Rule]) -> Iterator[str]:
    heeded = [rule for rule in rules if rule.condition in (*trial, "")]
    matcher = cssselect2.Matcher()
    for rule in heeded:
        for selector in rule.selectors:
            matcher.add_selector(selector, rule)
    yield from _below(root, _Colours(), matcher)


def _below(element: Any, around: _Colours, matcher: Any) -> Iterator[str]:
    if not isinstance(element.etree_element.tag, str) or element.local_name in _NOT_SHOWN or _is_hidden(element):
        return
    own = _own(element, around, matcher)
    yield from _fault(element.etree_element.text, own)
    for child in element.iter_children():
        yield from _below(child, own, matcher)
        yield from _fault(child.etree_element.tail, own)


def _is_hidden(element: Any) -> bool:
    """Whether it is a preheader, which is read for itself."""
    return bool(element.classes >= {"preheader", "furniture"})


def _own(element: Any, around: _Colours, matcher: Any) -> _Colours:
    """The colours of ``element``: its own style over those of plain rules, and important ones over all."""
    matched = [rule for *_, rule in matcher.match(element)]
    items = tinycss2.parse_blocks_contents(element.etree_element.get("style", ""), skip_comments=True)
    every = (*(rule.plain for rule in matched), _colours(items, False))
    strong = (*(rule.important for rule in matched), _colours(items, True))
    said: dict[str, str] = {}
    for values in (*every, *strong):
        said |= values
    link = {"color": "0000EE"} if element.local_name == "a" and "href" in element.etree_element.attrib else {}
    said = {**link, **said}
    return _Colours(said.get("color", around.ink), said.get("background", around.ground))


def _fault(text: str | None, colours: _Colours) -> Iterator[str]:
    words = normalise(text or "")
    if not words:
        return
    shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    if not (colours.ink and colours.ground):
        yield f"'{shown}' has a colour that lets through or is not known"
    elif contrast(colours.ink, colours.ground) < LEAST:
        yield f"'{shown}' stands in #{colours.ink} on #{colours.ground}"
