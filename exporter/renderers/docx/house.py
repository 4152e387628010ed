"""What of a reference document is taken: styles, numbering, fonts, page, headers and footers, and nothing else."""

from __future__ import annotations

from typing import Any, Final

from docx.oxml.ns import qn

from exporter.renderers.docx.elements import Element, w

_OF_PACKAGE: Final = frozenset(("officeDocument", "core-properties", "extended-properties"))
_OF_DOCUMENT: Final = frozenset(("styles", "numbering", "settings", "webSettings", "theme", "fontTable", "footnotes"))
"""Kinds of relationships that are kept, with the headers and footers of the last section; ours replace some of them."""

_SETTINGS: Final = (
    *("writeProtection", "attachedTemplate", "linkStyles", "mailMerge", "revisionView", "trackRevisions"),
    *("documentProtection", "endnotePr", "proofState", "rsids", "docVars", "saveThroughXslt", "schemaLibrary"),
    *("attachedSchema", "hdrShapeDefaults", "shapeDefaults", "captions", "readModeInkLockDown"),
)
"""Settings about the house's own text, its editing and its past."""


def strip(document: Any) -> None:
    """Take everything out of ``document``, python-docx's, that is not a look, a page, a header or a footer."""
    body = document.element.body
    section = body.get_or_add_sectPr()
    _only(document.element, body)
    _only(body, section)
    for element in list(section.iter(qn("w:printerSettings"), qn("w:sectPrChange"))):
        section.remove(element)
    _unrelate(document.part.package.rels, _OF_PACKAGE)
    _unrelate(document.part.rels, _OF_DOCUMENT, _running(section))
    _calm(document.part)


def _only(parent: Element, kept: Element) -> None:
    for child in list(parent):
        if child is not kept:
            parent.remove(child)


def _running(section: Element) -> frozenset[str]:
    """Ids of the relationships to the section's headers and footers."""
    found = section.iter(qn("w:headerReference"), qn("w:footerReference"))
    return frozenset(str(each.get(qn("r:id"))) for each in found)


def _unrelate(relationships: Any, kinds: frozenset[str], ids: frozenset[str] = frozenset()) -> None:
    for key, relationship in list(relationships.items()):
        if relationship.reltype.rpartition("/")[2] not in kinds and key not in ids:
            del relationships[key]


def _calm(main: Any) -> None:
    settings = main._settings_part
    for name in _SETTINGS:
        for element in settings.element.findall(qn(f"w:{name}")):
            settings.element.remove(element)
    for element in settings.element.findall(qn("w:footnotePr")):
        element[:] = [w("footnote", id=number) for number in (-1, 0)]
    _unrelate(settings.rels, frozenset())
