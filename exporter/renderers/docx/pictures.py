"""Pictures in the line (DrawingML ``wp:inline``), with their alternative text."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.parser import parse_xml
from docx.parts.image import ImagePart

from exporter.article import Image
from exporter.edition import Resource
from exporter.errors import RenderError
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.reference import Measures
from exporter.renderers.xml import checked

_EMU_PER_PIXEL = 9525
"""English metric units in a pixel of 1/96 inch."""
_EMU_PER_DXA = 635

_INLINE = """
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
    xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:docPr/>
<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>
<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>
<pic:nvPicPr><pic:cNvPr/><pic:cNvPicPr/></pic:nvPicPr>
<pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>
</pic:pic></a:graphicData></a:graphic></wp:inline>
"""

_DECORATIVE = """
<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative
    xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>
"""


class Pictures:
    """The media of one package: each content is stored once."""

    def __init__(self, package: Any, measures: Measures) -> None:
        self._package = package
        self._measures = measures
        self._parts: dict[bytes, Any] = {}
        self._related: dict[tuple[Any, bytes], str] = {}

    def drawing(self, image: Image, resource: Resource, part: Any, number: int, share: float = 1) -> Element:
        """``w:drawing`` of ``image`` for the story in ``part``; ``number`` is unique in the document.

        It takes no more than ``share`` of the height of a page.
        """
        relationship = self._relationship(resource, part)
        inline = parse_xml(_INLINE)
        for element in inline.iter("{*}extent", "{*}ext"):
            _set(element, self._extent(resource, share))
        for element in inline.iter("{*}docPr", "{*}cNvPr"):
            _set(element, {"id": str(number), "name": f"Picture {number}", **_words(image)})
        if not image.alt:
            next(inline.iter("{*}docPr")).append(parse_xml(_DECORATIVE))
        blip = next(inline.iter("{*}blip"))
        blip.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed", relationship)
        return w("drawing", inline)

    def _extent(self, resource: Resource, share: float) -> dict[str, str]:
        """Natural size, scaled down to the text area where it is larger."""
        if not (resource.width and resource.height):
            raise RenderError(f"The picture '{resource.source}' has no size. Replace it.")
        width, height = resource.width * _EMU_PER_PIXEL, resource.height * _EMU_PER_PIXEL
        room = (self._measures.width * _EMU_PER_DXA, self._measures.height * _EMU_PER_DXA * share)
        scale = min(1.0, room[0] / width, room[1] / height)
        return {"cx": str(max(1, round(width * scale))), "cy": str(max(1, round(height * scale)))}

    def _relationship(self, resource: Resource, part: Any) -> str:
        """The id of the relationship to a picture; python-docx would go through all the part has."""
        key = (part, resource.content)
        if key not in self._related:
            self._related[key] = part.relate_to(self._part(resource), RELATIONSHIP_TYPE.IMAGE)
        return self._related[key]

    def _part(self, resource: Resource) -> Any:
        if resource.content not in self._parts:
            suffix = resource.media_type.rpartition("/")[2]
            name = PackURI(f"/word/media/picture{len(self._parts) + 1}.{suffix}")
            self._parts[resource.content] = ImagePart(name, resource.media_type, resource.content)
        return self._parts[resource.content]


def _set(element: Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _words(image: Image) -> dict[str, str]:
    title = {"title": checked(image.title)} if image.title else {}
    return {"descr": checked(image.alt), **title}
