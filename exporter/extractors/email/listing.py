"""The list of contents of an email, as the entries of its article's contents are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from exporter.comparison import CONTENTS
from exporter.extractors.xhtml import Node
from exporter.text import Said
from exporter.walk import normalise

_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5", "h6"])
_LEVEL: Final = re.compile(r"level-([1-6])")


def listed(page: Node) -> Iterator[Said]:
    """What each entry of the contents says, at which level, and to which heading it leads."""
    headings = [node for node in page.inside() if _is_heading(node)]
    ordinals = {node.get("id"): str(number) for number, node in reversed(list(enumerate(headings, 1)))}
    for nav in page.below("nav"):
        for item in nav.below("li"):
            for link in item.below("a"):
                yield _entry(link, item, page, ordinals)


def _is_heading(node: Node) -> bool:
    return node.name in _HEADINGS and not node.furniture and bool(normalise(node.text()))


def _entry(link: Node, item: Node, page: Node, ordinals: Mapping[str, str]) -> Said:
    level = next((found[1] for each in item.words if (found := _LEVEL.fullmatch(each))), "")
    anchor = link.get("href").removeprefix("#")
    facts = {
        "level": level,
        "language": link.language or page.language,
        "direction": link.get("dir") or page.get("dir") or "ltr",
        "links": f"#{ordinals[anchor]}" if anchor in ordinals else link.get("href"),
    }
    return Said("contents", CONTENTS, normalise(link.text()), 0, facts)
