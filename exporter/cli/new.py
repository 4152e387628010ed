"""``exporter new``."""

from __future__ import annotations

import importlib.resources
from pathlib import Path

import click

from exporter.loading import slugs

SUFFIX = ".md"


@click.command
@click.argument("name", type=click.Path(path_type=Path))
def command(name: Path) -> None:
    """Write a commented sample article, NAME.md, to begin from. Refuses to overwrite."""
    if not slugs.safe(name.name):
        raise click.BadParameter("That names no file. Give the article a name.")
    path = name if name.suffix == SUFFIX else name.with_name(name.name + SUFFIX)
    if slugs.safe(path.stem) != path.stem:
        raise click.BadParameter(f"'{path.stem}' cannot name an edition; try '{slugs.safe(path.stem)}'.")
    content = importlib.resources.files("exporter.cli").joinpath("sample.md").read_bytes()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise click.ClickException(f"{path} exists and is left as it is. Choose another name.") from error
    click.echo(f"{path} is written. Next: exporter build {path}")
