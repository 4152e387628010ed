"""``exporter mail resolve``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import get_args

import click

from exporter.cli import options
from exporter.cli.mail import ledgers, telling
from exporter.cli.terminal import tame
from exporter.mail.ledger import Delivery, Ledger, Resolution, resolve


@click.command
@ledgers.issue
@ledgers.revision
@click.option("--resend", "resolution", flag_value="resend", help="Send those in doubt again: some may get two.")
@click.option("--assume-sent", "resolution", flag_value="assume-sent", help="Take those in doubt for sent.")
@click.option("--retry-failed", "resolution", flag_value="retry-failed", help="Try again what failed.")
@click.option("--recipient", "recipients", multiple=True, metavar="HASH", help="Only this recipient, by keyed hash.")
@options.debug
def command(path: Path, revision: int | None, resolution: Resolution | None, recipients: tuple[str, ...]) -> None:
    """Decide about deliveries of ISSUE that are in doubt, or failed. Nothing is sent: that is for deliver."""
    if resolution is None:
        raise click.UsageError(f"Say what to do: {', '.join(f'--{each}' for each in get_args(Resolution))}.")
    now = time.time()
    with ledgers.held(path) as ledger:
        found = _chosen(ledger, revision, recipients)
        count = resolve(ledger, found, resolution, now)
        tallies = ledgers.tallies(ledger, revision)
    click.echo(f"{count} deliveries: {resolution.replace('-', ' ')}.")
    for line in (line for tally in tallies for line in telling.lines(tally)):
        click.echo(tame(line))


def _chosen(ledger: Ledger, revision: int | None, recipients: tuple[str, ...]) -> tuple[Delivery, ...]:
    """The deliveries meant; raises UsageError for a recipient that is not there."""
    rows = tuple(row for name, each in ledgers.latest(ledger, revision) for row in ledger.deliveries(name, each))
    if strange := set(recipients) - {row.recipient for row in rows}:
        raise click.UsageError(
            f"{ledger.path} has no recipient {sorted(strange)[0]}. See: exporter mail status --state."
        )
    return tuple(row for row in rows if not recipients or row.recipient in recipients)
