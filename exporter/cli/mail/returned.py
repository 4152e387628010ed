"""What the commands share that read what comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from exporter.cli.terminal import tame
from exporter.errors import DeliveryError
from exporter.mail import suppression
from exporter.mail.identities import Identities
from exporter.mail.ledger import SUFFIX
from exporter.mail.returns import Cause, Imported
from exporter.mail.suppression import Suppression

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_FEW: Final = 20

paths = click.argument(
    "paths", metavar="MAILDIR|FILE…", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)

issues = click.option(
    "--issues",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("source/issues"),
    show_default=True,
    metavar="FOLDER",
    help="Where the issues are, with their ledgers.",
)


def ledgers(folder: Path) -> tuple[Path, ...]:
    """The ledgers in ``folder``; raises DeliveryError where there is none."""
    found = tuple(sorted(folder.glob(f"*{SUFFIX}")))
    if not found:
        raise DeliveryError(f"{folder}: no issue in it has a ledger. Name the folder of the issues with --issues.")
    return found


class Wishes:
    """Recipients, by keyed hash, that nothing is sent to any more, and why."""

    def __init__(self) -> None:
        self._causes: dict[str, Cause] = {}

    def add(self, recipient: str, cause: Cause) -> None:
        """Note one."""
        self._causes.setdefault(recipient, cause)

    def write(self, path: Path, identities: Identities, now: float) -> int:
        """Write them into the list ``path``; how many it had not."""
        day = datetime.fromtimestamp(now, UTC).date()
        return len(suppression.add(path, [Suppression(who, why, day) for who, why in self._causes.items()], identities))


def tell_others(outcome: Imported, what: str) -> None:
    """Name the messages that were not understood: a person reads those."""
    for place in outcome.others[:_FEW]:
        click.echo(tame(f"{place}: {what}; read it yourself."), err=True)
    if len(outcome.others) > _FEW:
        click.echo(f"{len(outcome.others) - _FEW} more are {what}.", err=True)
