"""``exporter issue hold`` and ``release``: articles left out of an issue, and taken back."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from exporter import approval
from exporter.approval import Change, journal
from exporter.cli import naming, options
from exporter.cli.terminal import tame


@click.command
@click.argument("name", metavar="NAME")
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@options.config
@options.debug
def hold(name: str, articles: tuple[str, ...], config: Path | None) -> None:
    """Leave articles out of an issue: its file says so, and nothing else in it changes.

    ARTICLE is a path, from the issue or from here, a slug or a title.
    """
    path = naming.issue(name)
    tell(approval.hold(path, articles, options.resolve((path,), config)))


@click.command
@click.argument("name", metavar="NAME")
@click.argument("articles", metavar="ARTICLE…", nargs=-1, required=True)
@options.config
@options.debug
def release(name: str, articles: tuple[str, ...], config: Path | None) -> None:
    """Take articles that were left out back into an issue."""
    path = naming.issue(name)
    tell(approval.release(path, articles, options.resolve((path,), config)))


def tell(change: Change) -> None:
    """What was changed, and the command that comes next."""
    for sentence in change.sentences:
        click.echo(tame(f"{change.path}: {sentence}"))
    if journal.path_of(change.path).is_file():
        click.echo(tame(f"{change.path}: it was approved; after this it has to be approved again."))
    click.echo(tame(f"Next: {shlex.join(('exporter', 'build', str(change.path)))}"))
