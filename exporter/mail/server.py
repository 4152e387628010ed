"""A mail server that messages are handed to: where it is, how it is trusted, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from exporter.mailsettings import Security


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds, as RFC 5321 (4.5.3.2) has them. A shorter ``dot`` makes doubles: the server may be at work still."""

    greeting: float = 300.0
    command: float = 300.0
    data: float = 120.0
    block: float = 180.0
    dot: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """``user`` is "" for none; ``name`` what we call ourselves (EHLO).

    ``authorities`` is a file of certificates that are trusted in place of the system's.
    """

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    name: str = "localhost"
    authorities: Path | None = None
    timeouts: Timeouts = field(default_factory=Timeouts)
