"""What the file says about itself: the document information dictionary and XMP (ISO 16684-1).

PDF/UA-1 and PDF/A-3a want both; they say the same. Every date is the edition's own, so that the same article
gives the same bytes.
"""

from __future__ import annotations

import hashlib
from typing import Any

import pydyf
from lxml import etree
from weasyprint import VERSION
from weasyprint.pdf.metadata import DocumentMetadata

from exporter.article import Metadata
from exporter.edition import RenderContext
from exporter.renderers.pdf.archival import archive
from exporter.renderers.pdf.nametrees import settle_destinations
from exporter.text import identifier, said_metadata
from exporter.walk import normalise

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_PDF = "http://ns.adobe.com/pdf/1.3/"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_A = "http://www.aiim.org/pdfa/ns/id/"
_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
_PREFIXES = {"rdf": _RDF, "dc": _DC, "xmp": _XMP, "pdf": _PDF, "pdfuaid": _UA, "pdfaid": _A} | {
    "pdfaExtension": _EXTENSION,
    "pdfaSchema": _SCHEMA,
    "pdfaProperty": _PROPERTY,
}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_GENERATOR = "article-exporter"
_HEAD = b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
_FOOT = b'\n</x:xmpmeta>\n<?xpacket end="r"?>'


def of_document(article: Metadata, context: RenderContext) -> DocumentMetadata:
    """What goes into the information dictionary and the catalog."""
    said = said_metadata(article)
    return DocumentMetadata(
        title=said["title"],
        authors=[normalise(author) for author in article.authors],
        description=said["summary"] or None,
        keywords=[normalise(tag) for tag in article.tags],
        generator=_GENERATOR,
        created=_timestamp(context),
        modified=_timestamp(context),
        lang=article.language,
    )


def file_identifier(article: Metadata) -> str:
    """The permanent half of the trailer's ``/ID``: 32 hexadecimal digits of the article's identifier."""
    return hashlib.sha256(identifier(article).encode()).hexdigest()[:32]


def finish(_document: Any, pdf: Any, *, article: Metadata, context: RenderContext) -> None:
    """Add the XMP packet, in the clear, and put named destinations in the order readers search them."""
    packet = pydyf.Stream([_HEAD + _rdf(article, context) + _FOOT], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(packet)
    pdf.catalog["Metadata"] = packet.reference
    archive(pdf, context)
    settle_destinations(pdf)


def _timestamp(context: RenderContext) -> str:
    return context.date.strftime("%Y-%m-%dT%H:%M:%SZ")


# XMP


def _rdf(article: Metadata, context: RenderContext) -> bytes:
    said = said_metadata(article)
    rdf = etree.Element(f"{{{_RDF}}}RDF", nsmap=_PREFIXES)
    about = etree.SubElement(rdf, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": ""})
    _simple(about, f"{{{_UA}}}part", "1")
    _simple(about, f"{{{_A}}}part", "3")
    _simple(about, f"{{{_A}}}conformance", "A")
    _simple(about, f"{{{_DC}}}format", "application/pdf")
    _alternative(about, f"{{{_DC}}}title", said["title"])
    _listed(about, f"{{{_DC}}}creator", "Seq", tuple(normalise(author) for author in article.authors))
    _alternative(about, f"{{{_DC}}}description", said["summary"])
    _listed(about, f"{{{_DC}}}subject", "Bag", tuple(normalise(tag) for tag in article.tags))
    _listed(about, f"{{{_DC}}}publisher", "Bag", (said["publisher"],) if said["publisher"] else ())
    _alternative(about, f"{{{_DC}}}rights", said["rights"])
    _simple(about, f"{{{_DC}}}identifier", said["identifier"])
    _simple(about, f"{{{_DC}}}source", said["canonical_url"])
    _listed(about, f"{{{_DC}}}language", "Bag", (said["language"],))
    _listed(about, f"{{{_DC}}}date", "Seq", (said["published"],) if said["published"] else ())
    _simple(about, f"{{{_PDF}}}Keywords", ", ".join(normalise(tag) for tag in article.tags))
    for name in ("CreateDate", "ModifyDate"):
        _simple(about, f"{{{_XMP}}}{name}", _timestamp(context))
    _simple(about, f"{{{_XMP}}}CreatorTool", _GENERATOR)
    _simple(about, f"{{{_PDF}}}Producer", f"WeasyPrint {VERSION}")
    _describe_extension(about)
    return etree.tostring(rdf, encoding="utf-8", pretty_print=True).strip()


_UA_PART = {"name": "part", "valueType": "Integer", "category": "internal", "description": "Part of ISO 14289"}


def _describe_extension(about: etree._Element) -> None:
    """Describe the one schema that XMP does not define itself (ISO 19005-3, 6.6.2.3): PDF/UA's identification."""
    schema = _resource(etree.SubElement(about, f"{{{_EXTENSION}}}schemas"), "Bag")
    _simple(schema, f"{{{_SCHEMA}}}schema", "PDF/UA identification schema")
    _simple(schema, f"{{{_SCHEMA}}}namespaceURI", _UA)
    _simple(schema, f"{{{_SCHEMA}}}prefix", "pdfuaid")
    part = _resource(etree.SubElement(schema, f"{{{_SCHEMA}}}property"), "Seq")
    for name, value in _UA_PART.items():
        _simple(part, f"{{{_PROPERTY}}}{name}", value)


def _resource(holder: etree._Element, kind: str) -> etree._Element:
    """The one item of an array in ``holder``, which has properties of its own."""
    items = etree.SubElement(holder, f"{{{_RDF}}}{kind}")
    return etree.SubElement(items, f"{{{_RDF}}}li", {f"{{{_RDF}}}parseType": "Resource"})


def _simple(about: etree._Element, name: str, value: str) -> None:
    if value:
        etree.SubElement(about, name).text = value


def _alternative(about: etree._Element, name: str, value: str) -> None:
    """A text with its default language alternative, the only one there is."""
    if value:
        alternatives = etree.SubElement(etree.SubElement(about, name), f"{{{_RDF}}}Alt")
        etree.SubElement(alternatives, f"{{{_RDF}}}li", {_LANG: "x-default"}).text = value


def _listed(about: etree._Element, name: str, kind: str, values: tuple[str, ...]) -> None:
    if values:
        items = etree.SubElement(etree.SubElement(about, name), f"{{{_RDF}}}{kind}")
        for value in values:
            etree.SubElement(items, f"{{{_RDF}}}li").text = value
