"""``exporter approve``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from exporter import approval
from exporter.approval import Subject
from exporter.approval.records import FileRecord
from exporter.cli import naming, options
from exporter.cli.exits import FAILED
from exporter.cli.marking import counted
from exporter.cli.terminal import tame


@click.command
@click.argument("name", metavar="ISSUE")
@click.option("--by", metavar="WHO", required=True, help="Who approves.")
@click.option("--to", "recipients", type=options.LocalFile(), metavar="FILE", help="The recipients, if they are too.")
@options.editions
@click.option("--yes", is_flag=True, help="Do not ask: what is to be approved was looked at.")
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    name: str,
    by: str,
    recipients: Path | None,
    out: Path | None,
    yes: bool,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Approve an issue as it is built: its bytes, those of all it was built from, and what it lets pass.

    Shows what there is and asks. Any later change of any byte undoes the approval: see exporter status.
    """
    path = naming.issue(name)
    chosen = options.resolve((path,), config, out=out, **wanted)
    found = approval.subject(path, options.folder(chosen), chosen, recipients)
    for line in _lines(found):
        click.echo(tame(line))
    for objection in found.objections:
        click.echo(tame(f"exporter: {objection}"), err=True)
    if found.objections:
        ctx.exit(FAILED)
    if not (yes or _asked()):
        click.echo("Not approved.", err=True)
        ctx.exit(FAILED)
    given = approval.approve(found, by=by, at=datetime.now(UTC))
    click.echo(tame(f"{path}: revision {found.matter.revision} approved by {given.by}, {moment(given.at)}."))


def _asked() -> bool:
    """Whether somebody at a terminal says yes; raises UsageError where nobody is there to ask."""
    if not sys.stdin.isatty():
        raise click.UsageError("Nobody is there to ask. Look at what is above, and run again with --yes.")
    return click.confirm("Approve this?")


def moment(at: datetime) -> str:
    """A moment as people here tell it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


# --- Showing ----------------------------------------------------------------------------------


def _lines(found: Subject) -> Iterator[str]:
    matter = found.matter
    yield f"{found.path}: issue {matter.issue}, revision {matter.revision}"
    yield from (_file(each) for each in matter.files if each.kind in ("edition", "body", "recipients"))
    yield f"  made of {counted(sum(each.kind == 'source' for each in matter.files), 'file')} and {found.path.name}"
    yield from (f"  {each}" for each in found.notices)
    yield from _waivers(found)
    yield from (f"  look: {line}" for line in _guarded(found))
    if matter.losses:
        kinds = ", ".join(f"{code}: {count}" for code, count in matter.losses.items())
        yield f"  losses, which the manifests tell: {kinds}"


def _file(record: FileRecord) -> str:
    return f"  {record.kind:<10}  {record.sha256[:12]}  {_size(record.size):>9}  {record.name}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1_000:.1f} kB"


def _waivers(found: Subject) -> Iterator[str]:
    for record in found.matter.waivers:
        waiver, passed = record.waiver, ", ".join(record.formats)
        what = f"passes in {passed}" if passed else "lets nothing pass"
        yield f"  waived: {waiver.code} in {waiver.article}:{waiver.block} {what}; by {waiver.by}: {waiver.reason}"


def _guarded(found: Subject) -> Iterator[str]:
    for each in found.guarded:
        if each.draft:
            yield f"{each.name} is a draft: the issue is not sent with it."
        if each.embargo:
            yield f"{each.name} is under embargo until {each.embargo.isoformat()}: the issue is not sent before."
