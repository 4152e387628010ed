"""One build, followed from its first article to its last word."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import KW_ONLY, dataclass, replace
from pathlib import Path

import click

from exporter.building import builder, record
from exporter.building.plan import Plan
from exporter.building.reports import BuildReport
from exporter.cli import fonts, interruption
from exporter.cli.exits import FAILED, GOOD, INTERRUPTED, TOOL_MISSING
from exporter.cli.interruption import Interruption
from exporter.cli.progress import Audience, Ending
from exporter.cli.terminal import tame
from exporter.loading.lookup import is_issue
from exporter.stores import Place
from exporter.workers import Workers


@dataclass(frozen=True, slots=True)
class Run:
    """A build of ``plan`` by ``workers`` that ``audience`` hears of; Ctrl-C ends it, with ``fail_fast`` a failure.

    Unless ``quiet`` the user is told where the font library has to be built.
    """

    plan: Plan
    workers: Workers
    audience: Audience
    interruption: Interruption
    _: KW_ONLY
    fail_fast: bool = False
    quiet: bool = False

    def build(self, paths: Iterable[Place]) -> Ending:
        """Build ``paths``; raises what ``builder.build`` raises."""
        began = time.monotonic()
        with self.audience.live:
            report = builder.build(
                paths, self.plan, self.audience.told, workers=self.workers, stop=self._is_over, equip=self.equipped
            )
        return Ending(report, time.monotonic() - began, self.interruption.wanted)

    def equipped(self, plan: Plan) -> Plan:
        """``plan`` with the font library, which is built where there is none."""
        return replace(plan, fonts=fonts.library_for(plan.formats, quiet=self.quiet))

    def _is_over(self) -> bool:
        return self.interruption.wanted or (self.fail_fast and self.audience.failed)

    def end(self, ending: Ending) -> int:
        """Record ``ending`` beside the editions, and tell it; the exit status.

        Raises OSError, all having been told.
        """
        try:
            recorded = record.write(ending.report, self.plan)
        finally:
            self.audience.finished(ending)
        for line in () if ending.report.ok or ending.interrupted else self._remedies(ending.report):
            click.echo(line, err=True)
        if ending.report.left or ending.interrupted:
            click.echo(tame(_early(ending, recorded)), err=True)
        return INTERRUPTED if ending.interrupted else status(ending.report)

    def _remedies(self, report: BuildReport) -> Iterator[str]:
        """What helps where issues failed."""
        if not any(isinstance(each.path, Path) and is_issue(each.path) for each in report.articles):
            return
        from exporter.cli import remedies  # most builds are of no issue

        yield from remedies.of_report(report, self.plan.settings)


def _early(ending: Ending, recorded: Place) -> str:
    """The sentence on a build that ended early: what is done and what is left, and where to find the list."""
    why = "interrupted" if ending.interrupted else "ended at the first failure"
    counts = f"{len(ending.report.articles)} done, {len(ending.report.left)} left"
    return interruption.sentence(why, f": {counts}. {recorded} lists them")


def status(report: BuildReport) -> int:
    """The exit status of a build that was not interrupted."""
    if report.lacks_tool:
        return TOOL_MISSING
    return GOOD if report.ok else FAILED
