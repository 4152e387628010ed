"""What the elements around a text tell about it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from exporter.extractors.xhtml.node import Node

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@dataclass(frozen=True, slots=True)
class Around:
    """The document, the path in it and what a text inherits; ``kind`` is what a paragraph is here."""

    document: str
    path: str
    language: str
    direction: str
    depth: int = 0
    quote: int = 0
    kind: str = "paragraph"
    note: int = 0

    def inside(self, node: Node, place: int = 1) -> Around:
        """The same inside ``node``, the ``place``-th element of its parent."""
        direction = node.get("dir").lower()
        if direction == "auto":
            direction = _first_strong(_heard(node))
        return Around(
            self.document,
            f"{self.path}/{node.name}[{place}]",
            node.language or self.language,
            direction if direction in ("ltr", "rtl") else self.direction,
            self.depth,
            self.quote,
            self.kind,
            self.note,
        )

    def attributes(self) -> dict[str, str]:
        """The attributes of ``Said`` that come from here."""
        counts = {"depth": self.depth, "quote": self.quote, "note": self.note}
        shown = {name: str(count) for name, count in counts.items() if count}
        return {"language": self.language, "direction": self.direction, **shown}


def _heard(node: Node) -> str:
    """The text of ``node`` that its direction depends on: what has one of its own does not count."""
    counted = (each for each in node.children if isinstance(each, str) or not (each.name == "bdi" or each.get("dir")))
    return "".join(each if isinstance(each, str) else _heard(each) for each in counted)


def _first_strong(text: str) -> str:
    """The direction of the first letter that has one, as ``dir="auto"`` takes it (HTML standard, 3.2.6.4)."""
    return next((_STRONG[way] for way in map(unicodedata.bidirectional, text) if way in _STRONG), "ltr")
