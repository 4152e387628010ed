"""Who hears of a build: by what was asked for, and by whether a person sits at a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from typing import Final, Literal, TypeAlias, assert_never, get_args

from exporter.building.builder import Announce
from exporter.building.reports import ArticleReport
from exporter.cli.progress.bar import Bar
from exporter.cli.progress.documents import Stream, echo_document
from exporter.cli.progress.lines import Lines
from exporter.cli.progress.summary import Ending, Summary

Output: TypeAlias = Literal["text", "json", "json-lines", "quiet"]
"""What goes to stdout; of "quiet" nothing, and errors alone to stderr."""

OUTPUTS: Final[tuple[Output, ...]] = get_args(Output)


class Audience:
    """All who hear of one build. ``live`` is a context in which a bar may be drawn; losses ``accepted`` are not told.

    ``failed`` tells whether an article did. A person hears ``last_words`` at the end, and what they count no sooner;
    else the summary.
    """

    def __init__(
        self, output: Output, accepted: Collection[str] = (), last_words: Callable[[Ending], None] | None = None
    ) -> None:
        lines = Lines(output != "text", accepted, brief=last_words is not None)
        stream = Stream(accepted)
        bar = Bar(lines) if _has_bar(output) else None
        self.live: AbstractContextManager[object] = bar or nullcontext()
        self.failed = False
        self._during: list[Announce] = [bar.told if bar else lines.told]
        self._after: list[Callable[[Ending], None]] = []
        match output:
            case "text":
                self._after.append(last_words or Summary(lines, accepted).finished)
            case "json":
                self._after.append(echo_document)
            case "json-lines":
                self._during.insert(0, stream.told)
                self._after.append(stream.finished)
            case "quiet":
                pass
            case _:
                assert_never(output)

    def told(self, report: ArticleReport, total: int) -> None:
        """An article is done, of ``total``."""
        self.failed = self.failed or not report.ok
        for tell in self._during:
            tell(report, total)

    def finished(self, ending: Ending) -> None:
        """All is done that will be, and the bar is gone."""
        for tell in self._after:
            tell(ending)


def _has_bar(output: Output) -> bool:
    """Whether a terminal is there that can draw one, and nothing else is written to it meanwhile."""
    able = sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown")
    return able and output != "quiet" and not (output == "json-lines" and sys.stdout.isatty())
