"""The way back from a page to its tags (ISO 32000-1, 14.7.4.4): programs that begin at the page read by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf

from exporter.pdfstructure import Document, Marked


def misparented(document: Document) -> Iterator[str]:
    """A phrase for each page whose marks belong, by the tree of parents, to others than those that hold them."""
    parents = _parents(document.file)
    holders = {
        (kid.page, kid.identifier): element.number
        for element in document.elements
        for kid in element.kids
        if isinstance(kid, Marked)
    }
    known = {
        number: _numbers(parents.get(int(page.obj.get("/StructParents", -1)))) for number, page in _pages(document)
    }
    for number in sorted({page for (page, mark), holder in holders.items() if known[page].get(mark) != holder}):
        yield f"other elements for the marks of page {number + 1}"


def _pages(document: Document) -> Iterator[tuple[int, pikepdf.Page]]:
    return enumerate(document.file.pages)


def _parents(pdf: pikepdf.Pdf) -> Mapping[int, pikepdf.Object]:
    tree = pdf.Root.StructTreeRoot.get("/ParentTree")
    return {} if tree is None else dict(pikepdf.NumberTree(tree))


def _numbers(marks: pikepdf.Object | None) -> dict[int, int]:
    """The object numbers of the elements that hold the marks of a page, by mark."""
    held = marks if isinstance(marks, pikepdf.Array) else ()
    return {mark: element.objgen[0] for mark, element in enumerate(held) if isinstance(element, pikepdf.Dictionary)}
