"""Where each heading of a tree stands in the outline, and the identifier links find it by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exporter.readers.outline import EXPLICIT, outline_depths, slug, unique
from exporter.readers.tree import Element, Words, elements, words

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""HTML's headings, by the name of their elements."""


@dataclass(frozen=True, slots=True)
class Place:
    """A heading's depth in the outline, 2 to 6, and its identifier."""

    depth: int
    identifier: str


def places(roots: Sequence[Element]) -> dict[Element, Place]:
    """The place of every heading below ``roots``; ``{#identifier}`` at a heading's end is taken off it."""
    found = [element for element in elements(roots) if element.name in HEADINGS]
    explicit = [_explicit(element) for element in found]
    given = iter(unique(name for name in explicit if name))
    slugs = [slug(words(element.children)) for element, name in zip(found, explicit, strict=True) if not name]
    made = iter(unique(slugs, [name for name in explicit if name]))
    identifiers = [next(given) if name else next(made) for name in explicit]
    depths = outline_depths([int(element.name[1]) for element in found])
    return {e: Place(depth, name) for e, depth, name in zip(found, depths, identifiers, strict=True)}


def _explicit(heading: Element) -> str | None:
    """The identifier an author gave: ``{#name}``, an ``id``, or an anchor's inside the heading."""
    match heading.children:
        case [*_, Words() as last] if heading.markdown and (mark := EXPLICIT.search(last.text)):
            last.text = last.text[: mark.start()]
            return mark["identifier"]
    anchors = [e for e in elements(heading.children) if e.name == "a"]
    names = [heading.attributes.get("id"), *(a.attributes.get("id") or a.attributes.get("name") for a in anchors)]
    return next((name for name in names if name), None)
