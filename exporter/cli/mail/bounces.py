"""``exporter mail bounces``."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import click

from exporter.cli import options
from exporter.cli.mail import house, returned
from exporter.mail import mailboxes, returns
from exporter.mail.ledger import Ledger


@click.group
def command() -> None:
    """Read what came back after sending."""


@command.command("import")
@returned.paths
@returned.issues
@options.config
@options.debug
def imported(paths: tuple[Path, ...], issues: Path, config: Path | None) -> None:
    """Read delivery status notifications and complaints into the ledgers and the suppression list.

    They lie in Maildirs, mbox files or a file each, and stay there; what was read before counts once.
    """
    settings = options.resolve((issues,), config)
    identities, now = house.identities(settings), time.time()
    wishes = returned.Wishes()
    with ExitStack() as stack:
        ledgers = [stack.enter_context(Ledger(path)) for path in returned.ledgers(issues)]
        found = (message for path in paths for message in mailboxes.messages(path))
        outcome = returns.bounces(ledgers, found, wishes.add, now)
    fresh = wishes.write(house.suppression(settings, issues), identities, now)
    returned.tell_others(outcome, "no report")
    click.echo(
        f"{outcome.new} reports are new, {outcome.known} were known, {outcome.strange} are of no message of ours; "
        f"{outcome.suppressed} recipients are gone, {fresh} of them new to the suppression list."
    )
