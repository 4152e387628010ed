"""What stands against sending a plan, all of it at once: each a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from exporter.distribution.records import Plan


class Approval(Protocol):
    """What was approved: the last word on an issue's files."""

    def approved(self, files: Mapping[str, str], recipients: str) -> tuple[str, ...]:
        """What in ``files``, SHA-256 in hex by name, is not what was approved, each a sentence; () where all is.

        ``recipients`` is the SHA-256 of the recipients' file.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article that must not go out: ``draft``, or under ``embargo`` until that day."""

    path: str
    draft: bool = False
    embargo: date | None = None

    @property
    def told(self) -> str:
        """What it is, in a sentence."""
        until = f"under embargo until {self.embargo.isoformat()}" if self.embargo else "held"
        return f"{self.path}: {'a draft' if self.draft else until}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is so at the moment of sending.

    ``now`` knows its zone; ``max_age`` is how old a plan may be. ``fresh`` is the plan as it would be made now.
    ``ledger`` is whether there is one, ``sent`` the revisions the archive says something was sent of. ``room`` is how
    many octets the server takes in a message (RFC 1870), 0 where it does not say.
    """

    now: datetime
    max_age: timedelta
    fresh: Plan
    held: Sequence[Held]
    ledger: bool
    sent: Sequence[int]
    approval: Approval
    room: int = 0


def objections(plan: Plan, found: Circumstances) -> tuple[str, ...]:
    """Why ``plan`` may not be sent; () where it may."""
    return (
        *_of_plan(plan, found),
        *_of_articles(found),
        *_of_ledger(found),
        *_of_room(found),
        *_of_approval(plan, found),
    )


def _of_plan(plan: Plan, found: Circumstances) -> Iterator[str]:
    if (age := found.now - plan.date) > found.max_age:
        yield f"The plan is {_hours(age)} hours old, more than {_hours(found.max_age)}. Plan again: exporter mail plan"
    if age < timedelta(0):
        yield "The plan is of a time to come. See to this machine's clock, or plan again."
    for what in _changes(plan, found.fresh):
        yield f"{what} changed since it was planned. Plan again: exporter mail plan"


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _changes(plan: Plan, fresh: Plan) -> Iterator[str]:
    before, after = dict(plan.artefacts), dict(fresh.artefacts)
    yield from (f"'{name}'" for name in sorted({*before, *after}) if before.get(name) != after.get(name))
    if plan.recipients_sha256 != fresh.recipients_sha256:
        yield f"The recipients' file {plan.recipients}"
    if (plan.issue, plan.revision) != (fresh.issue, fresh.revision):
        yield "The id or the revision of the issue"
    elif plan.undisturbed.rows != fresh.undisturbed.rows:
        yield "Who gets which message, or what it says"


def _of_articles(found: Circumstances) -> Iterator[str]:
    today = found.now.date()
    for each in found.held:
        if each.draft:
            yield f"{each.told} Take 'draft' away, or leave it out: exporter issue hold"
        elif each.embargo and each.embargo > today:
            yield f"{each.told} Send it then, or leave it out: exporter issue hold"


def _of_ledger(found: Circumstances) -> Iterator[str]:
    if found.sent and not found.ledger:
        revisions = ", ".join(map(str, found.sent))
        yield (
            f"Something was sent of revision {revisions}, and the ledger that says to whom is missing. "
            "Put it back: without it everybody would get it twice."
        )


def _of_room(found: Circumstances) -> Iterator[str]:
    if found.room and found.fresh.largest > found.room:
        yield (
            f"The largest message has {found.fresh.largest} octets, and the server takes {found.room} (SIZE). "
            "Set [mail] refuse below that, and a ladder, and plan again."
        )


def _of_approval(plan: Plan, found: Circumstances) -> Iterator[str]:
    for sentence in found.approval.approved(dict(plan.artefacts), plan.recipients_sha256):
        yield f"{sentence.rstrip('.')}. Approve it: exporter approve"
