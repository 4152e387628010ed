"""What attributes make of an element: those that are read or harmless are known by name, each other one is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from exporter.extractors.xhtml.node import Node
from exporter.extractors.xhtml.styles import coloured, declared

_ANYWHERE: Final = frozenset(
    ("id", "class", "lang", "xml:lang", "dir", "style", "hidden", "role", "title", "epub:type", "tabindex", "translate")
)
_CELL: Final = ("colspan", "rowspan", "scope", "headers")
_OWN: Final[Mapping[str, frozenset[str]]] = {
    "html": frozenset(("version", "epub:prefix")),
    "a": frozenset(("href", "rel", "target", "hreflang")),
    "img": frozenset(("src", "alt", "width", "loading", "decoding")),
    "ol": frozenset(("start",)),
    "li": frozenset(("value",)),
    "th": frozenset(_CELL),
    "td": frozenset(_CELL),
    "col": frozenset(("span",)),
    "colgroup": frozenset(("span",)),
    "time": frozenset(("datetime",)),
    "ins": frozenset(("cite", "datetime")),
    "del": frozenset(("cite", "datetime")),
    "blockquote": frozenset(("cite",)),
    "input": frozenset(("type", "checked", "disabled")),
    "meta": frozenset(("charset", "name", "property", "content", "http-equiv", "scheme")),
    "link": frozenset(("rel", "href", "type", "media", "hreflang")),
    "style": frozenset(("type", "media")),
}
_NARROWEST: Final = 8
"""Pixels; a picture is no smaller."""


def faults(node: Node) -> Iterator[str]:
    """What the attributes of ``node`` can show or say that is not read, a phrase each."""
    for name, value in node.attributes.items():
        if name.startswith("aria-") and name != "aria-hidden" and not _is_named(node, name):
            yield f"{name}='{value}' is heard instead of the text"
        elif not _is_known(node, name):
            yield f"{name}='{value}' can show something else"
        elif name == "role" and not value.startswith("doc-"):
            yield f"role='{value}' is heard instead of what the element is"
        elif name in ("width", "height") and not _is_seen(value):
            yield f"a picture has the {name} {value}"
        elif name == "title" and node.name not in ("a", "img", "style", "link"):
            yield f"title='{value}' is shown beside the text"
        elif name == "style":
            yield from declared(value, node.name)
            yield from ("a style attribute sets a colour",) if coloured(value) else ()


def of_link(node: Node) -> Iterator[str]:
    """What a ``<link>`` fetches or shows beside the document: anything but what it is styled by and called."""
    for relation in node.get("rel").lower().split():
        if relation not in ("stylesheet", "alternate", "canonical", "author", "license"):
            yield f"<link rel='{relation}'> is fetched"


def of_meta(node: Node) -> Iterator[str]:
    """What a ``<meta>`` does: lead elsewhere, take letters for others, shrink the page, turn its colours round."""
    equivalent, content = node.get("http-equiv").lower(), node.get("content").lower()
    if equivalent and equivalent != "content-type":
        yield f"<meta http-equiv='{node.get('http-equiv')}'> can lead elsewhere"
    declared_as = re.search(r"charset\s*=\s*[\"']?([^\s;\"']+)", content) if equivalent else None
    charset = declared_as[1] if declared_as else node.get("charset").lower()
    if charset and charset != "utf-8":
        yield f"the page says that it is {charset}"
    if node.get("name").lower() == "viewport" and not _is_as_wide(content):
        yield f"the page is shown as large as it says: '{content}'"
    if node.get("name").lower() in ("color-scheme", "supported-color-schemes") and "light" not in content.split():
        yield f"the page is shown in the colours of '{content}'"


def _is_known(node: Node, name: str) -> bool:
    """Whether an attribute is read or harmless; a height can press a picture flat that is no cover."""
    if name == "height":
        return node.name == "img" and "doc-cover" in node.words
    return name in _ANYWHERE or name in _OWN.get(node.name, ()) or name.startswith(("data-", "aria-"))


def _is_as_wide(content: str) -> bool:
    """Whether a page is as wide as its window, and no smaller than it is."""
    told = {name: value for name, _, value in (part.partition("=") for part in re.split(r"[,;\s]+", content)) if name}
    return told.get("width") == "device-width" and told.get("initial-scale", "1") in ("1", "1.0") and len(told) <= 2


def _is_named(node: Node, name: str) -> bool:
    """Whether ``node`` may have a name of its own for listeners; other elements are heard by their text."""
    return node.name in ("section", "nav") if name == "aria-labelledby" else name == "aria-label" and node.furniture


def _is_seen(measure: str) -> bool:
    return measure.isdecimal() and measure.isascii() and int(measure) >= _NARROWEST
