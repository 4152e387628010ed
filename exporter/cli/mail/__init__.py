"""``exporter mail``: one module a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from exporter.cli.group import LazyGroup

COMMANDS: Final[Mapping[str, str]] = {
    "plan": "Compose every message of an issue, and write samples; sends nothing.",
    "test": "Send one message, marked as a test.",
    "clear": "Remove the samples.",
    "rebuild": "Make a message again that was sent.",
    "identify": "Tell of which issue a file is that came back.",
    "deliver": "Send the approved plan of an issue: to everybody who is due, and to nobody twice.",
    "status": "Tell what became of the messages of an issue.",
    "resolve": "Decide about deliveries that are in doubt, or failed.",
    "reconcile": "Settle deliveries in doubt by the record of the mail server.",
    "bounces": "Read what came back into the ledger and the suppression list.",
    "unsubscribes": "Read who leaves the list into the suppression list.",
}
"""The commands, in the order help lists them. The module of each bears its name."""


@click.group(cls=LazyGroup, modules=COMMANDS, package="exporter.cli.mail")
def command() -> None:
    """Send a built issue to its recipients, and see what became of it."""
