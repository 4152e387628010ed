"""Drawings in SVG, drawn as PNG pictures by resvg: not every edition can hold the drawing itself.

What would make the drawing look otherwise elsewhere, or reach out of it, is refused: scripts, other files, and text,
which would be set in whatever fonts there are and whose words no proof could find. So is what a few bytes blow up.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from exporter.images.opening import size_of

_SVG: Final = "{http://www.w3.org/2000/svg}"
_REFUSED: Final = {
    **dict.fromkeys(("text", "tspan", "textPath"), "text; export the text as paths"),
    **dict.fromkeys(("script", "handler"), "a script"),
    **dict.fromkeys(("foreignObject", "iframe", "video", "audio"), "parts in another format"),
}
_MOVING: Final = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_OUTSIDE: Final = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)
_EMBEDDED: Final = re.compile(r"data:image/(?:png|jpeg|jpg|gif|webp);base64,(.*)", re.DOTALL | re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[0-9]+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*", re.IGNORECASE)
_UNITS: Final = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "q": 96 / 101.6}
"""Pixels of a unit of CSS."""
_SMALL: Final = 200
"""Pixels; a drawing narrower than that is a sign in a line, and stays as large as it says."""
_MOST: Final = 100_000
"""Shapes, those counted again that are used again."""


def is_drawing(content: bytes) -> bool:
    """Whether ``content`` begins as SVG does."""
    return b"<svg" in content[:2000].lower()


def drawn(content: bytes, width: int, height: int) -> tuple[bytes, str]:
    """The drawing as PNG, larger ones as large as ``width`` by ``height`` pixels allow, and what was done to it.

    Raises ValueError, whose message ends the sentence "the picture is …".
    """
    import resvg_py

    root = _root(content)
    if fault := next(_faults(root), None):
        raise ValueError(f"a drawing in SVG with {fault}")
    across, down = _size(root)
    zoom = min(width / across, height / down) if across >= _SMALL else min(1.0, height / down)
    try:
        picture = resvg_py.svg_to_bytes(
            svg_string=etree.tostring(root, encoding="unicode"),
            skip_system_fonts=True,  # nothing of the machine it is drawn on
            dpi=96,  # inches as CSS has them
            width=max(1, round(across * zoom)),
            height=max(1, round(down * zoom)),
        )
    except ValueError as error:
        raise ValueError(f"a drawing in SVG that cannot be drawn ({error})") from error
    moves = any(etree.QName(element).localname in _MOVING for element in root.iter(etree.Element))
    return picture, "was drawn as PNG" + (", without its movement" if moves else "")


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"a drawing in SVG that is not well-formed ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in content:
        raise ValueError("a drawing in SVG with entities of its own")
    if root.tag != f"{_SVG}svg":
        raise ValueError("of no kind that can be read")
    return root


# --- Size -------------------------------------------------------------------------------------


def _size(root: etree._Element) -> tuple[float, float]:
    """Width and height in pixels, as the drawing says or as its view is; raises ValueError where it says neither."""
    box = [float(number) for number in re.findall(r"[-+]?[0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?", root.get("viewBox", ""))]
    view = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    width, height = _pixels(root.get("width", "")), _pixels(root.get("height", ""))
    if all(view) and not (width and height):
        scale = width / view[0] if width else height / view[1] if height else 1.0
        width, height = view[0] * scale, view[1] * scale
    if not (width > 0 and height > 0):
        raise ValueError("a drawing in SVG without a size")
    if not 1e-3 < width / height < 1e3:
        raise ValueError("a drawing in SVG that is a thousand times as long as wide")
    return width, height


def _pixels(length: str) -> float:
    """A length of CSS in pixels, 0 where it is none or a part of something else."""
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _UNITS[(found[2] or "").lower()] if found else 0.0


# --- What is refused --------------------------------------------------------------------------


def _faults(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _REFUSED:
            yield _REFUSED[name]
        yield from (fault for key in _HREFS for fault in _of_address(element.get(key, "")))
        if _OUTSIDE.search(element.get("style", "")) or (name == "style" and _OUTSIDE.search(element.text or "")):
            yield "a style that lies in another file"
    if _shapes(root) > _MOST:
        yield f"more than {_MOST:,} shapes"


def _of_address(address: str) -> Iterator[str]:
    if not address or address.startswith("#"):
        return
    embedded = _EMBEDDED.fullmatch(address)
    if embedded is None:
        yield "a part that lies in another file"
        return
    try:
        size_of(base64.b64decode(embedded[1]))
    except (ValueError, binascii.Error) as error:
        yield f"a picture in it that is {error}"


def _shapes(root: etree._Element) -> int:
    """How many shapes are drawn; one too many where a shape uses itself."""
    named = {element.get("id"): element for element in root.iter(etree.Element)}
    counted: dict[etree._Element, int] = {}
    pending: list[tuple[etree._Element, bool]] = [(root, False)]
    while pending:
        element, ready = pending.pop()
        inside = [*element.iterchildren(etree.Element), *_used(element, named)]
        if ready:
            counted[element] = 1 + sum(counted.get(each, _MOST) or _MOST for each in inside)
        elif element not in counted:
            counted[element] = 0  # until it is known; whoever meets it in itself counts too many
            pending += [(element, True), *((each, False) for each in inside)]
    return counted[root]


def _used(element: etree._Element, named: dict[str | None, etree._Element]) -> Iterator[etree._Element]:
    """What the element refers to anywhere in its attributes: to be drawn again, as a pattern, a mask, a marker."""
    for value in element.attrib.values():
        for name in re.findall(r"^#(.+)$|url\(\s*['\"]?#([^'\")\s]+)", str(value)):
            if (found := named.get(name[0] or name[1])) is not None:
                yield found
