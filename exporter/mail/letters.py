"""One letter to many: a message composed once, and addressed to each recipient by head and values alone.

    multipart/mixed
    ├── multipart/alternative
    │   ├── text/plain
    │   └── multipart/related
    │       ├── text/html
    │       └── pictures the HTML shows
    └── attachments

A level with one part is left out. Boundaries are derived from what they divide: the same letter gives the same bytes.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, assert_never

from exporter.mail import headers, values
from exporter.mail.errors import MailError
from exporter.mail.headers import Mailbox
from exporter.mail.outgoing import Outgoing
from exporter.mail.parts import Body, File, Filling, Piece, pieces, quoted_printable
from exporter.slots import UNSUBSCRIBE, Slot, cut


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What all recipients of a letter get alike.

    ``date`` is the day and time of its planning, not of its sending, so that a message sent again is the same.
    ``list_title`` and ``list_id`` are List-Id's, which stays away where the id is "". ``trial`` marks a test.
    """

    sender: Mailbox
    subject: str
    date: datetime
    text: Body
    html: Body | None = None
    pictures: tuple[File, ...] = ()
    attachments: tuple[File, ...] = ()
    reply_to: Mailbox | None = None
    list_id: str = ""
    list_title: str = ""
    bulk: bool = True
    trial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """What one recipient gets alone.

    ``recipient`` is the keyed hash; ``delivery`` is the one of this message, in its Message-ID and return path.
    ``unsubscribe`` are the URIs to leave the list by, HTTPS before mailto; ``values`` go into the slots, by name.
    """

    mailbox: Mailbox
    recipient: str
    delivery: str
    envelope_from: str
    unsubscribe: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Composition:
    """A letter, encoded: ``pieces`` are its bytes below the head of one message."""

    letter: Letter
    head: bytes
    pieces: tuple[Piece, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """The names of the values an addressee needs."""
        return tuple(dict.fromkeys(each.slot.name for each in self.pieces if isinstance(each, Filling)))

    def addressed(self, addressee: Addressee) -> Outgoing:
        """The message to ``addressee``; raises MailError for a value that is missing or cannot stand."""
        domain = self.letter.sender.address.domain
        message_id = f"<{addressee.delivery}@{domain}>"
        head = b"".join(_personal_fields(addressee, message_id))
        below = [
            each if isinstance(each, bytes) else quoted_printable(_fitted(each, addressee)) for each in self.pieces
        ]
        return Outgoing(
            recipient=addressee.recipient,
            message_id=message_id,
            envelope_from=addressee.envelope_from,
            envelope_to=addressee.mailbox.address.addr_spec,
            parts=(head + self.head, *below),
            smtputf8=addressee.mailbox.address.smtputf8,
        )


TRIAL: Final = "[Test] "
"""Stands before the subject of a test message."""


def compose(letter: Letter) -> Composition:
    """``letter``, encoded once; raises MailError for what cannot stand in a message."""
    _refuse_dangling_pictures(letter)
    seed = _seed(letter)
    first, *rest = _joined(_mixed(letter, seed))
    fields, _, below = first.partition(b"\r\n\r\n") if isinstance(first, bytes) else (b"", b"", b"")
    return Composition(letter, b"".join([*_fields(letter), fields, b"\r\n\r\n"]), (below, *rest))


def _joined(body: Iterable[Piece]) -> tuple[Piece, ...]:
    """``body`` with small pieces side by side as one; big ones stay the objects they are, shared by all letters."""
    joined: list[Piece] = []
    for piece in body:
        small = isinstance(piece, bytes) and len(piece) < _BIG
        if small and joined and isinstance(joined[-1], bytes) and len(joined[-1]) < _BIG:
            joined[-1] += piece  # type: ignore[operator]
        else:
            joined.append(piece)
    return tuple(joined)


_BIG: Final = 4096


# --- Head -------------------------------------------------------------------------------------


def _personal_fields(addressee: Addressee, message_id: str) -> Iterator[bytes]:
    yield headers.mailbox("To", addressee.mailbox)
    yield headers.verbatim("Message-ID", message_id)
    if addressee.unsubscribe:
        yield headers.uris("List-Unsubscribe", addressee.unsubscribe)
    if any(each.startswith("https:") for each in addressee.unsubscribe):
        yield headers.verbatim("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")  # RFC 8058, 3.1


def _fields(letter: Letter) -> Iterator[bytes]:
    sender = letter.sender.address
    if sender.smtputf8:
        raise MailError("The sender's address has a local part that is not ASCII: few servers could answer it.")
    yield headers.mailbox("From", letter.sender)
    if letter.reply_to:
        yield headers.mailbox("Reply-To", letter.reply_to)
    yield headers.text("Subject", f"{TRIAL if letter.trial else ''}{letter.subject}")
    yield headers.date("Date", letter.date)
    if letter.list_id:
        yield headers.list_id(letter.list_title, letter.list_id)
    yield headers.verbatim("Auto-Submitted", "auto-generated")  # RFC 3834: nobody's holiday answers it
    if letter.bulk:
        yield headers.verbatim("Precedence", "bulk")
    if letter.trial:
        yield headers.verbatim("X-Exporter-Test", "yes")
    yield headers.verbatim("MIME-Version", "1.0")


# --- Body -------------------------------------------------------------------------------------


def _mixed(letter: Letter, seed: str) -> Iterator[Piece]:
    alternative = tuple(_alternative(letter, seed))
    files = [(each.encoded,) for each in letter.attachments]
    yield from _multipart("mixed", seed, [alternative, *files]) if files else alternative


def _alternative(letter: Letter, seed: str) -> Iterator[Piece]:
    text = tuple(pieces(letter.text))
    yield from (
        _multipart("alternative", seed, [text, tuple(_related(letter.html, letter, seed))]) if letter.html else text
    )


def _related(body: Body, letter: Letter, seed: str) -> Iterator[Piece]:
    page = tuple(pieces(body))
    pictures = [(each.encoded,) for each in letter.pictures]
    yield from _multipart("related", seed, [page, *pictures], '; type="text/html"') if pictures else page


def _multipart(subtype: str, seed: str, parts: Iterable[tuple[Piece, ...]], more: str = "") -> Iterator[Piece]:
    """RFC 2046, 5.1; ``=_`` stands in neither base64 nor quoted-printable, so no part has a line like a boundary."""
    boundary = f"=_{subtype}_{seed}"
    yield f'Content-Type: multipart/{subtype}{more};\r\n boundary="{boundary}"\r\n\r\n'.encode("ascii")
    for part in parts:
        yield f"--{boundary}\r\n".encode("ascii")
        yield from part
        yield b"\r\n"
    yield f"--{boundary}--\r\n".encode("ascii")


def _seed(letter: Letter) -> str:
    """What tells this letter's boundaries from those of any other."""
    bodies = (letter.text, letter.html) if letter.html else (letter.text,)
    told = [
        *(f"{each.kind} {hashlib.sha256(each.content.encode('utf-8')).hexdigest()}" for each in bodies),
        *(f"{each.name} {each.sha256}" for each in (*letter.pictures, *letter.attachments)),
    ]
    return hashlib.sha256("\n".join(told).encode("utf-8")).hexdigest()[:24]


_CID: Final = re.compile(r"""["'(]cid:([^"')]+)["')]""")


def _refuse_dangling_pictures(letter: Letter) -> None:
    """Every picture the HTML shows is there, and every one that is there is shown."""
    shown = set(_CID.findall(letter.html.content)) if letter.html else set()
    there = [each.content_id for each in letter.pictures]
    if len(set(there)) < len(there):
        raise MailError("Two pictures of the body have one Content-ID.")
    if shown != set(there):
        odd = sorted(shown ^ set(there))[0]
        raise MailError(
            f"The picture 'cid:{odd}' is {'shown and not there' if odd in shown else 'there and not shown'}."
        )


# --- Values -----------------------------------------------------------------------------------


def filled(body: Body, addressee: Addressee) -> str:
    """What ``addressee`` reads as ``body``; raises MailError for a value that is missing or cannot stand."""
    read, at_start = "", True
    for each in cut(body.content):
        read += _fitted(Filling(each, body.kind, at_start), addressee) if isinstance(each, Slot) else each
        at_start = read.endswith("\n")
    return read


def _fitted(filling: Filling, addressee: Addressee) -> str:
    """The value for ``filling``, escaped for HTML, or space-stuffed for flowed text (RFC 3676, 4.4)."""
    name = filling.slot.name
    value = addressee.values.get(name, "")
    if not value:
        raise MailError(f"The body has a place for '{name}', and the recipient has none.")
    if objection := _objection(name, value):
        raise MailError(f"The recipient's '{name}' {objection}.")
    match filling.kind:
        case "html":
            return html.escape(value)
        case "text":
            return f" {value}" if filling.at_start and _STUFFED.match(value) else value
        case _:
            assert_never(filling.kind)


def _objection(name: str, value: str) -> str | None:
    if value != value.strip():
        return "has spaces around it. Delete them"
    return None if name == UNSUBSCRIBE and _LINK.fullmatch(value) else values.objection(value)


_LINK: Final = re.compile(r"(https|mailto):[!-~]+")
_STUFFED: Final = re.compile(r">|From ")
