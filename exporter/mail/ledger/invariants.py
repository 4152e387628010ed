"""What holds of every ledger at every moment. Where it does not, nothing more is sent."""

from __future__ import annotations

from typing import Final

from exporter.errors import DeliveryError
from exporter.mail.ledger.ledger import Ledger

_DOTS: Final = """
SELECT count(*) AS n FROM (
    SELECT delivery FROM event JOIN delivery ON delivery.id = event.delivery WHERE issue = ? AND revision = ?
    GROUP BY delivery
    HAVING sum(after = 'committing') > sum(after = 'sending') OR sum(after = 'accepted') > 1
)
"""


def check(ledger: Ledger, issue: str, revision: int) -> None:
    """Raise DeliveryError unless the counts add up to the plan and no message was begun more often than claimed."""
    tally = ledger.tally(issue, revision)
    counted = sum(tally.counts.values())
    if counted != tally.recipients:
        raise DeliveryError(
            f"{ledger.path}: {counted} deliveries of {tally.recipients} planned. Restore it from a backup."
        )
    if tally.counts["accepted"] > tally.recipients:
        raise DeliveryError(f"{ledger.path}: more was accepted than planned. Send nothing; look at its events.")
    if ledger.rows(_DOTS, [issue, revision])[0]["n"]:
        raise DeliveryError(f"{ledger.path}: a message was sent that nobody claimed. Send nothing; look at its events.")
