"""``exporter verify``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from exporter import templating
from exporter.building import production
from exporter.building.plan import Plan
from exporter.cli import documents, fonts, options, reports, sentences
from exporter.cli.exits import FAILED, GOOD
from exporter.cli.group import DEBUG
from exporter.cli.terminal import tame
from exporter.edition import Discrepancy, Edition
from exporter.errors import SourceError
from exporter.loading import opening
from exporter.loading.loaded import Loaded
from exporter.recognition import format_of
from exporter.settings import Settings
from exporter.verifier import Verification

_FILE = options.LocalFile()
_PAGE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command
@click.argument("files", metavar="[ARTICLE] EDITION…", nargs=-1, required=True, type=_FILE)
@click.option("--source", type=_FILE, metavar="ARTICLE", help="The article, where it is not the first argument.")
@click.option(
    "--report", type=_PAGE, metavar="FILE", help="Write article and editions side by side, as a page of HTML."
)
@click.option(
    "--returned/--strict",
    default=None,
    help="Whether looks, metadata and languages may differ; by default in files that another program saved.",
)
@options.as_json
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    files: tuple[Path, ...],
    source: Path | None,
    report: Path | None,
    returned: bool | None,
    as_json: bool,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Hold finished editions to their article, whoever made them.

    An edition's format is told by its suffix, else by its content. The exit status is 1 where one says
    something else than the article; looks, metadata and languages count too, unless another program
    saved the file.
    """
    article, editions = (source, files) if source else (files[0], files[1:])
    if not editions:
        raise click.UsageError(f"No edition to hold to {article}. Name at least one.", ctx)
    chosen = options.resolve((article,), config, **wanted)
    held = {file: _edition(file) for file in editions}
    library = fonts.library_for(edition.format for edition in held.values())
    plan = Plan(base=Path.cwd(), settings=chosen, fonts=library, debug=bool(ctx.meta.get(DEBUG)))
    try:
        loaded = opening.load(article, chosen)
    except SourceError as error:
        if as_json:
            _print_document(article, _refused(held, error), returned)
        raise
    found = {file: _verify(loaded, edition, plan) for file, edition in held.items()}
    _tell(article, loaded)
    if report:
        _write(report, article, found, chosen)
    if as_json:
        _print_document(article, found, returned)
    else:
        _print(found, returned)
    ctx.exit(GOOD if all(passes(each, returned) for each in found.values()) else FAILED)


def _write(report: Path, article: Path, found: Mapping[Path, Verification], chosen: Settings) -> None:
    """The page that shows what was found, side by side."""
    folders = templating.search_path(chosen.theme.templates)
    reports.write(report, reports.page(article.name, {file.as_posix(): each for file, each in found.items()}, folders))


def _edition(file: Path) -> Edition:
    content = file.read_bytes()
    return Edition(format_of(file, content), "", content)


def _refused(held: dict[Path, Edition], error: SourceError) -> dict[Path, Verification]:
    """What is found of editions whose article cannot be read."""
    finding = Discrepancy(error.code, str(error), error.line)
    return {file: Verification(edition.format, (finding,), "none", 0) for file, edition in held.items()}


def _verify(loaded: Loaded, edition: Edition, plan: Plan) -> Verification:
    """The verification; an article with findings of its own is no measure for anything."""
    if loaded.findings:
        return Verification(edition.format, loaded.findings, "none", 0)
    return production.inspect(loaded, edition, plan)


def passes(found: Verification, returned: bool | None) -> bool:
    """Whether an edition is good enough: of one that is ``returned``, what it says has to be the same.

    None leaves it to the file: one that names another program as the last that saved it has returned. What a
    file claims makes up for no proof: of another program's PDF, somebody has to say that its text is enough.
    """
    return found.verdict == "verified" or (found.verdict == "same" and _may_differ(found, returned))


def _may_differ(found: Verification, returned: bool | None) -> bool:
    return bool(found.producer) and found.proof != "text" if returned is None else returned


def _tell(article: Path, loaded: Loaded) -> None:
    for line in sentences.of_notices(article, loaded.notices):
        click.echo(line, err=True)


def _print_document(article: Path, found: dict[Path, Verification], returned: bool | None) -> None:
    passed = {file.as_posix(): passes(each, returned) for file, each in found.items()}
    documents.echo(documents.of_verifications(article.as_posix(), {f.as_posix(): v for f, v in found.items()}, passed))


def _print(found: dict[Path, Verification], returned: bool | None) -> None:
    for file, verification in found.items():
        for line in sentences.of_verification(file, verification):
            click.echo(line)
        if verification.verdict == "same" and not passes(verification, returned):
            click.echo(
                tame(f"{file}: it is held to everything. Where it has been elsewhere, use --returned."), err=True
            )
