"""``exporter waive``."""

from __future__ import annotations

from pathlib import Path

import click

from exporter import approval
from exporter.cli import deadline, naming, options
from exporter.issues import Waiver


@click.command
@click.argument("codes", metavar="CODE…", nargs=-1, required=True)
@click.option("--issue", "name", metavar="NAME", required=True, help="The issue: its file, or that file's name.")
@click.option("--article", required=True, help="The article: a path, a slug or a title.")
@click.option("--block", type=int, metavar="LINE", required=True, help="The line of the article the finding tells.")
@click.option("--by", metavar="WHO", required=True, help="Who lets it pass.")
@click.option("--reason", metavar="WHY", required=True, help="Why it may pass.")
@options.config
@options.debug
def command(
    codes: tuple[str, ...], name: str, article: str, block: int, by: str, reason: str, config: Path | None
) -> None:
    """Let findings pass: those of CODE in one block of one article of an issue.

    The issue's file says so; each build tells it, the manifest records it, and whoever approves the issue is told.
    What no edition can be made of (S, I) cannot pass: leave the article out.
    """
    path = naming.issue(name)
    waivers = [Waiver(code=code.upper(), article=article, block=block, by=by, reason=reason) for code in codes]
    deadline.tell(approval.waive(path, waivers, options.resolve((path,), config)))
