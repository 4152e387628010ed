"""What is told while a build goes on and on."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

import click

from exporter.building.plan import Plan
from exporter.building.reports import ArticleReport
from exporter.cli import documents
from exporter.cli.marking import counted
from exporter.cli.progress import Audience, Ending, Output, duration, losses
from exporter.cli.terminal import tame
from exporter.stores import Place


class Again(Audience):
    """Hears of a build made again: of articles that were made or failed, less those ``known`` already; else nothing."""

    def __init__(self, output: Output, accepted: Collection[str], known: Iterable[ArticleReport]) -> None:
        super().__init__(output, accepted, self._last_words)
        self._accepted = accepted
        self._known = {article.path: article for article in known}
        self._made: list[ArticleReport] = []

    def told(self, report: ArticleReport, total: int) -> None:
        """An article is done, of ``total``."""
        if not report.unchanged and self._known.get(report.path) != report:
            self._made.append(report)
            super().told(report, total)

    def finished(self, ending: Ending) -> None:
        """All is done that will be."""
        if self._made or ending.report.notices:
            super().finished(ending)

    def _last_words(self, ending: Ending) -> None:
        for notice in ending.report.notices:
            click.echo(tame(f"exporter: {notice}"), err=True)
        if self._made:
            what = str(self._made[0].path) if len(self._made) == 1 else f"{len(self._made)} articles"
            facts = ", ".join(_facts(self._made, self._accepted))
            click.echo(tame(f"{time.strftime('%H:%M:%S')} {what}: {facts}; {duration(ending.seconds)}."))


class Voice:
    """Tells what ``output`` asks for."""

    def __init__(self, output: Output) -> None:
        self.output: Final = output
        self._known: Iterable[ArticleReport] | None = None
        self._trouble = ""

    def again(self, known: Iterable[ArticleReport]) -> None:
        """From now on what is built is built again; what is ``known`` of articles need not be told."""
        self._known = known

    def audience(self, plan: Plan) -> Audience:
        """Who hears of one build."""
        accepted = plan.settings.defaults.accept_losses
        return Audience(self.output, accepted) if self._known is None else Again(self.output, accepted, self._known)

    def watching(self, paths: Sequence[Path]) -> None:
        """The first build is done, and what comes now is noticed."""
        if self.output == "text":
            click.echo(tame(f"Watching {', '.join(map(str, paths))}. Ctrl-C ends it."))

    def withdrawn(self, path: Path, folders: Sequence[Place]) -> None:
        """A source is gone, and so are its editions in ``folders``."""
        if self.output == "json-lines":
            gone = [folder.as_posix() for folder in folders]
            documents.echo_line({"event": "withdrawn", "path": path.as_posix(), "folders": gone})
        elif self.output == "text":
            removed = f" Removed its editions in {', '.join(map(str, folders))}." if folders else ""
            click.echo(tame(f"{path}: is gone.{removed}"), err=True)

    def trouble(self, error: Exception) -> None:
        """Nothing can be built; said once for as long as it is the same."""
        where = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        if where != self._trouble:
            click.echo(tame(f"exporter: {where}"), err=True)
        self._trouble = where

    def no_trouble(self) -> None:
        """What was in the way is not any more."""
        self._trouble = ""


def _facts(made: Sequence[ArticleReport], accepted: Collection[str]) -> Iterable[str]:
    """What was made of articles, and how it went."""
    formats = [edition.format for article in made for edition in article.editions]
    one = len(made) == 1
    yield (", ".join(formats) or "no edition") if one else counted(len(formats), "edition")
    if failed := sum(not article.ok for article in made):
        yield "failed" if one else f"{failed} failed"
    if lost := sum(losses(article, accepted) for article in made):
        yield "1 loss" if lost == 1 else f"{lost} losses"
