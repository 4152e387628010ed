"""Elements of a page as libxml2 reads them, with what a witness asks of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias, cast

import lxml.html
from lxml import etree

Element: TypeAlias = lxml.html.HtmlElement

SPACE: Final = " \t\n\r\f\v"


def division() -> Element:
    """A new element to put others into."""
    return cast(Element, lxml.html.fromstring("<div></div>"))


def every(element: Element, *names: str) -> Iterator[Element]:
    """``element`` and the elements below it, in document order; those of ``names`` where any are given."""
    found = element.iter(*names) if names else element.iter(etree.Element)
    return cast(Iterator[Element], found)


def above(element: Element) -> Element:
    """The element around one that is not the outermost."""
    return cast(Element, element.getparent())


def all_above(element: Element) -> list[Element]:
    """The elements around one, innermost first."""
    return list(element.iterancestors())


def classes(element: Element) -> set[str]:
    """The classes of ``element``."""
    return set((element.get("class") or "").split())


def kinds(element: Element) -> set[str]:
    """Its ARIA roles and EPUB types, without ``doc-``."""
    return set(f"{element.get('role') or ''} {element.get('epub:type') or ''}".lower().replace("doc-", "").split())


def squeezed(text: str) -> str:
    """``text`` with single spaces for white space."""
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip(" ")


def says_anything(text: str) -> bool:
    """Whether a letter or digit is in ``text``."""
    return any(map(str.isalnum, text))
