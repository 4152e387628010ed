"""The article model: one canonical document, from which every edition is made.

Block and Inline are closed unions, kept apart. Names are CommonMark's in full, and HTML's where
CommonMark has none. All nodes are frozen; children are tuples. Text is never changed by the model:
an author's no-break spaces, joiners, soft hyphens and normal form stand as written.

``language`` is a BCP 47 tag, ``direction`` "ltr" or "rtl"; ``None`` inherits from the parent.
``position`` is where the node stands in its source and takes no part in equality.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

Direction: TypeAlias = Literal["ltr", "rtl"]
Alignment: TypeAlias = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Position:
    """A stretch of the source: 1-based ``line``, half-open offsets in characters of the decoded text."""

    line: int = 0
    start: int = 0
    end: int = 0


NOWHERE = Position()


def _position() -> Any:
    return field(default=NOWHERE, compare=False, repr=False, kw_only=True)


def _language() -> Any:
    return field(default=None, kw_only=True)


def _direction() -> Any:
    return field(default=None, kw_only=True)


# --- Inline -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as the author wrote them."""

    text: str
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress emphasis, usually italics."""

    children: tuple[Inline, ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance, usually bold."""

    children: tuple[Inline, ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """Text no longer accurate (GFM)."""

    children: tuple[Inline, ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Superscript:
    """Raised text."""

    children: tuple[Inline, ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Subscript:
    """Lowered text."""

    children: tuple[Inline, ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Code:
    """A code span."""

    text: str
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Link:
    """A link to ``target``: a URI, or ``#identifier`` for a heading of the same article."""

    children: tuple[Inline, ...]
    target: str
    title: str | None = None
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the run of the text. ``source`` is a path as written; ``alt`` "" is decorative."""

    source: str
    alt: str
    title: str | None = None
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Note:
    """A note, where it is called. Calls that share an ``identifier`` share one note and its number."""

    children: tuple[Block, ...]
    identifier: str
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Ruby:
    """A base text with its reading beside it (HTML ``ruby``)."""

    base: str
    annotation: str
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Span:
    """A passage in another language or direction."""

    children: tuple[Inline, ...]
    language: str | None = None
    direction: Direction | None = None
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class HardBreak:
    """A line break the author asked for."""

    position: Position = _position()


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | Strikethrough
    | Code
    | Link
    | Image
    | Superscript
    | Subscript
    | Note
    | Ruby
    | Span
    | HardBreak
)

# --- Block ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` is its depth in the outline, 2 to 6: the article's title is level 1."""

    children: tuple[Inline, ...]
    level: int
    identifier: str | None = None
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list. ``checked`` is set for GFM task list items."""

    children: tuple[Block, ...]
    checked: bool | None = None
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list whose order carries no meaning."""

    items: tuple[ListItem, ...]
    tight: bool = True
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class OrderedList:
    """A numbered list: the first item has the number ``start``."""

    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A quotation or an aside set off from the text."""

    children: tuple[Block, ...]
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Preformatted text: line ends are ``\\n``, none at the end. ``syntax`` is the info string's first word."""

    text: str
    syntax: str | None = None
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``header`` marks one that heads its column or row."""

    children: tuple[Inline, ...]
    header: bool = False
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Cell, ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``head`` rows repeat on each page. Every row has as many cells as ``alignments``."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    alignments: tuple[Alignment | None, ...]
    caption: tuple[Inline, ...] = ()
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture that stands by itself, with what is said about it and who made it."""

    image: Image
    caption: tuple[Inline, ...] = ()
    credit: tuple[Inline, ...] = ()
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class DefinitionItem:
    """Terms and the definitions they share."""

    terms: tuple[tuple[Inline, ...], ...]
    definitions: tuple[tuple[Block, ...], ...]
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with their definitions (HTML ``dl``)."""

    items: tuple[DefinitionItem, ...]
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


@dataclass(frozen=True, slots=True)
class ThematicBreak:
    """A change of subject without a heading."""

    position: Position = _position()


@dataclass(frozen=True, slots=True)
class Section:
    """A part with metadata of its own, shown as its heading; an issue has one an article.

    ``level`` is that heading's depth in the outline, and ``identifier`` its name for links, as a ``Heading`` has them.
    """

    children: tuple[Block, ...]
    metadata: Metadata | None = None
    level: int = 2
    identifier: str | None = None
    language: str | None = _language()
    direction: Direction | None = _direction()
    position: Position = _position()


Block: TypeAlias = (
    Section
    | Heading
    | Paragraph
    | BulletList
    | OrderedList
    | BlockQuote
    | CodeBlock
    | Table
    | Figure
    | DefinitionList
    | ThematicBreak
)

# --- The whole --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about an article. Dates are ``date`` or, where the time is known, ``datetime``."""

    title: str
    subtitle: str | None = None
    slug: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    embargo: date | None = None
    language: str = "und"
    direction: Direction = "ltr"
    summary: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    rights: str | None = None
    publisher: str | None = None
    canonical_url: str | None = None
    identifier: str | None = None
    cover: str | None = None
    translation_of: str | None = None
    draft: bool = False
    title_position: Position = _position()
    subtitle_position: Position = _position()


@dataclass(frozen=True, slots=True)
class Article:
    """The one canonical document: metadata and blocks. ``name`` is its source's name, for messages."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    name: str = field(default="", compare=False)
