"""``exporter mail rebuild``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from exporter import durable
from exporter.cli import options
from exporter.cli.mail import house, plans
from exporter.cli.mail.addresses import AddressType
from exporter.cli.mail.plans import Desk
from exporter.cli.terminal import tame
from exporter.distribution.mailing import alone, mailing
from exporter.distribution.records import Plan
from exporter.loading.issues import read_issue
from exporter.mail import recipients
from exporter.mail.addresses import Address
from exporter.mail.errors import MailError
from exporter.mail.recipients import Recipient


@click.command
@plans.issue
@click.argument("address", type=AddressType())
@plans.readers
@click.option("--revision", type=click.IntRange(min=1), metavar="N", help="Revision; the last by default.")
@click.option(
    "--output",
    "-o",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where it is written, for its owner alone.",
)
@options.settings_options
def command(
    issue: str,
    address: Address,
    readers: Path,
    revision: int | None,
    output: Path,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Make the message of ISSUE again that was sent to ADDRESS, byte for byte, from what was kept."""
    desk = plans.desk(issue, config, None, **wanted)
    plan = _sent(desk, revision)
    identities = house.identities(desk.settings)
    recipient = identities.recipient(address)
    made = mailing(alone(plan, recipient), desk.archive.object, [_listed(readers, address, plan)], identities)
    durable.write(output, b"".join(made.outgoing(recipient).parts), mode=0o600)
    click.echo(tame(f"{output}: issue {plan.issue}, revision {plan.revision}, as it was sent."))


def _sent(desk: Desk, revision: int | None) -> Plan:
    name = read_issue(desk.state.file, desk.settings).issue.id
    revisions = desk.archive.revisions(name)
    wanted = revision or (revisions[-1] if revisions else 1)
    plan = desk.archive.plan(name, wanted)
    if plan is None:
        raise MailError(f"Issue {name}, revision {wanted}: nothing was sent of it.")
    return plan


def _listed(readers: Path, address: Address, plan: Plan) -> Recipient:
    entries = recipients.read(readers.read_bytes(), str(readers), plan.formats).entries
    found = [each for each in entries if each.address.normalised == address.normalised]
    if not found:
        raise MailError(f"{readers}: has no such recipient any more. Put the line back that he had.")
    return found[0]
