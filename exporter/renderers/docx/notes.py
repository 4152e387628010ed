"""The footnotes part; python-docx has none."""

from __future__ import annotations

from typing import Any

from docx.opc.packuri import PackURI
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement
from docx.parts.story import StoryPart

from exporter.article import Note
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.blocks import BlockWriter
from exporter.renderers.docx.elements import Element, text, w
from exporter.renderers.docx.manuscript import Manuscript, Story

_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
_STYLE = "Footnote Text"
_NAMESPACES = {
    **{prefix: nsmap[prefix] for prefix in ("w", "r", "w14")},
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
"""Programs older than the boxes of tasks may pass over them (ISO/IEC 29500-3): they show the sign all the same."""


def write(manuscript: Manuscript, notes: tuple[Note, ...], around: Around, called: set[str]) -> None:
    """Put ``notes`` at the feet of the pages they are called on; a note's id is its number."""
    part = _part(manuscript.reference.part, around)
    writer = BlockWriter(manuscript, Story(part, called, notes=True))
    inside = Around(around.language, around.direction, style=_STYLE, fixed=True)
    for number, note in enumerate(notes, 1):
        content = writer.blocks(note.children, inside)
        part.element.append(w("footnote", *_marked(content, manuscript, inside), id=number))


def _part(document: Any, around: Around) -> Any:
    """A part with Word's two separators, in place of the one the reference document may have."""
    for key in [key for key, rel in document.rels.items() if rel.reltype == _RELATIONSHIP]:
        del document.rels[key]
    root: Any = OxmlElement("w:footnotes", nsdecls=_NAMESPACES)
    root.set(f"{{{_NAMESPACES['mc']}}}Ignorable", "w14")
    for kind, number in _SEPARATORS:
        turned = w("pPr", w("bidi")) if around.direction == "rtl" else None
        root.append(w("footnote", w("p", turned, w("r", w(kind))), type=kind, id=number))
    part = StoryPart(PackURI("/word/footnotes.xml"), _CONTENT_TYPE, root, document.package)
    document.relate_to(part, _RELATIONSHIP)
    return part


def _marked(content: list[Element], manuscript: Manuscript, around: Around) -> list[Element]:
    """``content`` with the note's number before it: in its first paragraph, or in one of its own."""
    reference = manuscript.reference
    style = w("rPr", w("rStyle", val=reference.style("footnote reference")))
    mark = [w("r", style, w("footnoteRef")), w("r", text(" "))]
    first = content[0] if content else None
    if first is not None and first.tag == qn("w:p") and _is_plain(first, reference.style(_STYLE)):
        first[1:1] = mark
        return content
    properties = w("pPr", w("pStyle", val=reference.style(_STYLE)), w("bidi") if around.direction == "rtl" else None)
    return [w("p", properties, *mark), *content]


def _is_plain(paragraph: Element, style: str) -> bool:
    properties = paragraph[0]
    return properties.find(qn("w:pStyle")).get(qn("w:val")) == style and properties.find(qn("w:numPr")) is None
