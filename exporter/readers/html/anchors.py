"""Anchors of headings: a part's identifier, and one inside a heading, lead to the heading."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from exporter.readers.headings import HEADINGS
from exporter.readers.tree import Element, blank, elements

_PARTS = frozenset({"section", "article", "div", "header", "hgroup"})


def lead_to_headings(root: Element) -> None:
    """Let links to a part that begins with a heading, and to what is inside a heading, lead to that heading."""
    leads: dict[str, Element] = {}
    for name, heading in _anchors(root):
        leads.setdefault(name, heading)
        if "id" not in heading.attributes:
            heading.attributes = {**heading.attributes, "id": name}
    for link in elements([root]):
        target = link.attributes.get("href", "")
        if link.name == "a" and target.startswith("#") and (to := leads.get(unquote(target[1:]))):
            link.attributes = {**link.attributes, "href": f"#{to.attributes['id']}"}


def _anchors(root: Element) -> Iterator[tuple[str, Element]]:
    """Identifiers beside a heading's own, and the heading they stand for; of nested parts the inner first."""
    for element in reversed(list(elements([root]))):
        if element.name in HEADINGS:
            inside = (each.attributes.get("id") or each.attributes.get("name") for each in elements(element.children))
            yield from ((name, element) for name in inside if name)
        elif element.name in _PARTS and (name := element.attributes.get("id")) and (heading := _first(element)):
            yield name, heading


def _first(part: Element) -> Element | None:
    """The heading ``part`` begins with."""
    first = next((child for child in part.children if not blank(child)), None)
    if not isinstance(first, Element):
        return None
    if first.name in HEADINGS:
        return first
    return _first(first) if first.name in _PARTS else None
