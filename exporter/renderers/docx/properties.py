"""What the file says about the article: core properties (ISO/IEC 29500-2, §11), and custom ones for the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import parse_xml
from lxml import etree

from exporter.article import Metadata
from exporter.edition import RenderContext
from exporter.renderers.docx.elements import Element
from exporter.renderers.xml import checked
from exporter.text import said_metadata

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_VT = f"{_OFFICE}/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The property set every custom property belongs to."""

_CORE = {
    "dc:title": "title",
    "dc:creator": "authors",
    "cp:keywords": "tags",
    "dc:description": "summary",
    "dc:language": "language",
    "dc:identifier": "identifier",
}
_CUSTOM = ("subtitle", "published", "updated", "publisher", "rights", "section", "canonical_url", "translation_of")


def write(package: Any, metadata: Metadata, context: RenderContext) -> None:
    """Replace all of the reference document's own properties."""
    said = said_metadata(metadata)
    _write_core(package.core_properties._element, said, metadata, context.date)
    custom = {name: said[name] for name in _CUSTOM if said[name]}
    _replace(package, "custom-properties", "custom", _custom(custom))
    _replace(package, "extended-properties", "app", etree.Element(f"{{{_OFFICE}/extended-properties}}Properties"))


def _write_core(root: Element, said: dict[str, str], metadata: Metadata, edition: datetime) -> None:
    for child in list(root):
        root.remove(child)
    for name, key in _CORE.items():
        if said[key]:
            _append(root, name, said[key])
    _append(root, "cp:revision", "1")
    for name, day in (("created", metadata.published or edition), ("modified", metadata.updated or edition)):
        element = _append(root, f"dcterms:{name}", _instant(day))
        element.set(f"{{{nsmap['xsi']}}}type", "dcterms:W3CDTF")


def _append(root: Element, name: str, value: str) -> Element:
    element = etree.SubElement(root, qn(name))
    element.text = checked(value)
    return element


def _instant(day: date) -> str:
    """``day`` as core properties want it: UTC, to the second; midnight where no time is known."""
    moment = day if isinstance(day, datetime) else datetime.combine(day, time(), UTC)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _custom(values: dict[str, str]) -> Element:
    root = parse_xml(f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_VT}"/>')
    for number, (name, value) in enumerate(values.items(), 2):
        element = etree.SubElement(root, f"{{{_OFFICE}/custom-properties}}property")
        for key, said in (("fmtid", _FORMAT), ("pid", str(number)), ("name", name)):
            element.set(key, said)
        etree.SubElement(element, f"{{{_VT}}}lpwstr").text = checked(value)
    return root


def _replace(package: Any, kind: str, name: str, root: Element) -> None:
    relationship = f"{_OFFICE}/relationships/{kind}"
    for key in [key for key, rel in package.rels.items() if rel.reltype == relationship]:
        del package.rels[key]
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    content_type = f"application/vnd.openxmlformats-officedocument.{kind}+xml"
    package.relate_to(Part(PackURI(f"/docProps/{name}.xml"), content_type, content, package), relationship)
