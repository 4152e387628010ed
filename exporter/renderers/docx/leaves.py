"""Leaves: the runs of pages of a publication, each a section of Word's with its own head and its own way to run.

The first holds the cover, the contents and what stands before the first article, the next that article, and so on.
Word knows where one ends by a ``w:sectPr`` in its last paragraph (ISO/IEC 29500-1, §17.6.18); that of the last stands
in the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final

from docx.oxml.ns import qn

from exporter.article import Direction
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.running import RunningHeads

_LAST: Final = tuple(qn(f"w:{name}") for name in ("rtlGutter", "docGrid", "printerSettings", "sectPrChange"))
"""What follows ``w:bidi`` in a ``w:sectPr``, in the order of the schema."""

_AFTER_TITLE: Final = (qn("w:textDirection"), qn("w:bidi"), *_LAST)
"""What follows ``w:titlePg``."""


@dataclass(slots=True)
class Leaf:
    """Pages that begin with the title of a section; ``head`` is the paragraph that shows it again on each of them.

    ``bookmark`` is the one around that title.
    """

    direction: Direction
    head: Element | None = None
    bookmark: str = ""
    content: list[Element] = field(default_factory=list)


def parted(content: Iterable[Element | Leaf], first: Leaf) -> list[Leaf]:
    """``content`` cut into leaves, where one begins each time another stands in it; ``first`` holds what is before.

    It may be empty, the others are not.
    """
    leaves = [first]
    for each in content:
        match each:
            case Leaf():
                leaves.append(each)
            case _:
                leaves[-1].content.append(each)
    return [first, *(leaf for leaf in leaves[1:] if leaf.content)]


def bound(leaves: Sequence[Leaf], document: Any, section: Element, empty: Element) -> list[Element]:
    """What the body of ``document``, a main part, holds before its ``section``, which becomes that of the last leaf.

    ``empty`` is the paragraph that ends a leaf whose last block is none.
    """
    heads = RunningHeads(document, section)
    first, *rest = [_own(section, leaf) for leaf in leaves]
    _begin(first)
    for leaf, own in zip(leaves[1:], rest, strict=True):
        _go_on(own)
        heads.over(own, leaf.head)
    *before, last = first, *rest
    for leaf, own in zip(leaves, before, strict=False):
        _end(leaf.content, own, empty)
    section[:] = list(last)
    return list(chain.from_iterable(leaf.content for leaf in leaves))


def turn(section: Element) -> None:
    """Lay the pages of ``section`` out from the right."""
    _insert(section, w("bidi"), _LAST)


def _own(section: Element, leaf: Leaf) -> Element:
    """The ``w:sectPr`` of a leaf: the house's page, on which it begins anew."""
    own = deepcopy(section)
    _drop(own, "type", "bidi")
    if leaf.direction == "rtl":
        turn(own)
    return own


def _begin(section: Element) -> None:
    """The cover has a head of its own where the house has one for first pages, else none."""
    if section.find(qn("w:titlePg")) is None:
        _insert(section, w("titlePg"), _AFTER_TITLE)


def _go_on(section: Element) -> None:
    """Pages are numbered through, and only the first of all is the house's first page."""
    _drop(section, "titlePg", "pgNumType")


def _drop(section: Element, *names: str) -> None:
    for name in names:
        for element in section.findall(qn(f"w:{name}")):
            section.remove(element)


def _insert(section: Element, element: Element, after: tuple[str, ...]) -> None:
    """Put ``element`` before the first of those that follow it in the schema."""
    following = [child for child in section if child.tag in after]
    section.insert(list(section).index(following[0]) if following else len(section), element)


def _end(content: list[Element], section: Element, empty: Element) -> None:
    """Let ``section`` end with the last paragraph of ``content``; behind a table or a control with an ``empty`` one."""
    if content[-1].tag != qn("w:p"):
        content.append(deepcopy(empty))
    content[-1].find(qn("w:pPr")).append(section)
