"""What a killed run left behind, and what a person decides about deliveries in doubt. It needs the ledger's lock."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias, assert_never

from exporter.mail.ledger.ledger import Ledger
from exporter.mail.ledger.records import Delivery, Recovery
from exporter.mail.ledger.states import Promise

BEFORE_THE_DOT: Final = "the run ended before the final dot"
AFTER_THE_DOT: Final = "the run ended between the final dot and the answer"
SENT_AGAIN: Final = "may have been delivered; sent again, as at-least-once asks"

Resolution: TypeAlias = Literal["resend", "assume-sent", "retry-failed"]
"""What becomes of deliveries: those in doubt are sent again or taken for sent; those that failed are tried again."""


def recover(ledger: Ledger, promise: Promise, now: float) -> Recovery:
    """Settle what no run is at work on: before the dot it was certainly not sent, after it may have been."""
    unsent = _everywhere(ledger, "sending")
    doubtful = _everywhere(ledger, "committing")
    moved = ledger.move(unsent, "planned", BEFORE_THE_DOT, now)
    match promise:
        case "at-most-once":
            return Recovery(unsent=moved, unknown=ledger.move(doubtful, "unknown", AFTER_THE_DOT, now))
        case "at-least-once":
            again = ledger.move((*doubtful, *_everywhere(ledger, "unknown")), "planned", SENT_AGAIN, now)
            return Recovery(unsent=moved, again=again)
        case _:
            assert_never(promise)


def resolve(ledger: Ledger, deliveries: tuple[Delivery, ...], resolution: Resolution, now: float) -> int:
    """Do with ``deliveries`` what somebody decided; how many it concerned."""
    match resolution:
        case "resend":
            return ledger.move(_in(deliveries, "unknown"), "planned", "resolved: to be sent again", now, attempt=0)
        case "assume-sent":
            return ledger.move(_in(deliveries, "unknown"), "accepted", "resolved: taken for sent", now)
        case "retry-failed":
            return ledger.move(_in(deliveries, "failed"), "planned", "resolved: to be tried again", now, attempt=0)
        case _:
            assert_never(resolution)


def _in(deliveries: tuple[Delivery, ...], state: str) -> list[Delivery]:
    return [each for each in deliveries if each.state == state]


def _everywhere(ledger: Ledger, state: Literal["sending", "committing", "unknown"]) -> tuple[Delivery, ...]:
    return tuple(
        delivery
        for issue in ledger.issues()
        for revision in ledger.revisions(issue)
        for delivery in ledger.deliveries(issue, revision, state)
    )
