"""Progress of a build: a bar on a terminal, a line an article elsewhere. All of it on stderr."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import click

from exporter.building.builder import Announce
from exporter.building.reports import ArticleReport
from exporter.cli import sentences


@contextmanager
def announcing(*, quiet: bool, accepted: Collection[str] = ()) -> Iterator[Announce]:
    """What to call with each article's report. ``quiet`` leaves out what went well, losses ``accepted`` untold."""
    if sys.stderr.isatty():
        with _bar(quiet, accepted) as announce:
            yield announce
    else:
        yield lambda report, _total: _announce(report, quiet, accepted)


def _announce(report: ArticleReport, quiet: bool, accepted: Collection[str]) -> None:
    for line in lines(report, quiet, accepted):
        click.echo(line, err=True)


def lines(report: ArticleReport, quiet: bool, accepted: Collection[str]) -> Iterator[str]:
    """The lines on one article."""
    yield from sentences.of_failures(report.path, report.failures)
    if not quiet:
        yield from sentences.of_losses(report, accepted)
        yield from sentences.of_notices(report.path, report.notices)
        yield sentences.of_article(report)


@contextmanager
def _bar(quiet: bool, accepted: Collection[str]) -> Iterator[Announce]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, highlight=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def announce(report: ArticleReport, total: int) -> None:
            progress.update(task, total=total, advance=1)
            for line in lines(report, quiet, accepted):
                console.print(line, markup=False, soft_wrap=True, style=None if report.ok else "red")

        yield announce
