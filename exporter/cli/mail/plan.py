"""``exporter mail plan``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from exporter.cli import documents, options
from exporter.cli.exits import FAILED
from exporter.cli.mail import plans
from exporter.cli.marking import counted
from exporter.cli.terminal import tame
from exporter.distribution import outbox, planfile, planning
from exporter.distribution.planning import MEGABYTE, Planned
from exporter.distribution.records import LetterRecord, Plan, Row
from exporter.mail.errors import RecipientsError


@click.command
@plans.issue
@plans.readers
@plans.out
@click.option("--all", "every", is_flag=True, help="Write every message into the outbox, not one of each kind.")
@options.as_json
@options.settings_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    issue: str,
    readers: Path,
    out: Path | None,
    every: bool,
    as_json: bool,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Plan who gets what of ISSUE: compose every message, read it again, and write samples. Sends nothing.

    ISSUE is its file, or the file's name in source/issues; it was built before. The samples are in OUT/issue-ID/outbox.
    """
    desk = plans.desk(issue, config, out, **wanted)
    try:
        request = desk.request(readers)
        planned = desk.planned(request)
    except RecipientsError as error:
        _refuse(error, as_json)
        ctx.exit(FAILED)
    samples = outbox.write(planned.mailing, desk.out / request.issue.slug / outbox.NAME, every=every)
    desk.stock.keep(planned.plan, planning.objects(request))
    planfile.save(planned.plan, desk.state.plan)
    if as_json:
        documents.echo(_document(planned, samples))
    else:
        for line in _lines(planned, samples):
            click.echo(tame(line))


def _refuse(error: RecipientsError, as_json: bool) -> None:
    """Tell every mistake there is."""
    if as_json:
        problems = [{"file": error.file, "line": each.line, "message": each.message} for each in error.problems]
        documents.echo({"schema": documents.SCHEMA, "problems": problems})
    for each in error.problems:
        click.echo(tame(f"{error.file}:{each.line}: {each.message}"), err=True)
    count = len({each.line for each in error.problems})
    click.echo(tame(f"{error.file}: {count} of its lines stand against the plan. Nothing is planned."), err=True)


# --- For a person -----------------------------------------------------------------------------


def _lines(planned: Planned, samples: Sequence[Path]) -> Iterator[str]:
    plan = planned.plan
    yield f"issue {plan.issue}, revision {plan.revision}, of {plan.date.isoformat()}, to {plan.recipients}"
    yield from _table([("language", "files", "segment", "recipients", "size"), *_cells(plan)])
    yield from (f"  not sent to: {count} {reason}" for reason, count in sorted(_withheld(plan).items()))
    yield from (f"  {notice}" for notice in planned.notices)
    if samples:
        yield f"{counted(len(samples), 'message')} to look at in {samples[0].parent}"


def _cells(plan: Plan) -> Iterator[tuple[str, ...]]:
    letters = {each.key: each for each in plan.letters}
    for (key, segment), rows in _groups(plan).items():
        largest = max(row.size for row in rows)
        yield letters[key].language, _files(letters[key]), segment, str(len(rows)), _size(largest)
    yield "all", "", "", str(len(plan.rows)), _size(plan.largest)


def _size(octets: int) -> str:
    return f"{octets / MEGABYTE:.1f} MB" if octets >= MEGABYTE else f"{max(1, octets // 1000)} kB"


def _files(letter: LetterRecord) -> str:
    return " ".join((", ".join(letter.formats) or "none", *(f"[{rung}]" for rung in letter.rungs)))


def _groups(plan: Plan) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(plan.rows, key=lambda each: (each.letter, each.segment)):
        found.setdefault((row.letter, row.segment), []).append(row)
    return found


def _withheld(plan: Plan) -> Counter[str]:
    return Counter(row.withheld for row in plan.rows if row.withheld)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns side by side, the last two, of numbers, to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.rjust(w) if at > 2 else cell.ljust(w) for at, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        yield f"  {'  '.join(cells)}".rstrip()


# --- For a program ----------------------------------------------------------------------------


def _document(planned: Planned, samples: Sequence[Path]) -> dict[str, Any]:
    plan = planned.plan
    letters = {each.key: each for each in plan.letters}
    return {
        "schema": documents.SCHEMA,
        "issue": plan.issue,
        "revision": plan.revision,
        "date": plan.date.isoformat(),
        "recipients": len(plan.rows),
        "withheld": dict(sorted(_withheld(plan).items())),
        "messages": [
            {
                "language": letters[key].language,
                "formats": list(letters[key].formats),
                "rungs": list(letters[key].rungs),
                "segment": segment or None,
                "recipients": len(rows),
                "size": max(row.size for row in rows),
            }
            for (key, segment), rows in _groups(plan).items()
        ],
        "notices": list(planned.notices),
        "samples": [str(path) for path in samples],
    }
