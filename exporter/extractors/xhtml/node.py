"""A parsed document as immutable nodes, the same from an XML and an HTML parser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, TypeAlias

_PREFIXES = {
    "{http://www.w3.org/XML/1998/namespace}": "xml:",
    "{http://www.idpf.org/2007/ops}": "epub:",
    "{http://purl.org/dc/elements/1.1/}": "dc:",
}
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.IGNORECASE)
_UNSEEN: Final = frozenset(["head", "script", "style", "template", "title", "datalist"])
_FURNITURE_ROLES: Final = frozenset(["doc-backlink", "doc-pagebreak", "doc-toc"])


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """An element: its local name, attributes by name (``xml:lang``, ``epub:type`` with prefix) and content."""

    name: str
    attributes: Mapping[str, str]
    children: tuple[Content, ...]
    elements: tuple[Node, ...] = field(init=False, repr=False)
    """The elements among the children."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "elements", tuple(each for each in self.children if isinstance(each, Node)))

    def get(self, name: str) -> str:
        """The attribute's value, "" without one."""
        return self.attributes.get(name, "")

    @property
    def words(self) -> frozenset[str]:
        """Everything that says what the element is for: its classes, roles and ``epub:type``."""
        return frozenset(f"{self.get('class')} {self.get('role')} {self.get('epub:type')}".split())

    @property
    def language(self) -> str:
        """The language the element itself declares, or ""."""
        found = dict.fromkeys(filter(None, (self.get("lang"), self.get("xml:lang"))))
        return " and ".join(found)

    @property
    def hidden(self) -> bool:
        """Whether a reader, seeing or hearing, is not given the content."""
        return (
            self.name in _UNSEEN
            or "hidden" in self.attributes
            or self.get("aria-hidden").lower() == "true"
            or bool(_NOT_SHOWN.search(self.get("style")))
        )

    @property
    def furniture(self) -> bool:
        """Whether the edition adds the content to what the article says."""
        return self.name == "nav" or "furniture" in self.words or bool(_FURNITURE_ROLES & self.words)

    def below(self, name: str) -> Iterator[Node]:
        """Every element ``name`` inside, in document order."""
        return (node for node in self.inside() if node.name == name)

    def inside(self) -> Iterator[Node]:
        """Every element inside, in document order."""
        waiting = list(self.elements[::-1])
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.elements[::-1]

    def text(self) -> str:
        """All characters shown, as they are."""
        return "".join(_characters(child) for child in self.children)


Content: TypeAlias = Node | str


def _characters(content: Content) -> str:
    match content:
        case str():
            return content
        case Node(name="br"):
            return "\n"
        case Node():
            return "" if content.hidden else content.text()


def tree(element: Any) -> Node:
    """The node of an ElementTree or lxml element; comments and processing instructions say nothing.

    Names are without the root's namespace; those of others keep theirs, but for the usual prefixes.
    """
    return _node(element, element.tag.partition("}")[0] + "}" if "}" in element.tag else "{}")


def _node(element: Any, home: str) -> Node:
    attributes = {_name(name, "{}"): value for name, value in element.attrib.items()}
    return Node(_name(element.tag, home), attributes, tuple(_content(element, home)))


def _content(element: Any, home: str) -> Iterator[Content]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield _node(child, home)
        if child.tail:
            yield child.tail


@lru_cache(maxsize=512)
def _name(tag: str, home: str) -> str:
    tag = tag.removeprefix(home)
    for namespace, prefix in _PREFIXES.items():
        tag = tag.replace(namespace, prefix)
    return tag
