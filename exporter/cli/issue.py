"""``exporter issue``."""

from __future__ import annotations

import importlib.resources
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from exporter.cli import correcting, deadline, documents, naming, options
from exporter.cli.exits import FAILED, GOOD
from exporter.cli.terminal import tame
from exporter.issues import Problem
from exporter.loading import slugs

_SUFFIX = ".toml"


@click.group
def command() -> None:
    """Newsletter issues: begin one, look one over, leave an article out."""


command.add_command(deadline.hold)
command.add_command(deadline.release)
command.add_command(correcting.correct)


@command.command
@click.argument("name", type=click.Path(path_type=Path))
@options.debug
def new(name: Path) -> None:
    """Write a commented issue, NAME.toml, to begin from: in source/issues, unless NAME has a folder.

    Refuses to overwrite.
    """
    path = name if name.suffix == _SUFFIX else name.with_name(f"{name.name}{_SUFFIX}")
    path = path if path.parent != Path() else naming.FOLDER / path
    if slugs.safe(path.stem) != path.stem:
        raise click.BadParameter(f"'{path.stem}' cannot name an issue; try '{slugs.safe(path.stem) or 'issue'}'.")
    sample = importlib.resources.files("exporter.cli").joinpath("sample-issue.toml").read_text(encoding="utf-8")
    numbered = sample if path.stem.isdecimal() else sample.replace("\nnumber = ", "\n# number = ")
    content = numbered.replace("@id@", path.stem).replace("@date@", datetime.now(UTC).date().isoformat())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content.encode())
    except FileExistsError as error:
        raise click.ClickException(f"{path} exists and is left as it is. Choose another name.") from error
    click.echo(f"{path} is written. Name its articles in it. Next: exporter issue check {path}")


@command.command
@click.argument("name", metavar="NAME")
@options.as_json
@options.settings_options
@click.pass_context
def check(ctx: click.Context, /, name: str, as_json: bool, config: Path | None, **wanted: Any) -> None:
    """Tell all that is wrong with an issue, and what is worth a look, without building it.

    NAME is its file, or the file's name in source/issues. The exit status is 1 where it cannot be built.
    """
    from exporter.loading import issues, warnings

    path = naming.issue(name)
    chosen = options.resolve((path,), config, **wanted)
    reading, problems = issues.examine(path, chosen)
    near = warnings.warnings(reading, chosen, datetime.now(UTC).date()) if reading else ()
    every = sorted((*problems, *near))
    if as_json:
        documents.echo(documents.of_problems(path, every))
    else:
        _tell(path, every)
        count = len(reading.pieces) if reading else 0
        click.echo(tame(f"{path}: {count} articles; next: exporter build {path}") if reading else _verdict(path, every))
    ctx.exit(GOOD if reading else FAILED)


def _verdict(path: Path, problems: list[Problem]) -> str:
    wrong = sum(not each.warning for each in problems)
    return tame(f"{path}: cannot be built; to mend: {wrong}.")


def _tell(path: Path, problems: list[Problem]) -> None:
    for each in problems:
        kind = "look: " if each.warning else ""
        click.echo(tame(f"{path}:{each.line}: {kind}{each.message} [{each.code}]"), err=True)
