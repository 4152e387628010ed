"""Elements of WordprocessingML (ISO/IEC 29500-1, §17), made in one call each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

from exporter.renderers.xml import checked

Element: TypeAlias = Any
"""An lxml element; python-docx gives them classes of its own and ships no types."""

_SPACE = qn("xml:space")
_NAMESPACES = {"w": nsmap["w"]}
_W = f"{{{nsmap['w']}}}"


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """``<w:tag w:name="value">children</w:tag>``; children that are None are left out."""
    said = {f"{_W}{name}": str(value) for name, value in attributes.items()}
    element = oxml_parser.makeelement(f"{_W}{tag}", said, nsmap=_NAMESPACES)
    element.extend(child for child in children if child is not None)
    return element


def text(characters: str) -> Element:
    """``w:t`` with every space kept; raises RenderError for what XML cannot hold."""
    element = w("t")
    element.set(_SPACE, "preserve")
    element.text = checked(characters)
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


def bookmarked(content: Iterable[Element], name: str, number: int) -> list[Element]:
    """``content`` between the two ends of a bookmark; ``number`` is unique in the document."""
    return [w("bookmarkStart", id=number, name=name), *content, w("bookmarkEnd", id=number)]
