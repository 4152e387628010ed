"""Pictures that a document shows and says nothing of: what they are has to be asked of their pixels alone."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.extractors.xhtml.node import Node
from exporter.walk import normalise


def decorations(node: Node, unspoken: bool = False) -> Iterator[str]:
    """The address of each picture below ``node`` without alternative text, where nothing is spoken, or in furniture."""
    for child in node.elements:
        silent = unspoken or child.hidden or child.furniture
        if child.name == "img" and (silent or not normalise(child.get("alt"))):
            yield child.get("src")
        yield from decorations(child, silent)
