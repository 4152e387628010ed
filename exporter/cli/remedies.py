"""What to do about an issue that failed, as command lines: the last words of its build."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from exporter.approval.remedies import Trouble, failed
from exporter.building.reports import ArticleReport, BuildReport
from exporter.cli import invocation
from exporter.cli.terminal import tame
from exporter.loading.lookup import is_issue
from exporter.settings import Settings


def of_report(report: BuildReport, settings: Settings) -> Iterator[str]:
    """Of each issue that failed for an article: which, why, and the commands that help."""
    for article in report.articles:
        if not article.ok and isinstance(article.path, Path) and is_issue(article.path):
            yield from map(tame, _of_issue(article, settings))


def _of_issue(report: ArticleReport, settings: Settings) -> Iterator[str]:
    assert isinstance(report.path, Path)
    path, found = report.path, failed(report.path, report.failures, settings)
    if not found:
        return
    articles = tuple(dict.fromkeys(each.article for each in found))
    build = shlex.join(invocation.again(click.get_current_context(), str(path)))
    hold = shlex.join(("exporter", "issue", "hold", str(path), *articles))
    yield f"exporter: {path} is not built because of {' and '.join(_why(each, found) for each in articles)}"
    yield f"  Leave {'it' if len(articles) == 1 else 'them'} out: {hold} && {build}"
    if all(each.waivable for each in found):
        yield f"  Or let it pass: {' && '.join((*_waivers(path, found), build))}"


def _why(article: str, found: Iterable[Trouble]) -> str:
    """``article`` and what is said of it first."""
    first, *more = (each for each in found if each.article == article)
    place = f"{article}, line {first.line}" if first.line else article
    others = f" (and {len(more)} more)" if more else ""
    return f"{place}: {first.sentence.rstrip('.')} [{first.code}]{others}."


def _waivers(path: Path, found: Sequence[Trouble]) -> Iterator[str]:
    """A command for each block that something stands against."""
    for article, line in dict.fromkeys((each.article, each.line) for each in found):
        codes = dict.fromkeys(each.code for each in found if (each.article, each.line) == (article, line))
        place = ("--issue", str(path), "--article", article, "--block", str(line))
        yield f"{shlex.join(('exporter', 'waive', *codes, *place))} --by WHO --reason WHY"
