"""Deliveries in doubt are settled by what the mail server or a provider recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from exporter.mail.ledger import Delivery, Ledger
from exporter.mail.maillog import MailLog

Fate: TypeAlias = Literal["accepted", "failed"]
"""What a provider says of a message: it took it, or it refused it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How many deliveries in doubt were accepted, failed, are to be sent after all, or remain in doubt.

    ``contradicted`` counts deliveries that were not accepted by the ledger, and were by the record.
    """

    accepted: int = 0
    failed: int = 0
    planned: int = 0
    unknown: int = 0
    contradicted: int = 0


def by_log(ledger: Ledger, issue: str, revision: int, log: MailLog, now: float, *, rest: float) -> Settled:
    """Settle by Postfix's ``log``: what it queued was accepted, what it did not was not, where the log can know.

    It can from before the message was claimed until after its dot, ``rest`` seconds after which a server is expected to
    have made up its mind.
    """
    doubtful = ledger.deliveries(issue, revision, "unknown")
    queued = [each for each in doubtful if each.message_id in log.queued]
    absent = [each for each in doubtful if each.message_id not in log.queued and _can_know(log, each, now, rest)]
    accepted = sum(
        ledger.move([each], "accepted", f"in the log of the server, queued as {log.queued[each.message_id]}", now)
        for each in queued
    )
    planned = ledger.move(absent, "planned", "not in the log of the server", now)
    return Settled(
        accepted=accepted,
        planned=planned,
        unknown=len(doubtful) - accepted - planned,
        contradicted=_contradicted(ledger, issue, revision, frozenset(log.queued)),
    )


def _can_know(log: MailLog, delivery: Delivery, now: float, rest: float) -> bool:
    begin, end = delivery.claimed_at, delivery.dot_at
    return begin is not None and end is not None and log.covers(begin, end) and now >= end + rest


def by_record(
    ledger: Ledger, issue: str, revision: int, fates: Mapping[str, Fate], now: float, *, complete: bool
) -> Settled:
    """Settle by what a provider says of messages, by Message-ID; ``complete`` where it has all it ever took."""
    doubtful = ledger.deliveries(issue, revision, "unknown")
    by_fate = {
        fate: [each for each in doubtful if fates.get(each.message_id) == fate] for fate in ("accepted", "failed")
    }
    absent = [each for each in doubtful if complete and each.message_id not in fates]
    accepted = ledger.move(by_fate["accepted"], "accepted", "in the provider's record", now)
    failed = ledger.move(by_fate["failed"], "failed", "refused, by the provider's record", now)
    planned = ledger.move(absent, "planned", "not in the provider's record", now)
    taken = frozenset(message_id for message_id, fate in fates.items() if fate == "accepted")
    return Settled(
        accepted=accepted,
        failed=failed,
        planned=planned,
        unknown=len(doubtful) - accepted - failed - planned,
        contradicted=_contradicted(ledger, issue, revision, taken),
    )


def _contradicted(ledger: Ledger, issue: str, revision: int, taken: frozenset[str]) -> int:
    """Deliveries that are to be sent or failed, and that the server took: only a server that lies makes such."""
    states = ledger.deliveries(issue, revision, "planned", "deferred", "failed")
    return sum(each.message_id in taken for each in states)
