"""What the elements around a text tell about it."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.extractors.xhtml.node import Node


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
