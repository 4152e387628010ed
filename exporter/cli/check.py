"""``exporter check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from exporter import registry
from exporter.cli import documents, judges, options
from exporter.cli.exits import FAILED, GOOD, TOOL_MISSING
from exporter.cli.terminal import tame
from exporter.errors import SettingsError
from exporter.judges import panel
from exporter.judges.judge import Finding, Judge
from exporter.judges.panel import Judgement, Opinion
from exporter.recognition import format_of

_FILE = options.LocalFile()


@click.command
@click.argument("files", metavar="EDITION…", nargs=-1, required=True, type=_FILE)
@click.option("--judges", "names", metavar="NAME,…", help="Judges to ask; all that are installed by default.")
@click.option("--all-judges", "whole", is_flag=True, help="A judge that is not installed counts as an objection.")
@options.as_json
@options.debug
@click.pass_context
def command(ctx: click.Context, /, files: tuple[Path, ...], names: str | None, whole: bool, as_json: bool) -> None:
    """Hold editions to the standards of their formats, by the judges that are installed.

    No article is needed, and the editions may be anybody's. The exit status is 1 where a judge objects,
    69 where an edition has no judge here.
    """
    editions = {file: format_of(file, file.read_bytes()) for file in files}
    judgement = panel.judge(editions, chosen(names), judges.tools())
    if as_json:
        documents.echo(documents.of_judgement(judgement, status(judgement, whole) == GOOD))
    else:
        _print(judgement)
    ctx.exit(status(judgement, whole))


def chosen(names: str | None) -> tuple[Judge, ...]:
    """The judges with ``names``, commas between; all there are where it is None. Raises SettingsError."""
    known = registry.judges()
    if names is None:
        return known
    try:
        return panel.named(known, options.split(names))
    except KeyError as error:
        there = ", ".join(each.name for each in known)
        raise SettingsError(f"No judge {error}. There are: {there}.") from error


def status(judgement: Judgement, whole: bool = False) -> int:
    """The exit status: objections, then editions nobody could examine, then judges that are asked for and missing."""
    opinions = judgement.opinions.values()
    if any(opinion.findings for opinion in opinions):
        return FAILED
    return TOOL_MISSING if (whole and judgement.missing) or not all(o.judges for o in opinions) else GOOD


def _print(judgement: Judgement) -> None:
    for file, opinion in judgement.opinions.items():
        for line in _lines(file, opinion):
            click.echo(tame(line))
    for line in judges.lines_on(judgement.missing):
        click.echo(tame(line), err=True)


def _lines(file: Path, opinion: Opinion) -> Iterator[str]:
    """The verdict on one edition, and each objection below it."""
    by = ", ".join(opinion.judges)
    if not opinion.judges:
        yield f"{file}: not judged: no judge of {opinion.format} is installed."
    elif not opinion.findings:
        yield f"{file}: nothing to object ({by})."
    for finding in opinion.findings:
        yield line_on(file, finding)
        if finding.mend:
            yield f"  {finding.mend}"


def line_on(file: Path, finding: Finding) -> str:
    """One objection: where, what, and who says so."""
    place = f"{file}: {finding.place}: " if finding.place else f"{file}: "
    warning = "warning: " if finding.severity == "warning" else ""
    return f"{place}{warning}{finding.message} [{finding.judge} {finding.code}]"
