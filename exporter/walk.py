"""Walks over an article: its inlines, blocks, notes and pictures, each in reading order."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import wraps
from itertools import chain
from typing import Concatenate, Final, ParamSpec, TypeVar, assert_never

from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    DefinitionList,
    Emphasis,
    Figure,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    Note,
    OrderedList,
    Paragraph,
    Ruby,
    Section,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)

OBJECT: Final = "\ufffc"
"""Stands in a text where a note is called or a picture is set (U+FFFC, object replacement character)."""

_WHITESPACE = re.compile(r"[ \t\n\r\f\v]+")


def normalise(text: str) -> str:
    """Collapse runs of ASCII white space to one space and strip the ends; nothing else is touched."""
    if text.isprintable() and "  " not in text:  # most texts are; no white space but the space is printable
        return text.strip(" ")
    return _WHITESPACE.sub(" ", text).strip(" ")


# --- Walking once -----------------------------------------------------------------------------

_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembered(size: int) -> Callable[[Callable[Concatenate[Article, _P], _T]], Callable[Concatenate[Article, _P], _T]]:
    """Makes a function of an article keep its last ``size`` answers: an edition asks the same a dozen times.

    An article is the same where it is the same object, which nobody can change: to compare two would take a walk.
    """

    def remembering(function: Callable[Concatenate[Article, _P], _T]) -> Callable[Concatenate[Article, _P], _T]:
        kept: tuple[tuple[Article, object, _T], ...] = ()

        @wraps(function)
        def ask(article: Article, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
            nonlocal kept
            beside = (args, kwargs)
            for known, asked, answer in kept:
                if known is article and asked == beside:
                    return answer
            answer = function(article, *args, **kwargs)
            kept = ((article, beside, answer), *kept[: size - 1])
            return answer

        return ask

    return remembering


# --- Inlines ----------------------------------------------------------------------------------


def inlines(children: Iterable[Inline]) -> Iterator[Inline]:
    """Every inline below ``children`` in reading order, parents first; what is inside notes is left out."""
    for child in children:
        yield child
        match child:
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Link() | Span():
                yield from inlines(child.children)
            case Text() | Code() | Image() | Note() | Ruby() | HardBreak():
                pass
            case _:
                assert_never(child)


def plain(children: Iterable[Inline]) -> str:
    """The characters ``children`` show, normalised; ``OBJECT`` for note calls and pictures."""
    return normalise("".join(shown(child) for child in inlines(children)))


def shown(inline: Inline) -> str:
    """What ``inline`` itself shows, what stands in it aside."""
    match inline:
        case Text() | Code():
            return inline.text
        case Ruby():
            return f"{inline.base}({inline.annotation})"
        case HardBreak():
            return "\n"
        case Note():
            return OBJECT
        case Image():
            return OBJECT if inline.alt else ""
        case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Link() | Span():
            return ""
        case _:
            assert_never(inline)


# --- Blocks -----------------------------------------------------------------------------------


def blocks(children: Iterable[Block]) -> Iterator[Block]:
    """Every block below ``children`` in reading order, parents first; what is inside notes is left out."""
    for child in children:
        yield child
        for group in _block_groups(child):
            yield from blocks(group)


def _block_groups(block: Block) -> Iterator[tuple[Block, ...]]:
    match block:
        case Section() | BlockQuote():
            yield block.children
        case BulletList() | OrderedList():
            yield from (item.children for item in block.items)
        case DefinitionList():
            for item in block.items:
                yield from item.definitions
        case Heading() | Paragraph() | CodeBlock() | Table() | Figure() | ThematicBreak():
            pass
        case _:
            assert_never(block)


def inline_groups(block: Block) -> Iterator[tuple[Inline, ...]]:
    """The runs of inlines that belong to ``block`` itself, in reading order."""
    match block:
        case Heading() | Paragraph():
            yield block.children
        case Table():
            yield block.caption
            for row in (*block.head, *block.body):
                yield from (cell.children for cell in row.cells)
        case Figure():
            yield from ((block.image,), block.caption, block.credit)
        case DefinitionList():
            for item in block.items:
                yield from item.terms
        case Section() | BulletList() | OrderedList() | BlockQuote() | CodeBlock() | ThematicBreak():
            pass
        case _:
            assert_never(block)


def all_inlines(children: Iterable[Block]) -> Iterator[Inline]:
    """Every inline of every block in reading order, what is inside notes left out."""
    for block in children:
        match block:
            case DefinitionList():
                yield from _defined(block)
            case _:
                yield from (inline for group in inline_groups(block) for inline in inlines(group))
                yield from (inline for group in _block_groups(block) for inline in all_inlines(group))


def _defined(block: DefinitionList) -> Iterator[Inline]:
    """Terms and definitions as they are read, in turns."""
    for item in block.items:
        yield from (inline for term in item.terms for inline in inlines(term))
        yield from (inline for definition in item.definitions for inline in all_inlines(definition))


def notes(article: Article) -> tuple[Note, ...]:
    """The article's notes in call order, each once; the first has the number 1.

    A note called inside a note comes after all notes called before its caller's text is read.
    """
    return tuple(note for note, _ in _homes(article))


def note_homes(article: Article) -> dict[str, str | None]:
    """For each note's identifier that of the note inside which it is called first; None in the text itself."""
    return {note.identifier: home for note, home in _homes(article)}


@remembered(2)
def _homes(article: Article) -> tuple[tuple[Note, str | None], ...]:
    return tuple(_found(article))


def _found(article: Article) -> Iterator[tuple[Note, str | None]]:
    """Each note once, in call order, with the identifier of the note that calls it."""
    known: set[str] = set()
    queue: deque[tuple[str | None, tuple[Block, ...]]] = deque([(None, article.blocks)])
    while queue:
        home, children = queue.popleft()
        for inline in all_inlines(children):
            if isinstance(inline, Note) and inline.identifier not in known:
                known.add(inline.identifier)
                queue.append((inline.identifier, inline.children))
                yield inline, home


def parts(article: Article) -> tuple[tuple[Block, ...], ...]:
    """All blocks in the order they are read: the body's, then each note's."""
    return (article.blocks, *(note.children for note in notes(article)))


def note_numbers(article: Article) -> dict[str, int]:
    """Number of each note by its identifier, from 1."""
    return {note.identifier: number for number, note in enumerate(notes(article), 1)}


def heading_ordinals(article: Article) -> dict[str, int]:
    """For each heading's identifier its place among the ``heading`` entries of ``said``, from 1."""
    return dict(_ordinals(article))


@remembered(2)
def _ordinals(article: Article) -> Mapping[str, int]:
    ordinals: dict[str, int] = {}
    ordinal = 0
    for block in blocks(chain.from_iterable(parts(article))):
        if _is_titled(block):
            ordinal += 1
        match block:
            case Heading(identifier=str() as name) | Section(identifier=str() as name) if name:
                ordinals.setdefault(name, ordinal)
    return ordinals


def contents(article: Article) -> tuple[Section, ...]:
    """The sections a table of contents lists, in reading order: all with metadata, where the text has two or more."""
    headed = [block for block in blocks(article.blocks) if isinstance(block, Section) and block.metadata]
    return tuple(headed) if len(headed) > 1 else ()


def contents_ordinals(article: Article) -> tuple[int, ...]:
    """For each section of ``contents`` its place among the ``heading`` entries of ``said``, from 1."""
    titled = [block for block in blocks(article.blocks) if _is_titled(block)]
    places = [number for number, block in enumerate(titled, 1) if isinstance(block, Section)]
    return tuple(places) if len(places) > 1 else ()


def contents_numbers(article: Article) -> tuple[str, ...]:
    """For each section of ``contents`` its number among its like, behind that of the section it is in: "2.1"."""
    numbers: list[str] = []
    above: list[tuple[int, int]] = []
    for section in contents(article):
        count = 0
        while above and above[-1][0] >= section.level:
            count = above.pop()[1]
        above.append((section.level, count + 1))
        numbers.append(".".join(str(each) for _, each in above))
    return tuple(numbers)


def openings(article: Article) -> tuple[Section, ...]:
    """The sections of ``contents`` that open a page, or follow a separator: all but a first one below another's title.

    A part whose first article follows at once opens one page for the titles of both.
    """
    return tuple(_opening(article.blocks, frozenset(map(id, contents(article))), titled=False))


def _opening(children: Iterable[Block], listed: Collection[int], *, titled: bool) -> Iterator[Section]:
    """Those below ``children``; ``titled`` where nothing but a title stands before the first of them."""
    for child in children:
        is_listed = id(child) in listed
        if isinstance(child, Section) and is_listed and not titled:
            yield child
        for group in _block_groups(child):
            yield from _opening(group, listed, titled=is_listed or (titled and isinstance(child, Section)))
        titled = False


def _is_titled(block: Block) -> bool:
    """Whether ``said`` has a ``heading`` entry for ``block``: headings without text say nothing."""
    match block:
        case Heading():
            return bool(plain(block.children))
        case Section():
            return block.metadata is not None
        case _:
            return False


def pictures(article: Article) -> tuple[Image, ...]:
    """Every picture of the article in reading order, those in notes last."""
    return tuple(i for part in parts(article) for i in all_inlines(part) if isinstance(i, Image))
