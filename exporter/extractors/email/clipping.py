"""Gmail shows the first 102 KB of a mail's HTML and hides the rest behind a link: what that costs, and what to cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from exporter import slots
from exporter.edition import Loss
from exporter.extractors.xhtml import Node
from exporter.walk import normalise

LIMIT: Final = 102_000
"""Bytes of HTML that Gmail shows."""
_SLOT: Final = 200
"""Bytes that a recipient's own values, an address above all, may take more than their slot."""
_NAMED: Final = 3
"""How many parts the message names."""

_Content = Node | str


def clipped(content: bytes, page: Node) -> Iterator[Loss]:
    """The loss (L016) where the HTML ``content`` is larger than Gmail shows, with the largest parts of ``page``."""
    size = len(content) + _SLOT * content.count(slots.OPENING.encode())
    if size > LIMIT:
        parts = [part for part in _sizes(page.children) if part[0]]
        largest = sorted(parts, key=lambda part: -part[1])[:_NAMED]
        named = "; ".join(f"'{name}' ({count:,} bytes)" for name, count in largest)
        advice = f"The largest parts: {named}. Leave one out, or send summaries." if named else "Send a summary."
        yield Loss("L016", f"Gmail cuts mail off after {LIMIT:,} bytes, and this has {size:,}. {advice}")


def _sizes(children: Iterable[_Content]) -> Iterator[tuple[str, int]]:
    """Each part's title and size in bytes: a section that holds no other one, or what stands below a heading."""
    name, size = "", 0
    for child in children:
        match child:
            case Node(name="nav"):
                continue
            case Node() if _is_divided(child):
                yield name, size
                name, size = "", 0
                yield from [(_title(child), _size(child))] if _is_whole(child) else _sizes(child.elements)
                continue
            case Node(name="h2"):
                yield name, size
                name, size = normalise(child.text()), 0
        size += _size(child)
    yield name, size


def _is_divided(node: Node) -> bool:
    """Whether ``node`` is a part by itself, or has some."""
    return node.name == "section" or any(each.name in ("section", "h2") for each in node.inside())


def _is_whole(node: Node) -> bool:
    """Whether ``node`` is a section without one inside."""
    return node.name == "section" and not any(node.below("section"))


def _title(section: Node) -> str:
    return next((normalise(each.text()) for each in section.inside() if each.name in ("h2", "h3", "h4")), "")


def _size(content: _Content) -> int:
    """Bytes of markup."""
    match content:
        case str():
            return len(content.encode())
        case Node():
            names = 2 * len(content.name) + 5
            attributes = sum(len(f' {name}="{value}"'.encode()) for name, value in content.attributes.items())
            return names + attributes + sum(map(_size, content.children))
