"""Findings as lines for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from exporter.building.reports import ArticleReport, Failure
from exporter.cli.terminal import tame
from exporter.edition import Discrepancy


def of_article(report: ArticleReport) -> str:
    """What was made of one article: one line."""
    formats = ", ".join(edition.format for edition in report.editions)
    if not formats:
        return tame(f"{report.path}: no edition written.")
    unverified = [edition.format for edition in report.editions if not edition.verified]
    verdict = f"; not verified: {', '.join(unverified)}" if unverified else ", verified"
    return tame(f"{report.path}: {formats} in {report.folder}{verdict}.")


def of_notices(path: Path, notices: Iterable[str]) -> Iterator[str]:
    """What was assumed about ``path``, or passed over: a line each."""
    return (tame(f"{path}: {notice}") for notice in notices)


def of_failures(path: Path, failures: tuple[Failure, ...]) -> Iterator[str]:
    """What stood against editions of ``path``: a line each, both texts below where there are two."""
    for failure in failures:
        place = f"{path}: {failure.format}: " if failure.format else f"{path}: "
        if failure.line and not failure.message.startswith("Line "):
            place = f"{path}:{failure.line}: "
        yield from _lines(place + failure.message, failure.code, failure.expected, failure.found)


def of_discrepancies(file: Path, discrepancies: tuple[Discrepancy, ...]) -> Iterator[str]:
    """What ``file`` says otherwise than its article."""
    for finding in discrepancies:
        yield from _lines(f"{file}: {finding.message}", finding.code, finding.expected, finding.found)


def _lines(sentence: str, code: str, expected: str, found: str) -> Iterator[str]:
    yield tame(f"{sentence} [{code}]" if code and not sentence.endswith("]") else sentence)
    if expected or found:
        yield tame(f"  source:  {_one_line(expected)}")
        yield tame(f"  edition: {_one_line(found)}")


def _one_line(text: str) -> str:
    return text.replace("\n", "\u23ce ") if text else "(nothing)"
