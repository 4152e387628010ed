"""A plan brought to life: letters composed again from what they consist of, and messages addressed, byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from exporter.distribution.objects import Objects
from exporter.distribution.records import BodyRecord, FileRecord, LetterRecord, Plan, Row
from exporter.mail import headers
from exporter.mail.addresses import Address
from exporter.mail.errors import MailError
from exporter.mail.headers import Mailbox
from exporter.mail.identities import LENGTH, Identities
from exporter.mail.letters import Addressee, Composition, Letter, compose
from exporter.mail.outgoing import Outgoing, Withheld
from exporter.mail.parts import Body, File
from exporter.mail.recipients import Recipient
from exporter.slots import FIELD, NAME, UNSUBSCRIBE

PLACE: Final = "{recipient}"
"""Stands for a recipient's keyed hash in an address to leave the list by."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """The messages of ``plan``, each made when it is asked for; ``compositions`` are its letters, by key."""

    plan: Plan
    compositions: Mapping[str, Composition]
    addressees: Mapping[str, Addressee]
    rows: Mapping[str, Row]

    def outgoing(self, recipient: str) -> Outgoing:
        """The message to ``recipient``, by keyed hash; raises Withheld where nothing is sent to him.

        Raises MailError where it would not be the one that was planned.
        """
        row = self.rows[recipient]
        if row.withheld:
            raise Withheld(row.withheld)
        return self.message(row)

    def message(self, row: Row) -> Outgoing:
        """The message of ``row``, whether it is sent or not; raises MailError where it is not the one planned."""
        made = self.compositions[row.letter].addressed(self.addressees[row.recipient])
        if digest(made) != row.digest:
            raise MailError(f"The message to {row.recipient} is not the one that was planned. Plan the issue again.")
        return made


def mailing(plan: Plan, objects: Objects, recipients: Iterable[Recipient], identities: Identities) -> Mailing:
    """``plan`` as messages, from the bytes in ``objects``; raises MailError, and SecretError for another secret."""
    identities.check(plan.secret, "The plan")
    rows = {row.recipient: row for row in plan.rows}
    named = {identities.recipient(each.address): each for each in recipients}
    letters = {each.key: compose(letter(each, objects, plan.date)) for each in plan.letters}
    if missing := rows.keys() - named.keys():
        raise MailError(f"{plan.recipients}: lacks {len(missing)} of those it was planned with. Plan the issue again.")
    ways = ways_back(plan.unsubscribe, plan.bounces)
    made = {hash_: ways.addressee(named[hash_], hash_, row.delivery) for hash_, row in rows.items()}
    return Mailing(plan, letters, made, rows)


def alone(plan: Plan, recipient: str) -> Plan:
    """``plan`` with nobody but ``recipient``, by keyed hash; raises MailError where he is not in it."""
    rows = tuple(row for row in plan.rows if row.recipient == recipient)
    if not rows:
        raise MailError(f"Issue {plan.issue}, revision {plan.revision}, did not go to this recipient.")
    letters = tuple(each for each in plan.letters if each.key == rows[0].letter)
    return replace(plan, rows=rows, letters=letters)


def letter(record: LetterRecord, objects: Objects, date: datetime, *, trial: bool = False) -> Letter:
    """The letter of ``record``, from its bytes."""
    title = headers.read_list_id(record.list_id) if record.list_id else ("", "")
    return Letter(
        sender=headers.read_mailbox(record.sender),
        subject=record.subject,
        date=date,
        text=_body(record.text, objects),
        html=_body(record.html, objects) if record.html else None,
        pictures=tuple(_file(each, objects) for each in record.pictures),
        attachments=tuple(_file(each, objects) for each in record.attachments),
        reply_to=headers.read_mailbox(record.reply_to) if record.reply_to else None,
        list_title=title[0],
        list_id=title[1],
        bulk=record.bulk,
        trial=trial,
    )


def _body(record: BodyRecord, objects: Objects) -> Body:
    return Body(kind=record.kind, content=objects(record.sha256).decode("utf-8"), parameters=record.parameters)


def _file(record: FileRecord, objects: Objects) -> File:
    return _shared(record, objects(record.sha256))


@lru_cache(maxsize=256)
def _shared(record: FileRecord, content: bytes) -> File:
    """One object for one file, so that all letters that have it share its encoded form."""
    return File(
        name=record.name,
        media_type=record.media_type,
        content=content,
        content_id=record.content_id,
        shown=record.shown,
    )


@dataclass(frozen=True, slots=True)
class WaysBack:
    """How to leave the list, as addresses with ``PLACE``, HTTPS before mailto; and where undeliverable mail returns."""

    unsubscribe: tuple[str, ...]
    bounces: Address

    def return_path(self, delivery: str) -> str:
        """The address undeliverable mail comes back to, which tells whose it was (VERP)."""
        return f"{self.bounces.local}+{delivery}@{self.bounces.domain}"

    def addressee(self, recipient: Recipient, hash_: str, delivery: str) -> Addressee:
        """What ``recipient`` gets alone: his addresses to leave by, return path and values."""
        leave = tuple(each.replace(PLACE, hash_) for each in self.unsubscribe)
        given = {NAME: recipient.name, UNSUBSCRIBE: leave[0] if leave else ""}
        own = {f"{FIELD}{key}": value for key, value in recipient.fields.items()}
        return Addressee(
            mailbox=Mailbox(recipient.address, recipient.name),
            recipient=hash_,
            delivery=delivery,
            envelope_from=self.return_path(delivery),
            unsubscribe=leave,
            values={**given, **own},
        )


def ways_back(unsubscribe: Iterable[str], bounces: str) -> WaysBack:
    """The ways back that are written so; raises MailError for an address to leave by that is the same for everybody."""
    found = tuple(sorted(unsubscribe, key=lambda each: not each.startswith("https:")))
    if same := [each for each in found if PLACE not in each]:
        raise MailError(
            f"The address to leave the list by, '{same[0]}', is the same for all: nobody would know who left. "
            f"Write {PLACE} where the recipient is told (RFC 8058)."
        )
    address = headers.read_mailbox(bounces).address
    if len(address.local) + 1 + LENGTH > _LOCAL_PART:
        raise MailError(
            f"The address for bounces is too long: at most {_LOCAL_PART - 1 - LENGTH} characters before '@'."
        )
    return WaysBack(found, address)


_LOCAL_PART: Final = 64
"""Octets a local part may have (RFC 5321, 4.5.3.1.1)."""


def digest(outgoing: Outgoing) -> str:
    """SHA-256 of the digests of the parts of a message: big ones, which many share, are not counted again."""
    return hashlib.sha256(b"".join(map(_digest, outgoing.parts))).hexdigest()


def _digest(part: bytes) -> bytes:
    return _of_big(part) if len(part) > 4096 else hashlib.sha256(part).digest()


@lru_cache(maxsize=256)
def _of_big(part: bytes) -> bytes:
    return hashlib.sha256(part).digest()
