"""The table of contents of an EPUB: headings, nested by their level; of an article made of several its sections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exporter.article import Article, Block, Heading, Section
from exporter.renderers.epub.division import Division
from exporter.renderers.html import Listed, listed
from exporter.renderers.markup import anchors
from exporter.walk import OBJECT, blocks, normalise, plain


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents, with those below it; ``language`` and ``direction`` where it has its own."""

    title: str
    address: str
    children: tuple[Entry, ...] = ()
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    level: int
    title: str
    address: str


def contents(article: Article, division: Division, notes_title: str) -> tuple[Entry, ...]:
    """The whole table of contents: the article with its headings, then its notes where it has any.

    Of an article made of several it is the list of these, the same as in all its editions.
    """
    if division.front:
        return tuple(_entry(each, division.address) for each in listed(article))
    whole = Entry(article.metadata.title, division.names[0], outline(article, division.address))
    return (whole, Entry(notes_title, f"{division.notes}#notes-heading")) if division.notes else (whole,)


def _entry(section: Listed, address: Callable[[str], str]) -> Entry:
    below = tuple(_entry(each, address) for each in section.below)
    where = section.where
    return Entry(section.title, address(section.anchor), below, where.get("lang", ""), where.get("dir", ""))


def outline(article: Article, address: Callable[[str], str]) -> tuple[Entry, ...]:
    """The headings of the body as a tree; a level left out is no level of the tree."""
    headed = [(_level(block), _title(block)) for block in blocks(article.blocks) if _level(block)]
    places = map(address, anchors(article)[0])
    return _nested([_Line(*line, place) for line, place in zip(headed, places, strict=True) if line[1]])


def _level(block: Block) -> int:
    """The level of a heading, 0 for what is none."""
    match block:
        case Heading():
            return block.level
        case Section(metadata=metadata) if metadata:
            return block.level
        case _:
            return 0


def _title(block: Block) -> str:
    match block:
        case Heading():
            return normalise(plain(block.children).replace(OBJECT, ""))
        case Section(metadata=metadata) if metadata:
            return metadata.title
        case _:
            return ""


def _nested(lines: Sequence[_Line]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    start = 0
    while start < len(lines):
        first = lines[start]
        end = next((n for n in range(start + 1, len(lines)) if lines[n].level <= first.level), len(lines))
        found.append(Entry(first.title, first.address, _nested(lines[start + 1 : end])))
        start = end
    return tuple(found)
