"""``exporter verify``."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.building import production
from exporter.building.production import Plan
from exporter.cli import documents, fonts, options, sentences
from exporter.cli.group import DEBUG
from exporter.cli.status import FAILED, GOOD
from exporter.cli.terminal import tame
from exporter.edition import Discrepancy, Edition
from exporter.errors import SourceError
from exporter.loading import loader
from exporter.loading.loader import Loaded
from exporter.recognition import format_of
from exporter.settings import MissingImages, UnfitCharacters
from exporter.verifier import Verification

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command
@click.argument("files", metavar="[ARTICLE] EDITION…", nargs=-1, required=True, type=_FILE)
@click.option("--source", type=_FILE, metavar="ARTICLE", help="The article, where it is not the first argument.")
@options.as_json
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    source: Path | None,
    as_json: bool,
    config: Path | None,
    language: str | None,
    smart: bool | None,
    missing_images: MissingImages | None,
    unfit_characters: UnfitCharacters | None,
) -> None:
    """Hold finished editions to their article, whoever made them.

    An edition's format is told by its suffix, else by its content. The exit status is 1 where one
    differs from the article.
    """
    article, editions = (source, files) if source else (files[0], files[1:])
    if not editions:
        raise click.UsageError(f"No edition to hold to {article}. Name at least one.", ctx)
    chosen = options.resolve(
        (article,),
        config,
        language=language,
        smart=smart,
        missing_images=missing_images,
        unfit_characters=unfit_characters,
    )
    contents = {file: file.read_bytes() for file in editions}
    formats = {file: format_of(file, content) for file, content in contents.items()}
    plan = Plan(
        base=Path.cwd(),
        settings=chosen,
        fonts=fonts.library_for(formats.values()),
        debug=bool(ctx.meta.get(DEBUG)),
    )
    try:
        loaded = loader.load(article, chosen)
    except SourceError as error:
        if as_json:
            finding = Discrepancy(error.code, str(error), error.line)
            _print_document(article, {file: Verification(formats[file], (finding,), "none", 0) for file in editions})
        raise
    found = {file: _verify(loaded, Edition(formats[file], "", contents[file]), plan) for file in editions}
    _print(article, loaded, found, as_json)
    ctx.exit(GOOD if all(each.ok for each in found.values()) else FAILED)


def _verify(loaded: Loaded, edition: Edition, plan: Plan) -> Verification:
    """The verification; an article with findings of its own is no measure for anything."""
    if loaded.findings:
        return Verification(edition.format, loaded.findings, "none", 0)
    return production.inspect(loaded, edition, plan)


def _print_document(article: Path, found: dict[Path, Verification]) -> None:
    documents.echo(documents.of_verifications(article.as_posix(), {f.as_posix(): v for f, v in found.items()}))


def _print(article: Path, loaded: Loaded, found: dict[Path, Verification], as_json: bool) -> None:
    for line in sentences.of_notices(article, loaded.notices):
        click.echo(line, err=True)
    if as_json:
        _print_document(article, found)
        return
    for file, verification in found.items():
        if verification.ok:
            verdict = f"{file}: verified ({verification.compared} entries, {verification.proof})."
            click.echo(tame(verdict))
        for line in sentences.of_discrepancies(file, verification.discrepancies):
            click.echo(line)
