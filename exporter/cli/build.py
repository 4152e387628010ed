"""``exporter build``."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from exporter import registry
from exporter.building import builder
from exporter.building.plan import Plan
from exporter.building.reports import BuildReport
from exporter.cli import interruption, naming, options, programs, sentences, workers
from exporter.cli.group import DEBUG
from exporter.cli.interruption import Interruption
from exporter.cli.progress import Audience, Output
from exporter.cli.run import Run
from exporter.cli.terminal import tame
from exporter.stores import Place
from exporter.workers import Workers


class _Source(options.PlaceType):
    """A source: a path, an address in a store, or the name of an issue."""

    def convert(self, value: str | Place, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """The source; what is there by that name comes before an issue."""
        if isinstance(value, str) and value and not os.path.lexists(value):  # as typed: ~ is the shell's
            value = naming.file_of(value) or value
        return super().convert(value, param, ctx)


@click.command
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=_Source(exists=True))
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
@click.option("--each", is_flag=True, help="Of issues, make editions of each article by itself too.")
@click.option("--fail-fast", is_flag=True, help="End at the first article that fails.")
@click.option("--watch", is_flag=True, help="Build again what an edit touches, until Ctrl-C is pressed.")
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
    twice: bool,
    fail_fast: bool,
    watch: bool,
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
    if watch:
        _refuse_unwatched(paths, json=as_json, check_reproducible=twice, fail_fast=fail_fast, cluster=bool(cluster))
    planned = partial(_planned, paths, config, options.source_date(), debug=bool(ctx.meta.get(DEBUG)), **wanted)
    plan = _ready(planned(force=force), quiet=output == "quiet")
    hiring = workers.hired(jobs, timeout, plan, cluster)
    with interruption.heeded(at_once=watch or jobs != 0) as interrupted, hiring as hired:
        if watch:
            ctx.exit(_watched(paths, config, plan, planned, hired, interrupted, output))
        audience = Audience(output, plan.settings.defaults.accept_losses)
        run = Run(plan, hired, audience, interrupted, fail_fast=fail_fast, quiet=output == "quiet")
        ending = run.build(paths)
    if twice and not ending.report.left:
        ending = replace(ending, report=_built_twice(paths, run.equipped(plan), ending.report))
    ctx.exit(run.end(ending))


def _planned(
    paths: Iterable[Place],
    config: Path | None,
    date: datetime | None,
    *,
    no_verify: bool,
    debug: bool,
    force: bool = False,
    each: bool = False,
    **wanted: Any,
) -> Plan:
    """How to build, by the settings as they are; raises ExporterError."""
    chosen = options.resolve(paths, config, **wanted)
    return Plan(
        base=Path.cwd(),
        settings=chosen,
        tools=programs.tools(),
        verified=not no_verify,
        date=date,
        debug=debug,
        force=force,
        each=each,
        said=frozenset(name for name, value in wanted.items() if value is not None),
    )


# --- Watching ---------------------------------------------------------------------------------


def _refuse_unwatched(paths: Iterable[Place], **others: bool) -> None:
    """Raise UsageError for what cannot be watched, and for options that wait for an end, or look at settings once."""
    for name in (name.replace("_", "-") for name, wanted in others.items() if wanted):
        raise click.UsageError(f"--watch and --{name} exclude each other. Name one.")
    for path in (path for path in paths if not isinstance(path, Path)):
        raise click.UsageError(f"'{path}' is in a store; --watch watches files of this machine. Name some.")


def _watched(
    paths: Iterable[Place],
    config: Path | None,
    plan: Plan,
    planned: Callable[[], Plan],
    hired: Workers,
    interrupted: Interruption,
    output: Output,
) -> int:
    """The exit status of a build that goes on until it is interrupted."""
    from exporter.cli import watching  # few watch

    return watching.Session(
        paths=tuple(path for path in paths if isinstance(path, Path)),
        config=config,
        plan=plan,
        planned=lambda: _with_judges(planned(), quiet=True),
        workers=hired,
        interruption=interrupted,
        voice=watching.Voice(output),
    ).run()


# --- Telling ----------------------------------------------------------------------------------


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


def _ready(plan: Plan, *, quiet: bool) -> Plan:
    """``plan`` with its judges; raises ExporterError where it asks for what is not there."""
    builder.check(plan)
    return _with_judges(plan, quiet=quiet)


def _with_judges(plan: Plan, *, quiet: bool) -> Plan:
    """``plan``, where it asks for judges with every one there is; unless ``quiet`` those that lack are told."""
    if not plan.settings.defaults.check:
        return plan
    from exporter.building import conformity
    from exporter.cli import judges

    plan = replace(plan, judges=registry.judges(), tools=judges.tools())
    for line in () if quiet else judges.lines_on(conformity.missing(plan)):
        click.echo(tame(line), err=True)
    return plan
