"""Elements of WordprocessingML (ISO/IEC 29500-1, §17), made in one call each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from exporter.errors import RenderError

Element: TypeAlias = Any
"""An lxml element; python-docx gives them classes of its own and ships no types."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE = qn("xml:space")


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """``<w:tag w:name="value">children</w:tag>``; children that are None are left out."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def text(characters: str) -> Element:
    """``w:t`` with every space kept; raises RenderError for what XML cannot hold."""
    check(characters)
    element = w("t")
    element.set(_SPACE, "preserve")
    element.text = characters
    return element


def lines(characters: str) -> Iterator[Element]:
    """``characters`` with line ends as ``w:br`` and tabs as ``w:tab``, so that Word shows both."""
    for piece in re.split("([\n\t])", characters):
        match piece:
            case "\n":
                yield w("br")
            case "\t":
                yield w("tab")
            case "":
                pass
            case _:
                yield text(piece)


def check(characters: str) -> str:
    """``characters`` themselves; raises RenderError where XML 1.0 has no way to write one of them."""
    if found := _FORBIDDEN.search(characters):
        place = characters[max(0, found.start() - 20) : found.start()]
        raise RenderError(f"U+{ord(found[0]):04X} after '{place}' cannot be written in a DOCX. Remove it.")
    return characters


def bookmarked(content: Iterable[Element], name: str, number: int) -> list[Element]:
    """``content`` between the two ends of a bookmark; ``number`` is unique in the document."""
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]
