"""``exporter build``."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from exporter import registry
from exporter.building import builder, conformity, reproduction
from exporter.building.builder import Announce
from exporter.building.plan import Plan
from exporter.building.reports import ArticleReport, BuildReport
from exporter.cli import documents, fonts, interruption, judges, options, progress, sentences, workers
from exporter.cli.group import DEBUG
from exporter.cli.status import FAILED, GOOD, INTERRUPTED, TOOL_MISSING
from exporter.cli.terminal import tame
from exporter.stores import Place


@click.command
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=options.PlaceType(exists=True))
@click.option("--to", envvar="EXPORTER_TO", metavar="FORMAT,…", help="Formats to make; pdf,docx,epub,txt by default.")
@click.option(
    "--out",
    type=options.PlaceType(file_okay=False),
    envvar="EXPORTER_OUT",
    help="Folder or URL of a store the editions are written to; dist by default.",
)
@click.option("--force", is_flag=True, help="Make all editions again, also those whose inputs are unchanged.")
@click.option("--no-verify", is_flag=True, help="Do not hold editions to their source; the manifest says so.")
@click.option(
    "--strict/--no-strict",
    default=None,
    envvar="EXPORTER_STRICT",
    help="Write no edition that loses something of its article.",
)
@click.option(
    "--accept-losses",
    envvar="EXPORTER_ACCEPT_LOSSES",
    metavar="CODE,…",
    help="Losses that are taken for granted with --strict, and not told.",
)
@click.option(
    "--reference-doc",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="EXPORTER_REFERENCE_DOC",
    help="Word document whose styles, page, header and footer the DOCX editions take.",
)
@click.option(
    "--attach-source/--no-attach-source",
    default=None,
    envvar="EXPORTER_ATTACH_SOURCE",
    help="Let what the article was read from go along in the PDF, as PDF/A-3 provides.",
)
@click.option(
    "--check/--no-check",
    default=None,
    envvar="EXPORTER_CHECK",
    help="Write no edition that a conformance judge objects to: see exporter check.",
)
@click.option(
    "--check-reproducible", "twice", is_flag=True, help="Build a second time, elsewhere, and compare every byte."
)
@click.option("--fail-fast", is_flag=True, help="End at the first article that fails.")
@workers.options
@options.theme
@options.page
@options.as_json
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[Place, ...],
    force: bool,
    no_verify: bool,
    twice: bool,
    as_json: bool,
    fail_fast: bool,
    jobs: int | None,
    timeout: float,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Make editions of articles: files, or all that folders hold, here or in a store (s3://…).

    Writes OUT/SLUG/SLUG.FORMAT and OUT/SLUG/manifest.json. An edition that differs from its source is
    not written, and the exit status is 1.
    """
    chosen = options.resolve(paths, config, **wanted)
    debug = bool(ctx.meta.get(DEBUG))
    date = options.source_date()
    plan = Plan(base=Path.cwd(), settings=chosen, verified=not no_verify, date=date, debug=debug, force=force)
    builder.check(plan)
    plan = replace(plan, fonts=fonts.library_for(plan.formats))
    if chosen.defaults.check:
        plan = _with_judges(plan)
    announcing = progress.announcing(quiet=as_json, accepted=plan.settings.defaults.accept_losses)
    hiring = workers.hired(jobs, timeout, plan.formats)
    with interruption.heeded(at_once=jobs != 0) as interrupted, announcing as announce, hiring as hired:
        told = _Told(announce)

        def ending() -> bool:
            return interrupted.wanted or (fail_fast and told.failed)

        report = builder.build(paths, plan, told, workers=hired, stop=ending)
    if twice and not report.left:
        report = _compared(report, reproduction.compared(paths, plan, report, dict(os.environ)))
    _print(report, as_json)
    if report.left or interrupted.wanted:
        click.echo(_ended(report, interrupted.wanted), err=True)
    ctx.exit(INTERRUPTED if interrupted.wanted else _status(report))


class _Told:
    """Passes each report on, and knows whether an article failed."""

    def __init__(self, announce: Announce) -> None:
        self.failed = False
        self._announce = announce

    def __call__(self, report: ArticleReport, total: int) -> None:
        self.failed = self.failed or not report.ok
        self._announce(report, total)


def _ended(report: BuildReport, interrupted: bool) -> str:
    """The sentence on a build that ended early."""
    why = "interrupted" if interrupted else "ended at the first failure"
    counts = f"{len(report.articles)} done, {len(report.left)} left"
    return f"exporter: {why}: {counts}. What is written is whole; run the command again for the rest."


def _compared(once: BuildReport, twice: BuildReport) -> BuildReport:
    """``twice``, and what it has beyond ``once`` told."""
    for before, after in zip(once.articles, twice.articles, strict=True):
        for line in sentences.of_failures(after.path, after.failures[len(before.failures) :]):
            click.echo(line, err=True)
    return twice


def _with_judges(plan: Plan) -> Plan:
    """``plan`` with every judge there is; those that cannot be asked are told."""
    plan = replace(plan, judges=registry.judges(), tools=judges.tools())
    for line in judges.lines_on(conformity.missing(plan)):
        click.echo(tame(line), err=True)
    return plan


def _print(report: BuildReport, as_json: bool) -> None:
    if as_json:
        documents.echo(documents.of_build(report))
        return
    for notice in report.notices:
        click.echo(tame(f"exporter: {notice}"), err=True)
    for skipped in report.skipped:
        click.echo(tame(f"Skipped {skipped.path}: {skipped.reason}."))
    editions = sum(len(article.editions) for article in report.articles)
    failed = sum(not article.ok for article in report.articles)
    click.echo(f"Articles: {len(report.articles)}, editions: {editions}, failed: {failed}.")


def _status(report: BuildReport) -> int:
    if report.lacks_tool:
        return TOOL_MISSING
    return GOOD if report.ok else FAILED
