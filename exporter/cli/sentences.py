"""Findings as lines for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, assert_never

from exporter.building.reports import ArticleReport, Failure, summary
from exporter.cli.documents import WORDED
from exporter.cli.marking import counted, in_line
from exporter.cli.terminal import tame
from exporter.edition import Discrepancy, Loss
from exporter.stores import Place

if TYPE_CHECKING:
    from exporter.verifier import Verification

_LONG: Final = 400
"""From so many characters on, two texts that differ are not printed whole."""


def of_article(report: ArticleReport) -> str:
    """What was made of one article: one line."""
    formats = ", ".join(edition.format for edition in report.editions)
    if not formats:
        return tame(f"{report.path}: no edition written.")
    unverified = [edition.format for edition in report.editions if not edition.verified]
    passed = sum(len(edition.discrepancies) for edition in report.editions)
    but = f" but for {counted(passed, 'finding')} let pass" if passed else ""
    verdict = f"; not verified: {', '.join(unverified)}" if unverified else f", verified{but}"
    return tame(f"{report.path}: {formats} in {report.folder}{verdict}.")


def of_notices(path: Place, notices: Iterable[str]) -> Iterator[str]:
    """What was assumed about ``path``, or passed over: a line each."""
    return (tame(f"{path}: {notice}") for notice in notices)


def of_losses(report: ArticleReport, accepted: Collection[str] = ()) -> Iterator[str]:
    """What editions lost and nobody ``accepted`` beforehand: a line each, those of a kind one where they are many."""
    lacking: dict[Loss, list[str]] = defaultdict(list)
    for edition in report.editions:
        for loss in edition.losses:
            lacking[loss].append(edition.format)
    kinds: dict[tuple[str, str], list[Loss]] = defaultdict(list)
    for loss, formats in lacking.items():
        kinds[loss.code, ", ".join(dict.fromkeys(formats))].append(loss)
    for (code, where), kind in sorted(kinds.items()):
        for told in () if code in accepted else _few(kind):
            yield tame(f"{report.path}: {where}: {summary(told)} [{code}]")


_FEW: Final = 3


def _few(kind: Sequence[Loss]) -> Iterator[Sequence[Loss]]:
    """Each by itself, or all as one where they are many or of the whole article."""
    if len(kind) > (_FEW if any(loss.line for loss in kind) else 1):
        yield kind
    else:
        yield from ((loss,) for loss in kind)


def of_failures(path: Place, failures: tuple[Failure, ...]) -> Iterator[str]:
    """What stood against editions of ``path``: a line each, both texts below where there are two."""
    for failure in failures:
        place = f"{path}: {failure.format}: " if failure.format else f"{path}: "
        if failure.line and not failure.message.startswith("Line "):
            place = f"{path}:{failure.line}: "
        yield from _lines(place + failure.message, failure.code, failure.expected, failure.found)


def of_failure(path: Place, failure: Failure) -> str:
    """What stood against an edition of ``path`` in a list of many: one line, its place and code ahead."""
    place = f"{path}:{failure.line}" if failure.line else f"{path}"
    code = f" [{failure.code}]" if failure.code else ""
    of = f" {failure.format}:" if failure.format else ""
    message = failure.message.removeprefix(f"Line {failure.line}: ").removesuffix(code)
    return tame(f"{place}:{code}{of} {message}")


def of_verification(file: Path, verification: Verification) -> Iterator[str]:
    """What was found of one edition: the verdict; what is said otherwise; what differs beside it."""
    findings = verification.discrepancies
    yield tame(f"{file}: {_verdict(verification)}")
    for finding in (each for each in findings if each.level == "text"):
        yield from _of_text(file, finding)
    yield from _beside(file, [each for each in findings if each.level == "form"])


def _verdict(verification: Verification) -> str:
    facts = f"({verification.compared} entries, {verification.proof})"
    saved = f"; saved by {verification.producer}" if verification.producer else ""
    texts = sum(each.level == "text" for each in verification.discrepancies)
    beside = len(verification.discrepancies) - texts
    more = f", {counted(beside, 'difference')} beside the text" if beside else ""
    match verification.verdict:
        case "verified":
            return f"verified {facts}{saved}."
        case "same":
            return f"says the same {facts}{saved}{more}."
        case "unproved":
            return f"cannot be judged {facts}{saved}: {counted(texts, 'text')} that a page does not tell{more}."
        case "differs":
            return f"differs {facts}{saved}: {counted(texts, 'difference')} in what it says{more}."
        case _:
            assert_never(verification.verdict)


def _of_text(file: Path, finding: Discrepancy) -> Iterator[str]:
    """A finding; of long texts that differ, only the words that do, and what stands around them."""
    worded = finding.code in WORDED and finding.expected and finding.found
    long = worded and len(finding.expected) + len(finding.found) > _LONG
    texts = ("", "") if long else (finding.expected, finding.found)
    yield from _lines(f"{file}: {finding.message}", finding.code, *texts)
    if worded:
        from exporter.verifier import changes

        yield tame(f"  words:   {_one_line(in_line(changes(finding.expected, finding.found)))}")


def _beside(file: Path, findings: Iterable[Discrepancy]) -> Iterator[str]:
    """Findings on looks, metadata and languages, those that say the same of several places once."""
    groups: dict[tuple[str, str, str, str], list[Discrepancy]] = {}
    for finding in findings:
        what = finding.message.removeprefix(f"Line {finding.line}: ").removeprefix(f"{finding.path}: ")
        groups.setdefault((finding.code, what, finding.expected, finding.found), []).append(finding)
    for (code, _, expected, found), group in groups.items():
        places = f" (and in {counted(len(group) - 1, 'more place')})" if len(group) > 1 else ""
        yield from _lines(f"{file}: {group[0].message.rstrip('.')}{places}.", code, expected, found)


def _lines(sentence: str, code: str, expected: str, found: str) -> Iterator[str]:
    yield tame(f"{sentence} [{code}]" if code and not sentence.endswith("]") else sentence)
    if expected or found:
        yield tame(f"  source:  {_one_line(expected)}")
        yield tame(f"  edition: {_one_line(found)}")


def _one_line(text: str) -> str:
    return text.replace("\n", "\u23ce ") if text else "(nothing)"
