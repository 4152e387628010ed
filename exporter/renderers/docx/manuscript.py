"""What one edition is made from and counts while it is written."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from exporter import labels, templating
from exporter.article import Article, BulletList, Direction, Heading, Image, Note, OrderedList, Section
from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError
from exporter.labels import Labels
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.captions import CaptionNumbers
from exporter.renderers.docx.divisions import Division
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.furniture import Sequence
from exporter.renderers.docx.numbering import Numbered, Numbering
from exporter.renderers.docx.pictures import Pictures
from exporter.renderers.docx.publication import Publication
from exporter.renderers.docx.reference import Measures, Reference
from exporter.walk import heading_ordinals, note_numbers


@dataclass(frozen=True, slots=True)
class Story:
    """A part that holds text: the body, or the notes. ``called`` are the notes called so far."""

    part: Any
    called: set[str]
    notes: bool = False

    def calls(self, identifier: str) -> bool:
        """Record a call; whether it is the note's first. Raises RenderError where a note calls a new one."""
        first = identifier not in self.called
        if first and self.notes:
            raise RenderError(
                f"The note '{identifier}' is called only inside a note. Call it in the text: Word cannot."
            )
        self.called.add(identifier)
        return first


_OF_COVER: Final = 0.55
"""How much of the text area's height the picture on a cover takes at most: the title stands there as well."""


class Manuscript:
    """The edition being written: looks things up, counts, and stores pictures."""

    def __init__(self, article: Article, context: RenderContext, reference: Reference) -> None:
        self.reference = reference
        self.labels: Labels = context.labels
        self._labels: dict[str, Labels] = {}
        self._templates = context.templates or templating.search_path()
        self.measures: Measures = reference.measures()
        self.divisions: list[Division] = []
        self._language = article.metadata.language
        self._direction = article.metadata.direction
        self._rules: dict[str, Element | None] = {}
        self._resources: Mapping[str, Resource] = context.resources
        self._notes = note_numbers(article)
        self._ordinals = heading_ordinals(article)
        self._placed: set[int] = set()
        self._numbering = Numbering(reference)
        self._pictures = Pictures(reference.part.package, self.measures)
        self._numbers = count(1)
        self.publication = Publication.of(article)
        self._captions = CaptionNumbers(article, self.labels, wanted=bool(context.options.get("number_captions", True)))

    @property
    def ruby(self) -> tuple[int, int, int]:
        """Half-points: the reading's size, how far it is raised, the size of the text below it."""
        base = self.reference.half_points("Body Text", "sz")
        size = self.reference.half_points("Ruby", "sz")
        return size, self.reference.half_points("Ruby", "position", otherwise=base), base

    def labels_of(self, around: Around) -> Labels:
        """The labels for a text; an article within a publication has those of its own language."""
        if not self.publication.listed or not around.article:
            return self.labels
        if around.article not in self._labels:
            self._labels[around.article] = labels.beside(around.article, self.labels, self._templates)
        return self._labels[around.article]

    def number(self) -> int:
        """A number no other bookmark or picture has."""
        return next(self._numbers)

    def lang(self, language: str) -> Element | None:
        """``w:lang`` for text of any script; None where it is the document's own language."""
        return None if language == self._language else w("lang", val=language, eastAsia=language, bidi=language)

    def rules(self, style: str, direction: Direction) -> Element | None:
        """The rules of a paragraph of a publication that runs against it: Word leaves them on the side they are on."""
        if not self.publication.listed or direction == self._direction:
            return None
        if style not in self._rules:
            self._rules[style] = self.reference.mirrored(style)
        return deepcopy(self._rules[style])

    def note_number(self, note: Note) -> int:
        """The number ``note`` is called by."""
        return self._notes[note.identifier]

    def anchor(self, target: str) -> str | None:
        """The bookmark of the heading a link leads to; None where it leads elsewhere."""
        ordinal = self._ordinals.get(target[1:]) if target.startswith("#") else None
        return f"_h{ordinal}" if ordinal else None

    def bookmark(self, heading: Heading | Section) -> str | None:
        """The bookmark ``heading`` gets: the first of an identifier has it."""
        ordinal = self._ordinals.get(heading.identifier) if heading.identifier else None
        if not ordinal or ordinal in self._placed:
            return None
        self._placed.add(ordinal)
        return f"_h{ordinal}"

    def caption_number(self, sequence: Sequence, story: Story) -> int | None:
        """The number the next caption of ``sequence`` gets; None in notes, and where captions have none."""
        return None if story.notes else self._captions.next(sequence)

    def list_place(self, block: BulletList | OrderedList, depth: int) -> Numbered:
        """Where the items of ``block`` stand."""
        return self._numbering.of(block, depth)

    def task(self, depth: int) -> Numbered:
        """Where an item stands whose mark is a box."""
        return self._numbering.task(depth)

    def continued(self, depth: int) -> Numbered:
        """Where a block goes on inside an item."""
        return self._numbering.continued(depth)

    def drawing(self, image: Image, part: Any) -> Element:
        """``w:drawing``; raises RenderError where the picture was not loaded."""
        resource = self._resources.get(image.source)
        if resource is None:
            raise RenderError(f"Line {image.position.line}: no picture '{image.source}' was loaded.")
        return self._pictures.drawing(image, resource, part, self.number())

    def cover(self, picture: Resource, part: Any) -> Element:
        """``w:drawing`` of the picture on the cover, which says nothing the title below it does not."""
        image = Image(picture.source, "")
        return self._pictures.drawing(image, picture, part, self.number(), share=_OF_COVER)

    def division(self, parent: Division | None) -> Division:
        """A new quotation inside ``parent``."""
        found = Division(self.number())
        (parent.children if parent else self.divisions).append(found)
        return found
