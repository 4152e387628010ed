"""Pictures of a part: what they are called, and what they show."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from lxml import etree

from exporter.extractors.docx.archive import Archive, Part, R, Relationship
from exporter.extractors.docx.content import Content, Picture
from exporter.extractors.docx.drawings import is_shown, picture_faults
from exporter.images import pixel_digest, size_of

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


@dataclass(frozen=True, slots=True)
class PictureReader:
    """Reads the drawings of ``part``.

    ``silent`` gains the digest of each picture without words, ``covers`` by their SHA-256 the files of those on covers.
    """

    archive: Archive
    part: Part
    silent: list[str] = field(default_factory=list)
    covers: dict[str, bytes] = field(default_factory=dict)

    def read(self, drawing: etree._Element, content: Content, *, cover: bool) -> bool:
        """Add to ``content`` what ``drawing`` shows; whether that is a picture of the text, with words."""
        described = next(drawing.iter("{*}docPr"), None)
        blip = next(drawing.iter("{*}blip"), None)
        content.faults += picture_faults(drawing)
        content.links += [self._linked(link) for link in drawing.iter("{*}hlinkClick")]
        if blip is None:
            return False
        if cover:
            content.covers.append(("" if described is None else described.get("descr", ""), self._file(blip, drawing)))
            return False
        if described is None or _is_decorative(described) or described.get("hidden") in ("1", "true"):
            self.silent.append(self._digest(blip, drawing))
            return False
        content.pictures.append(Picture(described.get("descr", ""), self._digest(blip, drawing)))
        return True

    def _linked(self, link: etree._Element) -> str:
        relationship = self.part.relationships.get(link.get(f"{R}id", ""))
        return relationship.target if relationship else ""

    def _file(self, blip: etree._Element, drawing: etree._Element) -> str:
        """The SHA-256 of a picture on a cover, now among ``covers``; "" where none is shown as it is."""
        relationship = self._embedded(blip)
        if relationship is None or not self._digest(blip, drawing):
            return ""
        content = self.archive.content(relationship.target)
        name = hashlib.sha256(content).hexdigest()
        self.covers[name] = content
        return name

    def _digest(self, blip: etree._Element, drawing: etree._Element) -> str:
        """The digest of the picture; "" where there is none, or none that is shown as it is."""
        relationship = self._embedded(blip)
        if relationship is None:
            return ""
        try:
            content = self.archive.content(relationship.target)
            return pixel_digest(content) if is_shown(drawing, *size_of(content)) else ""
        except ValueError:
            return ""

    def _embedded(self, blip: etree._Element) -> Relationship | None:
        relationship = self.part.relationships.get(blip.get(f"{R}embed", ""))
        return None if relationship is None or relationship.external else relationship


def _is_decorative(described: etree._Element) -> bool:
    return any(element.get("val") in ("1", "true") for element in described.iter(_DECORATIVE))
