"""What a drawing does to its picture beyond showing it whole, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

_SMALLEST: Final = 25_400
"""English Metric Units (914,400 an inch): two points; no picture of more pixels is smaller."""
_HALF_A_PIXEL: Final = 4_762
_THICK: Final = 38_100


def picture_faults(drawing: etree._Element) -> Iterator[str]:
    """What can make the drawing show something else than its picture, a phrase each."""
    blips = list(drawing.iter("{*}blip"))
    yield from _of_frame(drawing) if blips else ()
    if len(blips) > 1:
        yield "a drawing shows several pictures"
    if not blips and next(drawing.iter("{*}txbxContent"), None) is None:
        yield "a drawing has neither picture nor text that can be read back"
    if next(drawing.iter("{*}anchor"), None) is not None:
        yield "a drawing lies over or under the text"
    for blip in blips:
        yield from _of_picture(blip)
    for data in drawing.iter("{*}graphicData"):
        if blips and not data.get("uri", "").endswith("/picture"):
            yield "a drawing does not call its picture one"
    for extent in drawing.iter("{*}extent", "{*}ext"):
        if "0" in (extent.get("cx"), extent.get("cy")):
            yield "a picture has no size"
    if blips:
        yield from _of_sizes(drawing)
    if next(drawing.iter("{*}hlinkHover"), None) is not None:
        yield "a picture leads somewhere when it is pointed at"


def _of_frame(drawing: etree._Element) -> Iterator[str]:
    for crop in drawing.iter("{*}srcRect", "{*}fillRect"):
        yield from (f"a picture is cropped ({name})" for name, part in _attributes(crop) if part != "0")
    for frame in drawing.iter("{*}xfrm"):
        yield from (f"a picture is turned or mirrored ({name})" for name, part in _attributes(frame) if part != "0")
    for shape in drawing.iter("{*}prstGeom", "{*}custGeom"):
        if shape.get("prst") != "rect":
            yield "a picture is cut to another shape"
    if next(drawing.iter("{*}scene3d"), None) is not None:
        yield "a picture is turned in space"


def _of_sizes(drawing: etree._Element) -> Iterator[str]:
    """The room that is kept for a picture, and the size it is drawn in, which have to agree."""
    sizes = [_size(each) for each in drawing.iter("{*}extent", "{*}ext") if each.get("cx")]
    if any(not 0.9 <= one / max(1, other) <= 1.1 for size in sizes for one, other in zip(size, sizes[0], strict=True)):
        yield "a picture is drawn in another size than it is said to have"
    for properties in drawing.iter("{*}spPr"):
        if properties.get("bwMode", "auto") not in ("auto", "color"):
            yield "a picture is drawn in other colours than it has"
        yield from (f"a picture is altered ({name})" for name in map(_altering, properties) if name)
    if next(drawing.iter("{*}tile"), None) is not None:
        yield "a picture is drawn as tiles"


def _size(extent: etree._Element) -> tuple[int, int]:
    return int(extent.get("cx", "0")), int(extent.get("cy", "0"))


def _altering(part: etree._Element) -> str:
    """The name of what changes how a frame's picture looks; "" for what gives it its place and no more."""
    name = etree.QName(part).localname
    if name == "ln":
        thin = int(part.get("w", "0")) <= _THICK
        return "" if thin or part.find("{*}noFill") is not None else name
    empty = name == "effectLst" and not len(part)
    return "" if empty or name in ("xfrm", "prstGeom", "custGeom", "noFill", "scene3d", "extLst") else name


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(text)) for name, text in element.attrib.items())


def _of_picture(blip: etree._Element) -> Iterator[str]:
    for name in blip.attrib:
        if etree.QName(str(name)).localname == "link":
            yield "a picture is taken from elsewhere"
    for child in blip:
        if etree.QName(child).localname != "extLst":
            yield f"a picture is altered ({etree.QName(child).localname})"
    for _ in blip.iter("{*}svgBlip"):
        yield "a picture is replaced by a drawing"
    for _ in blip.iter("{*}imgProps"):
        yield "a picture is altered by effects"


def is_shown(drawing: etree._Element, width: int, height: int) -> bool:
    """Whether the frame of a picture of ``width`` by ``height`` pixels is of its shape, to a tenth, and can be seen."""
    extent = next(drawing.iter("{*}extent"), None)
    across, down = _size(extent) if extent is not None else (0, 0)
    is_large = max(across, down) >= min(_SMALLEST, _HALF_A_PIXEL * max(width, height))
    return is_large and 0.9 < (across * height) / max(1, down * width) < 1.1
