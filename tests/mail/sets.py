"""Sets of editions, requests and plans, made up: bodies and files that say which set they are of."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from PIL import Image

from exporter.building.manifest import EditionRecord
from exporter.distribution.material import Head, Material
from exporter.distribution.planning import Request
from exporter.distribution.sets import EditionSet
from exporter.edition import Resource
from exporter.issues import Issue, Route
from exporter.mail.identities import Identities
from exporter.mail.recipients import Recipients, read
from exporter.mail.suppression import SuppressionList
from exporter.mailsettings import Mail
from exporter.slots import slot

DATE = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)
FORMATS = ("docx", "epub", "pdf", "txt")
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "txt": "text/plain; charset=utf-8",
    "email.txt": "text/plain; charset=utf-8; format=flowed; delsp=yes",
    "email.html": "text/html",
}
IDENTITIES = Identities("0123456789abcdef0123456789abcdef")
LEAVE = ("https://news.example.com/leave/{recipient}", "mailto:leave+{recipient}@example.com")


def mark(language: str, what: str = "block") -> str:
    """What the set in a language says, and no other one."""
    return f"<<{what} in {language}>>"


@cache
def picture(language: str, size: int = 900) -> Resource:
    """A picture that no other set has, and that cannot be packed well."""
    seed = hashlib.shake_256(language.encode()).digest(size * size // 3 * 3)
    image = Image.frombytes("RGB", (size, size // 9), seed[: size * (size // 9) * 3])
    target = io.BytesIO()
    image.save(target, "PNG")
    digest = hashlib.sha256(target.getvalue()).hexdigest()
    return Resource("noise.png", target.getvalue(), "image/png", size, size // 9, digest)


def edition_set(language: str, shown: Resource, size: int) -> EditionSet:
    """A set in a language that shows a picture, files of ``size`` octets."""
    contents = {name: (f"{mark(language, name)} ".encode() * size)[:size] for name in FORMATS}
    contents["email.txt"] = (
        f"Dear {slot('recipient-name')},\n\n{mark(language)} {{{{ name }}}}\n\n"
        f"-- \n{slot('unsubscribe-url')}\n".encode()
    )
    contents["email.html"] = (
        f"<!DOCTYPE html><html><p>Dear {slot('recipient-name')},</p><p>{mark(language)} {{{{ name }}}}</p>"
        f'<img src="cid:{shown.digest}@pictures.exporter" alt=""><a href="{slot("unsubscribe-url")}">x</a>\n'.encode()
    )
    records = {name: record(language, name, content) for name, content in contents.items()}
    return EditionSet(language, slug(language), records, contents)


def slug(language: str) -> str:
    """The name of a set."""
    return "issue-7" if language == "en" else f"issue-7.{language}"


def record(language: str, name: str, content: bytes) -> EditionRecord:
    """What the manifest says of an edition."""
    return EditionRecord(
        format=name,
        file=f"{slug(language)}.{name}",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type=MEDIA[name],
        verified=True,
        proof="read",
    )


def material(language: str, mail: Mail, size: int = 2000, pixels: int = 900) -> Material:
    """What letters in a language are made of: files of ``size`` octets, a picture ``pixels`` wide."""
    shown = picture(language, pixels)
    head = Head(
        sender="The Weekly <news@example.com>",
        subject=f"No. 7 {mark(language, 'subject')}",
        reply_to="desk@example.com",
        list_id="The Weekly <weekly.example.com>",
    )
    pictures = {f"{shown.digest}@pictures.exporter": shown}
    return Material(edition_set(language, shown, size), head, pictures, mail)


def issue(*routes: Route, revision: int = 1) -> Issue:
    """Issue 7, in English."""
    return Issue(
        id="7",
        title="No. 7",
        language="en",
        direction="ltr",
        date=date(2026, 11, 30),
        revision=revision,
        routes=routes,
    )


def recipients(csv: str) -> Recipients:
    """The recipients of a CSV file."""
    return read(csv.encode(), "readers.csv", FORMATS)


def request(csv: str, languages: Sequence[str] = ("en", "ar"), mail: Mail | None = None, **said: Any) -> Request:
    """A request to plan issue 7 in some languages, but for what is ``said``."""
    mail = mail or Mail()
    size = said.pop("size", 2000)
    usual = Request(
        issue=issue(),
        materials={language: material(language, mail, size=size) for language in languages},
        recipients=recipients(csv),
        recipients_sha256=hashlib.sha256(csv.encode()).hexdigest(),
        identities=IDENTITIES,
        suppressed=SuppressionList(),
        mail=mail,
        unsubscribe=LEAVE,
        bounces="bounces@example.com",
        date=DATE,
    )
    return replace(usual, **said)
