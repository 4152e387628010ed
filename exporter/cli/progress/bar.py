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
from exporter.cli.progress.lines import Lines
from exporter.cli.progress.pace import Pace
from exporter.cli.terminal import tame

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live
    from rich.text import Text

_DELAY: Final = 0.4
"""Seconds before it appears."""
_FEW: Final = 10
"""So many articles are told one by one; of more, the failures and notices: the bar counts the rest."""
_STANDING: Final = 5
"""So many failures stand below the bar."""
_WIDEST: Final = 40
_NARROWEST: Final = 8
"""Columns the bar itself takes."""


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
        cross = "\u2717" if _is_unicode(console) else "x"
        failed = [_one_line(f"{cross} {line}", console, console.width, "red") for line in standing]
        return Group(self._line(console), *failed)

    def _line(self, console: Console) -> RenderableType:
        """The bar where there is room for one, and as many of the figures as fit."""
        from rich.progress_bar import ProgressBar
        from rich.table import Table

        pace, width = self._pace, console.width
        long = min(width // 3, _WIDEST)
        room = width - long - 1 if long >= _NARROWEST else width
        bar = ProgressBar(pace.total or None, pace.done, width=long, pulse=not pace.total)
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(*([bar] if room < width else []), _one_line(_fitting(self._figures(), room), console, room))
        return grid

    def _figures(self) -> Iterator[str]:
        """The figures, the one that matters most first."""
        pace, now = self._pace, self._clock()
        yield f"{pace.done}/{pace.total}" if pace.total else "reading"
        if pace.failed:
            yield f"{pace.failed} failed"
        left, rate = pace.left(now), pace.rate(now)
        if left is not None:
            yield f"{_clock_time(left)} left"
        if rate:
            yield f"{rate:.1f}/s" if rate >= 0.1 else f"{rate * 60:.1f}/min"
        if pace.unchanged:
            yield f"{pace.unchanged} unchanged"
        if self._last:
            yield self._last


def _is_unicode(console: Console) -> bool:
    return console.encoding.startswith("utf")


def _one_line(words: str, console: Console, room: int, style: str = "") -> Text:
    """``words`` cut to ``room`` columns, in letters the terminal has."""
    from rich.text import Text

    unicode = _is_unicode(console)
    shown = words if unicode else words.encode(console.encoding, "backslashreplace").decode(console.encoding)
    text = Text(shown, style, no_wrap=True)
    text.truncate(room, overflow="ellipsis" if unicode else "crop")
    return text


def _fitting(words: Iterable[str], room: int) -> str:
    """``words`` side by side until ``room`` columns are full; the last may be too long."""
    line = ""
    for word in words:
        if line and len(line) + len(word) > room - 2 and len(line) > room - _NARROWEST:
            break
        line = f"{line}  {word}" if line else word
    return line


def _clock_time(seconds: float) -> str:
    """``seconds`` as a clock shows them: "0:07", "12:00", "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
