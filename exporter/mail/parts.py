"""Parts of a message (MIME, RFC 2045 to 2049), each of 7-bit characters, made once and shared by all messages.

A body is encoded piece by piece, a soft line break on either side of a slot, so that what a recipient's values are
does not change a byte of what stands around them.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.quoprimime import body_encode
from functools import cached_property
from typing import Final, Literal, TypeAlias
from urllib.parse import quote

from exporter.mail import values
from exporter.mail.errors import MailError
from exporter.slots import Slot, cut

Piece: TypeAlias = "bytes | Filling"
"""Finished bytes, or a place for one recipient's value."""

Kind: TypeAlias = Literal["text", "html"]


@dataclass(frozen=True, slots=True)
class Filling:
    """A slot in a body of ``kind``; ``at_start`` says that it begins a line."""

    slot: Slot
    kind: Kind
    at_start: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A finished body with slots, lines ended by LF. ``parameters`` of its media type follow the charset."""

    kind: Kind
    content: str
    parameters: str = ""


@dataclass(frozen=True, kw_only=True)
class File:
    """A file in a message: ``name`` as the recipient sees it, without folders, and its media type.

    ``content_id`` is that of a picture the HTML shows (RFC 2392), "" for others. One that is ``shown`` is read below
    the message, not saved. A file that is the same in many messages is one object: it is encoded once.
    """

    name: str
    media_type: str
    content: bytes
    content_id: str = ""
    shown: bool = False

    def __post_init__(self) -> None:
        if objection := _name_objection(self.name):
            raise MailError(f"The file name '{self.name}' {objection}.")
        if not _MEDIA_TYPE.fullmatch(self.media_type):
            raise MailError(f"'{self.media_type}' is no media type.")
        if self.content_id and not _CONTENT_ID.fullmatch(self.content_id):
            raise MailError(f"'{self.content_id}' is no Content-ID.")

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the content, in hex."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def disposition(self) -> str:
        """RFC 2183."""
        return "inline" if self.content_id or self.shown else "attachment"

    @cached_property
    def encoded(self) -> bytes:
        """The whole part, header and base64."""
        fields = [
            f"Content-Type: {self.media_type}",
            f"Content-Disposition: {self.disposition}; {parameter('filename', self.name)}",
            "Content-Transfer-Encoding: base64",
            *([f"Content-ID: <{self.content_id}>"] if self.content_id else []),
        ]
        head = "".join(f"{field}\r\n" for field in fields).encode("ascii")
        return head + b"\r\n" + base64.encodebytes(self.content).replace(b"\n", b"\r\n")


_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[A-Za-z0-9!#$&^_.+-]+(; charset=utf-8)?")
_CONTENT_ID: Final = re.compile(r"[A-Za-z0-9._-]+@[A-Za-z0-9.-]+")
_PLAIN_NAME: Final = re.compile(r"[A-Za-z0-9 ._()+-]+")
_FOLDERS: Final = re.compile(r"[/\\:]")
_NAME: Final = 60
"""Characters a name may have: longer ones would be cut in parts (RFC 2231, 3), which old programs join wrongly."""


def parameter(name: str, value: str) -> str:
    """A parameter of a header of MIME, in the form of RFC 2231 where it is not plain ASCII."""
    if _PLAIN_NAME.fullmatch(value):
        return f'{name}="{value}"'
    return f"{name}*=utf-8''{quote(value, safe='')}"


def _name_objection(name: str) -> str | None:
    if not name or _FOLDERS.search(name) or name != name.strip() or name != name.strip("."):
        return "may name a folder or hide. Write one without '/', '\\', ':', and dots or spaces around it"
    if name != unicodedata.normalize("NFC", name):
        return "is not in NFC: systems would show two names"
    if len(name) > _NAME:
        return f"has more than {_NAME} characters. Shorten it"
    return values.objection(name)


# --- Bodies -----------------------------------------------------------------------------------


def pieces(body: Body) -> Iterator[Piece]:
    """The part ``body``, header and quoted-printable, with a Filling for each slot; raises MailError."""
    content = body.content.replace("\r\n", "\n")
    if "\r" in content:
        raise MailError(f"The {body.kind} body has a carriage return by itself.")
    parameters = f"; {body.parameters}" if body.parameters else ""
    subtype = "plain" if body.kind == "text" else "html"
    head = f"Content-Type: text/{subtype}; charset=utf-8{parameters}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    yield f"{head}\r\n".encode("ascii")
    yield from _encoded(_cut(body.kind, content), body.kind)


def _cut(kind: Kind, content: str) -> tuple[str | Slot, ...]:
    try:
        return cut(content)
    except ValueError as error:
        raise MailError(f"The {kind} body: {error}.") from error


def _encoded(found: Iterable[str | Slot], kind: Kind) -> Iterator[Piece]:
    at_start = True
    for each in found:
        if isinstance(each, Slot):
            if not at_start:
                yield _SOFT
            yield Filling(each, kind, at_start)
            yield _SOFT
            at_start = False
        else:
            yield quoted_printable(each)
            at_start = each.endswith("\n")


_SOFT: Final = b"=\r\n"
_HAZARDS: Final = re.compile(rb"^(?:\.|F(?=rom ))", re.MULTILINE)


def quoted_printable(text: str) -> bytes:
    """``text`` in quoted-printable (RFC 2045, 6.7), lines of at most 74 characters, ended by CRLF.

    No line begins with a full stop or with ``From ``, which relays have been known to change.
    """
    encoded = body_encode(text.encode("utf-8").decode("latin-1"), maxlinelen=72, eol="\r\n").encode("ascii")
    return _HAZARDS.sub(lambda found: b"=%02X" % ord(found[0]), encoded)
