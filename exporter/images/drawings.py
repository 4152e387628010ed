"""Drawings in SVG, drawn as PNG pictures by resvg: not every edition can hold the drawing itself.

What would make the drawing look otherwise elsewhere, or reach out of it, is refused: scripts, other files, and text,
which would be set in whatever fonts there are and whose words no proof could find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

_SVG: Final = "{http://www.w3.org/2000/svg}"
_REFUSED: Final = {
    **dict.fromkeys(("text", "tspan", "textPath"), "text; export the text as paths"),
    **dict.fromkeys(("script", "handler"), "a script"),
    **dict.fromkeys(("foreignObject", "iframe", "video", "audio"), "parts in another format"),
}
_HREFS: Final = ("href", "{http://www.w3.org/1999/xlink}href")
_OUTSIDE: Final = re.compile(r"@import|url\(\s*['\"]?(?!#|data:)", re.IGNORECASE)
_SMALL: Final = 200
"""Pixels; a drawing narrower than that is a sign in a line, and stays as large as it says."""


def is_drawing(content: bytes) -> bool:
    """Whether ``content`` begins as SVG does."""
    return b"<svg" in content[:2000].lower()


def drawn(content: bytes, width: int, height: int) -> bytes:
    """The drawing as PNG, larger ones as large as ``width`` by ``height`` pixels allow.

    Raises ValueError, whose message ends the sentence "the picture is …".
    """
    import resvg_py

    root = _root(content)
    if fault := next(_faults(root), None):
        raise ValueError(f"a drawing in SVG with {fault}")
    text = etree.tostring(root, encoding="unicode")
    try:
        plain = resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True)
    except ValueError as error:
        raise ValueError(f"a drawing in SVG that cannot be drawn ({error})") from error
    natural = int.from_bytes(plain[16:20], "big"), int.from_bytes(plain[20:24], "big")
    if natural[0] < _SMALL:
        return plain
    zoom = min(width / natural[0], height / natural[1])
    return resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, zoom=zoom)


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
    if not root.get("viewBox") and not (root.get("width") and root.get("height")):
        raise ValueError("a drawing in SVG without a size")
    return root


def _faults(root: etree._Element) -> Iterator[str]:
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if name in _REFUSED:
            yield _REFUSED[name]
        if any(_leads_out(element.get(key, "")) for key in _HREFS):
            yield "a part that lies in another file"
        if _OUTSIDE.search(element.get("style", "")) or (name == "style" and _OUTSIDE.search(element.text or "")):
            yield "a style that lies in another file"


def _leads_out(address: str) -> bool:
    return bool(address) and not address.startswith(("#", "data:image/"))
