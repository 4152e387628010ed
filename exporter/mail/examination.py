"""Finished messages, read again by another hand: Python's ``email`` takes them apart, and finds what was put in.

The parts that are one object for all messages of a letter are examined once, with the first of them; of the others
the head and the values are.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import Final, cast

from exporter.mail.errors import MailError
from exporter.mail.letters import Addressee, Letter, filled
from exporter.mail.outgoing import Outgoing
from exporter.mail.parts import Body, File

_ONCE: Final = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted")
_AT_MOST_ONCE: Final = ("Reply-To", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence")
_NEVER: Final = ("Bcc", "Cc", "Resent-To", "Sender")


def examine(outgoing: Outgoing, letter: Letter, addressee: Addressee) -> None:
    """See that the message says what ``letter`` does to ``addressee``; raises MailError with what it does not.

    Every file is there exactly once with its own bytes, both bodies read as filled, each line is within its limits, and
    there is one of each field that may stand once.
    """
    raw = b"".join(outgoing.parts)
    message = message_from_bytes(raw, policy=policy.SMTP)
    faults = [
        *_of_lines(raw, outgoing),
        *_of_head(message, letter, addressee, raw),
        *_of_body(message, letter, addressee),
    ]
    _raise(faults)


def examine_head(outgoing: Outgoing, letter: Letter, addressee: Addressee) -> None:
    """The same of the head alone, for a message whose other parts were examined with another one."""
    head = outgoing.parts[0]
    message = BytesHeaderParser(policy=policy.SMTP).parsebytes(head)
    _raise([*_of_lines(head, outgoing), *_of_head(message, letter, addressee, head)])


def _raise(faults: list[str]) -> None:
    if faults:
        raise MailError(f"A message does not read as it was composed: {faults[0]}. Report this.")


def _of_lines(raw: bytes, outgoing: Outgoing) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw):
        yield "a line is not ended by CRLF"
    if not outgoing.smtputf8 and not raw.isascii():
        yield "it has characters of 8 bits"
    if max(map(len, raw.split(b"\r\n"))) > 998:
        yield "a line is longer than 998 characters"


def _of_head(message: EmailMessage, letter: Letter, addressee: Addressee, raw: bytes) -> Iterator[str]:
    counts = {name: len(message.get_all(name, [])) for name in (*_ONCE, *_AT_MOST_ONCE, *_NEVER)}
    if odd := [name for name, count in counts.items() if count > (name not in _NEVER) or (name in _ONCE and not count)]:
        yield f"it has {counts[odd[0]]} fields {odd[0]}"
        return
    yield from _of_mailbox(message, "To", addressee.mailbox.name, addressee.mailbox.address.addr_spec)
    yield from _of_mailbox(message, "From", letter.sender.name, letter.sender.address.addr_spec)
    if not str(message["Subject"]).endswith(letter.subject):
        yield "its subject is another one"
    if message["Date"].datetime != letter.date.replace(microsecond=0):
        yield "its date is another one"
    head = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").split(b"\r\n")
    links = b", ".join(b"<%s>" % each.encode() for each in addressee.unsubscribe)
    if links and b"List-Unsubscribe: " + links not in head:
        yield "List-Unsubscribe is not as given"


def _of_mailbox(message: EmailMessage, field: str, name: str, addr_spec: str) -> Iterator[str]:
    """By the older parser: the newer one puts spaces between the encoded-words of a name."""
    (raw,) = (value for key, value in message.raw_items() if key == field)
    unfolded = raw.encode("ascii", "surrogateescape").decode("utf-8", "replace").replace("\r\n", "")
    words, found = parseaddr(unfolded)
    if (str(make_header(decode_header(words))), found) != (name, addr_spec):
        yield f"its field {field} names somebody else"


def _of_body(message: EmailMessage, letter: Letter, addressee: Addressee) -> Iterator[str]:
    parts = [part for part in message.walk() if not part.is_multipart()]
    if any(part.defects for part in message.walk()):
        yield "its structure has defects"
    bodies = [each for each in (letter.text, letter.html) if each]
    files = (*letter.pictures, *letter.attachments)
    if len(parts) != len(bodies) + len(files):
        yield f"it has {len(parts)} parts, not {len(bodies) + len(files)}"
        return
    for part, body in zip(parts, bodies, strict=False):
        yield from _of_text(part, body, addressee)
    for part, file in zip(parts[len(bodies) :], files, strict=True):
        yield from _of_file(part, file)


def _of_text(part: EmailMessage, body: Body, addressee: Addressee) -> Iterator[str]:
    wanted = "text/plain" if body.kind == "text" else "text/html"
    read = _payload(part).decode("utf-8", "replace").replace("\r\n", "\n")
    if (part.get_content_type(), read) != (wanted, filled(body, addressee)):
        yield f"its {body.kind} reads otherwise"


def _of_file(part: EmailMessage, file: File) -> Iterator[str]:
    media_type = file.media_type.partition(";")[0]
    if (part.get_content_type(), part.get_content_disposition()) != (media_type, file.disposition):
        yield f"'{file.name}' is not said to be {file.media_type}"
    if part.get_filename() != file.name:
        yield f"'{file.name}' has another name"
    if hashlib.sha256(_payload(part)).hexdigest() != file.sha256:
        yield f"'{file.name}' has other bytes"


def _payload(part: EmailMessage) -> bytes:
    return cast(bytes, part.get_payload(decode=True))
