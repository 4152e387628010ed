"""``exporter mail clear``."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli import naming, options
from exporter.cli.mail import plans
from exporter.cli.terminal import tame
from exporter.distribution import outbox
from exporter.issues import read


@click.command
@plans.issue
@plans.out
@options.config
@options.debug
def command(issue: str, out: Path | None, config: Path | None) -> None:
    """Remove the messages in the outbox of ISSUE, which hold addresses."""
    file = naming.issue(issue)
    found, problems = read(file.read_bytes())
    if found is None:
        raise click.ClickException(f"{file}:{problems[0].line}: {problems[0].message}")
    chosen = options.resolve((file,), config, out=out)
    folder = Path(str(chosen.defaults.out)) / found.slug / outbox.NAME
    click.echo(tame(f"{folder}: {outbox.clear(folder)} messages removed."))
