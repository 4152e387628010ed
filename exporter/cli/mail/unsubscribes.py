"""``exporter mail unsubscribes``."""

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
    """Read who leaves the list."""


@command.command("import")
@returned.paths
@returned.issues
@options.config
@options.debug
def imported(paths: tuple[Path, ...], issues: Path, config: Path | None) -> None:
    """Read messages to the address to leave by (List-Unsubscribe) into the suppression list.

    They lie in Maildirs, mbox files or a file each, and stay there.
    """
    settings = options.resolve((issues,), config)
    identities, now = house.identities(settings), time.time()
    wishes = returned.Wishes()
    with ExitStack() as stack:
        ledgers = [stack.enter_context(Ledger(path)) for path in returned.ledgers(issues)]
        found = (message for path in paths for message in mailboxes.messages(path))
        outcome = returns.unsubscribes(found, lambda each: any(ledger.knows(each) for ledger in ledgers), wishes.add)
    fresh = wishes.write(house.suppression(settings, issues), identities, now)
    returned.tell_others(outcome, "of nobody who leaves")
    click.echo(f"{outcome.suppressed} recipients leave, {fresh} of them new to the suppression list.")
