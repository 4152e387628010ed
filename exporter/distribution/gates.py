"""What stands against sending a plan, all of it at once: each a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from exporter.distribution.records import Plan


class Approval(Protocol):
    """What was approved: the last word on an issue's files."""

    @property
    def sources(self) -> Mapping[str, str]:
        """What the issue was made of that was approved: SHA-256 in hex by name from its folder."""

    def approved(self, files: Mapping[str, str], recipients: str) -> tuple[str, ...]:
        """What in ``files``, SHA-256 in hex by name, is not what was approved, each a sentence; () where all is.

        ``recipients`` is the SHA-256 of the recipients' file.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What is so at the moment of sending.

    ``now`` knows its zone; ``max_age`` is how old a plan may be. ``files`` are the digests of what lies in OUT, by its
    names there, ``recipients_sha256`` is that of the recipients' file, and ``manner`` that of the settings messages are
    made by. ``ledger`` is whether there is one, ``sent`` the revisions the archive says something was sent of. ``room``
    is how many octets the server takes in a message (RFC 1870), 0 where it does not say.
    """

    now: datetime
    max_age: timedelta
    files: Mapping[str, str]
    recipients_sha256: str
    manner: str
    ledger: bool
    sent: Sequence[int]
    approval: Approval
    room: int = 0


def objections(plan: Plan, found: Circumstances) -> tuple[str, ...]:
    """Why ``plan`` may not be sent; () where it may."""
    return (
        *_of_plan(plan, found),
        *_of_articles(plan, found),
        *_of_ledger(found),
        *_of_room(plan, found),
        *_of_approval(plan, found),
    )


def _of_plan(plan: Plan, found: Circumstances) -> Iterator[str]:
    if (age := found.now - plan.date) > found.max_age:
        yield f"The plan is {_hours(age)} hours old, more than {_hours(found.max_age)}. Plan again: exporter mail plan"
    if age < timedelta(0):
        yield "The plan is of a time to come. See to this machine's clock, or plan again."
    for name, digest in plan.artefacts:
        if name not in found.files:
            yield f"'{name}' is missing. Build the issue again: exporter build"
        elif found.files[name] != digest:
            yield _changed(f"'{name}'")
    if plan.recipients_sha256 != found.recipients_sha256:
        yield _changed(f"The recipients' file {plan.recipients}")
    if plan.manner != found.manner:
        yield _changed("[mail] of the settings")


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _changed(what: str) -> str:
    return f"{what} changed since it was planned. Plan again: exporter mail plan"


def _of_articles(plan: Plan, found: Circumstances) -> Iterator[str]:
    today = found.now.date()
    for each in plan.held:
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


def _of_room(plan: Plan, found: Circumstances) -> Iterator[str]:
    if found.room and plan.largest > found.room:
        yield (
            f"The largest message has {plan.largest} octets, and the server takes {found.room} (SIZE). "
            "Set [mail] refuse below that, and a ladder, and plan again."
        )


def _of_approval(plan: Plan, found: Circumstances) -> Iterator[str]:
    """What was not approved; and of what was, what is otherwise than it was planned, drafts and embargoes too."""
    against = found.approval.approved(dict(plan.artefacts), plan.recipients_sha256)
    yield from (f"{sentence.rstrip('.')}. Approve it: exporter approve" for sentence in against)
    if not against:
        before, after = dict(plan.sources), found.approval.sources
        names = sorted({*before, *after})
        yield from (_changed(f"'{name}'") for name in names if before.get(name) != after.get(name))
