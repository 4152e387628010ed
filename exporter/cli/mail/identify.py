"""``exporter mail identify``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import click

from exporter.cli import options
from exporter.cli.exits import FAILED, GOOD
from exporter.cli.terminal import tame
from exporter.distribution.archive import Archive, sightings
from exporter.distribution.state import State
from exporter.mail.taking import Taken, taken


@click.command
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=options.LocalFile())
@click.option(
    "--issues",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("source/issues"),
    show_default=True,
    metavar="FOLDER",
    help="Where the issues are, and what was sent of them.",
)
@options.debug
@click.pass_context
def command(ctx: click.Context, files: tuple[Path, ...], issues: Path) -> None:
    """Tell of which issue a file is that came back: an edition, a picture, or a whole message with what is in it.

    The exit status is 1 where one is of none.
    """
    archive = Archive(State(issues / "any.toml").archive)
    known = True
    for file in files:
        for name, lines in _found(archive, file):
            known = known and bool(lines)
            for line in lines or ["of no issue that was sent."]:
                click.echo(tame(f"{name}: {line}"))
    ctx.exit(GOOD if known else FAILED)


def _found(archive: Archive, file: Path) -> Iterator[tuple[str, list[str]]]:
    """What is known of the file, or of the message and each file in it."""
    content = file.read_bytes()
    if file.suffix.lower() != ".eml":
        yield str(file), _sightings(archive, content)
        return
    message = taken(content)
    yield str(file), list(_message(archive, message))
    for name, part in message.files:
        yield f"{file}: {name}", _sightings(archive, part)


def _sightings(archive: Archive, content: bytes) -> list[str]:
    digest = hashlib.sha256(content).hexdigest()
    return [
        f"{each.role} '{each.name}' of issue {each.issue}, revision {each.revision}."
        for each in sightings(archive, digest)
    ]


def _message(archive: Archive, message: Taken) -> Iterator[str]:
    for plan in archive.plans():
        for row in plan.rows:
            if row.delivery == message.delivery:
                yield f"a message of issue {plan.issue}, revision {plan.revision}, to recipient {row.recipient}."
