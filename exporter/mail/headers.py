"""Header fields of a message (RFC 5322), each as its finished lines.

Python's ``email`` folds addresses and the URLs of ``List-Unsubscribe`` into encoded-words, which are then neither, and
breaks quoted names apart (cpython#121284): fields are written here, and only encoded-words (RFC 2047) are its work.
``email`` reads every message again before it goes out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, parseaddr
from typing import Final

from exporter.mail import values
from exporter.mail.addresses import Address, AddressError, parse
from exporter.mail.errors import MailError

_LINE: Final = 78
"""Characters a line should have at most (RFC 5322, 2.1.1)."""
_LONGEST: Final = 998
"""Characters a line must not exceed there."""

_ATOMS: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_ASCII: Final = re.compile(r"[ -~]*")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody's name, "" where there is none, and address."""

    address: Address
    name: str = ""


def read_mailbox(written: str) -> Mailbox:
    """The house's own mailbox, ``written`` as an address or as ``Name <address>``; raises MailError, and ToolError."""
    name, found = parseaddr(written)
    try:
        return Mailbox(parse(found), name)
    except AddressError as error:
        raise MailError(f"'{written}' is no mailbox like 'The Weekly <news@example.com>': {error}.") from error


def text(name: str, value: str) -> bytes:
    """The field ``name`` with the words ``value``, encoded-words where they are not ASCII; raises MailError."""
    _refuse(name, value)
    if _ASCII.fullmatch(value):
        return _ended(name, _folded(name, value))
    return _ended(name, _encoded(name, value))


def mailbox(name: str, box: Mailbox) -> bytes:
    """The field ``name`` with one mailbox; its local part stands in UTF-8 where it needs to (RFC 6532)."""
    _refuse(name, box.name)
    _refuse(name, box.address.addr_spec)
    angle = f"<{box.address.addr_spec}>"
    return _ended(name, _behind(name, _phrase(name, box.name), angle) if box.name else box.address.addr_spec)


def list_id(title: str, identifier: str) -> bytes:
    """``List-Id`` (RFC 2919): what the list is called, and what it is."""
    _refuse("List-Id", title)
    if not LIST_ID.fullmatch(identifier) or len(identifier) > 255:
        raise MailError(f"'{identifier}' is no List-Id. Write one like 'weekly.example.com' (RFC 2919).")
    return _ended("List-Id", _behind("List-Id", _phrase("List-Id", title), f"<{identifier}>") if title else identifier)


def read_list_id(written: str) -> tuple[str, str]:
    """The title, "" where there is none, and the identifier of a list that is ``written`` as RFC 2919 has it."""
    title, angle, rest = written.rpartition("<")
    return (title.strip().strip('"'), rest.removesuffix(">")) if angle else ("", written)


LIST_ID: Final = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")
"""What identifies a list."""


def uris(name: str, addresses: Sequence[str]) -> bytes:
    """The field ``name`` with URIs in angle brackets (RFC 2369): never encoded, folded between two of them alone."""
    for each in addresses:
        if not _URI.fullmatch(each):
            raise MailError(
                f"{name}: '{each}' cannot stand in a header. Write a URI in ASCII, '%' for other characters."
            )
    return _ended(name, ",\r\n ".join(f"<{each}>" for each in addresses))


_URI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[!#$%&'()*+\-./0-9:;=?@A-Z_a-z~]+")
"""A URI, without the characters that end or divide it in a list: no angle brackets, quotation marks, commas."""


def verbatim(name: str, value: str) -> bytes:
    """The field ``name`` with ``value`` of ASCII as it is, on one line."""
    _refuse(name, value)
    if not value.isascii():
        raise MailError(f"{name}: '{value}' is not ASCII.")
    return _ended(name, value)


def date(name: str, moment: datetime) -> bytes:
    """The field ``name`` with a date and time (RFC 5322, 3.3)."""
    return _ended(name, format_datetime(moment))


def _refuse(name: str, value: str) -> None:
    if objection := values.objection(value):
        raise MailError(f"{name} {objection}.")


def _ended(name: str, value: str) -> bytes:
    field = f"{name}: {value}\r\n".encode()
    if any(len(line) > _LONGEST for line in field.split(b"\r\n")):
        raise MailError(f"{name} has a line of more than {_LONGEST} characters. Shorten it.")
    return field


def _folded(name: str, value: str) -> str:
    """``value`` with ends of lines before words, so that unfolding gives it back."""
    lines = [f"{name}:"]
    for word in value.split(" "):
        if word and len(lines[-1]) + len(word) >= _LINE and lines[-1].strip(" ") != f"{name}:":
            lines.append(f" {word}")
        else:
            lines[-1] += f" {word}"
    return "\r\n".join(lines)[len(name) + 2 :]


def _encoded(name: str, value: str) -> str:
    """``value`` as encoded-words, none longer than 75 characters, lines no longer than 76 (RFC 2047, 2)."""
    return Header(value, "utf-8", maxlinelen=76, header_name=name).encode(linesep="\r\n")


def _phrase(name: str, words: str) -> str:
    if _ATOMS.fullmatch(words) and len(name) + len(words) < _LINE - 2:
        return words
    if _ASCII.fullmatch(words) and len(name) + len(words) < _LINE - 8:
        return '"' + re.sub(r'(["\\])', r"\\\1", words) + '"'
    return _encoded(name, words)


def _behind(name: str, phrase: str, angle: str) -> str:
    """``angle`` behind ``phrase``, on a line of its own where one line is too short for both."""
    last = len(f"{name}: {phrase}".rpartition("\r\n")[2])
    return f"{phrase} {angle}" if last + len(angle) < _LINE else f"{phrase}\r\n {angle}"
