"""A build for a program: one JSON document at its end, or an object a line while it goes on."""

from __future__ import annotations

from collections.abc import Collection

from exporter.building.reports import ArticleReport
from exporter.cli import documents
from exporter.cli.progress.summary import Ending, counted


def echo_document(ending: Ending) -> None:
    """Print the whole report as one document."""
    documents.echo(documents.of_build(ending.report))


class Stream:
    """Prints an object a line, each as soon as it is known: ``docs/build-events.schema.json``."""

    def __init__(self, accepted: Collection[str] = ()) -> None:
        self._accepted = accepted
        self._started = False

    def told(self, report: ArticleReport, total: int) -> None:
        """The article's report, as it stands in the whole document; ahead of the first, how many there are."""
        self._start(total)
        documents.echo_line({"event": "article", **documents.of_article(report)})

    def finished(self, ending: Ending) -> None:
        """The counts."""
        report = ending.report
        self._start(len(report.articles) + len(report.left))
        facts = {
            "event": "finished",
            "ok": report.ok,
            "complete": not report.left,
            **counted(report, self._accepted),
            "left": len(report.left),
            "skipped": [documents.of_skipped(each) for each in report.skipped],
            "notices": list(report.notices),
            "seconds": round(ending.seconds, 3),
        }
        documents.echo_line(facts)

    def _start(self, total: int) -> None:
        if not self._started:
            documents.echo_line({"event": "started", "schema": documents.SCHEMA, "articles": total})
        self._started = True
