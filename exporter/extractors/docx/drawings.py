"""What a drawing does to its picture beyond showing it whole, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


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


def is_distorted(drawing: etree._Element, width: int, height: int) -> bool:
    """Whether the frame of a picture of ``width`` by ``height`` pixels is of another shape, by a tenth or more."""
    extent = next(drawing.iter("{*}extent"), None)
    across, down = (int(extent.get(name, "0")) if extent is not None else 0 for name in ("cx", "cy"))
    return not 0.9 < (across * height) / max(1, down * width) < 1.1
