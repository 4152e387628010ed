"""The list of contents of an email, as the entries of its article's contents are compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exporter.comparison import CONTENTS
from exporter.extractors.xhtml import Node
from exporter.text import Said
from exporter.walk import normalise

_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5", "h6"])


@dataclass(frozen=True, slots=True)
class _Entry:
    """A link of the contents, how many entries it stands below, and the language and direction around it."""

    link: Node
    depth: int
    language: str
    direction: str


def listed(page: Node) -> Iterator[Said]:
    """What each entry of the contents says, at which level, and to which heading it leads."""
    headings = [node for node in _outside(page) if node.name in _HEADINGS and _is_said(node)]
    places = {node.get("id"): number for number, node in reversed(list(enumerate(headings, 1)))}
    for nav in page.below("nav"):
        entries = list(_entries(nav, -1, page.language, page.get("dir") or "ltr"))
        found = [places.get(entry.link.get("href").removeprefix("#"), 0) for entry in entries]
        levels = [int(headings[place - 1].name[1]) if place else 0 for place in found]
        for entry, place, level, depth in zip(entries, found, levels, _depths(levels), strict=True):
            yield _said(entry, place, str(level) if depth == entry.depth else f"{entry.depth + 1} deep")


def _outside(node: Node) -> Iterator[Node]:
    """Every element inside that stands in no list of contents."""
    for child in node.elements:
        if child.name != "nav":
            yield child
            yield from _outside(child)


def _is_said(heading: Node) -> bool:
    return not heading.furniture and bool(normalise(heading.text()))


def _entries(node: Node, depth: int, language: str, direction: str) -> Iterator[_Entry]:
    for child in node.elements:
        inside = child.language or language, child.get("dir") or direction
        if child.name == "a":
            own = next((each for each in child.inside() if each.language or each.get("dir")), child)
            yield _Entry(child, depth, own.language or inside[0], own.get("dir") or inside[1])
        else:
            yield from _entries(child, depth + (child.name in ("ol", "ul")), *inside)


def _depths(levels: Sequence[int]) -> Iterator[int]:
    """Below how many others each entry has to stand, by the ``levels`` of their headings."""
    above: list[int] = []
    for level in levels:
        while above and above[-1] >= level:
            above.pop()
        yield len(above)
        above.append(level)


def _said(entry: _Entry, place: int, level: str) -> Said:
    facts = {
        "level": level,
        "language": entry.language,
        "direction": entry.direction,
        "links": f"#{place}" if place else entry.link.get("href"),
    }
    return Said("contents", CONTENTS, normalise(entry.link.text()), 0, facts)
