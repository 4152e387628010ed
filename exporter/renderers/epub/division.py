"""Which document of an EPUB holds what: one a section with metadata, so that an issue has one an article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.article import Article, Block, Note, Section
from exporter.renderers.markup import anchors, is_headed
from exporter.walk import all_inlines, blocks, note_numbers


@dataclass(frozen=True, slots=True)
class Document:
    """A document to write: ``matter`` is which part of a book it is (EPUB 3 Structural Semantics Vocabulary)."""

    name: str
    title: str
    content: str
    matter: str = "bodymatter"


@dataclass(frozen=True, slots=True)
class Division:
    """``groups`` of blocks with the ``names`` and ``titles`` of their documents.

    ``notes`` is the notes' document, "" without any.
    """

    groups: tuple[tuple[Block, ...], ...]
    names: tuple[str, ...]
    notes: str
    titles: tuple[str, ...]
    _homes: Mapping[str, str]

    def address(self, anchor: str) -> str:
        """The URL of the element with the id ``anchor``, the same from each document."""
        return f"{self._homes[anchor]}#{anchor}"

    def named(self, written: Sequence[str], notes_title: str) -> tuple[Document, ...]:
        """Documents to write; the last of ``written`` are the notes, their title ``notes_title``."""
        *texts, notes = written
        if len(self.names) == 1:
            return (Document(self.names[0], self.titles[0], texts[0] + notes),)
        found = tuple(map(Document, self.names, self.titles, texts))
        return (*found, Document(self.notes, notes_title, notes, "backmatter")) if self.notes else found


def divide(article: Article) -> Division:
    """One document for the article, or one for each top-level section with metadata and one for the notes."""
    groups = tuple(_groups(article.blocks))
    names = ("article.xhtml",) if len(groups) == 1 else tuple(f"part-{n}.xhtml" for n in range(1, len(groups) + 1))
    numbers = note_numbers(article)
    notes = "" if not numbers else names[0] if len(names) == 1 else "notes.xhtml"
    titles = tuple(_title(group) or article.metadata.title for group in groups)
    return Division(groups, names, notes, titles, dict(_homes(article, groups, names, notes)))


def _title(group: tuple[Block, ...]) -> str:
    """The title of the section a group begins with, "" where it begins with something else."""
    match group:
        case (Section(metadata=metadata), *_) if metadata:
            return metadata.title
        case _:
            return ""


def _groups(children: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Cut before each section with metadata; what comes first, the article's own header with it, is a group too."""
    start = 0
    for place, child in enumerate(children):
        if isinstance(child, Section) and child.metadata and place > start:
            yield children[start:place]
            start = place
    yield children[start:]


def _homes(
    article: Article, groups: Sequence[tuple[Block, ...]], names: Sequence[str], notes: str
) -> Iterator[tuple[str, str]]:
    """The document of each anchor: of headings, of notes, and of their calls."""
    numbers = note_numbers(article)
    in_body, in_notes = anchors(article)
    yield from ((anchor, notes) for anchor in in_notes)
    yield from ((f"{kind}-{number}", notes) for number in numbers.values() for kind in ("note", "call"))
    left = iter(in_body)
    for group, name in zip(groups, names, strict=True):
        yield from ((next(left), name) for block in blocks(group) if is_headed(block))
    for group, name in reversed(tuple(zip(groups, names, strict=True))):
        calls = [inline.identifier for inline in all_inlines(group) if isinstance(inline, Note)]
        yield from ((f"call-{numbers[call]}", name) for call in calls)
