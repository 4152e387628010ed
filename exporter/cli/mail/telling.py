"""How deliveries stand: in words, as a document, and as an exit status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, Final

from exporter.cli.documents import SCHEMA
from exporter.cli.exits import FAILED, GOOD, LOCKED
from exporter.mail.ledger import STATES, Delivery, Tally

UNKNOWN: Final = 3
"""There are deliveries of which nobody knows whether they were accepted."""
LEFT: Final = LOCKED
"""There is work left for another run (EX_TEMPFAIL)."""


def status(tallies: Iterable[Tally]) -> int:
    """3 where something is in doubt, 75 where something is left to send, 1 where something failed, 0 otherwise."""
    counts = [tally.counts for tally in tallies]
    for states, code in (
        (("unknown", "committing"), UNKNOWN),
        (("planned", "sending", "deferred"), LEFT),
        (("failed",), FAILED),
    ):
        if any(each[state] for each in counts for state in STATES if state in states):
            return code
    return GOOD


def lines(tally: Tally) -> Iterator[str]:
    """One revision: a line a state that is taken, and their sum."""
    yield f"{tally.issue}, revision {tally.revision}, of {tally.date}"
    for state in STATES:
        if tally.counts[state]:
            yield f"  {state:<12}{tally.counts[state]:>8}{_remark(tally, state)}"
    yield f"  {'recipients':<12}{tally.recipients:>8}"


def _remark(tally: Tally, state: str) -> str:
    if state == "accepted" and tally.bounced:
        return f"   of which {tally.bounced} came back"
    if state == "deferred" and tally.next_due is not None:
        return f"   next due {moment(tally.next_due)}"
    if state == "unknown":
        return "   settle them: exporter mail reconcile, or exporter mail resolve"
    return ""


def moment(seconds: float | None) -> str | None:
    """``seconds`` since 1970 as RFC 3339 has it, in UTC; None for never."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def document(tallies: Iterable[Tally]) -> dict[str, Any]:
    """The revisions as plain values; the counts of each add up to its recipients."""
    return {
        "schema": SCHEMA,
        "revisions": [
            {
                "issue": tally.issue,
                "revision": tally.revision,
                "date": tally.date,
                "recipients": tally.recipients,
                "counts": dict(tally.counts),
                "bounced": tally.bounced,
                "next_due": moment(tally.next_due),
            }
            for tally in tallies
        ],
    }


def delivery(row: Delivery) -> dict[str, Any]:
    """One delivery as plain values; nothing in it is an address."""
    return {
        "issue": row.issue,
        "revision": row.revision,
        "recipient": row.recipient,
        "message_id": row.message_id,
        "variant": row.variant,
        "state": row.state,
        "attempt": row.attempt,
        "not_before": moment(row.not_before or None),
        "code": row.code or None,
        "enhanced": row.enhanced,
        "reply": row.reply,
        "queue_id": row.queue_id,
        "reason": row.reason,
        "dot_at": moment(row.dot_at),
        "done_at": moment(row.done_at),
    }
