"""A newsletter issue as its file states it: which articles, in which parts, under which title.

``docs/issues.md`` describes the file. Paths are as written, relative to the folder of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from exporter.article import Direction
from exporter.themes import Page
from exporter.toml import Key

Order: TypeAlias = Literal["written", "date", "-date", "title"]
"""How selected articles are ordered: as written down (by name where a pattern finds them), by date, by title."""

Content: TypeAlias = Literal["full", "summaries"]
"""What of its articles the email of an issue says."""

PictureSource: TypeAlias = Literal["cid", "url"]
"""Where an email's pictures come from: the message itself (RFC 2392), or a web server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article by its path; ``title`` and ``summary`` are said in place of its own."""

    path: str
    title: str | None = None
    summary: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Articles by what they are: those that ``pattern`` finds, with one of ``tags``, dated ``since`` to ``until``."""

    pattern: str
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    order: Order = "written"
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the issue; without a ``title`` its articles stand by themselves."""

    title: str | None = None
    articles: tuple[Entry | Selection, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """``[email]``: the message that carries the issue.

    ``sender`` is a mailbox (RFC 5322), ``list_id`` that of RFC 2919, ``unsubscribe`` URIs for RFC 2369. With
    ``pictures`` "url" they are looked for below ``picture_base``.
    """

    subject: str
    sender: str | None = None
    reply_to: str | None = None
    preheader: str | None = None
    greeting: str | None = None
    list_id: str | None = None
    unsubscribe: tuple[str, ...] = ()
    content: Content = "full"
    pictures: PictureSource = "cid"
    picture_base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Which edition goes to whom: recipients of ``language`` and ``segment``, None for any.

    ``edition`` is the language of the set of editions they get; ``formats`` what is attached, None for what they want.
    """

    language: str | None = None
    segment: str | None = None
    edition: str | None = None
    formats: tuple[str, ...] | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that may pass: ``code`` in ``article``, at the block on line ``block`` there; who says so, and why."""

    code: str
    article: str
    block: int
    by: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What the issue says of itself in another ``language``: None is as in its own; ``sections`` are titles of parts.

    The set of editions in that language has, of articles and their translations, those in it.
    """

    language: str
    title: str | None = None
    subtitle: str | None = None
    publisher: str | None = None
    summary: str | None = None
    note: str | None = None
    cover: str | None = None
    subject: str | None = None
    preheader: str | None = None
    greeting: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue. ``lines`` has the line of every key; ``edition`` is the language of the set, where it has several.

    ``note`` is the editor's, in Markdown. ``hold`` names articles that are left out.
    """

    id: str
    title: str
    language: str
    direction: Direction
    date: date
    revision: int = 1
    subtitle: str | None = None
    number: str | None = None
    publisher: str | None = None
    rights: str | None = None
    authors: tuple[str, ...] = ()
    summary: str | None = None
    note: str | None = None
    cover: str | None = None
    parts: tuple[Part, ...] = ()
    hold: tuple[str, ...] = ()
    formats: tuple[str, ...] | None = None
    theme: str | None = None
    page: Page | None = None
    translations: tuple[Translation, ...] = ()
    edition: str | None = None
    email: Email | None = None
    routes: tuple[Route, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    lines: Mapping[Key, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def slug(self) -> str:
        """The name of its set of editions."""
        return f"issue-{self.id}.{self.edition}" if self.edition else f"issue-{self.id}"
