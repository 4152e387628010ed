"""``exporter mail status``."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli import documents, options
from exporter.cli.mail import ledgers, telling
from exporter.cli.terminal import tame
from exporter.mail.ledger import STATES, Delivery, Ledger


@click.command
@ledgers.issue
@ledgers.revision
@click.option("--state", "states", type=click.Choice(STATES), multiple=True, help="List the deliveries in this state.")
@options.as_json
@options.debug
@click.pass_context
def command(ctx: click.Context, path: Path, revision: int | None, states: tuple[str, ...], as_json: bool) -> None:
    """Tell what became of the messages of ISSUE (its file, or its ledger): a count a state, which add up to the plan.

    Recipients are told by their keyed hashes.
    """
    with Ledger(path) as ledger:
        tallies = ledgers.tallies(ledger, revision)
        rows = [row for tally in tallies for row in _rows(ledger, tally.issue, tally.revision, states)]
    if as_json:
        documents.echo(
            telling.document(tallies) | ({"deliveries": [telling.delivery(row) for row in rows]} if states else {})
        )
    else:
        for line in (*(line for tally in tallies for line in telling.lines(tally)), *map(_line, rows)):
            click.echo(tame(line))
    ctx.exit(telling.status(tallies))


def _rows(ledger: Ledger, issue: str, revision: int, states: tuple[str, ...]) -> tuple[Delivery, ...]:
    wanted = [state for state in STATES if state in states]
    return ledger.deliveries(issue, revision, *wanted) if wanted else ()


def _line(row: Delivery) -> str:
    said = " ".join(f"{row.code or ''} {row.enhanced} {row.reply} {row.reason}".split())
    return f"{row.recipient}  r{row.revision}  {row.state}  {said}".rstrip()
