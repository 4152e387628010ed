"""``exporter mail reconcile``."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone, tzinfo
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from exporter.cli import options
from exporter.cli.exits import FAILED
from exporter.cli.mail import ledgers, telling
from exporter.cli.terminal import tame
from exporter.mail import maillog, providers
from exporter.mail.ledger import Ledger
from exporter.mail.reconciliation import Settled, by_log, by_record

Settle: TypeAlias = Callable[[Ledger, str, int], Settled]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command
@ledgers.issue
@ledgers.revision
@click.option("--maillog", "logs", type=_FILE, multiple=True, help="Postfix's log; older ones too, .gz or not.")
@click.option("--csv", "table", type=_FILE, help="A provider's record: columns message-id and event.")
@click.option("--complete", is_flag=True, help="The record has every message the provider took: others were not sent.")
@click.option("--timezone", "zone", metavar="NAME", help="Of the log's times; this machine's by default.")
@click.option(
    "--rest",
    type=click.FloatRange(min=0),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long after its dot a message the log does not have counts as not sent.",
)
@options.debug
@click.pass_context
def command(
    ctx: click.Context,
    path: Path,
    revision: int | None,
    logs: tuple[Path, ...],
    table: Path | None,
    complete: bool,
    zone: str | None,
    rest: float,
) -> None:
    """Settle deliveries of ISSUE that are in doubt by the record of the mail server.

    What it has is taken for accepted, and what it certainly does not have is planned again; the rest stays in doubt.
    """
    if bool(logs) == bool(table):
        raise click.UsageError("Name a record: --maillog FILE, or --csv FILE.")
    now = time.time()
    settle = _by_table(table, now, complete) if table else _by_logs(logs, now, _zone(zone, now), rest)
    with ledgers.held(path) as ledger:
        settled = [settle(ledger, *each) for each in ledgers.latest(ledger, revision)]
        tallies = ledgers.tallies(ledger, revision)
    for line in (*map(_line, settled), *(line for tally in tallies for line in telling.lines(tally))):
        click.echo(tame(line))
    ctx.exit(FAILED if any(each.contradicted for each in settled) else telling.status(tallies))


def _by_table(table: Path, now: float, complete: bool) -> Settle:
    with table.open(encoding="utf-8-sig", newline="") as lines:
        fates = providers.fates(lines, str(table))
    return lambda ledger, issue, revision: by_record(ledger, issue, revision, fates, now, complete=complete)


def _by_logs(logs: tuple[Path, ...], now: float, zone: tzinfo, rest: float) -> Settle:
    ordered = sorted(logs, key=lambda path: maillog.read(_lines(path), now=now, zone=zone).first)
    lines = (line for path in ordered for line in _lines(path))
    log = maillog.read(lines, now=now, zone=zone)
    return lambda ledger, issue, revision: by_log(ledger, issue, revision, log, now, rest=rest)


def _lines(path: Path) -> Iterator[str]:
    """The lines of a log, which may have bytes of any sort in it."""
    with gzip.open(path, "rt", errors="replace") if path.suffix == ".gz" else path.open(errors="replace") as lines:
        yield from lines


def _zone(name: str | None, now: float) -> tzinfo:
    if name is None:
        return timezone(timedelta(seconds=time.localtime(now).tm_gmtoff))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise click.UsageError(f"No time zone '{name}'. Name one like Europe/Lisbon, or UTC.") from error


def _line(settled: Settled) -> str:
    told = f"{settled.accepted} accepted, {settled.failed} failed, {settled.planned} planned again"
    told = f"In doubt were: {told}; {settled.unknown} still are."
    if not settled.contradicted:
        return told
    return f"{told} The record has {settled.contradicted} that are not sent by the ledger: look into it before sending."
