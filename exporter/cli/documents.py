"""What ``--json`` prints: one document a command, as ``docs/cli.md`` describes them."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

import click

from exporter.building.reports import ArticleReport, BuildReport
from exporter.verifier import Verification

SCHEMA: Final = 1


def echo(document: object) -> None:
    """Print ``document`` as JSON, UTF-8 whatever the locale says."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)


def of_build(report: BuildReport) -> dict[str, Any]:
    """``report`` as plain values."""
    return {
        "schema": SCHEMA,
        "ok": report.ok,
        "articles": [_of_article(article) for article in report.articles],
        "skipped": [{"path": each.path.as_posix(), "reason": each.reason} for each in report.skipped],
    }


def _of_article(article: ArticleReport) -> dict[str, Any]:
    return {
        "path": article.path.as_posix(),
        "ok": article.ok,
        "slug": article.slug,
        "folder": article.folder.as_posix() if article.folder else None,
        "editions": [asdict(edition) for edition in article.editions],
        "failures": [asdict(failure) for failure in article.failures],
        "notices": list(article.notices),
    }


def of_verifications(article: str, found: dict[str, Verification]) -> dict[str, Any]:
    """Verifications by the edition's path."""
    return {
        "schema": SCHEMA,
        "ok": all(each.ok for each in found.values()),
        "source": article,
        "editions": [{"file": file, "ok": each.ok, **asdict(each)} for file, each in found.items()],
    }
