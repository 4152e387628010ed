"""Documents that are nothing but a cover."""

from __future__ import annotations

from dataclasses import dataclass

from exporter.extractors.xhtml import Node
from exporter.walk import normalise

_DRAWN = frozenset({"{http://www.w3.org/2000/svg}svg", "{http://www.w3.org/2000/svg}image"})
_AROUND = frozenset({"div", "p", "section", "figure", "img"})
_LINK = "{http://www.w3.org/1999/xlink}href"


@dataclass(frozen=True, slots=True)
class Cover:
    """The one picture of a cover: its address and alternative text; ``drawn`` where SVG is around it."""

    address: str
    words: str
    drawn: bool


def cover_of(root: Node) -> Cover | None:
    """The cover a document is; None where it says something, shows more than one picture, or is called no cover."""
    bodies = list(root.below("body"))
    inside = [node for body in bodies for node in body.inside()]
    pictures = [node for node in inside if node.name == "img" or node.name.endswith("}image")]
    silent = not any(normalise(body.text()) for body in bodies)
    plain = all(node.name in _AROUND | _DRAWN for node in inside)
    if len(pictures) != 1 or not silent or not plain or not _called(root, (*bodies, *inside)):
        return None
    address = pictures[0].get("src") or pictures[0].get(_LINK)
    return Cover(address, normalise(pictures[0].get("alt")), any(node.name in _DRAWN for node in inside))


def _called(root: Node, nodes: tuple[Node, ...]) -> bool:
    named = any(meta.get("name") == "calibre:cover" for meta in root.below("meta"))
    return named or any({"cover", "doc-cover"} & node.words for node in nodes)
