"""Whether text can be seen: its ink on its ground, as the styles of elements and of the sheet that is kept say.

Clients heed different parts of that sheet, so each of its conditions is tried by itself, and all together, and none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

_AROUND: Final = "around"
"""Stands for the colour of what is around."""

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
    sheets = [tinycss2.parse_stylesheet(style.text or "", skip_comments=True) for style in root.iter("style")]
    found = tuple(chain.from_iterable(_rules(sheet, "") for sheet in sheets))
    rules = [each for each in found if isinstance(each, _Rule)]
    conditions = tuple(dict.fromkeys(rule.condition for rule in rules if rule.condition))
    trials = (frozenset[str](), *(frozenset([each]) for each in conditions), frozenset(conditions))
    trial = _Trial(_matcher(rules), tuple(dict.fromkeys(each | {""} for each in trials)))
    wrapped = cssselect2.ElementWrapper.from_html_root(root)
    yield from (each for each in found if isinstance(each, str))
    yield from dict.fromkeys(trial.below(wrapped, (_Colours(),) * len(trial.heeded)))


def _matcher(rules: Sequence[_Rule]) -> Any:
    matcher = cssselect2.Matcher()
    for rule in rules:
        for selector in rule.selectors:
            matcher.add_selector(selector, rule)
    return matcher


def _rules(sheet: Sequence[Any], condition: str) -> Iterator[_Rule | str]:
    """The rules of a sheet, those under further conditions too; a phrase for each that cannot be read."""
    for rule in sheet:
        if rule.type == "qualified-rule":
            yield _rule(rule, condition)
        elif rule.type == "at-rule" and rule.content:
            inside = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(inside, f"{condition} {tinycss2.serialize(rule.prelude).strip()}".strip())


def _rule(rule: Any, condition: str) -> _Rule | str:
    """The rule, or a phrase where some clients would understand more of it than is read here."""
    selector = tinycss2.serialize(rule.prelude).strip()
    block = tinycss2.serialize(rule.content)
    items = tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    if any(item.type != "declaration" for item in items):
        return f"the rule for '{selector}' has others inside"
    try:
        selectors = tuple(cssselect2.compile_selector_list(rule.prelude))
    except cssselect2.SelectorError:
        return f"nobody knows whom the rule for '{selector}' is for"
    return _Rule(condition, selectors, *_declared(block))


@lru_cache(maxsize=4096)
def _declared(block: str) -> tuple[Values, Values]:
    """The colours that the declarations of a block set, those that are important apart: most elements share theirs."""
    items = tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    return _colours(items, False), _colours(items, True)


def _colours(items: Sequence[Any], important: bool) -> dict[str, str]:
    """Ink and ground that the declarations ``items`` set."""
    found: dict[str, str] = {}
    for item in items:
        if item.type == "declaration" and item.important is important:
            name = "background" if item.lower_name in ("background", "background-color") else item.lower_name
            if name in ("color", "background"):
                found[name] = _colour(item.value)
    return found


def _colour(value: Sequence[Any]) -> str:
    """The colour in ``value``: six digits, "" for one that lets through or is not known, _AROUND for that around it."""
    for token in value:
        if token.type == "ident" and token.lower_value in ("inherit", "currentcolor", "none"):
            return _AROUND
        match parse_color(token):
            case RGBA(red=red, green=green, blue=blue, alpha=alpha) if alpha == 1:
                return "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
    return ""


# --- Trials -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Trial:
    """A walk over the document that carries the colours under each set of conditions that is ``heeded``."""

    matcher: Any
    heeded: tuple[frozenset[str], ...]

    def below(self, element: Any, around: Sequence[_Colours]) -> Iterator[str]:
        """What cannot be seen in ``element``."""
        tag = element.etree_element.tag
        if not isinstance(tag, str) or tag in _NOT_SHOWN or _is_hidden(element):
            return
        own = self._own(element, around)
        yield from _faults(element.etree_element.text, own)
        for child in element.iter_children():
            yield from self.below(child, own)
            yield from _faults(child.etree_element.tail, own)

    def _own(self, element: Any, around: Sequence[_Colours]) -> tuple[_Colours, ...]:
        """The colours of ``element``: its own style over those of plain rules, and important ones over all."""
        matched = [rule for *_, rule in self.matcher.match(element)]
        plain, important = _declared(element.etree_element.get("style", ""))
        link = element.local_name == "a" and "href" in element.etree_element.attrib
        first: Values = {"color": "0000EE"} if link else {}
        return tuple(
            _over(
                outside,
                first,
                *(rule.plain for rule in matched if rule.condition in heeded),
                plain,
                *(rule.important for rule in matched if rule.condition in heeded),
                important,
            )
            for heeded, outside in zip(self.heeded, around, strict=True)
        )


def _over(around: _Colours, *values: Values) -> _Colours:
    """The colours ``around`` with ``values`` over them, each over those before it."""
    said = dict(chain.from_iterable(each.items() for each in values))
    ink, ground = said.get("color", _AROUND), said.get("background", _AROUND)
    return _Colours(around.ink if ink == _AROUND else ink, around.ground if ground == _AROUND else ground)


def _is_hidden(element: Any) -> bool:
    """Whether it is a preheader, which is read for itself."""
    return bool(element.classes >= {"preheader", "furniture"})


def _faults(text: str | None, colours: Sequence[_Colours]) -> Iterator[str]:
    if text and not text.isspace():
        yield from (fault for each in dict.fromkeys(colours) for fault in _fault(text, each))


def _fault(text: str, colours: _Colours) -> Iterator[str]:
    words = normalise(text)
    shown = words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
    if not (colours.ink and colours.ground):
        yield f"'{shown}' has a colour that lets through or is not known"
    elif contrast(colours.ink, colours.ground) < LEAST:
        yield f"'{shown}' stands in #{colours.ink} on #{colours.ground}"
