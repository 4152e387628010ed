"""``exporter mail deliver``."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import click

from exporter import approval
from exporter.approval import journal
from exporter.cli import documents, options
from exporter.cli.exits import FAILED
from exporter.cli.mail import house, plans, signals, telling
from exporter.cli.mail.plans import Desk
from exporter.cli.mail.progress import Progress
from exporter.cli.terminal import tame
from exporter.distribution import planfile
from exporter.distribution.freezing import frozen
from exporter.distribution.gates import Circumstances, objections
from exporter.distribution.house import House
from exporter.distribution.mailing import Mailing, mailing
from exporter.distribution.records import Plan
from exporter.errors import DeliveryError
from exporter.mail import recipients
from exporter.mail.delivery import deliver
from exporter.mail.errors import MailError
from exporter.mail.job import Announce, Job, Outcome
from exporter.mail.ledger import Ledger, Recovery, freeze, locked, recover
from exporter.mail.outgoing import Outgoing
from exporter.mail.server import Timeouts
from exporter.mail.transport import Connection, Lost, Refused

_PATIENCE: Final = 20.0
"""Seconds a server may take to say how large a message may be."""
_GLANCE: Final = 0.5
"""Seconds between two looks at whether to go on waiting."""


@click.command
@plans.issue
@plans.readers
@plans.out
@click.option("--at-least-once", is_flag=True, help="Send those in doubt again: nobody goes without, some may get two.")
@click.option("--again", is_flag=True, help="Send this revision to those, too, who have an earlier one.")
@click.option("--max-age", type=click.IntRange(min=1), metavar="HOURS", help="How old the plan may be; 72 by default.")
@click.option("--connections", type=click.IntRange(1, 64), metavar="N", help="Connections at once; 4 by default.")
@click.option("--rate", type=click.IntRange(min=1), metavar="N", help="Messages a minute at most; no limit by default.")
@click.option("--wait", is_flag=True, help="Stay until those deferred are due, and try them again.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing while messages go out.")
@options.as_json
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    issue: str,
    readers: Path,
    out: Path | None,
    max_age: int | None,
    as_json: bool,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Send the approved plan of ISSUE: to everybody who is due, and to nobody twice.

    Ctrl-C and SIGTERM let the messages at hand through; the same command sends the rest. The exit status is 0 where all
    were accepted, 1 where some failed, 75 where some are left, and 3 where some are in doubt.
    """
    wishes = _Wishes(**{each.name: wanted.pop(each.name) for each in fields(_Wishes)})
    desk = _aged(plans.desk(issue, config, out, **wanted), max_age)
    with locked(desk.state.ledger):
        known, listed = desk.house, readers.read_bytes()
        plan = _due(desk, known)
        if refused := _objections(desk, plan, listed):
            _refuse(refused)
            ctx.exit(FAILED)
        messages = _mailing(desk, plan, listed, known)
        with Ledger(desk.state.ledger, create=True) as ledger:
            found = _freeze(ledger, desk, messages, again=wishes.again)
            outcome = _followed(_job(ledger, desk, messages, wishes), quiet=wishes.quiet or as_json, wait=wishes.wait)
    _tell(outcome, found, as_json)
    ctx.exit(telling.status([outcome.tally]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wishes:
    """How to go about it."""

    at_least_once: bool
    again: bool
    connections: int | None
    rate: int | None
    wait: bool
    quiet: bool


# --- Before -----------------------------------------------------------------------------------


def _aged(desk: Desk, hours: int | None) -> Desk:
    if hours is None:
        return desk
    return replace(desk, settings=replace(desk.settings, mail=replace(desk.settings.mail, max_age=hours)))


def _due(desk: Desk, known: House) -> Plan:
    """The plan that was made last, without those who left since; raises MailError where there is none."""
    plan = planfile.load(desk.state.plan)
    if plan is None:
        raise MailError("The issue is not planned. Plan it, and look at the samples: exporter mail plan")
    return plan.withholding(known.suppressed.reason)


def _objections(desk: Desk, plan: Plan, listed: bytes) -> tuple[str, ...]:
    """What stands against sending; () where nothing does."""
    found = Circumstances(
        now=desk.now,
        max_age=desk.max_age,
        files=dict(desk.stock.digests(plan)),
        recipients_sha256=hashlib.sha256(listed).hexdigest(),
        manner=desk.settings.mail.manner,
        ledger=desk.state.ledger.is_file(),
        sent=desk.archive.revisions(plan.issue),
        approval=approval.standing(
            desk.state.file, desk.out, desk.settings.profile.name if desk.settings.profile else ""
        ),
    )
    return objections(plan, found) or objections(plan, replace(found, room=_room(desk)))


def _room(desk: Desk) -> int:
    """Octets the server takes in a message, 0 where it does not say; one that does not answer is left to the run."""
    server = replace(house.server(desk.settings), timeouts=Timeouts(greeting=_PATIENCE, command=_PATIENCE))
    try:
        connection = Connection(server)
    except (Lost, Refused, DeliveryError):
        return 0
    connection.close()
    return connection.size


def _refuse(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        click.echo(tame(f"exporter: {sentence}"), err=True)


def _mailing(desk: Desk, plan: Plan, listed: bytes, known: House) -> Mailing:
    """The messages of ``plan`` to those ``listed``, from what was kept of it."""
    entries = recipients.read(listed, plan.recipients, plan.formats).entries
    return mailing(plan, desk.stock.of(plan), entries, known.identities)


def _freeze(ledger: Ledger, desk: Desk, messages: Mailing, *, again: bool) -> Recovery:
    """Freeze the plan; then keep what messages are made from, so that what is sent can be made again.

    What a killed run left is settled before that.
    """
    now = time.time()
    found = recover(ledger, "at-most-once", now)
    freeze(ledger, frozen(messages), now, again=again)
    approved = journal.path_of(desk.state.file).read_bytes()
    desk.archive.keep(messages.plan, desk.stock.of(messages.plan), approved)
    return found


# --- Meanwhile --------------------------------------------------------------------------------


def _job(ledger: Ledger, desk: Desk, messages: Mailing, wishes: _Wishes) -> Job:
    return Job(
        ledger=ledger,
        issue=messages.plan.issue,
        revision=messages.plan.revision,
        messages=_signed(desk, messages),
        server=house.server(desk.settings),
        limits=house.limits(desk.settings.mail, wishes.connections, wishes.rate),
        clock=time.time,
        promise="at-least-once" if wishes.at_least_once else "at-most-once",
    )


def _signed(desk: Desk, messages: Mailing) -> Callable[[str], Outgoing]:
    """The messages, signed where the house signs."""
    signer = house.signer(desk.settings, next((each.sender for each in messages.plan.letters), ""))
    if signer is None:
        return messages.outgoing
    return lambda recipient: signer.signed(messages.outgoing(recipient))


def _followed(job: Job, *, quiet: bool, wait: bool) -> Outcome:
    """Runs until nothing is due, or with ``wait`` nothing will be."""
    with signals.heeded() as stop:
        job = replace(job, stop=stop)
        while True:
            outcome = _shown(job, quiet=quiet)
            due = outcome.tally.next_due
            if not wait or due is None or outcome.ending != "finished":
                return outcome
            click.echo(f"exporter: waiting until {telling.moment(due)}.", err=True)
            while time.time() < due and not stop():
                time.sleep(min(_GLANCE, max(0.0, due - time.time())))


def _shown(job: Job, *, quiet: bool) -> Outcome:
    total = len(job.ledger.due(job.issue, job.revision, job.clock()))
    with Progress(total, quiet=quiet) as progress:
        tell: Announce = progress.told
        return deliver(replace(job, announce=tell))


# --- Afterwards -------------------------------------------------------------------------------


def _tell(outcome: Outcome, found: Recovery, as_json: bool) -> None:
    if as_json:
        run = {
            "accepted": outcome.accepted,
            "seconds": round(outcome.seconds, 3),
            "ending": outcome.ending,
            "reason": outcome.reason,
        }
        documents.echo(telling.document([outcome.tally]) | {"run": run})
    else:
        for line in telling.lines(outcome.tally):
            click.echo(tame(line))
    if sentence := _ended(outcome, found):
        click.echo(tame(f"exporter: {sentence}"), err=True)


def _ended(outcome: Outcome, found: Recovery) -> str:
    """Why the run ended early, and what was found of one that was killed; "" for neither."""
    said = []
    if found.unknown:
        said.append(f"A run was killed, and left {found.unknown} in doubt.")
    if outcome.recovery.again:
        said.append(f"{outcome.recovery.again} that were in doubt were planned again, as at-least-once asks.")
    if outcome.ending != "finished":
        said.append(f"The run was {outcome.ending}{': ' if outcome.reason else ''}{outcome.reason}.")
    if outcome.paused_domains:
        said.append(f"{outcome.paused_domains} domains took nothing; their messages are left for another run.")
    return " ".join(said)
