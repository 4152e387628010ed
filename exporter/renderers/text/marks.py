"""Texts with their reference marks: ``[1]`` after a link, ``[Note 1]`` for a note, ``[Image 1]`` for a picture.

The brackets are chosen once for an article, so that nothing its author wrote reads as a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from exporter.article import (
    Article,
    Code,
    Emphasis,
    Figure,
    HardBreak,
    Image,
    Inline,
    Link,
    Metadata,
    Note,
    Ruby,
    Section,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.errors import RenderError
from exporter.labels import Labels
from exporter.walk import blocks, inline_groups, inlines, normalise, note_numbers, parts

NBSP: Final = "\u00a0"
_WHITESPACE = re.compile(r"[ \t\n\r\f\v]+")
_BRACKETS = re.compile(r"[\[\](){}<>]")
_PAIRS = ("[]", "{}", "<>", "()")
_STYLES = tuple((pair[0] * depth, pair[1] * depth) for depth in range(1, 9) for pair in _PAIRS)


@dataclass(frozen=True, slots=True)
class _Mark:
    """``labelled`` ones follow a space as they are; all others, and all after ink, are tied on by a no-break space."""

    body: str
    labelled: bool = True

    def after(self, text: str) -> str:
        """The mark as it follows ``text``."""
        free = not text.strip(" \n") or (self.labelled and text[-1] in " \n")
        return self.body if free else NBSP + self.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of one article: its brackets, the words in them, and what each number stands for.

    ``notes`` gives numbers by identifier, ``links`` by target, ``images`` by alternative text.
    """

    opening: str
    closing: str
    note_label: str
    image_label: str
    notes: dict[str, int]
    links: dict[str, int]
    images: dict[str, int]

    def note(self, number: int) -> str:
        """The mark of a note."""
        return f"{self.opening}{self.note_label}{NBSP}{number}{self.closing}"

    def link(self, number: int) -> str:
        """The mark of a link."""
        return f"{self.opening}{number}{self.closing}"

    def image(self, alt: str) -> str:
        """The mark of a picture in a text, by its normalised alternative text."""
        return f"{self.opening}{self.image_label}{NBSP}{self.images[alt]}{self.closing}"

    def text(self, children: Iterable[Inline]) -> str:
        """What ``children`` say, white space collapsed, marks set; ``\\n`` where the author broke a line."""
        written = ""
        for piece in self._pieces(children):
            match piece:
                case _Mark():
                    written += piece.after(written)
                case str():
                    written += piece
        return re.sub(" +", " ", re.sub(r" *\n[ \n]*", "\n", written)).strip(" \n")

    def _pieces(self, children: Iterable[Inline]) -> Iterator[str | _Mark]:
        for child in children:
            match child:
                case Text() | Code():
                    yield _WHITESPACE.sub(" ", child.text)
                case Ruby():
                    yield _WHITESPACE.sub(" ", f"{child.base}({child.annotation})")
                case HardBreak():
                    yield "\n"
                case Note():
                    yield _Mark(self.note(self.notes[child.identifier]))
                case Image():
                    if child.alt:
                        yield _Mark(self.image(normalise(child.alt)))
                case Link():
                    yield from self._pieces(child.children)
                    yield _Mark(self.link(self.links[child.target]), labelled=False)
                case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Span():
                    yield from self._pieces(child.children)
                case _:
                    assert_never(child)

    def fit(self, children: tuple[Inline, ...]) -> bool:
        """Whether what reads as a mark in the text of ``children`` are their own marks, no more and no less."""
        words = "|".join(re.escape(word) for word in (self.note_label, self.image_label))
        opening, closing = re.escape(self.opening), re.escape(self.closing)
        tied = rf"(?:\A|{NBSP}){opening}(?:(?:{words}){NBSP})?[0-9]+{closing}"
        free = rf"(?<=[ \n]){opening}(?:{words}){NBSP}[0-9]+{closing}"
        wanted = [piece.body for piece in self._pieces(children) if isinstance(piece, _Mark)]
        found = re.findall(f"{tied}|{free}", self.text(children))
        return [mark.removeprefix(NBSP) for mark in found] == wanted


def marks(article: Article, labels: Labels) -> Marks:
    """The marks of ``article`` in the first brackets that nothing in its text can be taken for.

    Raises RenderError where no brackets are left, or where a label has brackets itself.
    """
    texts = tuple(_texts(article))
    links = [child.target for text in texts for child in inlines(text) if isinstance(child, Link)]
    pictures = [child for text in texts for child in inlines(text) if isinstance(child, Image)]
    alts = [normalise(image.alt) for image in pictures if image.alt]
    for opening, closing in _STYLES:
        found = Marks(
            opening=opening,
            closing=closing,
            note_label=label(labels.note),
            image_label=label(labels.image),
            notes=note_numbers(article),
            links=_numbered(links),
            images=_numbered(alts),
        )
        if all(map(found.fit, texts)):
            return found
    raise RenderError(
        f"'{article.name}': every kind of bracket around a number is taken by the text. Change a text like '[1]'."
    )


def label(word: str) -> str:
    """A label as the text edition writes it; raises RenderError where its form would break the grammar."""
    written = normalise(word.replace(NBSP, " ")).rstrip(":：")
    if not written or _BRACKETS.search(written):
        raise RenderError(f"The label '{word}' is empty or has brackets. Change it in templates/labels.")
    return written


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values), 1)}


def _texts(article: Article) -> Iterator[tuple[Inline, ...]]:
    """Every text of ``article`` that marks are looked for in, in reading order."""
    for part in parts(article):
        for block in blocks(part):
            match block:
                case Figure():
                    yield from (block.caption, block.credit)
                case Section(metadata=Metadata(title=title)):
                    yield (Text(title),)
                case _:
                    yield from inline_groups(block)
