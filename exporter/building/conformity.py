"""Asks the conformance judges about editions before they are let out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from exporter.building.plan import Plan
from exporter.building.production import Made
from exporter.building.reports import Failure
from exporter.errors import ToolError
from exporter.judges import panel
from exporter.judges.judge import Finding
from exporter.judges.panel import Missing

Editions: TypeAlias = Mapping[str, Made]
"""Finished editions by the names of their files."""


def missing(plan: Plan) -> tuple[Missing, ...]:
    """The judges of the formats to make that cannot be asked; raises ToolError where a format is left with none."""
    absent = panel.missing(plan.judges, plan.formats, plan.tools)
    names = {each.judge for each in absent}
    for format_ in plan.formats if plan.judges else ():
        concerned = [judge for judge in plan.judges if format_ in judge.formats]
        if all(judge.name in names for judge in concerned):
            wanted = "; ".join(f"{judge.name}: {judge.get}" for judge in concerned) or "there is none"
            raise ToolError(f"No judge of {format_} is installed here, and --check asks for one ({wanted}).")
    return absent


def judged(editions: Editions, plan: Plan) -> tuple[Failure, ...]:
    """What the judges object to in ``editions``, in a folder that is gone afterwards."""
    with TemporaryDirectory() as folder:
        return tuple(_objections(editions, Path(folder), plan)) if plan.judges else ()


def _objections(editions: Editions, folder: Path, plan: Plan) -> Iterator[Failure]:
    files = {folder / name: made.record.format for name, made in editions.items()}
    for file in files:
        file.write_bytes(editions[file.name].content)
    for file, opinion in panel.judge(files, plan.judges, plan.tools).opinions.items():
        yield from (_failure(file.name, opinion.format, finding) for finding in opinion.findings)


def _failure(file: str, format_: str, finding: Finding) -> Failure:
    """``finding`` as a failure: its place is one in the edition, so the edition's name stands before it."""
    message = ": ".join(filter(None, [file, finding.place, finding.message]))
    return Failure(message=message, code=f"{finding.judge} {finding.code}", format=format_)
