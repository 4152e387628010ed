"""Bytes kept by what they are: each in a file that its SHA-256 names, once, whoever has it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from exporter import durable
from exporter.mail.errors import MailError

Objects: TypeAlias = Callable[[str], bytes]
"""The bytes with that SHA-256, in hex; raises MailError where there are none."""


def read(folder: Path, digest: str) -> bytes:
    """The bytes with the SHA-256 ``digest``; raises MailError where they are missing or damaged."""
    path = folder / digest
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise MailError(f"{path}: missing. No message can be made without it.") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise MailError(f"{path}: not what its name says; it was damaged.")
    return content


def write(folder: Path, digest: str, content: bytes) -> None:
    """Keep ``content``, unless it is there; raises OSError."""
    path = folder / digest
    if not path.is_file() or path.read_bytes() != content:
        folder.mkdir(parents=True, exist_ok=True)
        durable.write(path, content)
