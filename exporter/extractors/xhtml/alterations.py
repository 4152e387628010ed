"""What can make a document show, or be heard as, other than its text: elements and attributes nobody reads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from exporter.extractors.xhtml import attributes
from exporter.extractors.xhtml.node import Node
from exporter.extractors.xhtml.parts import task
from exporter.extractors.xhtml.phrasing import BLOCKS
from exporter.extractors.xhtml.styles import Bearers, faults
from exporter.walk import normalise

_PHRASING = """
a abbr acronym b bdi br cite code data del dfn em i img input ins kbd label mark rb rp rt rtc ruby s samp
small span strike strong sub sup time u var wbr
"""
_READ: Final = frozenset(_PHRASING.split()) | (BLOCKS - {"dialog", "details", "form", "fieldset", "menu", "search"})
_AROUND: Final = frozenset(["html", "head", "meta", "title", "link", "style", "colgroup", "col"])

_PREVIEWED: Final = ("title", "description", "image", "site_name", "video", "audio")
_SMALLER: Final = frozenset({"small", "sub", "sup"})
_SMALLEST: Final = 4
"""How many of these in each other can still be read."""

Sheet = Callable[[str], str | None]
"""Gives the text of the style sheet at an address; None where there is none to read."""


def alterations(root: Node, sheet: Sheet) -> Iterator[str]:
    """Everything in the document of which ``root`` is the root that can alter what is shown, a phrase each."""
    yield from _shrunk(root)
    seen: set[str] = set()
    bearers = _bearers(root)
    for node in (root, *root.inside()):
        yield from _of_element(node, sheet, bearers)
        yield from attributes.faults(node)
        identifier = node.get("id")
        if identifier and identifier in seen:
            yield f"two elements have the id '{identifier}'"
        seen.add(identifier)


def _shrunk(node: Node, times: int = 0) -> Iterator[str]:
    """Elements that make text smaller, in so many others that nobody can read it."""
    times += node.name in _SMALLER
    if times > _SMALLEST:
        yield f"<{node.name}> stands in {times - 1} others that make text smaller"
        return
    for child in node.elements:
        yield from _shrunk(child, times)


def _bearers(root: Node) -> Bearers:
    """Which elements bear which class, in small letters as pages without a document type have them.

    An item of a list stands with its list, and with what marks it as a task.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for parent in (root, *root.inside()):
        for node in parent.elements:
            prefix, mark = (f"{parent.name} > ", ".task" * bool(task(node))) if node.name == "li" else ("", "")
            for name in node.get("class").lower().split():
                found[name][f"{prefix}{node.name}{mark}.{name}"] = None
    return {name: tuple(selectors) for name, selectors in found.items()}


def _of_element(node: Node, sheet: Sheet, bearers: Bearers) -> Iterator[str]:
    match node.name:
        case "style":
            yield from faults(node.text(), bearers)
        case "link":
            yield from _of_link(node, sheet, bearers)
        case "meta":
            yield from attributes.of_meta(node)
        case "rp" if normalise(node.text()) not in ("", "(", ")", "（", "）"):
            yield f"<rp> shows '{normalise(node.text())}' to some readers"
        case "table":
            yield from _of_table(node)
        case "input" if node.get("type") != "checkbox":
            yield "<input> shows a value"
        case name if name not in _READ and name not in _AROUND:
            yield f"<{name}> is not read back"


def _of_link(node: Node, sheet: Sheet, bearers: Bearers) -> Iterator[str]:
    yield from attributes.of_link(node)
    if "stylesheet" not in node.get("rel").lower().split():
        return
    text = sheet(node.get("href"))
    if text is None:
        yield f"the style sheet '{node.get('href')}' is not part of the edition"
    else:
        yield from faults(text, bearers)


def _of_table(node: Node) -> Iterator[str]:
    """A head is drawn first and a foot last, wherever they stand."""
    groups = [child.name for child in node.elements if child.name in ("thead", "tbody", "tfoot", "tr")]
    if "thead" in groups[1:] or "tfoot" in groups[:-1]:
        yield "the rows of a table are drawn in another order than they are held"


def names(root: Node) -> Iterator[str]:
    """What listeners hear as the names of elements."""
    return (node.get("aria-label") for node in (root, *root.inside()) if node.get("aria-label"))


def previews(root: Node) -> Iterator[str]:
    """What others show of a page that links to it: titles, descriptions and pictures of their own."""
    for meta in root.below("meta"):
        name = (meta.get("property") or meta.get("name")).lower()
        if name.startswith(("og:", "twitter:")) and any(part in name for part in _PREVIEWED):
            yield normalise(meta.get("content"))
