"""What the HTML of an email has around its article: cut out, so that the rest is a page like any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

import tinycss2

from exporter.comparison import ALTERED
from exporter.extractors.email.slotting import around
from exporter.extractors.xhtml import Node
from exporter.text import FURNITURE, Said
from exporter.walk import normalise

_PARTS: Final = ("preheader", "greeting", "foot", "contents", "logo")
_FILLER: Final = re.compile("[\u034f\u2007\u200c\u00a0 ]+$")
"""Characters without ink behind a preheader, which keep what follows out of lists of mails."""
_UNSEEN: Final = {"display": "none", "max-height": "0", "overflow": "hidden", "mso-hide": "all"}
"""How a preheader is hidden."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The ``page`` without what is ``around`` its article, and that; ``shown`` is all but the preheader."""

    page: Node
    shown: Node
    around: tuple[Said, ...]


def opened(page: Node) -> Envelope:
    """The page without preheader, greeting, contents and foot; tables that only place things are what is in them."""
    parts = [node for node in page.inside() if _part(node)]
    said = tuple(said for part in parts for said in _said(part))
    return Envelope(_without(page, _PARTS), _without(page, _PARTS[:1]), (*_misplaced(page, parts), *said))


def _part(node: Node) -> str:
    return next((name for name in _PARTS if name in node.words and node.furniture), "")


def _said(part: Node) -> Iterator[Said]:
    match _part(part):
        case "preheader":
            words = normalise(_FILLER.sub("", part.text()))
            yield Said("preheader", FURNITURE, words, 0, {"place": "preheader"})
        case "contents":
            words = normalise("".join(_beside_entries(part)))
            yield Said("contents", FURNITURE, words, 0, {"place": "contents heading"})
        case "logo":
            spoken = (node.get("alt") for node in part.inside() if node.name == "img")
            said = (normalise(each) for each in (part.text(), *spoken))
            yield from (Said("logo", FURNITURE, each, 0, {"place": "logo"}) for each in said if each)
        case "greeting":
            yield from around("greeting", part.text())
        case _:
            yield from (said for line in _lines(part) for said in _line(line))


def _beside_entries(node: Node) -> Iterator[str]:
    """What a list of contents says beside its entries."""
    for child in node.children:
        match child:
            case str():
                yield child
            case Node(name="a"):
                pass
            case Node():
                yield from _beside_entries(child)


def _lines(foot: Node) -> Iterator[Node]:
    """The paragraphs of the foot; itself where it has words of its own."""
    if any(isinstance(child, str) and normalise(child) for child in foot.children):
        yield foot
    else:
        yield from foot.elements


def _line(line: Node) -> Iterator[Said]:
    links = [node.get("href") for node in line.inside() if "href" in node.attributes]
    yield from around("foot", line.text(), links[0] if links else "")
    yield from (Said("foot", ALTERED, f"a line of the foot leads to '{address}', too") for address in links[1:])


def _misplaced(page: Node, parts: list[Node]) -> Iterator[Said]:
    """A preheader that is not the first thing in the body, or is seen, or says more than words."""
    bodies = [node for node in page.elements if node.name == "body"]
    first = bodies[0].elements[:1] if bodies else ()
    for part in parts:
        if _part(part) == "preheader":
            if part not in first:
                yield Said("preheader", ALTERED, "the preheader is not the first thing in the email")
            if _declared(part) != _UNSEEN or part.elements:
                yield Said("preheader", ALTERED, "the preheader is hidden in another way than a preheader is")


def _declared(node: Node) -> dict[str, str]:
    items = tinycss2.parse_blocks_contents(node.get("style"), skip_comments=True, skip_whitespace=True)
    known = (item for item in items if item.type == "declaration")
    return {item.lower_name: tinycss2.serialize(item.value).strip().lower() for item in known}


# --- The page without -------------------------------------------------------------------------


def _without(node: Node, names: Collection[str]) -> Node:
    """``node`` without the parts that have one of ``names``."""
    left = (child for child in node.children if not (isinstance(child, Node) and _part(child) in names))
    inside = tuple(_without(child, names) if isinstance(child, Node) else child for child in left)
    kept = replace(node, children=inside)
    return _unfolded(kept) if _places(kept) else kept


def _places(node: Node) -> bool:
    """Whether ``node`` is a table that says nothing by being one: rows of one cell each, and no more."""
    if node.name != "table" or node.get("role") not in ("presentation", "none"):
        return False
    rows = [row for group in node.elements for row in (group.elements if group.name == "tbody" else (group,))]
    return all(row.name == "tr" and [cell.name for cell in row.elements] == ["td"] for row in rows)


def _unfolded(table: Node) -> Node:
    """The cells of ``table``, one below the other; no table is in one of its rows that could have rows of its own."""
    attributes = {name: value for name, value in table.attributes.items() if name != "role"}
    return Node("div", attributes, tuple(map(_cell, table.children)))


def _cell(child: Node | str) -> Node | str:
    match child:
        case Node(name="tbody" | "tr" | "td"):
            return Node("div", child.attributes, tuple(map(_cell, child.children)))
        case _:
            return child
