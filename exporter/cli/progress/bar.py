"""Progress on a terminal: a bar, and what failed last standing below it.

It appears where a build takes long enough to be waited for, so that a quick one need not wait for rich.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Final

import click

from exporter.building.reports import ArticleReport
from exporter.cli import sentences
from exporter.cli.progress import drawing
from exporter.cli.progress.lines import Lines
from exporter.cli.progress.pace import Pace
from exporter.cli.terminal import tame

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

_DELAY: Final = 0.4
"""Seconds before it appears."""
_FEW: Final = 10
"""So many articles are told one by one; of more, the failures and notices: the bar counts the rest."""
_STANDING: Final = 5
"""So many failures stand below the bar."""


class Bar:
    """Draws on stderr what ``lines`` would only tell. A context manager: on leaving, bar and failures are gone."""

    def __init__(self, lines: Lines, clock: Callable[[], float] = time.monotonic, delay: float = _DELAY) -> None:
        self._lines = lines
        self._clock = clock
        self._pace = Pace(clock())
        self._failures: deque[str] = deque(maxlen=_STANDING)
        self._last = ""
        self._live: Live | None = None
        self._over = False
        self._drawing = threading.Lock()
        self._timer = threading.Timer(delay, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Bar:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._drawing:
            self._over = True
            if self._live:
                self._live.stop()

    def told(self, report: ArticleReport, total: int) -> None:
        """Count the article; print above the bar what there is to say of it."""
        self._pace.total = total
        self._last = tame(str(report.path))
        self._pace.count(self._clock(), ok=report.ok, unchanged=report.unchanged)
        self._failures += [sentences.of_failure(report.path, failure) for failure in report.failures]
        told = tuple(self._lines.of(report, brief=self._pace.total > _FEW))
        if told and not report.ok:
            self._appear()
        with self._drawing:
            self._print(told, "" if report.ok else "red")

    def _print(self, lines: Iterable[str], style: str) -> None:
        if self._live is None:
            for line in lines:
                click.echo(line, err=True)
            return
        from rich.text import Text

        for line in lines:
            self._live.console.print(Text(line, style), soft_wrap=True)

    def _appear(self) -> None:
        with self._drawing:
            if self._live is None and not self._over:
                self._live = self._drawn()
                self._live.start(refresh=True)

    def _drawn(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        console = Console(file=sys.stderr, highlight=False)
        return Live(console=console, transient=True, redirect_stdout=False, get_renderable=lambda: self._view(console))

    def _view(self, console: Console) -> RenderableType:
        """The bar and its figures in one line, and the failures, each in one."""
        from rich.console import Group

        height = max(0, min(_STANDING, console.height - 3))
        standing = list(self._failures)[-height:] if height else []
        cross = "\u2717" if drawing.is_unicode(console) else "x"
        failed = [drawing.one_line(f"{cross} {line}", console, console.width, "red") for line in standing]
        return Group(drawing.line(console, self._pace.done, self._pace.total, self._figures()), *failed)

    def _figures(self) -> Iterator[str]:
        """The figures, the one that matters most first."""
        pace, now = self._pace, self._clock()
        yield f"{pace.done}/{pace.total}" if pace.total else "reading"
        if pace.failed:
            yield f"{pace.failed} failed"
        left, rate = pace.left(now), pace.rate(now)
        if left is not None:
            yield f"{drawing.clock_time(left)} left"
        if rate:
            yield drawing.rate(rate)
        if pace.unchanged:
            yield f"{pace.unchanged} unchanged"
        if self._last:
            yield self._last
