"""Where the ledger of an issue lies, and which of its revisions is meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from exporter.errors import DeliveryError
from exporter.mail.ledger import SUFFIX, Ledger, Tally

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

ISSUE: Final = click.Path(dir_okay=False, path_type=Path)
"""An issue's file, beside which its ledger lies."""

issue = click.argument("issue", type=ISSUE)

revision = click.option("--revision", type=click.IntRange(min=1), metavar="N", help="Revision; the last by default.")


def path_of(issue: Path) -> Path:
    """The ledger of the issue in the file ``issue``; a ledger named itself is taken as one."""
    return issue if issue.name.endswith(SUFFIX) else issue.with_name(f"{issue.stem}{SUFFIX}")


def opened(issue: Path) -> Ledger:
    """The ledger of ``issue``; raises DeliveryError where there is none."""
    return Ledger(path_of(issue))


def tallies(ledger: Ledger, revision: int | None) -> tuple[Tally, ...]:
    """How the revisions stand, of the issue and of its corrections; only ``revision`` where one is asked for."""
    found = tuple(
        ledger.tally(name, each)
        for name in ledger.issues()
        for each in ledger.revisions(name)
        if revision in (None, each)
    )
    if not found:
        raise DeliveryError(f"{ledger.path}: no revision {revision or ''} is planned.".replace("  ", " "))
    return found


def latest(ledger: Ledger, revision: int | None) -> tuple[tuple[str, int], ...]:
    """Of each issue in the ledger the last revision, or ``revision``."""
    wanted: dict[str, int] = {}
    for tally in tallies(ledger, revision):
        wanted[tally.issue] = tally.revision
    return tuple(wanted.items())
