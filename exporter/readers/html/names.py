"""Names of what HTML is read into beside its own elements, and of attributes told by more than one name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from exporter.readers.tree import Element

COMMENT: Final = "#comment"
"""Name of a comment in a page's tree."""


def classes(element: Element) -> frozenset[str]:
    """The classes of ``element``."""
    return frozenset(element.attributes.get("class", "").split())


def roles(element: Element) -> frozenset[str]:
    """The roles ``element`` has: ARIA's, and EPUB's semantic types without the prefix ``doc-`` of DPUB-ARIA."""
    written = f"{element.attributes.get('role', '')} {element.attributes.get('epub:type', '')}".lower().split()
    return frozenset(role.removeprefix("doc-") for role in written)


def has_class(element: Element, names: Iterable[str]) -> bool:
    """Whether ``element`` has one of the classes ``names``."""
    return not classes(element).isdisjoint(names)
