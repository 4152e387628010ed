"""What ``--json`` prints, one document a command, and ``--json-lines``, a line an event: see ``docs/cli.md``."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from exporter.building.reports import ArticleReport, BuildReport
from exporter.edition import Discrepancy
from exporter.loading.sources import Skipped

if TYPE_CHECKING:
    from exporter.issues import Problem
    from exporter.judges.panel import Judgement
    from exporter.overrides import Template
    from exporter.verifier import Verification

SCHEMA: Final = 1

WORDED: Final = frozenset({"V003", "V006"})
"""Codes of findings on two texts that can be compared word by word."""


def echo(document: object) -> None:
    """Print ``document`` as JSON, UTF-8 whatever the locale says."""
    _echo(json.dumps(document, ensure_ascii=False, indent=2))


def echo_line(document: object) -> None:
    """Print ``document`` as JSON on one line, at once: who reads it may be waiting for it."""
    _echo(json.dumps(document, ensure_ascii=False))


def _echo(text: str) -> None:
    click.echo(f"{text}\n".encode("utf-8", "backslashreplace"), nl=False)


def of_build(report: BuildReport) -> dict[str, Any]:
    """``report`` as plain values."""
    return {
        "schema": SCHEMA,
        "ok": report.ok,
        "articles": [of_article(article) for article in report.articles],
        "skipped": [of_skipped(each) for each in report.skipped],
        "left": [path.as_posix() for path in report.left],
        "notices": list(report.notices),
    }


def of_skipped(skipped: Skipped) -> dict[str, Any]:
    """What was passed over, as plain values."""
    return {"path": skipped.path.as_posix(), "reason": skipped.reason}


def of_article(article: ArticleReport) -> dict[str, Any]:
    """One article's report as plain values."""
    return {
        "path": article.path.as_posix(),
        "ok": article.ok,
        "slug": article.slug,
        "folder": article.folder.as_posix() if article.folder else None,
        "unchanged": article.unchanged,
        "editions": [asdict(edition) for edition in article.editions],
        "failures": [asdict(failure) for failure in article.failures],
        "notices": list(article.notices),
    }


def of_verifications(article: str, found: dict[str, Verification], passed: dict[str, bool]) -> dict[str, Any]:
    """Verifications, and whether each is good enough, by the edition's path."""
    return {
        "schema": SCHEMA,
        "ok": all(passed.values()),
        "source": article,
        "editions": [{"file": file, "ok": passed[file], **_of_verification(each)} for file, each in found.items()],
    }


def _of_verification(verification: Verification) -> dict[str, Any]:
    from exporter.verifier import results

    return {
        "verdict": verification.verdict,
        "format": verification.format,
        "proof": verification.proof,
        "producer": verification.producer,
        "compared": verification.compared,
        "texts": [asdict(result) for result in results(verification)],
        "discrepancies": [_of_discrepancy(finding) for finding in verification.discrepancies],
    }


def _of_discrepancy(finding: Discrepancy) -> dict[str, Any]:
    """The finding; of texts that differ, also where they do."""
    if finding.code not in WORDED:
        return asdict(finding)
    from exporter.verifier import changes

    marked = changes(finding.expected, finding.found)
    return {**asdict(finding), "changes": [asdict(change) for change in marked]}


def of_problems(path: Path, problems: Iterable[Problem]) -> dict[str, Any]:
    """What is wrong with an issue's file, and what is worth a look, as plain values."""
    return {"schema": SCHEMA, "issue": path.as_posix(), "problems": [asdict(each) for each in problems]}


def of_templates(found: Iterable[Template], folder: Path | None, more: Iterable[Template]) -> dict[str, Any]:
    """The built-in templates, and what the house has in their place, as plain values."""
    return {
        "schema": SCHEMA,
        "folder": folder.as_posix() if folder else None,
        "templates": [_of_template(each) for each in found],
        "additions": [_of_template(each) for each in more],
    }


def _of_template(template: Template) -> dict[str, Any]:
    return {**asdict(template), "own": template.own.as_posix() if template.own else None}


def of_judgement(judgement: Judgement, ok: bool) -> dict[str, Any]:
    """What judges say of editions, by the edition's path; ``ok`` as the exit status says."""
    return {
        "schema": SCHEMA,
        "ok": ok,
        "editions": [
            {"file": file.as_posix(), "ok": opinion.ok, **asdict(opinion)}
            for file, opinion in judgement.opinions.items()
        ],
        "missing": [asdict(each) for each in judgement.missing],
    }
