"""Where the ledger of an issue lies, and which of its revisions is meant."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from exporter.cli import naming
from exporter.distribution.state import State
from exporter.errors import DeliveryError
from exporter.mail.ledger import SUFFIX, Ledger, Tally, locked, recover


class _LedgerType(click.ParamType[Path]):
    """An issue by its file, by that file's name in source/issues, or by its ledger."""

    name = "issue"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:  # noqa: ARG002
        """The ledger."""
        named = Path(value)
        if named.name.endswith(SUFFIX):
            return named
        return State(naming.issue(str(value))).ledger


issue = click.argument("path", metavar="ISSUE", type=_LedgerType())

revision = click.option("--revision", type=click.IntRange(min=1), metavar="N", help="Revision; the last by default.")


@contextmanager
def held(path: Path) -> Iterator[Ledger]:
    """The ledger ``path``, against every other run, with what a killed one left settled.

    Raises DeliveryError where there is none, and LockedError.
    """
    with Ledger(path) as ledger, locked(path):
        recover(ledger, "at-most-once", time.time())
        yield ledger


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
