"""P009: outline, destinations and the areas of links lead where the words say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

import pikepdf

from exporter.characters import INKLESS
from exporter.comparison import signature
from exporter.edition import Discrepancy
from exporter.pdfstructure import (
    Block,
    Box,
    Document,
    Element,
    Marked,
    Page,
    Reference,
    Run,
    elements,
    references,
)
from exporter.provers.pdf.publication import Section
from exporter.provers.pdf.visibility import runs_of
from exporter.text import Said
from exporter.walk import OBJECT

_ABOVE = 60.0
"""Points; how far above its heading a destination may lie."""
_AROUND = 16.0
"""Points; how far the area of a link, a line high, may reach beyond its words, which may be raised or lowered."""


def misled(
    document: Document, expected: Sequence[Said], blocks: Sequence[Block], sections: Sequence[Section] = ()
) -> Iterator[Discrepancy]:
    """What takes a reader elsewhere than it says; ``sections`` are those that contents list, none without contents."""
    if sections:
        yield from _outline(document, [s.said for s in sections], [s.block for s in sections if s.block])
    else:
        yield from _outline(document, expected, blocks)
    yield from _destinations(document, blocks)
    for element in document.elements:
        if element.type == "Link":
            yield from _areas(document, element)


# --- The outline ------------------------------------------------------------------------------


def _outline(document: Document, expected: Sequence[Said], blocks: Sequence[Block]) -> Iterator[Discrepancy]:
    wanted = [words for said in expected if said.kind in ("title", "heading") and (words := _words(said.text))]
    entries = list(_entries(document.file.Root.get("/Outlines", pikepdf.Dictionary()).get("/First")))
    found = [_words(str(entry.get("/Title", ""))) for entry in entries]
    headings = [block for block in blocks if block.kind in ("title", "heading") and _words(block.text)]
    if found != wanted:
        first = next((f for f, w in zip(found, wanted, strict=False) if f != w), "")
        message = f"The outline does not list the headings, from '{first[:40]}' on."
        yield Discrepancy("P009", message, expected="\n".join(wanted), found="\n".join(found))
    for entry, block in zip(entries, headings, strict=False):
        if not _leads_to(document, entry.get("/Dest"), block) or "/A" in entry:
            yield _finding(f"The outline's entry '{entry.get('/Title')}' leads elsewhere")


def _words(text: str) -> str:
    """What ``text`` says, without white space; hyphens, which an end of line may have put there, where all are."""
    text = text.replace(OBJECT, "").strip()
    return signature(text, "lines") or "".join(INKLESS.sub("", text).split())


def _entries(entry: pikepdf.Object | None, depth: int = 0) -> Iterator[pikepdf.Object]:
    while entry is not None and depth < 50:
        yield entry
        yield from _entries(entry.get("/First"), depth + 1)
        entry = entry.get("/Next")


# --- Destinations -----------------------------------------------------------------------------


def _destinations(document: Document, blocks: Sequence[Block]) -> Iterator[Discrepancy]:
    named = _named(document.file)
    for block in blocks:
        if block.identifier in named and not _leads_to(document, named[block.identifier], block):
            yield _finding(f"The destination '{block.identifier}' is not at its heading")


def _named(pdf: pikepdf.Pdf) -> Mapping[str, pikepdf.Object]:
    destinations = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
    if destinations is None:
        return {}
    return {str(name): place for name, place in pikepdf.NameTree(destinations).items()}


def _leads_to(document: Document, place: pikepdf.Object | None, block: Block) -> bool:
    shown = [step.piece for step in block.steps]
    if not isinstance(place, pikepdf.Array) or not shown:
        return False
    page = document.file.pages[shown[0].page]
    top, highest = float(place[3]), max(piece.box.top for piece in shown if piece.page == shown[0].page)
    is_near = top - highest <= _ABOVE or _is_empty(document.pages[shown[0].page], top, highest)
    return place[0].objgen == page.obj.objgen and top - highest >= -_AROUND and is_near


def _is_empty(page: Page, top: float, bottom: float) -> bool:
    """Whether no letter stands between two heights: a heading may begin with empty lines."""
    return not any(bottom < glyph.box.centre[1] < top for run in runs_of(page) for glyph in run.glyphs)


# --- Areas of links ---------------------------------------------------------------------------


def _areas(document: Document, link: Element) -> Iterator[Discrepancy]:
    """Each area lies on words of its link; one without width, at the end of a line, cannot be met.

    Of a link that holds a decorative picture and no words, it lies on such a picture.
    """
    drawn = list(_drawn(document, link))
    pages = {reference.page for reference in references(link)}
    drawn = drawn or [(page, box) for page in pages for box in document.pages[page].ornaments]
    for reference in references(link):
        area = reference.box.grown(_AROUND)
        inside = [box for page, box in drawn if page == reference.page and area.holds(*box.centre)]
        words = reference.box
        if inside:
            words = _with_ornaments(document, reduce(Box.union, inside), reference).grown(_AROUND)
        is_met = bool(inside) and words.union(reference.box) == words
        if reference.box.width and not is_met and not _is_bare(document, reference):
            yield _finding(f"The link to {reference.target} lies on other words than its own")


def _is_bare(document: Document, link: Reference) -> bool:
    """Whether nothing stands in an area but decorative pictures, side by side: a link may begin or end with such.

    So may it with a space that draws nothing, at the end of a line. A mark without width stands on the letter before
    it, though its ink may reach into the area.
    """
    page = document.pages[link.page]
    boxes = (glyph.box for run in runs_of(page) for glyph in run.glyphs)
    if any(box.width and link.box.holds(*box.centre) for box in boxes):
        return False
    own = [box for box in page.ornaments if link.box.grown(_AROUND).contains(box)]
    return link.box.width <= _AROUND or (bool(own) and _fill(own, link.box))


def _fill(boxes: Sequence[Box], area: Box) -> bool:
    """Whether ``area`` is no larger than ``boxes`` side by side, but for a little around them."""
    is_filled = sum(box.width for box in boxes) >= area.width - _AROUND
    return is_filled and reduce(Box.union, boxes).grown(_AROUND).contains(area)


def _with_ornaments(document: Document, words: Box, link: Reference) -> Box:
    """``words`` with the decorative pictures beside them that the link's own area holds."""
    own = [box for box in document.pages[link.page].ornaments if link.box.grown(_AROUND).contains(box)]
    beside = [box for box in own if box.bottom < words.top and box.top > words.bottom]
    return reduce(Box.union, beside, document.reach(words, link.page))


def _drawn(document: Document, link: Element) -> Iterator[tuple[int, Box]]:
    for part in (link, *elements(link.kids)):
        for kid in part.kids:
            if isinstance(kid, Marked):
                for item in document.marked(kid):
                    parts = item.glyphs if isinstance(item, Run) else (item,)
                    yield from ((kid.page, part.box) for part in parts)


def _finding(what: str) -> Discrepancy:
    return Discrepancy("P009", f"{what}.", found=what)
