"""The list of contents: a field that Word makes anew when it is asked, filled in as Word would fill it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docx.oxml.ns import qn

from exporter.renderers.docx.around import Around
from exporter.renderers.docx.elements import Element, text, w
from exporter.renderers.docx.inlines import InlineWriter, Look
from exporter.renderers.docx.manuscript import Manuscript, Story
from exporter.renderers.docx.paragraphs import ParagraphWriter
from exporter.renderers.docx.publication import Entry


class ContentsWriter:
    """Writes the contents of one edition. ``pages`` has page numbers by bookmark, once somebody has laid it out."""

    def __init__(self, manuscript: Manuscript, story: Story, around: Around) -> None:
        self._manuscript = manuscript
        self._inlines = InlineWriter(manuscript, story)
        self._paragraphs = ParagraphWriter(manuscript)
        self._around = around
        self._links: dict[str, Element] = {}

    def contents(self, entries: Sequence[Entry]) -> Element:
        """The control around heading and field by which Word offers to bring them up to date."""
        words = self._inlines.furniture(self._manuscript.labels.contents, self._around)
        heading = self._paragraphs.paragraph("TOC Heading", self._around, words)
        lines = [self._line(entry) for entry in entries]
        lines[0][1:1] = self._field_start(self._manuscript.publication.levels)
        end = self.end([w("r", w("fldChar", fldCharType="end"))])
        gallery = w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))
        return w("sdt", w("sdtPr", gallery), w("sdtContent", heading, *lines, end))

    def number(self, pages: Mapping[str, int]) -> None:
        """Put behind each entry the page it leads to (ISO/IEC 29500-1, §17.16.5.41), where all are known."""
        if self._links.keys() <= pages.keys():
            for bookmark, link in self._links.items():
                number = _field(f" PAGEREF {bookmark} \\h ", text(str(pages[bookmark])))
                link.extend(w("r", part) for part in (w("tab"), *number))

    def end(self, content: list[Element]) -> Element:
        """A paragraph that takes no room."""
        return self._paragraphs.paragraph("Table End", self._around, content)

    def _line(self, entry: Entry) -> Element:
        link = w("hyperlink", *self._inlines.runs(entry.title, Look.of(entry.around)), anchor=entry.bookmark, history=1)
        self._links[entry.bookmark] = link
        line = self._paragraphs.paragraph(f"TOC {entry.level}", entry.around, [link])
        line[0].insert(1, w("tabs", w("tab", val="right", leader="dot", pos=self._manuscript.measures.width)))
        return line

    def _field_start(self, levels: range) -> list[Element]:
        """TOC of the headings of ``levels``, as links, without page numbers in views that have no pages.

        Headings in a partner's styles Word knows by their level in the outline.
        """
        partner = self._manuscript.reference.partner
        by_outline = "\\u " if any(partner.style(f"Heading {level}") for level in levels) else ""
        start = _field(f' TOC \\o "{levels[0]}-{levels[-1]}" \\h \\z {by_outline}')[:-1]
        return [w("r", part) for part in start]


def _field(instruction: str, *result: Element) -> list[Element]:
    """A field in parts, each for a run of its own, as Word writes it: it may go on in other paragraphs."""
    asked = w("instrText")
    asked.set(qn("xml:space"), "preserve")
    asked.text = instruction
    begin, between, end = (w("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    return [begin, asked, between, *result, end]
