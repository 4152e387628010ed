"""Letters and addressees to compose messages of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from exporter.mail import addresses
from exporter.mail.headers import Mailbox
from exporter.mail.letters import Addressee, Letter
from exporter.mail.parts import Body, File
from exporter.slots import slot

DATE = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
PDF = bytes(range(256)) * 800
LINK = "https://news.example.com/u/0123456789abcdef"


def mailbox(address: str, name: str = "") -> Mailbox:
    """A mailbox."""
    return Mailbox(addresses.parse(address), name)


def file(name: str = "weekly.pdf", content: bytes = PDF, **more: Any) -> File:
    """A file that goes along."""
    return File(name=name, media_type=more.pop("media_type", "application/pdf"), content=content, **more)


def text(content: str) -> Body:
    """A body of flowed text."""
    return Body(kind="text", content=content, parameters="format=flowed; delsp=yes")


def page(content: str) -> Body:
    """A body of HTML."""
    return Body(kind="html", content=content)


def letter(**said: Any) -> Letter:
    """A letter with both bodies, a picture and an attachment, but for what is ``said``."""
    usual = Letter(
        sender=mailbox("news@example.com", "The Weekly"),
        subject="No. 7",
        date=DATE,
        text=text(f"Dear {slot('recipient-name')},\n\nWords.\n\nLeave: {slot('unsubscribe-url')}\n"),
        html=page(
            f"<p>Dear {slot('recipient-name')},</p>\n<img src=\"cid:map@example.com\" alt='A map'>\n"
            f'<a href="{slot("unsubscribe-url")}">Leave</a>\n'
        ),
        pictures=(file("map.png", b"\x89PNG\r\n\x1a\n" * 9, media_type="image/png", content_id="map@example.com"),),
        attachments=(file(),),
        list_id="weekly.example.com",
        list_title="The Weekly",
    )
    return replace(usual, **said)


def addressee(**said: Any) -> Addressee:
    """Ann, but for what is ``said``."""
    usual = Addressee(
        mailbox=mailbox("ann@example.com", "Ann Lee"),
        recipient="a" * 40,
        delivery="d" * 40,
        envelope_from=f"bounces+{'d' * 40}@example.com",
        unsubscribe=(LINK, "mailto:leave@example.com?subject=0123456789abcdef"),
        values={"recipient-name": "Ann Lee", "unsubscribe-url": LINK},
    )
    return replace(usual, **said)
