"""What comes back after sending: bounces and complaints into the ledger, and who is written to no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from typing import Literal, TypeAlias

from exporter.mail import reports
from exporter.mail.ledger import Delivery, Ledger
from exporter.mail.mailboxes import Found
from exporter.mail.reports import Report

Cause: TypeAlias = Literal["bounced", "complained", "unsubscribed"]

Suppress: TypeAlias = Callable[[str, Cause], None]
"""Writes nothing more to a recipient, by keyed hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read: how many reports are new, known, or of no delivery here; how many recipients were suppressed.

    ``others`` are the places of messages that are no reports, for a person to read.
    """

    new: int
    known: int
    strange: int
    suppressed: int
    others: tuple[str, ...]


def bounces(ledgers: Sequence[Ledger], found: Iterable[Found], suppress: Suppress, now: float) -> Imported:
    """Record the reports among ``found``. One read twice counts once; each recipient gone is suppressed."""
    outcomes: list[bool | None] = []
    others: list[str] = []
    gone: dict[str, Cause] = {}
    for message in found:
        told = reports.parse(message.content)
        others += [] if told else [message.place]
        for report in told:
            ledger, delivery = _delivery(ledgers, report)
            outcomes.append(
                ledger.bounce(delivery, report.kind, report.status, report.digest, now) if ledger and delivery else None
            )
            if delivery and report.is_final:
                gone[delivery.recipient] = "complained" if report.kind == "complaint" else "bounced"
    for recipient, cause in gone.items():
        suppress(recipient, cause)
    return Imported(
        new=outcomes.count(True),
        known=outcomes.count(False),
        strange=outcomes.count(None),
        suppressed=len(gone),
        others=tuple(others),
    )


def _delivery(ledgers: Sequence[Ledger], report: Report) -> tuple[Ledger, Delivery] | tuple[None, None]:
    """Whose report it is: by the address it came to, else by the message it returns. Neither can be guessed."""
    for ledger in ledgers:
        for token in report.tokens:
            if delivery := ledger.find(token=token):
                return ledger, delivery
    for ledger in ledgers:
        if report.message_id and (delivery := ledger.find(message_id=report.message_id)):
            return ledger, delivery
    return None, None


def unsubscribes(found: Iterable[Found], known: Callable[[str], bool], suppress: Suppress) -> Imported:
    """Suppress whoever wrote to the address to leave by, which has his keyed hash; ``known`` tells whose is one.

    An answer a machine gives (RFC 3834) is nobody's wish.
    """
    leaving: dict[str, None] = {}
    others: list[str] = []
    strange = 0
    for each in found:
        message = message_from_bytes(each.content)
        tokens = reports.tokens_of(message)
        wished = str(message.get("auto-submitted", "no")).strip().lower().startswith(("no", "auto-generated"))
        leavers = [token for token in tokens if known(token)] if wished and not reports.parse(each.content) else []
        strange += bool(tokens) and not leavers
        others += [] if leavers else [each.place]
        leaving |= dict.fromkeys(leavers)
    for recipient in leaving:
        suppress(recipient, "unsubscribed")
    return Imported(new=len(leaving), known=0, strange=strange, suppressed=len(leaving), others=tuple(others))
