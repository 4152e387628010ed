"""Reads the HTML body of an email as a mail client would: whatever client shows what of its looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from exporter.comparison import CONTENTS
from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.email import outlook, sight
from exporter.extractors.email.clipping import clipped
from exporter.extractors.email.envelope import opened
from exporter.extractors.email.listing import listed
from exporter.extractors.email.slotting import marked
from exporter.extractors.html import decoded, metadata, parsed
from exporter.extractors.xhtml import CARRIES, Entries, Node, Walk, declared, decorations, tree
from exporter.text import FURNITURE, Said

_PICTURE: Final = re.compile(
    r"(?P<base>cid:)(?P<part>[0-9a-f]{64})@pictures\.exporter|(?P<folder>https?://.*/)(?P<file>[0-9a-f]{64})\.[a-z]+"
)


class EmailExtractor:
    """What the HTML body of an email says."""

    def extract(self, content: bytes) -> Extraction:
        """Everything the body says; raises ExtractionError where ``content`` is no HTML in UTF-8."""
        try:
            root = parsed(marked(decoded(content)))
            return _extraction(content, root, tree(root))
        except RecursionError as error:
            raise ExtractionError("The email is nested too deep to be read. Render it again.") from error


def _extraction(content: bytes, root: Any, whole: Node) -> Extraction:
    envelope = opened(whole)
    page = envelope.page
    entries = Entries(lambda _document, address: _digest(address))
    walk = Walk(entries)
    for body in page.below("body"):
        walk.read("", Node(page.name, page.attributes, (body,)))
    entries.inspect("email", _unstyled(envelope.shown), lambda _address: None)
    for fault in (*outlook.shown(root), *sight.unseen(root), *_by_style(envelope.shown)):
        entries.alter("email", fault)
    silent = tuple(_digest(address) for address in decorations(envelope.shown))
    return Extraction(
        (*envelope.around, *entries.said(), *listed(whole), *_bases(envelope.shown)),
        CARRIES | {CONTENTS},
        metadata(page),
        decorations=silent,
        losses=tuple(clipped(content, whole)),
    )


def _digest(address: str) -> str:
    """The digest that the address of a picture names; "" where it names none."""
    found = _PICTURE.fullmatch(address)
    return (found["part"] or found["file"]) if found else ""


def _bases(page: Node) -> Iterator[Said]:
    """Where pictures come from, each place once."""
    found = (_PICTURE.fullmatch(image.get("src")) for image in page.below("img"))
    bases = dict.fromkeys(each["base"] or each["folder"] for each in found if each)
    return (Said("pictures", FURNITURE, "", 0, {"place": "pictures", "links": base}) for base in bases)


def _by_style(page: Node) -> Iterator[str]:
    """What styles of elements do beyond looks; colours are judged by what they are seen on."""
    for node in page.inside():
        if style := node.get("style"):
            yield from declared(style, node.name)


def _unstyled(node: Node) -> Node:
    attributes = {name: value for name, value in node.attributes.items() if name != "style"}
    inside = tuple(_unstyled(child) if isinstance(child, Node) else child for child in node.children)
    return replace(node, attributes=attributes, children=inside)
