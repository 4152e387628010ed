"""``exporter issue correct``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli import options
from exporter.cli.mail import plans
from exporter.cli.marking import counted
from exporter.cli.terminal import tame

if TYPE_CHECKING:
    from exporter.distribution.correcting import Correction


@click.command
@plans.issue
@click.argument("article")
@plans.readers
@click.option("--title", default="", metavar="TEXT", help="What the notice is called; 'Correction: …' in English.")
@click.option("--note", default="", metavar="TEXT", help="A sentence of yours above what changed.")
@options.settings_options
def correct(issue: str, article: str, readers: Path, title: str, note: str, config: Path | None, **wanted: Any) -> None:
    """Tell those who got the old text of ARTICLE what changed since, word by word.

    Writes an issue beside ISSUE, made of a notice, and its recipients: those who have ISSUE with the old text, or may
    have it. Build, plan, approve and deliver it as any other.
    """
    from exporter.distribution.correcting import Words
    from exporter.distribution.correcting import correct as corrected

    desk = plans.desk(issue, config, None, **wanted)
    found = corrected(desk.state, article, readers, desk.house, Words(desk.now.date(), title, note))
    for line in _told(found):
        click.echo(tame(line))


def _told(correction: Correction) -> Iterator[str]:
    """What was written, and what comes next: a line each."""
    file, list_ = correction.files[0], correction.files[-1]
    changes, readers = counted(len(correction.differences), "change"), counted(correction.recipients, "reader")
    yield f"{file}: tells {changes} to {readers} who got the old text."
    if correction.missing:
        yield f"{correction.missing} more got it, and are not in the recipients' file any more."
    yield f"next: exporter build {file}; exporter mail plan {file} --to {list_}"
