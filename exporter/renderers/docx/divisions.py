"""Quotations as Word keeps them: ``w:div`` marked ``w:blockQuote`` (ISO/IEC 29500-1, §17.15.2).

A paragraph names the innermost by ``w:divId``, whatever its style, so a list or a table can be quoted. The
outermost division stands for the body, as Word writes it for pages of HTML.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import OxmlElement
from lxml import etree

from exporter.renderers.docx.elements import Element, w

_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/webSettings"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.webSettings+xml"


@dataclass(slots=True)
class Division:
    """A quotation and those inside it."""

    number: int
    children: list[Division] = field(default_factory=list)


def write(document: Any, divisions: list[Division], body: int) -> None:
    """Put ``divisions`` in the web settings of ``document``, a main part, in place of any it has.

    ``body`` is the number of the division they all lie in.
    """
    for key in [key for key, rel in document.rels.items() if rel.reltype == _RELATIONSHIP]:
        del document.rels[key]
    root = OxmlElement("w:webSettings")
    if divisions:
        root.append(w("divs", _element(Division(body, divisions), "bodyDiv")))
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    part = Part(PackURI("/word/webSettings.xml"), _CONTENT_TYPE, content, document.package)
    document.relate_to(part, _RELATIONSHIP)


def _element(division: Division, kind: str = "blockQuote") -> Element:
    """``w:div``; each child in a ``w:divsChild`` of its own, which all validators read alike."""
    margins = (w(f"mar{side}", val=0) for side in ("Left", "Right", "Top", "Bottom"))
    children = (w("divsChild", _element(child)) for child in division.children)
    return w("div", w(kind, val=1), *margins, *children, id=division.number)
