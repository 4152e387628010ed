"""What a PDF says about itself: Info dictionary and XMP (ISO 16684-1), which must agree."""

from __future__ import annotations

from lxml import etree

from exporter.errors import ExtractionError
from exporter.pdfstructure import Document
from exporter.walk import normalise

_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def read_metadata(document: Document) -> dict[str, str]:
    """The fields of ``text.said_metadata`` a PDF holds.

    Where Info and XMP hold the same field and differ, both are given, so that neither can pass.
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
    }


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
