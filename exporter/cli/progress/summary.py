"""The last words of a build."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import click

from exporter.building.reports import ArticleReport, BuildReport
from exporter.cli import sentences
from exporter.cli.progress.lines import Lines
from exporter.cli.terminal import tame

_MANY: Final = 10
"""From so many lines on, a failure above them is out of sight."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a build ended: its report, the seconds it took, and whether somebody pressed Ctrl-C."""

    report: BuildReport
    seconds: float
    interrupted: bool = False


class Summary:
    """Prints what was noticed of the build; on stdout what was skipped, failures out of sight, and the counts."""

    def __init__(self, lines: Lines, accepted: Collection[str] = ()) -> None:
        self._lines = lines
        self._accepted = accepted

    def finished(self, ending: Ending) -> None:
        """Print it."""
        report = ending.report
        for notice in report.notices:
            click.echo(tame(f"exporter: {notice}"), err=True)
        for skipped in report.skipped:
            click.echo(tame(f"Skipped {skipped.path}: {skipped.reason}."))
        for line in failures(report) if self._lines.since > _MANY else ():
            click.echo(line)
        counts = ", ".join(f"{name}: {count}" for name, count in counted(report, self._accepted).items())
        click.echo(f"{counts}; {duration(ending.seconds)}.".capitalize())


def failures(report: BuildReport) -> Iterator[str]:
    """Every failure in a line, below a heading."""
    failed = [article for article in report.articles if not article.ok]
    if failed:
        yield "Failed:"
    for article in failed:
        for failure in article.failures:
            yield f"  {sentences.of_failure(article.path, failure)}"


def counted(report: BuildReport, accepted: Collection[str] = ()) -> dict[str, int]:
    """How many articles and editions there are, articles that failed and that needed nothing, and losses to tell."""
    return {
        "articles": len(report.articles),
        "editions": sum(len(article.editions) for article in report.articles),
        "failed": sum(not article.ok for article in report.articles),
        "unchanged": sum(article.unchanged for article in report.articles),
        "losses": sum(losses(article, accepted) for article in report.articles),
    }


def losses(article: ArticleReport, accepted: Collection[str]) -> int:
    """Losses of one article, one that several editions have once."""
    return len({loss for edition in article.editions for loss in edition.losses if loss.code not in accepted})


def duration(seconds: float) -> str:
    """``seconds`` as a person says it: "0.3 s", "2 min 5 s", "1 h 2 min"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
