"""What an approval says: who approved when, and of which bytes; ``docs/approval.md`` has the file it is kept in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from exporter.issues import Waiver

Kind: TypeAlias = Literal["issue", "source", "manifest", "edition", "body", "recipients"]
"""What a file is to an issue: its own file, what it is made of, what was made of it, or who gets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file as it was approved. ``size`` is in bytes.

    ``name`` is from OUT for what was made, from the issue's folder for everything else.
    """

    kind: Kind
    name: str
    sha256: str
    size: int
    format: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One thing that was said: its kind (``exporter.text.said``), the line of its source, 0 for none, and the words.

    ``article`` is the name, from the issue's folder, of the article whose line it is; "" where that is plain.
    """

    kind: str
    line: int
    text: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecord:
    """What the editions of the set ``slug`` say, and what its email says where that is something else, in order."""

    slug: str
    texts: tuple[Text, ...]
    mail: tuple[Text, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRecord:
    """A waiver, and the formats in which it let something pass."""

    waiver: Waiver
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What there is to approve of a revision of an issue.

    ``profile`` names the partner it is built for, "" for the house. ``files`` are all it is and is made of. ``absent``
    are names, from the issue's folder, of what it would be made of if it were there; ``patterns`` what each found.
    ``issue_text`` is the issue's file; ``articles`` what each article says, by its name; ``losses`` count by code what
    editions cannot carry.
    """

    issue: str
    revision: int
    profile: str
    files: tuple[FileRecord, ...]
    absent: tuple[str, ...]
    patterns: Mapping[str, tuple[str, ...]]
    issue_text: str
    articles: Mapping[str, tuple[Text, ...]]
    sets: tuple[SetRecord, ...]
    waivers: tuple[WaiverRecord, ...]
    losses: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What was approved, by whom, and when: a moment that knows its zone, to the second."""

    matter: Matter
    by: str
    at: datetime
