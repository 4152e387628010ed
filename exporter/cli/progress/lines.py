"""Progress as lines on stderr: failures whole, and unless only they are wanted a line an article."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import click

from exporter.building.reports import ArticleReport
from exporter.cli import sentences


class Lines:
    """Tells each article as it is done; ``terse`` leaves out what went well, losses ``accepted`` go untold.

    ``brief`` leaves out what was made and what it lost, which somebody else counts.
    ``since`` counts the lines since the first failure.
    """

    def __init__(self, terse: bool, accepted: Collection[str] = (), *, brief: bool = False) -> None:
        self.terse = terse
        self.brief = brief
        self.since = 0
        self._accepted = accepted
        self._failed = False

    def told(self, report: ArticleReport, _total: int) -> None:
        """Print what there is to say of an article that is done."""
        for line in self.of(report):
            click.echo(line, err=True)

    def of(self, report: ArticleReport, *, brief: bool = False) -> Iterator[str]:
        """The lines on one article; none where nothing had to be made."""
        self._failed = self._failed or not report.ok
        for line in self._lines(report, brief or self.brief):
            self.since += self._failed
            yield line

    def _lines(self, report: ArticleReport, brief: bool) -> Iterator[str]:
        yield from sentences.of_failures(report.path, report.failures)
        if self.terse or report.unchanged:
            return
        if not brief:
            yield from sentences.of_losses(report, self._accepted)
        yield from sentences.of_notices(report.path, report.notices)
        if not brief:
            yield sentences.of_article(report)
