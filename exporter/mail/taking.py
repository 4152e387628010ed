"""A message that came back, taken apart: which one it is, and the files in it."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import cast


@dataclass(frozen=True, slots=True)
class Taken:
    """``delivery`` is the local part of its Message-ID, "" without one; ``files`` have a name, and their bytes."""

    delivery: str
    files: tuple[tuple[str, bytes], ...]


def taken(content: bytes) -> Taken:
    """What the message ``content`` holds; messages that are forwarded within it count, too."""
    message = message_from_bytes(content, policy=policy.SMTP)
    parts = (part for part in message.walk() if not part.is_multipart() and part.get_filename())
    files = tuple((str(part.get_filename()), cast(bytes, part.get_payload(decode=True))) for part in parts)
    identifier = str(message["Message-ID"] or "").strip(" <>")
    return Taken(identifier.partition("@")[0], files)
