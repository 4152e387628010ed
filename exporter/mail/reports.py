"""Reports on what became of a message: delivery status notifications (RFC 3464) and complaints (RFC 5965)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from typing import Final, Literal, TypeAlias, cast, get_args

Kind: TypeAlias = Literal["failed", "delayed", "delivered", "relayed", "expanded", "complaint"]
"""The actions of RFC 3464 (2.3.3), and a recipient who calls the message spam."""

_TOKEN: Final = re.compile(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")
_STATUS: Final = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESSED: Final = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_GONE: Final = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Nobody, or nobody any more, reads mail at such an address (RFC 3463, 3.2 and 3.3; RFC 7505)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one recipient's server tells of one message; no address is kept.

    ``tokens`` are those it came back to (VERP), ``message_id`` is that of the message it returns, "" for none.
    ``digest`` tells one report from another.
    """

    kind: Kind
    status: str
    tokens: tuple[str, ...]
    message_id: str
    digest: str

    @property
    def is_final(self) -> bool:
        """Whether there is nobody to write to any more: the address is no more, or its reader complains."""
        return self.kind == "complaint" or (self.kind == "failed" and self.status in _GONE)


def parse(content: bytes) -> tuple[Report, ...]:
    """The reports in a message; none where it is none."""
    message = message_from_bytes(content)
    tokens = tokens_of(message)
    message_id = _returned(message)
    told = [found for part in message.walk() for found in _told(part)]
    return tuple(
        Report(
            kind=kind,
            status=status,
            tokens=tokens,
            message_id=message_id,
            digest=hashlib.sha256(b"%d %s" % (number, content)).hexdigest(),
        )
        for number, (kind, status) in enumerate(told)
    )


def tokens_of(message: Message) -> tuple[str, ...]:
    """Keyed hashes in the addresses ``message`` came to."""
    fields = (str(value) for name in _ADDRESSED for value in message.get_all(name, []))
    return tuple(dict.fromkeys(token for field in fields for token in _TOKEN.findall(field)))


def _told(part: Message) -> Iterator[tuple[Kind, str]]:
    """What a part tells: of each recipient his own, of a complaint one."""
    blocks = part.get_payload()
    if part.get_content_type() == "message/delivery-status" and isinstance(blocks, list):
        for block in cast(Iterable[Message], blocks):
            action = str(block.get("action", "")).strip().lower()
            if action in get_args(Kind):
                yield cast(Kind, action), _status(block)
    elif part.get_content_type() == "message/feedback-report":
        yield "complaint", ""


def _status(block: Message) -> str:
    """The status; where it is a general one, that of the server's own words."""
    found = _STATUS.search(str(block.get("status", "")))
    status = found[1] if found else ""
    if status[1:] in ("", ".0.0") and (said := _STATUS.search(str(block.get("diagnostic-code", "")))):
        return said[1]
    return status


def _returned(message: Message) -> str:
    """The Message-ID of what is sent back: the message, or its header alone."""
    for part in message.walk():
        inner = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner:
            return str(cast(Message, inner[0]).get("message-id", "")).strip()
        if part.get_content_type() == "text/rfc822-headers":
            content = cast(bytes | None, part.get_payload(decode=True)) or b""
            return str(message_from_bytes(content).get("message-id", "")).strip()
    return ""
