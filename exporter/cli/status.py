"""``exporter status``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from exporter import approval
from exporter.approval import Standing
from exporter.approval.changes import Block, Changed, changed
from exporter.approval.sets import Built, built
from exporter.cli import documents, naming, options
from exporter.cli.approve import moment
from exporter.cli.exits import FAILED, GOOD
from exporter.cli.marking import counted, in_line
from exporter.cli.terminal import tame

_FEW: Final = 5
"""How many blocks of a file are told to a person."""


@click.command
@click.argument("name", metavar="ISSUE")
@options.editions
@options.as_json
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context, /, name: str, out: Path | None, as_json: bool, config: Path | None, **wanted: Any
) -> None:
    """Tell how an issue stands: built, verified, approved by whom, and what changed since, block by block.

    The exit status is 0 where it lies there as it was approved, else 1.
    """
    path = naming.issue(name)
    chosen = options.resolve((path,), config, out=out, **wanted)
    sets = built(path, options.folder(chosen))
    profile = chosen.profile.name if chosen.profile else ""
    standing = approval.standing(path, options.folder(chosen), profile)
    found = changed(standing, chosen)
    if as_json:
        documents.echo(_document(sets, standing, found))
    else:
        for line in (*_of_sets(sets), *_of_standing(standing, found)):
            click.echo(tame(line))
    ctx.exit(GOOD if standing.stands else FAILED)


# --- For a person -----------------------------------------------------------------------------


def _of_sets(sets: Sequence[Built]) -> Iterator[str]:
    for each in sets:
        if not each.formats:
            yield f"{each.folder}: not built."
            continue
        unverified = f"; not verified: {', '.join(each.unverified)}" if each.unverified else ", verified"
        damaged = f"; changed or missing: {', '.join(each.damaged)}" if each.damaged else ""
        outdated = f"; changed since it was made: {', '.join(each.outdated)}" if each.outdated else ""
        yield f"{each.folder}: {', '.join(each.formats)}{unverified}{damaged}{outdated}."


def _of_standing(standing: Standing, found: Sequence[Changed]) -> Iterator[str]:
    yield from standing.notices
    given, path = standing.approval, standing.path
    if given is None:
        yield f"{path}: not approved. Approve it: exporter approve {path} --by WHO"
        return
    what = f"{path}: revision {given.matter.revision} was approved by {given.by}, {moment(given.at)}"
    if standing.stands:
        yield f"{what}, and lies there as it was approved."
        return
    yield f"{what}; since then {counted(len(found), 'change')}:"
    for each in found:
        yield from _of_change(each)
    if standing.only_unbuilt:
        yield f"The approval stands for the same bytes. Build them again: exporter build {path}"
    else:
        yield f"It is not approved any more. Look at it, and approve it again: exporter approve {path} --by WHO"


def _of_change(found: Changed) -> Iterator[str]:
    note = f" ({found.note})" if found.note else ""
    yield f"  {found.difference.sentence.rstrip('.')}{note}{':' if found.blocks else '.'}"
    for block in found.blocks[:_FEW]:
        yield f"    {_of_block(block)}"
    if len(found.blocks) > _FEW:
        yield f"    and {len(found.blocks) - _FEW} more: --json has all."


def _of_block(block: Block) -> str:
    line = f"{block.article}:{block.line}, " if block.article else f"Line {block.line}, "
    place = f"{line if block.line else ''}{block.kind}"
    return f"{place}: {' '.join(in_line(block.words).split())}"


# --- For a program ----------------------------------------------------------------------------


def _document(sets: Sequence[Built], standing: Standing, found: Sequence[Changed]) -> dict[str, Any]:
    given = standing.approval
    return {
        "schema": documents.SCHEMA,
        "ok": standing.stands,
        "issue": standing.path.as_posix(),
        "sets": [{**asdict(each), "folder": each.folder.as_posix()} for each in sets],
        "approval": {
            "issue": given.matter.issue,
            "revision": given.matter.revision,
            "by": given.by,
            "at": given.at.isoformat(),
            "waivers": len(given.matter.waivers),
        }
        if given
        else None,
        "changes": [_of_changed(each) for each in found],
        "notices": list(standing.notices),
    }


def _of_changed(found: Changed) -> dict[str, Any]:
    blocks = [{**asdict(each), "changes": [asdict(word) for word in each.words]} for each in found.blocks]
    return {**asdict(found.difference), "note": found.note, "blocks": blocks}
