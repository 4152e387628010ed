"""What makes an article a publication: sections of their own titles, which contents list and pages begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from exporter.article import Article, Section
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.elements import Element
from exporter.renderers.docx.leaves import Leaf
from exporter.walk import contents, openings


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a ``title`` in the style Heading ``level``, and the bookmark around it."""

    title: str
    level: int
    around: Around
    bookmark: str


@dataclass(slots=True)
class Publication:
    """The sections of one article that contents list, as they come up; none in an article that needs no contents.

    ``leaf`` are the pages being written.
    """

    listed: frozenset[int]
    openings: frozenset[int]
    levels: range
    leaf: Leaf
    entries: list[Entry] = field(default_factory=list)
    _latest: dict[int, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def of(cls, article: Article) -> Publication:
        """That of ``article``, nothing of it written yet."""
        sections = contents(article)
        styles = [section.level - 1 for section in sections]
        levels = range(min(styles), max(styles) + 1) if styles else range(0)
        opening = openings(article)
        leaf = Leaf(article.metadata.direction)
        return cls(frozenset(map(id, sections)), frozenset(map(id, opening)), levels, leaf)

    def lists(self, section: Section) -> bool:
        """Whether ``section`` stands in the contents."""
        return id(section) in self.listed

    def enter(self, title: str, level: int, around: Around) -> str:
        """Note a ``title`` for the contents; the bookmark it gets, named as Word names those it sets itself."""
        bookmark = f"_Toc{next(self._numbers):09}"
        self._latest[level] = bookmark
        self.entries.append(Entry(title, level, around, bookmark))
        return bookmark

    def begin(self, section: Section, head: Element) -> list[Leaf]:
        """The leaf that begins with ``section``, just entered; none where its title stands below another's.

        ``head`` shows that title.
        """
        entry = self.entries[-1]
        if id(section) not in self.openings:
            self.leaf.head, self.leaf.direction, self.leaf.bookmark = head, entry.around.direction, entry.bookmark
            return []
        self.leaf = Leaf(entry.around.direction, head, entry.bookmark)
        return [self.leaf]

    def back(self, leaf: Leaf) -> list[Leaf]:
        """What goes on with ``leaf`` where others have come between; nothing where it is still being written.

        Where a title of the same style has, its own is no longer what Word would find.
        """
        if self.leaf is leaf:
            return []
        head = leaf.head if leaf.bookmark in self._latest.values() else None
        self.leaf = Leaf(leaf.direction, head, leaf.bookmark)
        return [self.leaf]
