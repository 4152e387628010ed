"""Tagged PDF: one structure element for each HTML element, however many pages it runs over.

WeasyPrint's own tagging makes two paragraphs of one that runs over a page, tags a table's repeated
head again, sets notes after the page and drops languages. Here the structure is read off the laid-out
boxes, by the HTML element each stands for, and written with every fact PDF/UA-1 asks for.
``docs/pdf.md`` is the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from exporter.errors import RenderError
from exporter.renderers.pdf.breaking import text_of
from exporter.renderers.pdf.directions import PART
from exporter.renderers.pdf.marks import Marks
from exporter.renderers.pdf.roles import Element, role

# WeasyPrint ships no types.
Box: TypeAlias = Any
Annotation: TypeAlias = Any

_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
"""What is one space in HTML; other spaces are read as themselves."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content: number ``mcid`` on page ``page`` (from 0)."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Active:
    """A link annotation on page ``page``."""

    page: int
    annotation: Annotation


@dataclass(eq=False, slots=True)
class Structure:
    """A structure element in the making. ``page`` is where it begins, ``box`` its first box.

    ``elements`` are all of which it is made: more than one where a passage is set in parts.
    """

    type: str
    element: Element | None = None
    page: int = 0
    box: Box = None
    parent: Structure | None = None
    kids: list[Structure | Mark | Active] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)


_GENERATED = frozenset({"Furniture", "Lbl", "NoteCall"})
"""Elements whose words are not the article's own: nothing proves what would be read in their stead."""
_TRANSPARENT = frozenset({"html", "body"})
_KEPT_EMPTY = frozenset({"TD", "TH", "LBody", "Break", "CodeBlock", "Note"})


class StructureReader:
    """Reads the structure off the pages' boxes, page by page."""

    def __init__(self) -> None:
        self.document = Structure("Document")
        self._known: dict[tuple[Element, str], Structure] = {}
        self._items: dict[Element, Structure] = {}
        self._notes: dict[Element, Structure] = {}
        self._passages: dict[str, Structure] = {}

    def read(self, number: int, page_box: Box, marks: Marks) -> None:
        """Add what stands on page ``number``; margin boxes become artifacts."""
        for box in page_box.children:
            if isinstance(box, boxes.MarginBox):
                _set_apart(box, marks)
            else:
                self._box(box, self.document, None, number, marks)

    def _box(self, box: Box, parent: Structure, above: Element | None, page: int, marks: Marks) -> None:
        box = _real(box)
        if isinstance(box, boxes.TextBox):
            _text(box, parent, page, marks)
        elif self._repeats(box) or _decorative(box):
            _set_apart(box, marks)
        else:
            structure = self._structure(box, parent, above, page)
            self._inside(box, structure, page, marks)

    def _inside(self, box: Box, structure: Structure, page: int, marks: Marks) -> None:
        if box.link_annotation and box.element_tag == "a":
            self._whole(box.element, structure).kids.append(Active(page, box.link_annotation))
        if isinstance(box, boxes.ReplacedBox) and (mcid := marks.take(box)) is not None:
            structure.kids.append(Mark(page, mcid))
        for child in _children(box):
            self._box(child, structure, box.element, page, marks)

    def _repeats(self, box: Box) -> bool:
        """Whether ``box`` is a table's head set again at the top of a further page or column."""
        return box.element_tag == "thead" and box.is_header and (box.element, box.element_tag) in self._known

    # Structure elements

    def _structure(self, box: Box, parent: Structure, above: Element | None, page: int) -> Structure:
        """The structure element ``box`` belongs to, made where this is the first box of its element."""
        if box.element is None or box.element_tag in _TRANSPARENT:
            return parent
        key = (box.element, box.element_tag)
        if key not in self._known:
            self._known[key] = self._made(box, parent, above, page)
        return self._known[key]

    def _made(self, box: Box, parent: Structure, above: Element | None, page: int) -> Structure:
        element: Element = box.element
        match box.element_tag.partition("::"):
            case ("li", "", _) if element.get("class") != "listed":
                return self._item(box, parent, page)
            case (_, "", _) if element.get("class") == "note":
                return self._note(box, page)
            case (_, "", _) if element.get(PART):
                return self._part(box, parent, above, page)
            case (_, "", _):
                return _new(_role(element, above), box, parent, page)
            case ("li", _, "marker"):
                return _first("Lbl", box, self._items[element], page)
            case (_, _, "footnote-call"):
                return self._call(box, parent, page)
            case (_, _, "footnote-marker"):
                return _first("Lbl", box, self._notes[element], page)
            case _:
                return _new("Furniture", box, parent, page)

    def _part(self, box: Box, parent: Structure, above: Element | None, page: int) -> Structure:
        """Where a part of a passage goes: into the one of all its parts, in what stands around this part alone."""
        number, count = box.element.get(PART).split()
        around: list[Structure] = []
        for _ in range(int(count)):
            around.insert(0, parent)
            parent = parent.parent or parent
        if number not in self._passages:
            self._passages[number] = _new(_role(box.element, above), None, parent, page)
            self._passages[number].element = box.element
        inner = self._passages[number]
        inner.elements.append(box.element)
        for each in around:
            inner = _copy(each, inner)
        return inner

    def _whole(self, element: Element, structure: Structure) -> Structure:
        """The passage that ``element`` is a part of, else its ``structure``."""
        return self._passages.get((element.get(PART) or "").partition(" ")[0], structure)

    def _item(self, box: Box, parent: Structure, page: int) -> Structure:
        """A list item's body; its marker finds the item itself."""
        item = self._items[box.element] = _new("LI", box, parent, page)
        return _new("LBody", None, item, page)

    def _call(self, box: Box, parent: Structure, page: int) -> Structure:
        """A call, and right after it its note, to be filled from the foot of whichever page it stands on."""
        call = _new("NoteCall", box, parent, page)
        note = self._known[box.element, box.element.tag] = self._note(box, page)
        parent.kids.append(note)
        return call

    def _note(self, box: Box, page: int) -> Structure:
        """The note of a call; one that a note calls may stand at the foot of the page before its call is read."""
        element: Element = box.element
        if element not in self._notes:
            self._notes[element] = Structure("Note", element, page, box)
        return self._notes[element]


def _new(type_: str, box: Box, parent: Structure, page: int) -> Structure:
    structure = Structure(type_, box.element if box else None, page, box, parent)
    parent.kids.append(structure)
    return structure


def _copy(structure: Structure, parent: Structure) -> Structure:
    copied = Structure(structure.type, structure.element, structure.page, structure.box, parent)
    parent.kids.append(copied)
    return copied


def _first(type_: str, box: Box, parent: Structure, page: int) -> Structure:
    structure = Structure(type_, None, page, box)
    parent.kids.insert(0, structure)
    return structure


def _role(element: Element, above: Element | None) -> str:
    try:
        return role(element, above)
    except KeyError:
        raise RenderError(f"No structure type stands for <{element.tag}>. Take it out of print.html.j2.") from None


def _real(box: Box) -> Box:
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def _children(box: Box) -> Iterator[Box]:
    """The boxes inside ``box``: a table's caption, head and rows in the order they are read."""
    yield from box.children if isinstance(box, boxes.ParentBox) else ()


def _decorative(box: Box) -> bool:
    """Whether ``box`` says nothing: a picture without alternative text, a line break."""
    if box.element_tag == "img":
        return not box.element.get("alt")
    return bool(box.element_tag in ("br", "br::before"))


def _text(box: Box, parent: Structure, page: int, marks: Marks) -> None:
    """A run of text on one line. Where it draws nothing, being white space, its text is put beside it."""
    mcid = marks.take(box)
    if mcid is not None:
        parent.kids.append(Mark(page, mcid))
        if box.text and not box.text.strip() and not marks.shows(mcid):
            marks.say(mcid, _WHITE_SPACE.sub(" ", box.text))
        elif box.style["direction"] == "ltr" and parent.type not in _GENERATED:
            marks.text_of(mcid, text_of(box))


def _set_apart(box: Box, marks: Marks) -> None:
    """Everything drawn inside ``box`` is an artifact."""
    box = _real(box)
    mcid = marks.take(box)
    if mcid is not None:
        marks.set_apart(mcid)
    for child in _children(box):
        _set_apart(child, marks)


def prune(structure: Structure) -> bool:
    """Take out elements that hold nothing; whether ``structure`` itself is worth keeping.

    A paragraph without words with which a list item begins stays: what follows is not the item's first.
    """
    inside = [kid for kid in structure.kids if isinstance(kid, Structure)]
    first = next((kid for kid in inside if kid.type != "Furniture"), None) if structure.type == "LBody" else None
    kept = {kid for kid in inside if prune(kid) or (kid is first and kid.type == "P")}
    structure.kids = [kid for kid in structure.kids if not isinstance(kid, Structure) or kid in kept]
    return bool(structure.kids) or structure.type in _KEPT_EMPTY or _is_figure(structure)


def _is_figure(structure: Structure) -> bool:
    """Whether ``structure`` is a figure, maybe of a decorative picture: an item may begin with it."""
    return structure.element is not None and structure.element.tag == "figure"
