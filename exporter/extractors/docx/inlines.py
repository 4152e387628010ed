"""Reads the runs of a paragraph, in the order and by the rules Word shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from exporter.extractors.docx import captions
from exporter.extractors.docx.archive import Part, R, Relationship, W
from exporter.extractors.docx.content import Anchor, Content
from exporter.extractors.docx.fields import FIELDS, NOTE_REFERENCE, PAGE_REFERENCE, PAGES, Field, linked, titled
from exporter.extractors.docx.pictures import PictureReader
from exporter.extractors.docx.styles import Styles
from exporter.walk import OBJECT, normalise

PAGE = "#"
"""What is read for the number of a page, which is another on each."""

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_SKIPPED = frozenset(
    (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "rubyPr", "del", "moveFrom", "delText", "instrText"),
        *("footnoteRef", "endnoteRef", "annotationRef", "separator", "continuationSeparator"),
        f"{COMPATIBILITY}Fallback",
    )
)
_CHARACTERS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_THROUGH = frozenset(
    (
        *("ins", "moveTo", "smartTag", "customXml", "sdtContent", "bdo", "dir", "proofErr", "permStart", "permEnd"),
        *("commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart"),
        *("moveToRangeEnd", "lastRenderedPageBreak", "rubyBase", "rt", "object", "pict", "customXmlPr"),
        *("commentReference", f"{COMPATIBILITY}AlternateContent", f"{COMPATIBILITY}Choice"),
    )
)
"""What only holds other things, or marks a place; what of it can alter a text is reported elsewhere."""
_BOXES = {"\u2611": "checked", "\u2612": "checked", "\u2610": "unchecked"}


@dataclass(slots=True)
class Reading:
    """Where a reader is in a paragraph."""

    paragraph: etree._Element | None
    content: Content
    fields: list[Field] = field(default_factory=list)
    furniture: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True)
class InlineReader:
    """Reads paragraphs of ``part``. ``numbers`` gives notes by id their number; ``called`` by bookmark.

    ``titles`` are the headings a running head may show; ``open`` are the fields that go on in the next paragraph.
    """

    part: Part
    pictures: PictureReader
    styles: Styles
    numbers: Callable[[str], str]
    called: Callable[[str], str | None]
    fields: frozenset[str] = FIELDS
    titles: frozenset[tuple[int, str]] = frozenset()
    open: list[Field] = field(default_factory=list)

    def read(self, paragraphs: Iterable[etree._Element], language: str) -> Content:
        """What ``paragraphs`` say, a line end between two."""
        content = Content(language)
        for number, paragraph in enumerate(paragraphs):
            content.add("\n" if number else "", language)
            properties = paragraph.find(f"{W}pPr")
            self._children(paragraph, Reading(properties, content, self.open, kind=self.styles.kind(properties)[0]))
        return content

    def _children(self, element: etree._Element, at: Reading) -> None:
        for child in element:
            if _name(child) not in _SKIPPED:
                self._inline(child, at)

    def _inline(self, element: etree._Element, at: Reading) -> None:
        match _name(element):
            case "r":
                self._run(element, at)
            case "hyperlink":
                at.content.links.append(self._target(element))
                self._children(element, at)
            case "fldSimple":
                self._simple_field(element, at)
            case "sdt":
                self._control(element, at)
            case "bookmarkStart":
                at.content.open(element.get(f"{W}id", ""), element.get(f"{W}name", ""))
            case "bookmarkEnd":
                at.content.close(element.get(f"{W}id", ""))
            case name:
                self._through(name, at)
                self._children(element, at)

    def _through(self, name: str, at: Reading) -> None:
        if name and name not in _THROUGH:
            at.content.faults.append(f"'{name.rpartition('}')[2]}' is not read back")

    def _target(self, link: etree._Element) -> str | Anchor:
        anchor = link.get(f"{W}anchor")
        if link.get(f"{W}docLocation"):
            at_place = link.get(f"{W}docLocation", "")
            return f"{at_place} by docLocation"
        relationship = self.part.relationships.get(link.get(f"{R}id", ""), Relationship("", "", True))
        if not relationship.target:
            return Anchor(anchor or "")
        return f"{relationship.target}#{anchor}" if anchor else relationship.target

    def _control(self, element: etree._Element, at: Reading) -> None:
        """A content control: a box to tick is furniture, a date says which day."""
        box = element.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
        day = element.find(f"{W}sdtPr/{W}date")
        if day is not None:
            at.content.date = day.get(f"{W}fullDate", "").removesuffix("T00:00:00Z")
        if box is None or at.content.text.strip():
            self._children(element, at)
            return
        before, at.furniture = at.furniture, True
        start = len(at.content.segments)
        self._children(element, at)
        at.furniture = before
        shown = "".join(text for text, _ in at.content.segments[start:])
        state = "checked" if box.get(f"{W14}val") in ("1", "true") else "unchecked"
        at.content.task = state if _BOXES.get(shown, state) == state else f"{state}, shown as {shown}"

    # Runs

    def _run(self, run: etree._Element, at: Reading) -> None:
        properties = run.find(f"{W}rPr")
        hidden = self.styles.hidden(properties, at.paragraph)
        for child in run:
            if child.tag == f"{W}instrText" and at.fields:
                at.fields[-1].instruction += child.text or ""
            elif child.tag == f"{W}fldChar":
                self._field_character(child, at)
            elif not hidden and _name(child) not in _SKIPPED:
                self._piece(child, properties, at)

    def _piece(self, element: etree._Element, properties: etree._Element | None, at: Reading) -> None:
        match _name(element):
            case "t":
                self._say(_kept(element), properties, at)
            case "sym":
                self._say(chr(int(element.get(f"{W}char", "FFFD"), 16)), properties, at)
            case name if name in _CHARACTERS:
                self._say(_CHARACTERS[name], properties, at)
            case "footnoteReference" | "endnoteReference":
                at.content.calls.append(self.numbers(element.get(f"{W}id", "")))
                self._say(OBJECT, properties, at)
            case "ruby":
                self._ruby(element, properties, at)
            case "drawing":
                self._drawing(element, properties, at)
            case "txbxContent":
                pass  # a story of its own, read after this paragraph
            case "r":
                self._run(element, at)
            case name:
                self._through(name, at)
                for child in element:
                    if _name(child) not in _SKIPPED:
                        self._piece(child, properties, at)

    def _say(self, text: str, properties: etree._Element | None, at: Reading) -> None:
        if at.fields and not at.fields[-1].result:
            return
        if at.fields and NOTE_REFERENCE.match(at.fields[-1].instruction):
            at.fields[-1].text += text
            at.fields[-1].properties = properties
            return
        if at.fields:
            at.fields[-1].text += text
            text = PAGE if at.fields[-1].name in PAGES and text.isdecimal() else text
        furniture = at.furniture or (self._is_beside(text, at) and self.styles.is_named(properties, "furniture"))
        language = self.styles.language(properties, at.paragraph, text)
        at.content.add(text, language, furniture=furniture)

    def _is_beside(self, text: str, at: Reading) -> bool:
        """Whether furniture is in its place: in a line of the header, before a caption, or behind a box."""
        match at.kind:
            case "byline" | "dateline":
                return not any(map(str.isdigit, text))
            case "publisher" | "contents heading":
                return True
            case "caption":
                return not at.content.text
            case _:
                return not text.strip()

    def _ruby(self, ruby: etree._Element, properties: etree._Element | None, at: Reading) -> None:
        base, reading = ruby.find(f"{W}rubyBase"), ruby.find(f"{W}rt")
        if base is not None:
            self._children(base, at)
        if reading is not None:
            self._say("(", properties, at)
            self._children(reading, at)
            self._say(")", properties, at)

    def _drawing(self, drawing: etree._Element, properties: etree._Element | None, at: Reading) -> None:
        if self.pictures.read(drawing, at.content, cover=at.kind == "cover"):
            self._say(OBJECT, properties, at)

    # Fields

    def _simple_field(self, element: etree._Element, at: Reading) -> None:
        at.fields.append(Field(element.get(f"{W}instr", ""), result=True))
        self._begin_result(at)
        self._children(element, at)
        self._end_field(at)

    def _field_character(self, element: etree._Element, at: Reading) -> None:
        match element.get(f"{W}fldCharType"):
            case "begin":
                at.fields.append(Field())
            case "separate" if at.fields:
                at.fields[-1].result = True
                self._begin_result(at)
            case "end" if at.fields:
                self._end_field(at)

    def _begin_result(self, at: Reading) -> None:
        if (link := linked(at.fields[-1].instruction)) is not None:
            at.content.links.append(link)

    def _end_field(self, at: Reading) -> None:
        """What a field shows is known of a few kinds, where they belong; any other can show something else."""
        ended = at.fields.pop()
        match ended.name:
            case "SEQ":
                self._end_sequence(ended, at)
            case "PAGEREF" if at.kind == "contents":
                self._end_page(ended, at)
            case "TOC" if at.kind in ("contents", "paragraph", "") and not at.fields:
                pass
            case "STYLEREF" if (titled(ended.instruction), normalise(ended.text)) in self.titles:
                pass
            case name if name in self.fields - {"TOC", "PAGEREF", "STYLEREF"} or not name:
                self._end_reference(ended, at)
            case _:
                at.content.faults.append(f"a field can show something else: {ended.instruction.strip()}")

    def _end_page(self, ended: Field, at: Reading) -> None:
        """The page of an entry is that of the title it leads to."""
        match = PAGE_REFERENCE.match(ended.instruction)
        if match is None or Anchor(match[1]) not in at.content.links:
            at.content.faults.append(f"a page is given that is not the entry's: {ended.instruction.strip()}")

    def _end_reference(self, ended: Field, at: Reading) -> None:
        """A reference to a note that shows the note's number is a call of it; another is what it shows."""
        match = NOTE_REFERENCE.match(ended.instruction)
        if not match:
            return
        number = self.called(match[1])
        if number is None or ended.text != number:
            self._say(ended.text, ended.properties, at)
            return
        at.content.calls.append(number)
        self._say(OBJECT, ended.properties, at)

    def _end_sequence(self, ended: Field, at: Reading) -> None:
        name = captions.sequence(ended.instruction)
        if name and at.kind == "caption":
            at.content.sequences.append((name, ended.text))
        else:
            at.content.faults.append(f"a field can show something else: {ended.instruction.strip()}")


def _name(element: etree._Element) -> str:
    """The name of a ``w:`` element; other elements with their namespace; comments and the like have none."""
    return element.tag.removeprefix(W) if isinstance(element.tag, str) else ""


def _kept(element: etree._Element) -> str:
    """The characters of a ``w:t``: Word drops white space at its ends unless told to preserve it."""
    text = "".join(map(str, element.itertext()))
    return text if element.get(_SPACE) == "preserve" else text.strip(" \t\r\n")
