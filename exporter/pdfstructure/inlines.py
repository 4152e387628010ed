"""The inside of one text: its fragments in reading order, and what they carry (links, calls, passages, pictures)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce

import pikepdf

from exporter.pdfstructure.document import Document
from exporter.pdfstructure.drawn import Picture, Run
from exporter.pdfstructure.geometry import Box
from exporter.pdfstructure.lines import Empty, Fragment, Piece, Placeholder, box_of, joined, lines, text_of
from exporter.pdfstructure.tree import Element, Kid, Marked, Reference


class Inlines:
    """Gathers one text from the kids of an element (or a stretch of them)."""

    def __init__(self, document: Document, language: str, right_to_left: bool = False) -> None:
        self.pieces: list[Piece] = []
        self.links: list[str] = []
        self.calls: list[str] = []
        self.foreign: list[str] = []
        self.images: list[tuple[Element, pikepdf.Stream]] = []
        self.notes: list[Element] = []
        self.furniture: list[Element] = []
        self._document = document
        self._language = language
        self._level = int(right_to_left)

    def add(self, kids: Iterable[Kid]) -> None:
        """Read ``kids`` to the end."""
        for kid in kids:
            match kid:
                case Marked():
                    self._add_marked(kid)
                case Reference():
                    pass
                case Element():
                    self._add_element(kid)

    @property
    def says_something(self) -> bool:
        """Whether anything is drawn."""
        return any(not isinstance(piece, Empty) for piece in self.pieces)

    def _add_marked(self, mark: Marked) -> None:
        drawn = [self._fragment(line, mark.page) for line in lines(self._document.marked(mark))]
        self.pieces.extend(drawn or (Empty(mark.page, self._document.spelt(mark)),))

    def _fragment(self, line: tuple[Run, ...], page: int) -> Fragment:
        box = box_of(line)
        return Fragment(line, self._language, page, box, self._level, self._document.reach(box, page))

    def _add_element(self, element: Element) -> None:
        match element.type:
            case "Note":
                self.notes.append(element)
            case "NoteCall":
                self._add_call(element)
            case "Figure":
                self._add_figure(element)
            case "Furniture" | "Lbl":
                self.furniture.append(element)
            case "Link":
                self.links.append(target(element))
                self._add_passage(element)
            case _:
                self._add_passage(element)

    def _add_passage(self, element: Element) -> None:
        level, around = self._level, bool(self._level % 2)
        self._level += runs_right_to_left(element, around) != around
        self._add_spoken(element)
        self._level = level

    def _add_spoken(self, element: Element) -> None:
        if element.language is None:
            self.add(element.kids)
            return
        start, outer, self._language = len(self.pieces), self._language, element.language
        at = len(self.foreign)
        self.add(element.kids)
        self._language = outer
        # One passage a line: its own ends of lines are spaces.
        said = text_of(joined(self.pieces[start:])).replace("\n", " ")
        self.foreign.insert(at, f"{element.language} {said}")

    def _add_call(self, element: Element) -> None:
        inside = Inlines(self._document, self._language, bool(self._level % 2))
        inside.add(element.kids)
        drawn = [piece for piece in inside.pieces if isinstance(piece, Fragment)]
        if drawn:
            box = reduce(Box.union, (piece.box for piece in drawn))
            size, page = max(piece.size for piece in drawn), drawn[0].page
            reach = self._document.reach(box, page)
            self.pieces.append(Placeholder(page, box, size, reach=reach, level=self._level))
        self.calls.append(number_in(text_of(joined(inside.pieces))))

    def _add_figure(self, element: Element) -> None:
        for page, picture in pictures_of(element, self._document):
            reach = self._document.reach(picture.box, page)
            self.pieces.append(Placeholder(page, picture.box, 0.0, reach=reach, level=self._level))
            self.images.append((element, picture.source))


def target(link: Element) -> str:
    """Where a Link element leads: all its annotations (one a line) to the same place, else to all of them; or ""."""
    return " ".join(dict.fromkeys(reference.target for reference in references(link)))


def references(link: Element) -> list[Reference]:
    """The annotations of a Link element, one for each line it runs over; not those of notes it calls."""
    found: list[Reference] = []
    for kid in link.kids:
        if isinstance(kid, Reference):
            found.append(kid)
        elif isinstance(kid, Element) and kid.type not in ("Note", "Link"):
            found.extend(references(kid))
    return found


def runs_right_to_left(element: Element, around: bool) -> bool:
    """The direction of what ``element`` holds: its own writing mode, else that ``around`` it."""
    mode = element.attributes.get("WritingMode")
    return mode == "RlTb" if mode else around


def number_in(text: str) -> str:
    """The number a marker shows, in ASCII digits; the text itself where it shows none."""
    digits = "".join(re.findall(r"\d", text))
    return str(int(digits)) if digits else text.strip()


def pictures_of(element: Element, document: Document) -> list[tuple[int, Picture]]:
    """The image a Figure draws, with its page; only the first, a Figure being one picture."""
    found: list[tuple[int, Picture]] = []
    for kid in element.kids:
        if isinstance(kid, Marked):
            found.extend((kid.page, item) for item in document.marked(kid) if isinstance(item, Picture))
        elif isinstance(kid, Element):
            found.extend(pictures_of(kid, document))
    return found[:1]
