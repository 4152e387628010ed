"""What an issue lets pass, told at each build: which findings, by whom and why, and which waivers find nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exporter.building.manifest import EditionRecord
from exporter.edition import Discrepancy
from exporter.issues import Waiver
from exporter.loading.issues import IssueReading
from exporter.loading.opening import AnyReading
from exporter.loading.selecting import normal


def notices(reading: AnyReading, editions: Sequence[EditionRecord]) -> Iterator[str]:
    """A sentence on each waiver of ``reading``, beside what it lets pass in ``editions``; none of an article."""
    for waiver in reading.issue.waivers if isinstance(reading, IssueReading) else ():
        passed = {each.format: found for each in editions for found in each.discrepancies if covers(waiver, found)}
        yield _passed(waiver, passed) if passed else _idle(waiver, editions)


def covers(waiver: Waiver, finding: Discrepancy) -> bool:
    """Whether ``waiver`` is what let ``finding``, told with its article, pass."""
    return finding.code == waiver.code and finding.message.startswith(f"{normal(waiver.article)}:{waiver.block}: ")


def _passed(waiver: Waiver, passed: dict[str, Discrepancy]) -> str:
    message = next(iter(passed.values())).message.rstrip(".")
    return f"{', '.join(passed)}: {message} [{waiver.code}]. Let pass by {waiver.by}: {waiver.reason}"


def _idle(waiver: Waiver, editions: Sequence[EditionRecord]) -> str:
    made = ", ".join(each.format for each in editions) or "none"
    place = f"Line {waiver.line}: the waiver of {waiver.code} in {waiver.article}:{waiver.block}"
    return f"{place} lets nothing pass in these editions ({made}). Delete it if it is done with."
