"""What a style sheet does beyond looks: hide text, generate it, reorder it, move it away.

Properties that only change looks are known by name; every other declaration is reported, and so are
values that make known ones hide something. Custom properties may hold colours alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import tinycss2

from exporter.extractors.xhtml.colours import unseen
from exporter.extractors.xhtml.measures import bounded, fits

_LOOKS: Final = re.compile(
    r"(?:-webkit-|-epub-|-moz-)?(?:margin|padding|border|outline|scroll-margin|font|background-color|background|color"
    r"|color-scheme|text-(?:align|decoration|emphasis|indent|rendering|size-adjust|transform|underline|wrap)"
    r"|line-(?:height|break)|letter-spacing|word-(?:spacing|break)|hyphens|hyphenate|orphans|widows|break|page-break"
    r"|vertical-align|list-style|white-space|tab-size|overflow-wrap|overflow-[xy]|overflow|table-layout|caption-side"
    r"|display|visibility|width|height|(?:min|max)-(?:width|height|inline-size)|float|clear|column|columns|size"
    r"|text-justify|hanging-punctuation|quotes|ruby-(?:position|align)|print-color-adjust)(?:-[a-z-]+)?"
)
_KEYWORDS: Final = {
    "display": {"block", "inline", "inline-block", "list-item", "flow-root", "table"},
    "visibility": {"visible"},
    "overflow": {"visible", "auto"},
    "overflow-x": {"visible", "auto"},
    "overflow-y": {"visible", "auto"},
}
_MARKERS: Final = {
    "none": r"\.task|^nav\b",
    "disc": r"^ul\b",
    "circle": r"^ul\b",
    "square": r"^ul\b",
    "decimal": r"^ol\b",
}
"""Where a list may have other markers than its own: a number that is not drawn is a number lost."""
_SHOWN_AS: Final = re.compile(r"(?:^|[\s>+~])(?!li\b|ol\b|ul\b)(?:[a-z][a-z0-9]*|\.furniture)[^\s>+~]*$")
"""What may be displayed in another way: no item of a list, which would lose its number."""
_DISPLAYED: Final[Mapping[str, str]] = {
    "li": "list-item",
    "table": "table",
    "caption": "table-caption",
    "thead": "table-header-group",
    "tbody": "table-row-group",
    "tfoot": "table-footer-group",
    "tr": "table-row",
    "th": "table-cell",
    "td": "table-cell",
    **dict.fromkeys(("ul", "ol"), "block"),
}
"""What elements that are not blocks, or may not become other ones, are displayed as where nothing is said of it."""
_COLOURS: Final = ("color", "background", "border", "outline", "text-decoration", "text-emphasis", "column-rule")
_SYMBOLS: Final = re.compile(r"wingdings|webdings|dingbats|symbol(?! emoji)", re.IGNORECASE)
_BRACKETS: Final = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")
_CLASS: Final = re.compile(r"\.[\w-]+")
_RULES: Final = frozenset({"media", "supports", "page", "layer", "charset", "namespace"})
_VENDOR: Final = re.compile(r"-(?:webkit|epub|moz)-")
_REFUSED: Final = frozenset({"font-size-adjust", "hyphenate-character", "background-clip"})
"""What looks like a matter of looks, and sets a text to nothing, draws another letter, or cuts a ground to letters."""
_STRUCK: Final = frozenset({"s", "del"})
_IN_TABLES: Final = frozenset({"thead", "tbody", "tfoot", "tr", "th", "td", "caption", "ruby", "rt", "rp"})
"""Out of their place, they would stand beside others than their own."""
_BLOCK_NAMES = "p h1 h2 h3 h4 h5 h6 div section dd dt blockquote pre figure figcaption *"
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
"""What would run on in the line of what stands before it."""
_SHORT_NAMES = "a b i em strong span time code sup sub cite abbr kbd samp var small img"
_ON_LINES: Final = frozenset(_SHORT_NAMES.split())
"""What is short enough to be kept on one line."""
_FLOATING: Final = frozenset({"img", "figure"})
"""What may stand beside the text: two texts that do are read in another order."""


Bearers = Mapping[str, Sequence[str]]
"""For a class the elements that bear it, each as a selector that ends in it: ``ul > li.entry``."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule that looks are set by: what it selects, None where that is all, and the text of its block."""

    selectors: tuple[str, ...] | None
    block: str


def faults(sheet: str, bearers: Bearers) -> Iterator[str]:
    """What is wrong with ``sheet``, a phrase each."""
    yield from _of_rules(_rules(sheet), bearers)
    yield from unseen(sheet)


def coloured(style: str) -> bool:
    """Whether the declarations of a ``style`` attribute set a colour, of which nobody knows the ground."""
    items = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return any(item.type == "declaration" and item.lower_name.startswith(_COLOURS) for item in items)


def declared(style: str, selector: str = "", bearers: Bearers | None = None) -> Iterator[str]:
    """The same of the declarations of a ``style`` attribute, or of a rule's block."""
    yield from _declarations(style, selector)
    yield from _of_rules(_nested(style), bearers or {})


# All publications of a house share their style sheets, and parsing one takes longer than a short article. What is wrong
# with a rule depends on who bears its class; what it says does not.


@lru_cache(maxsize=16)
def _rules(sheet: str) -> tuple[_Rule | str, ...]:
    return tuple(map(_rule, tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


@lru_cache(maxsize=1024)
def _nested(block: str) -> tuple[_Rule | str, ...]:
    items = tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    return tuple(_rule(item) for item in items if item.type != "declaration")


@lru_cache(maxsize=1024)
def _declarations(block: str, selector: str) -> tuple[str, ...]:
    items = tinycss2.parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    return tuple(fault for item in items if item.type == "declaration" for fault in _declaration(item, selector))


def _rule(rule: Any) -> _Rule | str:
    """A rule, or what is wrong with it whoever it is for."""
    match rule.type:
        case "qualified-rule":
            parts = _plain(tinycss2.serialize(rule.prelude)).split(",")
            return _Rule(tuple(part.strip() for part in parts), tinycss2.serialize(rule.content))
        case "at-rule" if rule.lower_at_keyword in _RULES:
            return _Rule(None, tinycss2.serialize(rule.content or []))
        case "at-rule":
            return f"'@{rule.at_keyword}' does more than change looks"
        case _:
            return "a rule of the style sheet is broken"


def _plain(selector: str) -> str:
    """``selector`` without what is in brackets, which would look like the end of one."""
    while (shorter := _BRACKETS.sub("", selector)) != selector:
        selector = shorter
    return selector


def _of_rules(rules: Iterable[_Rule | str], bearers: Bearers) -> Iterator[str]:
    for rule in rules:
        match rule:
            case str():
                yield rule
            case _Rule(selectors=None):
                yield from declared(rule.block, "", bearers)
            case _Rule(selectors=parts) if selector := _borne(parts or (), bearers):
                yield from declared(rule.block, selector, bearers)


def _borne(parts: Iterable[str], bearers: Bearers) -> str:
    """The selectors of a rule, a class alone replaced by the elements that bear it: "" where none does."""
    return ", ".join(each for part in parts for each in _bearing(part, bearers))


def _bearing(part: str, bearers: Bearers) -> Sequence[str]:
    return bearers.get(part[1:].lower(), ()) if _CLASS.fullmatch(part) else (part,)


def _declaration(item: Any, selector: str) -> Iterator[str]:
    name, value = item.lower_name, [token for token in item.value if token.type not in ("whitespace", "comment")]
    said = f"'{item.name}: {tinycss2.serialize(item.value).strip()}'"
    if name.startswith("--"):
        if any(token.type not in ("hash", "ident") for token in value):
            yield f"{said} can stand for anything but a colour"
    elif not _LOOKS.fullmatch(name) or _VENDOR.sub("", name, count=1) in _REFUSED:
        yield f"{said} can hide, add or move text"
    elif not all(_harmless(_VENDOR.sub("", name, count=1), token, selector) for token in value):
        yield f"{said} can hide text or turn it into other"
    elif name == "color-scheme" and [token.lower_value for token in value if token.type == "ident"] == ["dark"]:
        yield f"{said} can set text on a ground of its own colour"


def _harmless(name: str, token: Any, selector: str) -> bool:
    match token.type:
        case "url":
            return False
        case "ident":
            return _is_known(name, token.lower_value, selector)
        case "string":
            return not name.startswith(("list-style", "text-emphasis")) and not _SYMBOLS.search(token.value)
        case "function" if token.lower_name in ("clamp", "min", "max"):
            return bounded(token, lambda argument: _harmless(name, argument, selector))
        case "function":
            return _is_colour(name, token.lower_name) and not any(each.type == "url" for each in token.arguments)
        case "number" | "dimension" | "percentage":
            unit = getattr(token, "lower_unit", "%" if token.type == "percentage" else "")
            return fits(name, token.value, unit, _elements(selector))
        case "hash":
            return len(token.value) in (3, 6)
        case _:
            return True


def _is_known(name: str, word: str, selector: str) -> bool:
    parts = [part.strip() for part in selector.split(",")]
    if name.startswith("font"):
        return not _SYMBOLS.search(word)
    if name == "list-style-image":
        return word == "none"
    if name.startswith("list-style"):
        return word in ("inside", "outside") or all(re.search(_MARKERS.get(word, r"\Z."), part) for part in parts)
    if name in _BY_ELEMENT:
        return _BY_ELEMENT[name](word, frozenset(_elements(selector)))
    if name == "display" and all(_DISPLAYED.get(_element(part)) == word for part in parts):
        return True
    if name == "display" and not all(_SHOWN_AS.search(part) and _element(part) not in _IN_TABLES for part in parts):
        return False
    if name == "display" and word == "inline" and any(_element(part) in _BLOCKS for part in parts):
        return False
    return word in _KEYWORDS.get(name, {word}) and word != "transparent"


def _elements(selector: str) -> tuple[str, ...]:
    """The names of the elements that the selectors of a rule select, "" for each that leaves that open."""
    return tuple(_element(part.strip()) for part in selector.split(","))


def _element(selector: str) -> str:
    """The name of the elements a selector selects, "" where it leaves that open, "*" where all are meant."""
    found = re.search(r"(?:^|[\s>+~])([a-z][a-z0-9]*|\*|:)[^\s>+~]*$", selector)
    return found[1].replace(":", "*") if found else ""


def _is_colour(name: str, function: str) -> bool:
    """Colours come by ``rgb()`` or a custom property; alpha would hide, so ``rgba()`` and its like do not."""
    return name.startswith(_COLOURS) and function in ("var", "rgb", "hsl")


# --- Keywords that depend on what they are for ------------------------------------------------


def _transforms(word: str, _: frozenset[str]) -> bool:
    """Capitals are a matter of looks; small letters, other kana and capitals of words alone are other letters."""
    return word in ("none", "uppercase")


def _strikes(word: str, elements: frozenset[str]) -> bool:
    """A line through a text says that it is no longer so; ``none`` would say that it still is."""
    if word in ("line-through", "blink"):
        return elements <= _STRUCK
    return word != "none" or not elements & _STRUCK


def _wraps(word: str, elements: frozenset[str]) -> bool:
    """A line that may not end runs off the page, where it is long."""
    return word not in ("nowrap", "pre") or elements <= (_ON_LINES | {"pre"})


def _floats(word: str, elements: frozenset[str]) -> bool:
    return word == "none" or elements <= _FLOATING


_BY_ELEMENT: Final[Mapping[str, Callable[[str, frozenset[str]], bool]]] = {
    "text-transform": _transforms,
    "text-decoration": _strikes,
    "text-decoration-line": _strikes,
    "white-space": _wraps,
    "white-space-collapse": _wraps,
    "text-wrap": _wraps,
    "text-wrap-mode": _wraps,
    "float": _floats,
}
"""Properties whose keywords are harmless on some elements alone."""
