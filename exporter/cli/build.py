"""``exporter build``."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from exporter import registry
from exporter.building import builder
from exporter.building.plan import Plan
from exporter.building.reports import BuildReport
from exporter.cli import interruption, options, sentences, workers
from exporter.cli.group import DEBUG
from exporter.cli.progress import Audience, Output
from exporter.cli.run import Run
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
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what failed.")
@click.option("--json-lines", is_flag=True, help="Print a JSON object a line as things happen, and nothing else.")
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
    fail_fast: bool,
    quiet: bool,
    json_lines: bool,
    as_json: bool,
    jobs: int | None,
    cluster: str | None,
    timeout: float,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Make editions of articles: files, or all that folders hold, here or in a store (s3://…).

    Writes OUT/SLUG/SLUG.FORMAT and OUT/SLUG/manifest.json. An edition that differs from its source is
    not written, and the exit status is 1.
    """
    output = _output(quiet=quiet, json_lines=json_lines, json=as_json)
    chosen = options.resolve(paths, config, **wanted)
    debug = bool(ctx.meta.get(DEBUG))
    date = options.source_date()
    plan = Plan(base=Path.cwd(), settings=chosen, verified=not no_verify, date=date, debug=debug, force=force)
    builder.check(plan)
    if chosen.defaults.check:
        plan = _with_judges(plan, quiet=output == "quiet")
    audience = Audience(output, chosen.defaults.accept_losses)
    hiring = workers.hired(jobs, timeout, plan, cluster)
    with interruption.heeded(at_once=jobs != 0) as interrupted, hiring as hired:
        run = Run(
            plan=plan,
            workers=hired,
            audience=audience,
            interruption=interrupted,
            fail_fast=fail_fast,
            quiet=output == "quiet",
        )
        ending = run.build(paths)
    if twice and not ending.report.left:
        ending = replace(ending, report=_built_twice(paths, run.equipped(plan), ending.report))
    ctx.exit(run.end(ending))


def _output(*, quiet: bool, json_lines: bool, json: bool) -> Output:
    """What was asked for; raises UsageError where two things were."""
    asked: dict[Output, bool] = {"quiet": quiet, "json-lines": json_lines, "json": json}
    match [output for output, wanted in asked.items() if wanted]:
        case []:
            return "text"
        case [output]:
            return output
        case [one, other, *_]:
            raise click.UsageError(f"--{one} and --{other} exclude each other. Name one.")
        case never:
            raise AssertionError(never)


def _built_twice(paths: tuple[Place, ...], plan: Plan, once: BuildReport) -> BuildReport:
    """``once`` with what a second build makes otherwise, which is told."""
    from exporter.building import reproduction

    twice = reproduction.compared(paths, plan, once, dict(os.environ))
    for before, after in zip(once.articles, twice.articles, strict=True):
        for line in sentences.of_failures(after.path, after.failures[len(before.failures) :]):
            click.echo(line, err=True)
    return twice


def _with_judges(plan: Plan, *, quiet: bool) -> Plan:
    """``plan`` with every judge there is; unless ``quiet`` those that cannot be asked are told."""
    from exporter.building import conformity
    from exporter.cli import judges

    plan = replace(plan, judges=registry.judges(), tools=judges.tools())
    for line in () if quiet else judges.lines_on(conformity.missing(plan)):
        click.echo(tame(line), err=True)
    return plan
