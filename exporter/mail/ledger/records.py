"""What a ledger is given, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exporter.mail.ledger.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One recipient of a plan, by keyed hash; nothing here is an address.

    ``token`` is what the return path has in it (VERP), ``variant`` names the formats, language and segment.
    ``withheld`` is why nothing is sent (suppressed, …); "" where something is.
    """

    recipient: str
    message_id: str
    token: str = ""
    variant: str = ""
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A plan as it is frozen: one revision of one issue. ``date`` is that of all its messages, in RFC 5322's form.

    ``artefacts`` are SHA-256 digests in hex by name, of everything messages are made from. ``secret`` is the
    fingerprint of the key that hashes were made with.
    """

    issue: str
    revision: int
    date: str
    secret: str
    artefacts: Mapping[str, str]
    recipients: tuple[Planned, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of a ledger. Times are seconds since 1970 (UTC), None for never; ``reply`` is the server's, redacted."""

    id: int
    issue: str
    revision: int
    recipient: str
    message_id: str
    token: str
    variant: str
    state: State
    attempt: int
    not_before: float
    code: int
    enhanced: str
    reply: str
    queue_id: str
    reason: str
    run: int | None
    changed_at: float
    claimed_at: float | None
    dot_at: float | None
    done_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a message: its state, the server's reply (redacted), and when it is due again.

    ``reason`` is ours, in words; "" where the reply says it all.
    """

    state: State
    code: int = 0
    enhanced: str = ""
    reply: str = ""
    queue_id: str = ""
    reason: str = ""
    not_before: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The deliveries of one revision by state, which add up to ``recipients``; how many of these bounced."""

    issue: str
    revision: int
    date: str
    recipients: int
    counts: Mapping[State, int]
    bounced: int
    next_due: float | None
    """When the first of those deferred is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What a killed run left behind: how many go back to be sent, and how many are in doubt or sent again."""

    unsent: int = 0
    unknown: int = 0
    again: int = 0
