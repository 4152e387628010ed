"""The table of contents of a tagged PDF (ISO 32000-1, 14.8.4.3.2): entries as texts, and the numbers beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exporter.pdfstructure.document import Document
from exporter.pdfstructure.inlines import Inlines
from exporter.pdfstructure.lines import Piece
from exporter.pdfstructure.tree import Element


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as drawn: the pieces of its ``title`` and of its ``number``, where it ``links`` to; ``depth`` from 1."""

    title: tuple[Piece, ...]
    number: tuple[Piece, ...]
    language: str
    links: tuple[str, ...]
    depth: int


def entries(
    contents: Element, document: Document, language: str, right_to_left: bool, depth: int = 1
) -> Iterator[Entry]:
    """The entries of ``contents`` (an element TOC) in order, each before those below it."""
    for kid in contents.kids:
        if isinstance(kid, Element) and kid.type == "TOC":
            yield from entries(kid, document, kid.language or language, right_to_left, depth + 1)
        elif isinstance(kid, Element):
            yield _entry(kid, document, kid.language or language, right_to_left, depth)
            yield from entries(_below(kid), document, kid.language or language, right_to_left, depth)


def _below(item: Element) -> Element:
    """``item`` with the contents in it alone."""
    return Element("TOCI", tuple(kid for kid in item.kids if isinstance(kid, Element) and kid.type == "TOC"))


def _entry(item: Element, document: Document, language: str, right_to_left: bool, depth: int) -> Entry:
    inside = Inlines(document, language, right_to_left)
    inside.add(kid for kid in item.kids if not (isinstance(kid, Element) and kid.type == "TOC"))
    number = Inlines(document, language, right_to_left)
    for element in inside.furniture:
        number.add(element.kids)
    own = inside.foreign[0].partition(" ")[0] if len(inside.foreign) == 1 else language
    return Entry(tuple(inside.pieces), tuple(number.pieces), own, tuple(inside.links), depth)
