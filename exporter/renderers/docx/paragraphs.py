"""``w:p`` and its properties."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.article import Alignment
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.manuscript import Manuscript
from exporter.renderers.docx.numbering import Numbered

_MIRRORED: dict[Alignment, Alignment] = {"left": "right", "right": "left", "center": "center"}


class ParagraphWriter:
    """Writes paragraphs of one edition."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript

    def paragraph(
        self,
        style: str,
        around: Around,
        content: Iterable[Element],
        *,
        place: Numbered | None = None,
        alignment: Alignment | None = None,
        flush: bool = False,
        kept: bool = False,
    ) -> Element:
        """``content`` in the paragraph style ``style``; ``flush`` takes back a list's indentation.

        ``kept`` is one that stands on the page of what follows it, where its style does not say so already.
        ``place`` is its place in a list; without one, what stands inside an item goes on unmarked.
        """
        partner = self._manuscript.reference.partner
        properties = w(
            "pPr",
            w("pStyle", val=self._manuscript.reference.style(style)),
            w("keepNext") if kept else None,
            self._numbered(style, around, place),
            self._manuscript.rules(style, around.direction),
            w("bidi") if around.direction == "rtl" else None,
            w("ind", left=0, firstLine=0) if flush and around.depth else None,
            w("jc", val=_aligned(alignment, around)) if alignment else None,
            partner.outline(style),
            w("divId", val=around.division.number) if around.division else None,
            self._mark(around),
        )
        return w("p", properties, *partner.marked(style, content, self._manuscript.number))

    def _numbered(self, style: str, around: Around, place: Numbered | None) -> Element | None:
        if place:
            return place.element()
        tied = style.startswith("List Continue") and not self._manuscript.reference.lends
        if not around.depth or tied:
            return None
        return self._manuscript.continued(around.depth).element()

    def _mark(self, around: Around) -> Element | None:
        """Properties of the paragraph mark; its language is the paragraph's."""
        lang = self._manuscript.lang(around.language)
        rtl = w("rtl") if around.direction == "rtl" else None
        return w("rPr", rtl, lang) if rtl is not None or lang is not None else None


def _aligned(alignment: Alignment, around: Around) -> Alignment:
    """Word's "left" is where a paragraph begins, so it is mirrored where that is the right."""
    return _MIRRORED[alignment] if around.direction == "rtl" else alignment
