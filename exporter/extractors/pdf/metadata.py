"""What a PDF says about itself: Info dictionary and XMP (ISO 16684-1), which must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from exporter.errors import ExtractionError
from exporter.pdfstructure import Document
from exporter.walk import normalise

_XMP: Final = "http://ns.adobe.com/xap/1.0/"
_PDF: Final = "http://ns.adobe.com/pdf/1.3/"
_TWICE: Final[Mapping[str, str]] = {
    "Creator": f"{{{_XMP}}}CreatorTool",
    "Producer": f"{{{_PDF}}}Producer",
    "Keywords": f"{{{_PDF}}}Keywords",
    "CreationDate": f"{{{_XMP}}}CreateDate",
    "ModDate": f"{{{_XMP}}}ModifyDate",
}
"""What Info and XMP both say, beside the fields of an article (ISO 19005-3, 6.6.3)."""
_MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|\+00'?00'?)")
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def read_metadata(document: Document) -> dict[str, str]:
    """The fields of ``text.said_metadata`` a PDF holds.

    Where Info and XMP hold the same field and differ, both are given, so that neither can pass; also of fields no
    article has, like the moment the file was made.
    """
    xmp = _parsed(document.xmp)
    info = document.information
    subjects = _values(xmp, "subject")
    return {
        "title": _agreed("".join(_values(xmp, "title")), info.get("Title", "")),
        "authors": _authors(_values(xmp, "creator"), info.get("Author", "")),
        "language": document.language,
        "identifier": "".join(_values(xmp, "identifier")),
        "canonical_url": "".join(_values(xmp, "source")),
        "published": "; ".join(_values(xmp, "date")),
        "publisher": normalise("".join(_values(xmp, "publisher"))),
        "rights": normalise("".join(_values(xmp, "rights"))),
        "summary": _agreed("".join(_values(xmp, "description")), info.get("Subject", "")),
        "tags": _tags(subjects, info.get("Keywords", "")),
        **dict(_contradictions(xmp, info)),
    }


def _contradictions(xmp: etree._Element | None, info: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What Info says of the file itself and XMP says otherwise."""
    for key, name in _TWICE.items():
        said = _MOMENT.sub(r"\1-\2-\3T\4:\5:\6Z", normalise(info.get(key, "")))
        other = "" if xmp is None else normalise("; ".join(node.text or "" for node in xmp.iter(name)))
        if said != other:
            yield key, f"{said or 'nothing'} (XMP: {other or 'nothing'})"


def _parsed(packet: bytes) -> etree._Element | None:
    if not packet:
        return None
    try:
        return etree.fromstring(packet, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ExtractionError(f"The PDF's XMP metadata are not XML ({error}).") from error


def _values(xmp: etree._Element | None, name: str) -> list[str]:
    """The values of a Dublin Core property: those of its array, else its own text."""
    if xmp is None:
        return []
    found: list[str] = []
    for node in xmp.iterfind(f".//dc:{name}", _SPACES):
        listed = node.findall(".//rdf:li", _SPACES)
        found += [item.text or "" for item in listed] if listed else [node.text or ""]
    return found


def _agreed(xmp: str, info: str) -> str:
    """One value, whichever side lacks it; both where they contradict each other."""
    one, other = normalise(xmp), normalise(info)
    return one or other if one == other or not (one and other) else f"{other} (XMP: {one})"


def _authors(xmp: list[str], info: str) -> str:
    listed = "; ".join(normalise(name) for name in xmp)
    if normalise(info) == ", ".join(normalise(name) for name in xmp):
        return listed
    return f"{normalise(info)} (XMP: {listed})"


def _tags(xmp: list[str], info: str) -> str:
    if xmp and normalise(info) not in ("", ", ".join(normalise(tag) for tag in xmp)):
        return f"{normalise(info)} (XMP: {'; '.join(xmp)})"
    tags = xmp or [tag for tag in info.split(", ") if tag]
    return "; ".join(normalise(tag) for tag in tags)
