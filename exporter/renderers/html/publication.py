"""What an article made of several has beside their texts: contents, a cover's words, running heads.

All of it is furniture, made of words of the article; ``walk.contents`` says which sections are listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from exporter.article import Article, Block, Metadata, Section
from exporter.labels import Labels
from exporter.renderers.markup import Attributes, anchors, element, furniture, is_headed, text, where
from exporter.walk import blocks, contents

# --- Which sections there are -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A section the contents list: its title, the ``id`` of its heading, what sets its language; and those below it."""

    title: str
    anchor: str
    where: Attributes
    below: tuple[Listed, ...] = ()


_LONG_TITLE, _LONG_WORD = 40, 11
"""In characters, what a cover's title may have and be set in its largest size."""


@dataclass(frozen=True, slots=True)
class _Line:
    level: int
    title: str
    anchor: str
    where: Attributes


def listed(article: Article) -> tuple[Listed, ...]:
    """The contents of ``article`` as a tree; a level left out is no level of the tree."""
    wanted = {id(section) for section in contents(article)}
    ways = dict(_ways(article.blocks, {}))
    headed = (block for block in blocks(article.blocks) if is_headed(block))
    return _nested(
        [
            _Line(block.level, block.metadata.title, anchor, ways.get(id(block), where(block)))
            for block, anchor in zip(headed, anchors(article)[0], strict=True)
            if isinstance(block, Section) and block.metadata and id(block) in wanted
        ]
    )


def _ways(children: Iterable[Block], around: Attributes) -> Iterator[tuple[int, Attributes]]:
    """``lang`` and ``dir`` of each section where they are others than the article's, inherited ones too."""
    for child in children:
        if isinstance(child, Section):
            inside = {**around, **where(child)}
            yield id(child), inside
            yield from _ways(child.children, inside)


def _nested(lines: Sequence[_Line]) -> tuple[Listed, ...]:
    found: list[Listed] = []
    start = 0
    while start < len(lines):
        first = lines[start]
        end = next((n for n in range(start + 1, len(lines)) if lines[n].level <= first.level), len(lines))
        found.append(Listed(first.title, first.anchor, first.where, _nested(lines[start + 1 : end])))
        start = end
    return tuple(found)


def section_class(section: Section) -> str:
    """Which part of a publication ``section`` is: a "part" that holds others, or an "entry"."""
    return "part" if any(isinstance(child, Section) and child.metadata for child in section.children) else "entry"


# --- What is shown of them --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ContentsList:
    """Writes the contents: ``address`` gives a link's target by an ``id``; ``paged`` leaves room for page numbers."""

    labels: Labels
    address: Callable[[str], str]
    paged: bool

    def write(self, article: Article, language: Attributes, running: str = "") -> str:
        """The contents of ``article``, each entry a link in its own language; ``language`` is that of their heading.

        ``running`` is markup for what stands at the head of their further pages.
        """
        heading = running + element("h2", furniture(self.labels.contents, **language))
        return element("nav", f"\n{heading}\n{self._list(listed(article))}\n", class_="contents") + "\n"

    def _list(self, entries: Iterable[Listed]) -> str:
        return element("ol", "\n" + "".join(map(self._item, entries)), class_="contents")

    def _item(self, entry: Listed) -> str:
        title = element("span", text(entry.title.strip(" \t\n")), class_="listed", **entry.where)
        number = element("span", "0", class_="page furniture", data_target=entry.anchor) if self.paged else ""
        link = element("a", title + number, href=self.address(entry.anchor))
        below = f"\n{self._list(entry.below)}\n" if entry.below else ""
        return element("li", element("span", link, class_="reference") + below, class_="listed") + "\n"


def cover_class(metadata: Metadata) -> str:
    """The class of a cover's header: a title of many or of long words is set smaller."""
    words = metadata.title.split() or [""]
    is_long = len(metadata.title) > _LONG_TITLE or max(map(len, words)) > _LONG_WORD
    return "cover long" if is_long else "cover"


def publisher(metadata: Metadata) -> tuple[str, ...]:
    """The line above a cover's title: the publisher, unless figures in it would make it a text of its own."""
    name = metadata.publisher
    if not name or any(map(str.isdigit, name)):
        return ()
    return (element("p", text(name), class_="publisher furniture"),)


def running_head(title: str, shorten: Callable[[str], str] | None) -> str:
    """What is to stand at the head of a section's pages, if asked for: its title, as ``shorten`` gives it."""
    return element("div", text(shorten(title)), class_="running") + "\n" if shorten else ""
