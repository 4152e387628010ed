"""P006: a file shows its pages and leads where its links say; it does nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from exporter.edition import Discrepancy
from exporter.pdfstructure import Document, elements, references
from exporter.provers.pdf.archive import strange

_CATALOG = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines", "/StructTreeRoot"} | {
    *("/ViewerPreferences", "/Version", "/Extensions", "/PageLayout", "/OutputIntents", "/PageLabels", "/AF"),
}
_NAMES = {"/Dests", "/EmbeddedFiles"}
_PAGE = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Resources"} | {
    *("/Contents", "/Annots", "/StructParents", "/Tabs", "/Group"),
}
_PAGES = {"/Type", "/Parent", "/Kids", "/Count", "/MediaBox", "/Resources"}
_LINK = {"/Type", "/Subtype", "/Rect", "/Contents", "/StructParent", "/BS", "/Border", "/A", "/Dest", "/P", "/NM"} | {
    *("/H", "/F"),
}
_INFORMATION = {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate"}
_PRINTED = 4
"""The flag of annotations that are printed, and neither hidden nor anything else."""
_ROLES = {
    **dict.fromkeys(("Subtitle", "Byline", "Dateline", "CodeBlock", "Credit"), "P"),
    **dict.fromkeys(("Author", "Date", "Furniture"), "Span"),
    "Cover": "Figure",
    "Title": "H1",
    "Break": "Div",
    "Definition": "LBody",
    "NoteCall": "Reference",
    "Term": "Lbl",
}
"""What the article's own structure types mean (docs/pdf.md): another meaning is heard as another kind of text."""


def deeds(document: Document) -> Iterator[Discrepancy]:
    """Whatever a reader would meet that no page shows: actions, scripts, attachments, layers, forms, turned pages."""
    for place, what in (*_of_file(document.file), *_of_pages(document), *_of_roles(document.file)):
        yield Discrepancy("P006", f"{place}: the file has {what}, which no edition needs.", found=what)


def _of_file(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    yield from (("Catalog", key) for key in map(str, pdf.Root) if key not in _CATALOG)
    yield from (("Names", key) for key in map(str, pdf.Root.get("/Names", pikepdf.Dictionary())) if key not in _NAMES)
    yield from (("Information", key) for key in map(str, pdf.docinfo) if key not in _INFORMATION)
    yield from strange(pdf)


def _of_roles(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for name, standard in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items():
        if _ROLES.get(name.lstrip("/")) != str(standard).lstrip("/"):
            yield "Role map", f"{name} for {standard}"


def _of_pages(document: Document) -> Iterator[tuple[str, str]]:
    tagged = [link.number for e in elements(document.tree) if e.type == "Link" for link in references(e)]
    for number, page in enumerate(document.file.pages, 1):
        yield from ((f"Page {number}", key) for key in map(str, page.obj) if key not in _PAGE)
        yield from ((f"Page {number}", key) for key in _inherited(page.obj) if key not in _PAGES)
        for annotation in page.get("/Annots", pikepdf.Array()):
            yield from ((f"Page {number}", fault) for fault in _faults(annotation, tagged))


def _inherited(page: pikepdf.Dictionary) -> Iterator[str]:
    """What the nodes above a page set for it."""
    node = page.get("/Parent")
    while node is not None:
        yield from map(str, node)
        node = node.get("/Parent")


def _faults(annotation: pikepdf.Object, tagged: list[int]) -> Iterator[str]:
    kind = str(annotation.get("/Subtype"))
    if kind != "/Link":
        yield f"a note or form field ({kind})"
        return
    yield from (f"a link with {key}" for key in map(str, annotation) if key not in _LINK)
    if annotation.get("/F", _PRINTED) != _PRINTED:
        yield f"a link with the flags {annotation.F}"
    if tagged.count(annotation.objgen[0]) != 1:
        yield "a link that is in no text"
    if (action := annotation.get("/A")) is not None:
        if action.get("/S") not in (pikepdf.Name.URI, pikepdf.Name.GoTo):
            yield f"the action {action.get('/S')}"
        yield from (f"an action with {key}" for key in map(str, action) if key not in ("/Type", "/S", "/URI", "/D"))
