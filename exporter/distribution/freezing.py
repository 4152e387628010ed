"""A plan as the ledger freezes it."""

from __future__ import annotations

from exporter.distribution.mailing import Mailing
from exporter.distribution.records import Row
from exporter.mail.ledger import Frozen, Planned


def frozen(mailing: Mailing) -> Frozen:
    """The plan of ``mailing``: its recipients with the identifiers of their messages, and what these are made from.

    Every message is made for it: MailError is raised where one is not what was planned.
    """
    plan = mailing.plan
    return Frozen(
        issue=plan.issue,
        revision=plan.revision,
        date=plan.date.isoformat(),
        secret=plan.secret,
        artefacts=dict(plan.artefacts),
        recipients=tuple(_planned(mailing, row) for row in plan.rows),
    )


def _planned(mailing: Mailing, row: Row) -> Planned:
    return Planned(
        recipient=row.recipient,
        message_id=mailing.message(row).message_id,
        token=row.delivery,
        variant=row.letter,
        withheld=row.withheld,
    )
