"""Which document of an EPUB holds what: one an article, so that an issue has one for each it was made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from exporter.article import Article, Block, Direction, Note, Section
from exporter.renderers.markup import anchors, is_headed
from exporter.walk import all_inlines, blocks, contents, note_numbers


@dataclass(frozen=True, slots=True)
class Document:
    """A document to write: ``matter`` is which part of a book it is (EPUB 3 Structural Semantics Vocabulary).

    ``language`` and ``direction`` are those of all it holds, "" where they are the article's.
    """

    name: str
    title: str
    content: str
    matter: str = "bodymatter"
    language: str = ""
    direction: Direction | str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """``groups`` of blocks with the ``names`` and ``titles`` of their documents.

    ``notes`` is the notes' document, "" without any; ``front`` tells that the first document has the title alone.
    """

    groups: tuple[tuple[Block, ...], ...]
    names: tuple[str, ...]
    notes: str
    titles: tuple[str, ...]
    front: bool
    _homes: Mapping[str, str]

    @property
    def start(self) -> str:
        """The document in which reading begins."""
        return self.names[int(self.front)]

    def address(self, anchor: str) -> str:
        """The URL of the element with the id ``anchor``, the same from each document."""
        return f"{self._homes[anchor]}#{anchor}"

    def named(self, written: Sequence[str], notes_title: str) -> tuple[Document, ...]:
        """Documents to write; the last of ``written`` are the notes, their title ``notes_title``."""
        *texts, notes = written
        if len(self.names) == 1:
            return (Document(self.names[0], self.titles[0], texts[0] + notes),)
        found = tuple(map(self._document, range(len(texts)), texts))
        return (*found, Document(self.notes, notes_title, notes, "backmatter")) if self.notes else found

    def _document(self, number: int, text: str) -> Document:
        made = Document(self.names[number], self.titles[number], text)
        if self.front and number == 0:
            return replace(made, matter="frontmatter titlepage")
        for section in _down(self.groups[number]) if self.front else ():
            made = replace(
                made, language=section.language or made.language, direction=section.direction or made.direction
            )
        return made


def divide(article: Article) -> Division:
    """One document for the article; one for each section with metadata and one for the notes, where it has such.

    An article made of several has its title in a document of its own, and a part's title in that of its first article.
    """
    front = bool(contents(article))
    groups = ((), *_apart(article.blocks)) if front else tuple(_groups(article.blocks))
    names = ("article.xhtml",) if len(groups) == 1 else tuple(_names(len(groups), front))
    numbers = note_numbers(article)
    notes = "" if not numbers else names[0] if len(names) == 1 else "notes.xhtml"
    titles = tuple(_title(group) or article.metadata.title for group in groups)
    return Division(groups, names, notes, titles, front, dict(_homes(article, groups, names, notes)))


def _names(count: int, front: bool) -> Iterator[str]:
    if front:
        yield "title.xhtml"
    yield from (f"part-{number}.xhtml" for number in range(1, count + 1 - front))


def _down(group: tuple[Block, ...]) -> Iterator[Section]:
    """The sections that hold all of ``group``: one that has a header of its own is the last."""
    match group:
        case (Section() as section,):
            yield section
            if section.metadata is None:
                yield from _down(section.children)
        case _:
            pass


def _title(group: tuple[Block, ...]) -> str:
    """The title of the section a group begins with, "" where it begins with something else."""
    match group:
        case (Section(metadata=metadata), *_) if metadata:
            return metadata.title
        case (Section(children=children),):
            return _title(children)
        case _:
            return ""


def _groups(children: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Cut before each section with metadata; what comes first, the article's own header with it, is a group too."""
    start = 0
    for place, child in enumerate(children):
        if _is_article(child) and place > start:
            yield children[start:place]
            start = place
    yield children[start:]


def _apart(children: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Each article apart, also those of a part; what stands between them too."""
    between: list[Block] = []
    for child in children:
        if isinstance(child, Section) and _is_article(child):
            yield from [tuple(between)] if between else []
            between = []
            yield from ((piece,) for piece in _pieces(child))
        else:
            between.append(child)
    yield from [tuple(between)] if between else []


def _pieces(section: Section) -> Iterator[Section]:
    """``section``; one that holds articles in pieces, the first of which has its header, its words and an article."""
    if not any(map(_is_article, section.children)):
        yield section
        return
    first, *rest = _apart(section.children)
    if rest and not _is_article(first[0]):
        first, rest = (*first, *rest[0]), rest[1:]
    yield replace(section, children=first)
    yield from (replace(section, metadata=None, identifier=None, children=group) for group in rest)


def _is_article(block: Block) -> bool:
    return isinstance(block, Section) and block.metadata is not None


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
