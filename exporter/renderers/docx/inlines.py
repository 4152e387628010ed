"""Inlines as runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from docx.oxml.ns import qn

from exporter.article import (
    Code,
    Direction,
    Emphasis,
    HardBreak,
    Image,
    Inline,
    Link,
    Note,
    Ruby,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.labels import Labels, is_of
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.bidi import natural, stretches
from exporter.renderers.docx.elements import Element, bookmarked, lines, text, w
from exporter.renderers.docx.links import Links
from exporter.renderers.docx.manuscript import Manuscript, Story
from exporter.renderers.xml import checked

_WHITESPACE = re.compile(r"[ \t\n\r\f\v]+")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run is set. A run has one character style, ``style``; what is nested in it adds to that."""

    language: str
    direction: Direction
    style: str | None = None
    strong: bool = False
    emphasis: bool = False
    struck: bool = False
    script: str | None = None

    @classmethod
    def of(cls, around: Around, style: str | None = None) -> Look:
        """How a run is set where nothing but its paragraph says anything."""
        return cls(around.language, around.direction, style)

    def emphasised(self) -> Look:
        """As this, emphasised."""
        return replace(self, emphasis=True) if self.style else replace(self, style="Emphasis")

    def strengthened(self) -> Look:
        """As this, strong."""
        return replace(self, strong=True) if self.style else replace(self, style="Strong")

    def styled(self, style: str) -> Look:
        """As this in a character style of its own; the style it had is kept as formatting."""
        strong = self.strong or self.style == "Strong"
        emphasis = self.emphasis or self.style == "Emphasis"
        return replace(self, style=style, strong=strong, emphasis=emphasis)


class InlineWriter:
    """Writes the inlines of one story."""

    def __init__(self, manuscript: Manuscript, story: Story) -> None:
        self._manuscript = manuscript
        self._story = story
        self._links = Links(story.part)

    def inlines(self, children: Iterable[Inline], look: Look) -> list[Element]:
        """What ``children`` show, as children of ``w:p``."""
        return [element for child in children for element in self._inline(child, look)]

    def runs(self, characters: str, look: Look) -> list[Element]:
        """``characters`` in runs, split where the direction changes; line ends are ``w:br``."""
        return [
            self.run(look, *lines(piece), from_right=from_right)
            for piece, from_right in stretches(characters, look.direction)
        ]

    def code(self, characters: str, look: Look) -> list[Element]:
        """``characters`` in one run, left to right, line by line."""
        return [self.run(look, *lines(characters))] if characters else []

    def furniture(self, characters: str, around: Around) -> list[Element]:
        """``characters`` as something the edition adds."""
        return self.runs(characters, Look.of(around, "Furniture"))

    def label(self, characters: str, around: Around, labels: Labels) -> list[Element]:
        """A label, or a number within; where the text ``around`` is in another language, in that of ``labels``."""
        if not self._manuscript.publication.listed or is_of(labels, around.language):
            return self.furniture(characters, around)
        return self.runs(characters, Look(labels.language, natural(labels.by), "Furniture"))

    def run(self, look: Look, *content: Element, from_right: bool = False) -> Element:
        """``w:r``."""
        properties = w("rPr", *self._properties(look, from_right))
        return w("r", properties if len(properties) else None, *content)

    def _properties(self, look: Look, from_right: bool) -> list[Element | None]:
        """In the order of the schema."""
        return [
            w("rStyle", val=self._manuscript.reference.style(look.style)) if look.style else None,
            *((w("b"), w("bCs")) if look.strong else ()),
            *((w("i"), w("iCs")) if look.emphasis else ()),
            w("strike") if look.struck else None,
            w("vertAlign", val=look.script) if look.script else None,
            w("rtl") if from_right else None,
            self._manuscript.lang(look.language),
        ]

    def _inline(self, inline: Inline, look: Look) -> list[Element]:
        match inline:
            case Text():
                return self.runs(_WHITESPACE.sub(" ", inline.text), look)
            case Code():
                return self.runs(re.sub(r"[\t\n\r\f\v]", " ", inline.text), look.styled("Verbatim"))
            case Emphasis():
                return self.inlines(inline.children, look.emphasised())
            case Strong():
                return self.inlines(inline.children, look.strengthened())
            case Strikethrough():
                return self.inlines(inline.children, replace(look, struck=True))
            case Superscript():
                return self.inlines(inline.children, replace(look, script="superscript"))
            case Subscript():
                return self.inlines(inline.children, replace(look, script="subscript"))
            case Link():
                return [self._link(inline, look)]
            case Image():
                return [self.run(look, self._manuscript.drawing(inline, self._story.part))]
            case Note():
                return self._call(inline, look)
            case Ruby():
                return [self._ruby(inline, look)]
            case Span():
                return self._span(inline, look)
            case HardBreak():
                return [self.run(look, w("br"))]
            case _:
                assert_never(inline)

    def _link(self, link: Link, look: Look) -> Element:
        element = w("hyperlink", *self.inlines(link.children, look.styled("Hyperlink")))
        if link.title:
            element.set(qn("w:tooltip"), checked(link.title))
        if anchor := self._manuscript.anchor(link.target):
            element.set(qn("w:anchor"), anchor)
        else:
            element.set(qn("r:id"), self._links.relationship(checked(link.target)))
        return element

    def _span(self, span: Span, look: Look) -> list[Element]:
        """A passage in another language is bookmarked: two that touch must stay two."""
        inner = replace(look, language=span.language or look.language, direction=span.direction or look.direction)
        content = self.inlines(span.children, inner)
        if not span.language:
            return content
        number = self._manuscript.number()
        return bookmarked(content, _passage(number, span.language), number)

    def _ruby(self, ruby: Ruby, look: Look) -> Element:
        size, rise, base = self._manuscript.ruby
        properties = w(
            "rubyPr",
            w("rubyAlign", val="distributeSpace"),
            w("hps", val=size),
            w("hpsRaise", val=rise),
            w("hpsBaseText", val=base),
            w("lid", val=look.language),
        )
        reading = w("rt", self.run(replace(look, style="Ruby"), text(ruby.annotation)))
        return self.run(look, w("ruby", properties, reading, w("rubyBase", self.run(look, text(ruby.base)))))

    # Notes

    def _call(self, note: Note, look: Look) -> list[Element]:
        """The first call is Word's own; later ones refer to the number it shows."""
        number = self._manuscript.note_number(note)
        mark = replace(look.styled("footnote reference"), strong=False, emphasis=False)
        name = f"_note{number}"
        if self._story.calls(note.identifier):
            reference = self.run(mark, w("footnoteReference", id=number))
            return bookmarked([reference], name, self._manuscript.number())
        return [w("fldSimple", self.run(mark, text(str(number))), instr=f" NOTEREF {name} \\f \\h ")]


def _passage(number: int, language: str) -> str:
    """A bookmark's name: letters, digits and low lines, 40 at most."""
    return f"_passage{number}_{language.replace('-', '_')}"[:40]
