"""Lists in a tree of elements: what their items are, by HTML's rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from exporter.readers.tree import Element, Node, blank


def items(element: Element) -> list[Element]:
    """The items of a list; what stands between two of them belongs to the first."""
    found: list[Element] = []
    for node in element.children:
        if isinstance(node, Element) and node.name == "li":
            found.append(replace(node, children=list(node.children)))
        elif not blank(node):
            if not found:
                found.append(Element("li", {}, [], node.first, node.last))
            found[-1].children.append(node)
            found[-1].last = max(found[-1].last, node.last)
    return found


def tight(parts: Sequence[Element]) -> bool:
    """Whether no item's text is set as a paragraph of its own (CommonMark, section 5.3)."""
    return not any(
        isinstance(node, Element) and node.name == "p" and not node.hidden for part in parts for node in part.children
    )


def stretches(element: Element, parts: Sequence[Element]) -> Iterator[tuple[int, list[Element]]]:
    """The items of a numbered list in stretches without a gap, each with the number it starts at.

    Raises ValueError for a number of more than nine digits, the most that CommonMark allows.
    """
    number = _number(element.attributes.get("start")) or 0 if "start" in element.attributes else 1
    start, stretch = number, list[Element]()
    for part in parts:
        value = _number(part.attributes.get("value"))
        if value is not None and value != number:
            if stretch:
                yield start, stretch
            start, number, stretch = value, value, []
        stretch.append(part)
        number += 1
    yield start, stretch


def _number(written: str | None) -> int | None:
    """By HTML's rules for integers; raises ValueError for one that no counter of a browser or of Word holds."""
    found = re.match(r"[ \t\n\f\r]*([+-]?[0-9]+)", written or "")
    if found and len(found[1]) > 9:
        raise ValueError(f"The number {found[1][:9]}… is too large for a list. Write it as text.")
    return int(found[1]) if found else None


def task(part: Element) -> tuple[bool | None, list[Node]]:
    """Whether the item of a task list is checked (None: it is no task), and the item's content without the box."""
    if "checked" in part.attributes:
        return part.attributes["checked"] == "yes", part.children
    for index, node in enumerate(part.children):
        match node:
            case Element(name="input") if node.attributes.get("type", "").lower() == "checkbox":
                return "checked" in node.attributes, part.children[index + 1 :]
            case Element(name="p" | "label"):
                checked, inside = task(node)
                rest = [replace(node, children=inside), *part.children[index + 1 :]]
                return (None, part.children) if checked is None else (checked, rest)
            case _ if not blank(node):
                return None, part.children
    return None, part.children


@dataclass(slots=True)
class Group:
    """Terms and the definitions they share; ``stray`` is what is neither."""

    terms: list[Element] = field(default_factory=list)
    definitions: list[Element] = field(default_factory=list)
    stray: list[Node] = field(default_factory=list)


def definitions(element: Element) -> list[Group]:
    """The groups of a ``dl``; a ``div`` around a group is looked through."""
    groups: list[Group] = []
    for node in _members(element):
        if blank(node):
            continue
        is_term = isinstance(node, Element) and node.name == "dt"
        if not groups or (is_term and groups[-1].definitions):
            groups.append(Group())
        match node:
            case Element(name="dt"):
                groups[-1].terms.append(node)
            case Element(name="dd"):
                groups[-1].definitions.append(node)
            case _:
                groups[-1].stray.append(node)
    return groups


def _members(element: Element) -> Iterator[Node]:
    for node in element.children:
        if isinstance(node, Element) and node.name == "div":
            yield from _members(node)
        else:
            yield node
