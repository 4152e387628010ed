"""P006: a file shows its pages and leads where its links say; it does nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pikepdf

from exporter.edition import Discrepancy
from exporter.pdfstructure import Document, references
from exporter.provers.pdf.archive import strange
from exporter.provers.pdf.parents import misparented

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
_TITLED = "/DisplayDocTitle"
_ENTRY = {"/Title", "/Dest", "/Parent", "/Prev", "/Next", "/First", "/Last", "/Count", "/Type"}
_TREE = {"/Type", "/K", "/IDTree", "/ParentTree", "/ParentTreeNextKey", "/RoleMap", "/AF"}
_GROUP = {"/Type", "/S", "/I", "/K", "/CS"}
_DEEPEST = 50
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
    told = (*_of_file(document.file), *_of_pages(document), *_of_roles(document.file), *_of_tree(document))
    for place, what in told:
        yield Discrepancy("P006", f"{place}: the file has {what}, which no edition needs.", found=what)


def _of_file(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    yield from (("Catalog", key) for key in map(str, pdf.Root) if key not in _CATALOG)
    yield from (("Names", key) for key in map(str, pdf.Root.get("/Names", pikepdf.Dictionary())) if key not in _NAMES)
    yield from (("Information", key) for key in map(str, pdf.docinfo) if key not in _INFORMATION)
    yield from (
        ("Viewer preferences", key) for key in map(str, pdf.Root.get("/ViewerPreferences", {})) if key != _TITLED
    )
    yield from (("Outline", key) for key in sorted(set(_of_outline(pdf.Root.get("/Outlines")))))
    yield from strange(pdf)


def _of_outline(entry: pikepdf.Object | None, depth: int = 0) -> Iterator[str]:
    """What entries of the outline have beside their words and where they lead: colours, actions."""
    while entry is not None and depth < _DEEPEST:
        yield from (key for key in map(str, entry) if key not in _ENTRY)
        yield from _of_outline(entry.get("/First"), depth + 1)
        entry = entry.get("/Next")


def _of_tree(document: Document) -> Iterator[tuple[str, str]]:
    """What elements have beside their place and words, and where the way back from a page's marks is another."""
    yield from (("Structure tree", key) for key in map(str, document.file.Root.StructTreeRoot) if key not in _TREE)
    for element in document.elements:
        yield from ((f"Structure element {element.type}", key) for key in element.others)
    yield from (("Tree of parents", what) for what in misparented(document))


def _of_roles(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for name, standard in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items():
        if _ROLES.get(name.lstrip("/")) != str(standard).lstrip("/"):
            yield "Role map", f"{name} for {standard}"


def _of_pages(document: Document) -> Iterator[tuple[str, str]]:
    tagged = [(link.number, link.page) for e in document.elements if e.type == "Link" for link in references(e)]
    clickable = Counter(
        (a.objgen[0], at) for at, page in enumerate(document.file.pages) for a in page.get("/Annots", ())
    )
    layered = [at for at, page in enumerate(document.pages, 1) if page.content.optional]
    yield from ((f"Page {at}", "a part that programs may leave out") for at in layered)
    yield from ((f"Page {at + 1}", "a link that is not on it") for link, at in tagged if clickable[link, at] != 1)
    for number, page in enumerate(document.file.pages, 1):
        yield from ((f"Page {number}", f"a group with {what}") for what in _of_group(page.get("/Group")))
        yield from ((f"Page {number}", key) for key in map(str, page.obj) if key not in _PAGE)
        yield from ((f"Page {number}", key) for key in _inherited(page.obj) if key not in _PAGES)
        for annotation in page.get("/Annots", pikepdf.Array()):
            yield from ((f"Page {number}", fault) for fault in _faults(annotation, tagged, number - 1))


def _inherited(page: pikepdf.Dictionary) -> Iterator[str]:
    """What the nodes above a page set for it."""
    node = page.get("/Parent")
    while node is not None:
        yield from map(str, node)
        node = node.get("/Parent")


def _of_group(group: pikepdf.Object | None) -> Iterator[str]:
    """What the group that is a page is mixed in: colours other than those of screens, one thing through another."""
    for key, value in () if group is None else group.items():
        if key not in _GROUP or (key == "/K" and value) or (key == "/CS" and value != pikepdf.Name.DeviceRGB):
            yield key


def _faults(annotation: pikepdf.Object, tagged: list[tuple[int, int]], page: int) -> Iterator[str]:
    kind = str(annotation.get("/Subtype"))
    if kind != "/Link":
        yield f"a note or form field ({kind})"
        return
    yield from (f"a link with {key}" for key in map(str, annotation) if key not in _LINK)
    if annotation.get("/F", _PRINTED) != _PRINTED:
        yield f"a link with the flags {annotation.F}"
    if tagged.count((annotation.objgen[0], page)) != 1:
        yield "a link that is in no text"
    if _border(annotation):
        yield "a link with a border"
    if (action := annotation.get("/A")) is not None:
        if action.get("/S") not in (pikepdf.Name.URI, pikepdf.Name.GoTo):
            yield f"the action {action.get('/S')}"
        yield from (f"an action with {key}" for key in map(str, action) if key not in ("/Type", "/S", "/URI", "/D"))


def _border(annotation: pikepdf.Object) -> bool:
    """Whether a link is drawn with a border: black, as thick as it says, and there where nothing is said (12.5.4)."""
    if "/BS" in annotation:
        return bool(annotation.BS.get("/W", 1) != 0)
    border = annotation.get("/Border", (0, 0, 1))
    return len(border) < 3 or border[2] != 0
