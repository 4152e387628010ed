"""Writes the structure tree into the PDF: structure elements, parent tree, identifiers, role map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import pydyf

from exporter.errors import RenderError
from exporter.renderers.pdf.marks import Marks
from exporter.renderers.pdf.roles import COVER_ROLE, ROLE_MAP
from exporter.renderers.pdf.tables import Headers, headers, settle
from exporter.renderers.pdf.tags import Active, Mark, Structure, StructureReader, prune
from exporter.walk import normalise

# WeasyPrint's and pydyf's own objects: neither ships types.
Pdf: TypeAlias = Any
Document: TypeAlias = Any
Dictionary: TypeAlias = Any

_LIST_NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
_WRITING_MODES = {"ltr": "/LrTb", "rtl": "/RlTb"}
_PICTURES = ("Figure", "Cover")
_SCOPES = {"col": "Column", "row": "Row"}


def write_structure(pdf: Pdf, document: Document, _version: object, streams: list[Any]) -> None:
    """Stands in for ``weasyprint.pdf.add_tags`` (WeasyPrint 70.0), and is called as that is."""
    reader = StructureReader()
    counts: list[int] = []
    texts = {font.hash.encode(): font.to_unicode for font in document.fonts.values() if not font.bitmap}
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        marks = Marks(stream)
        reader.read(number, page._page_box, marks)
        marks.require_all_taken()
        counts.append(marks.count)
        _mend_glyph_arrays(stream)
        marks.voice(texts)
    prune(reader.document)
    settle(reader.document)
    _StructureWriter(pdf, document, counts, headers(reader.document)).write(reader.document)


_IDLE = re.compile(rb"> *0 *<")
"""The end of a string in a TJ array, an adjustment by nothing, and the next string."""


def _mend_glyph_arrays(stream: Any) -> None:
    """Take out of TJ arrays what does nothing: empty strings, after which PDFium misplaces glyphs, and zeros.

    WeasyPrint writes a zero after each glyph that is as wide as its font says, and so each glyph as a
    string of its own, which makes pages slow to read.
    """
    stream.stream[:] = [
        _mended(operation) if isinstance(operation, bytes) and operation.endswith(b"] TJ") else operation
        for operation in stream.stream
    ]


def _mended(operation: bytes) -> bytes:
    return _IDLE.sub(b"", operation.replace(b"<>", b" ")).replace(b">0]", b">]")


class _StructureWriter:
    def __init__(self, pdf: Pdf, document: Document, counts: list[int], cells: Headers) -> None:
        self._pdf = pdf
        self._cells = cells
        self._pages = pdf.page_references  # made anew each time it is asked for
        self._heights = [page.height for page in document.pages]
        self._parents: list[list[Any]] = [["null"] * count for count in counts]
        self._annotations: list[tuple[Any, Any]] = []
        self._identified: dict[bytes, Any] = {}
        self._has_cover = False

    def write(self, document: Structure) -> None:
        root = self._object({"Type": "/StructTreeRoot"})
        root["K"] = pydyf.Array([self._element(document, root).reference])
        root["ParentTree"] = self._parent_tree().reference
        root["ParentTreeNextKey"] = len(self._parents) + len(self._annotations)
        roles = {**ROLE_MAP, **(COVER_ROLE if self._has_cover else {})}
        root["RoleMap"] = pydyf.Dictionary({name: f"/{standard}" for name, standard in sorted(roles.items())})
        if self._identified:
            root["IDTree"] = self._identifier_tree().reference
        self._pdf.catalog["StructTreeRoot"] = root.reference
        self._pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        self._pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _object(self, facts: dict[str, Any]) -> Dictionary:
        made = pydyf.Dictionary(facts)
        self._pdf.add_object(made)
        return made

    def _element(self, structure: Structure, parent: Dictionary, around: str = "ltr") -> Dictionary:
        """``structure`` and what it holds, inside of text that runs in the direction ``around``."""
        direction: str = structure.box.style["direction"] if structure.box else around
        made = self._object({"Type": "/StructElem", "S": f"/{structure.type}", "P": parent.reference})
        made.update(self._facts(structure, direction, around))
        self._has_cover |= structure.type == "Cover"
        if (identifier := self._identifier(structure)) is not None:
            made["ID"] = _hexadecimal(identifier)
            self._identify(identifier, made)
        kids = [self._kid(kid, structure, made, direction) for kid in structure.kids]
        if kids:
            made["K"] = pydyf.Array(kids)
        return made

    def _identify(self, identifier: bytes, element: Dictionary) -> None:
        if identifier in self._identified:
            raise RenderError(f"Two elements have the identifier '{identifier.decode()}'. Rename one heading.")
        self._identified[identifier] = element.reference

    def _kid(self, kid: Structure | Mark | Active, structure: Structure, made: Dictionary, direction: str) -> Any:
        match kid:
            case Structure():
                return self._element(kid, made, direction).reference
            case Mark():
                self._parents[kid.page][kid.mcid] = made.reference
                return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[kid.page], "MCID": kid.mcid})
            case Active():
                return self._link(kid, structure, made)

    def _link(self, link: Active, structure: Structure, made: Dictionary) -> Any:
        annotation = link.annotation
        annotation["StructParent"] = len(self._parents) + len(self._annotations)
        self._annotations.append((made.reference, annotation))
        _address(annotation, structure)
        facts = {"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._pages[link.page]}
        return self._object(facts).reference

    # Attributes

    def _facts(self, structure: Structure, direction: str, around: str) -> dict[str, Any]:
        element = structure.element
        if element is None:
            return {}
        facts: dict[str, Any] = {}
        language = element.get("lang")
        if language and structure.type != "NoteCall":  # the number of a note belongs to the text around it
            facts["Lang"] = pydyf.String(language)
        if structure.type in _PICTURES:
            facts["Alt"] = pydyf.String(element.get("alt"))
        if attributes := [
            each for each in (self._attributes(structure), _writing(structure, direction, around)) if each
        ]:
            owned = [pydyf.Dictionary(each) for each in attributes]
            facts["A"] = pydyf.Array(owned) if len(owned) > 1 else owned[0]
        return facts

    def _attributes(self, structure: Structure) -> dict[str, Any]:
        element = structure.element
        if element is None:
            return {}
        match structure.type:
            case "L":
                return {"O": "/List", "ListNumbering": f"/{_LIST_NUMBERING[element.tag]}"}
            case "TH":
                return {"O": "/Table", "Scope": f"/{_SCOPES[element.get('scope') or 'col']}"}
            case "TD" if above := self._cells.above.get(structure):
                return {"O": "/Table", "Headers": pydyf.Array([_hexadecimal(each) for each in above])}
            case name if name in _PICTURES:
                return {"O": "/Layout", "Placement": "/Block", "BBox": pydyf.Array(self._bounds(structure))}
            case _:
                return {}

    def _identifier(self, structure: Structure) -> bytes | None:
        """A header cell's own, or the HTML id of a heading, note or call; the call of ``note-N`` is ``call-N``."""
        if structure in self._cells.identifiers:
            return self._cells.identifiers[structure]
        identifier = structure.element.get("id") if structure.element is not None else None
        if identifier and structure.type == "NoteCall":
            return identifier.replace("note-", "call-", 1).encode()
        return identifier.encode() if identifier else None

    def _bounds(self, structure: Structure) -> tuple[float, ...]:
        """Where a picture stands, in points from the lower left of its page."""
        box, height = structure.box, self._heights[structure.page]
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, height - top - box.height, left + box.width, height - top)
        return tuple(round(corner * 0.75, 3) for corner in corners)

    # Trees

    def _parent_tree(self) -> Dictionary:
        numbers: list[Any] = []
        for key, parents in enumerate(self._parents):
            numbers += [key, pydyf.Array(parents)]
        for key, (reference, _) in enumerate(self._annotations, len(self._parents)):
            numbers += [key, reference]
        return self._object({"Nums": pydyf.Array(numbers)})

    def _identifier_tree(self) -> Dictionary:
        names: list[Any] = []
        for identifier in sorted(self._identified):
            names += [_hexadecimal(identifier), self._identified[identifier]]
        return self._object({"Names": pydyf.Array(names)})


def _writing(structure: Structure, direction: str, around: str) -> dict[str, Any]:
    """The writing mode, where it changes; a note, which is read apart from its call, always tells its own."""
    if direction == around and (direction == "ltr" or structure.type != "Note"):
        return {}
    return {"O": "/Layout", "WritingMode": _WRITING_MODES[direction]}


def _address(annotation: Dictionary, link: Structure) -> None:
    """The target exactly as the article has it, and a description that is the link's own words."""
    assert link.element is not None
    if "A" in annotation:
        annotation["A"]["URI"] = _hexadecimal((link.element.get("href") or "").encode())
    annotation["Contents"] = pydyf.String(_words(link.elements or [link.element]))


def _words(elements: list[Any]) -> str:
    """What a link of these ``elements`` says: its text, alternative texts of its pictures, at last its target."""
    words = normalise("".join(part for element in elements for part in _read(element)))
    return words if words.strip() else str(elements[0].get("href"))


def _read(element: Any) -> Iterator[str]:
    if element.get("class") in ("note", "noteref", "page furniture"):
        return
    yield element.text or element.get("alt") or ""
    for child in element:
        yield from _read(child)
        yield child.tail or ""


def _hexadecimal(content: bytes) -> bytes:
    """A string object that reads back as exactly these bytes."""
    return b"<" + content.hex().encode("ascii") + b">"
