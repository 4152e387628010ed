"""The structure tree (ISO 32000-1, 14.7) as values: elements, the content they mark, the links they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pikepdf

from exporter.errors import ExtractionError
from exporter.pdfstructure.geometry import Box

_DEEPEST = 200
_MARK, _OBJECT = pikepdf.Name.MCR, pikepdf.Name.OBJR
_KNOWN = {"/Type", "/S", "/P", "/K", "/Pg", "/ID", "/Lang", "/Alt", "/ActualText", "/E", "/A"}


class Marked(NamedTuple):
    """Marked content of a page (numbered from 0) by its identifier."""

    page: int
    identifier: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An object reference to a link annotation: ``target`` is a URI, or ``#name`` of a destination.

    ``box`` is where it can be clicked, ``words`` what is read aloud for it, ``number`` its object's.
    """

    target: str
    page: int
    box: Box
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element. ``type`` is as written, before the role map; ``attributes`` are those of ``/A``.

    ``alternative`` is its ``/Alt``; ``replacements`` are ``/ActualText`` and ``/E``, read aloud in its stead.
    ``number`` is its object's, ``others`` are the keys of its dictionary that mean something else.
    """

    type: str
    kids: tuple[Kid, ...]
    language: str | None = None
    identifier: str = ""
    alternative: str | None = None
    replacements: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    number: int = 0
    others: tuple[str, ...] = ()


Kid: TypeAlias = Element | Marked | Reference


def read_tree(root: pikepdf.Object, pages: Mapping[tuple[int, int], int]) -> tuple[Element, ...]:
    """The elements at the top of ``StructTreeRoot``; ``pages`` numbers the page objects."""
    return tuple(_element(kid, 0, pages, 0) for kid in _kids(root))


def elements(kids: tuple[Kid, ...]) -> Iterator[Element]:
    """Every element below, parents first, in order."""
    for kid in kids:
        if isinstance(kid, Element):
            yield kid
            yield from elements(kid.kids)


def _kids(source: pikepdf.Object) -> list[pikepdf.Object]:
    kids = source.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _element(source: pikepdf.Object, page: int, pages: Mapping[tuple[int, int], int], depth: int) -> Element:
    if depth > _DEEPEST:
        raise ExtractionError("The structure tree has no end: an element contains itself.")
    keys = source.keys()
    page = pages[source["/Pg"].objgen] if "/Pg" in keys else page
    return Element(
        type=str(source["/S"]).lstrip("/"),
        kids=tuple(_kid(kid, page, pages, depth) for kid in _kids(source)),
        language=str(source["/Lang"]) if "/Lang" in keys else None,
        identifier=bytes(source["/ID"]).decode("utf-8", "replace") if "/ID" in keys else "",
        alternative=str(source["/Alt"]) if "/Alt" in keys else None,
        replacements=tuple(str(source[key]) for key in ("/ActualText", "/E") if key in keys),
        attributes=_attributes(source["/A"]) if "/A" in keys else {},
        number=source.objgen[0],
        others=tuple(sorted(keys - _KNOWN)),
    )


def _kid(source: pikepdf.Object, page: int, pages: Mapping[tuple[int, int], int], depth: int) -> Kid:
    if not isinstance(source, pikepdf.Dictionary):
        return Marked(page, int(source))
    kind = source.get("/Type")
    if kind not in (_MARK, _OBJECT):
        return _element(source, page, pages, depth + 1)
    page = pages[source["/Pg"].objgen] if "/Pg" in source else page
    return Marked(page, int(source["/MCID"])) if kind == _MARK else _reference(source["/Obj"], page)


def _attributes(source: pikepdf.Object) -> dict[str, str]:
    owners = list(source) if isinstance(source, pikepdf.Array) else [source]
    return {
        key.lstrip("/"): str(value).lstrip("/")
        for owner in owners
        if isinstance(owner, pikepdf.Dictionary)
        for key, value in owner.items()
        if isinstance(value, pikepdf.Name | pikepdf.String)
    }


def _reference(annotation: pikepdf.Object, page: int) -> Reference:
    left, bottom, right, top = map(float, annotation.get("/Rect", (0, 0, 0, 0)))
    box = Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    return Reference(_target(annotation), page, box, str(annotation.get("/Contents", "")), annotation.objgen[0])


def _target(annotation: pikepdf.Object) -> str:
    """Where a link annotation leads; "" for an annotation that is no link."""
    if annotation.get("/Subtype") != pikepdf.Name.Link:
        return ""
    action = annotation.get("/A")
    if action is not None and action.get("/S") == pikepdf.Name.URI:
        return _uri(bytes(action["/URI"]))
    destination = annotation.get("/Dest") if action is None else action.get("/D")
    return f"#{str(destination).lstrip('/')}" if isinstance(destination, pikepdf.Name | pikepdf.String) else "#"


def _uri(content: bytes) -> str:
    """A URI action's address: ASCII by the standard, UTF-8 in practice (ISO 32000-2, 12.6.4.8), or UTF-16."""
    if content.startswith(b"\xfe\xff"):
        return content[2:].decode("utf-16-be", "replace")
    return content.decode("utf-8", "replace")
