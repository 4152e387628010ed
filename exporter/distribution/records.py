"""A plan as it is kept: what goes to whom, by digests and keyed hashes, without an address and without a clock.

``exporter.distribution.planfile`` writes and reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from exporter.mail.parts import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRecord:
    """A finished body with its slots: digest of its UTF-8, and what its media type has beside the charset."""

    kind: Kind
    sha256: str
    parameters: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A file of a message: a picture of the HTML with a ``content_id``, ``shown`` below the message, or attached."""

    name: str
    media_type: str
    sha256: str
    size: int
    content_id: str = ""
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRecord:
    """One letter: what all get alike who get the set in ``language`` with ``formats``.

    ``rungs`` are the steps of the ladder that were taken to make it small enough.
    """

    key: str
    language: str
    formats: tuple[str, ...]
    rungs: tuple[str, ...]
    sender: str
    subject: str
    text: BodyRecord
    html: BodyRecord | None
    pictures: tuple[FileRecord, ...]
    attachments: tuple[FileRecord, ...]
    reply_to: str
    list_id: str
    bulk: bool

    @property
    def digests(self) -> Iterator[str]:
        """SHA-256 of all that it is made from."""
        yield self.text.sha256
        if self.html:
            yield self.html.sha256
        yield from (each.sha256 for each in (*self.pictures, *self.attachments))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRecord:
    """What an article says in the set in ``language``: its ``path`` from the issue's folder, and its texts' digest."""

    language: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One message: to ``recipient``, as ``delivery`` (both keyed hashes), of the letter ``letter``.

    ``digest`` is of its parts' digests, ``size`` its octets; ``withheld`` is why nothing is sent, "" otherwise.
    """

    recipient: str
    delivery: str
    letter: str
    segment: str
    size: int
    digest: str
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article that must not go out: ``draft``, or under ``embargo`` until that day."""

    path: str
    draft: bool = False
    embargo: date | None = None

    @property
    def told(self) -> str:
        """What it is, in a sentence."""
        until = f"under embargo until {self.embargo.isoformat()}" if self.embargo else "held"
        return f"{self.path}: {'a draft' if self.draft else until}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Who gets what of one revision of an issue.

    ``date`` is the moment of planning, in UTC, to the second, and the date of all messages; ``secret`` the fingerprint
    of what the hashes are made with, ``manner`` that of the settings messages are made by. ``recipients`` is the name
    of the recipients' file, and ``recipients_sha256`` its digest. ``sources`` has what the issue was made of, by names
    from its folder, and ``held`` those of its articles that must not go out; ``artefacts`` the files of OUT that
    letters are made from, by their names there; ``texts`` what each article says, for corrections.
    """

    issue: str
    revision: int
    date: datetime
    secret: str
    manner: str
    recipients: str
    recipients_sha256: str
    unsubscribe: tuple[str, ...]
    bounces: str
    sources: tuple[tuple[str, str], ...]
    held: tuple[Held, ...]
    artefacts: tuple[tuple[str, str], ...]
    texts: tuple[TextRecord, ...]
    letters: tuple[LetterRecord, ...]
    rows: tuple[Row, ...]

    @property
    def undisturbed(self) -> Plan:
        """The plan as it would be if nobody had left the list: whoever leaves changes nothing for the others."""
        return self.withholding(lambda _: None)

    @property
    def formats(self) -> frozenset[str]:
        """The formats that the recipients' file may name."""
        return frozenset(name.rpartition(".")[2] for name, _ in self.artefacts)

    @property
    def digests(self) -> frozenset[str]:
        """SHA-256 of all that it consists of, and all editions beside."""
        letters = {digest for letter in self.letters for digest in letter.digests}
        return frozenset({*letters, *(digest for _, digest in self.artefacts), *(each.sha256 for each in self.texts)})

    def withholding(self, reason: Callable[[str], str | None]) -> Plan:
        """The plan as it is now that nothing is sent to those, by keyed hash, for whom there is a ``reason``."""
        rows = (replace(row, withheld=reason(row.recipient) or "") for row in self.rows)
        return replace(self, rows=tuple(rows))

    @property
    def largest(self) -> int:
        """Octets of the largest message."""
        return max((row.size for row in self.rows if not row.withheld), default=0)
