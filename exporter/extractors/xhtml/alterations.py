"""What can make a document show, or be heard as, other than its text: elements and attributes nobody reads back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

from exporter.extractors.xhtml.node import Node
from exporter.extractors.xhtml.parts import task
from exporter.extractors.xhtml.phrasing import BLOCKS
from exporter.extractors.xhtml.styles import Bearers, coloured, declared, faults
from exporter.walk import normalise

_PHRASING = """
a abbr acronym b bdi br cite code data del dfn em i img input ins kbd label mark rb rp rt rtc ruby s samp
small span strike strong sub sup time u var wbr
"""
_READ: Final = frozenset(_PHRASING.split()) | (BLOCKS - {"dialog", "details", "form", "fieldset", "menu", "search"})
_AROUND: Final = frozenset(["html", "head", "meta", "title", "link", "style", "colgroup", "col"])
_OTHER_LOOKS: Final = frozenset(
    ["srcset", "usemap", "contenteditable", "background", "bgcolor", "color", "text", "face", "xml:base", "reversed"]
)

Sheet = Callable[[str], str | None]
"""Gives the text of the style sheet at an address; None where there is none to read."""


def alterations(root: Node, sheet: Sheet) -> Iterator[str]:
    """Everything in the document of which ``root`` is the root that can alter what is shown, a phrase each."""
    seen: set[str] = set()
    bearers = _bearers(root)
    for node in (root, *root.inside()):
        yield from _of_element(node, sheet, bearers)
        yield from _of_attributes(node)
        identifier = node.get("id")
        if identifier and identifier in seen:
            yield f"two elements have the id '{identifier}'"
        seen.add(identifier)


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
        case "meta" if node.get("http-equiv") and node.get("http-equiv").lower() != "content-type":
            yield f"<meta http-equiv='{node.get('http-equiv')}'> can lead elsewhere"
        case "rp" if normalise(node.text()) not in ("", "(", ")", "（", "）"):
            yield f"<rp> shows '{normalise(node.text())}' to some readers"
        case "table":
            yield from _of_table(node)
        case "input" if node.get("type") != "checkbox":
            yield "<input> shows a value"
        case name if name not in _READ and name not in _AROUND:
            yield f"<{name}> is not read back"


def _of_link(node: Node, sheet: Sheet, bearers: Bearers) -> Iterator[str]:
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


def _of_attributes(node: Node) -> Iterator[str]:
    for name, value in node.attributes.items():
        if name.startswith("on") or name in _OTHER_LOOKS or (name == "type" and node.name in ("ol", "li")):
            yield f"{name}='{value}' can show something else"
        elif name.startswith("aria-") and name != "aria-hidden" and not _is_named(node, name):
            yield f"{name}='{value}' is heard instead of the text"
        elif name == "role" and not value.startswith("doc-"):
            yield f"role='{value}' is heard instead of what the element is"
        elif name in ("width", "height") and node.name == "img" and not _is_seen(value):
            yield f"a picture has the {name} {value}"
        elif name == "title" and node.name not in ("a", "img", "style", "link"):
            yield f"title='{value}' is shown beside the text"
        elif name == "style":
            yield from declared(value, node.name)
            yield from ("a style attribute sets a colour",) if coloured(value) else ()


def _is_named(node: Node, name: str) -> bool:
    """Whether ``node`` may have a name of its own for listeners; other elements are heard by their text."""
    return node.name in ("section", "nav") if name == "aria-labelledby" else name == "aria-label" and node.furniture


def names(root: Node) -> Iterator[str]:
    """What listeners hear as the names of elements."""
    return (node.get("aria-label") for node in (root, *root.inside()) if node.get("aria-label"))


def _is_seen(measure: str) -> bool:
    return measure.isdecimal() and measure.isascii() and int(measure) > 0
