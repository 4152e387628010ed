"""A run as it goes on: on a terminal a bar with rate and states, elsewhere a line for each message not accepted."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Final

import click

from exporter.cli.progress import drawing
from exporter.cli.progress.pace import Pace
from exporter.cli.terminal import tame
from exporter.mail.job import Told
from exporter.mail.ledger import State

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

_TOLD: Final[tuple[State, ...]] = ("unknown", "failed", "deferred", "skipped")
"""States that are counted beside the bar, the one that matters most first."""


class Progress:
    """Tells a run of ``total`` messages on stderr; ``quiet`` nothing. A context manager: on leaving the bar is gone."""

    def __init__(self, total: int, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._quiet = quiet
        self._pace = Pace(clock(), total)
        self._states: Counter[State] = Counter()
        self._live: Live | None = None
        self._drawing = threading.Lock()

    def __enter__(self) -> Progress:
        if not self._quiet and sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb", "unknown"):
            self._live = self._drawn()
            self._live.start(refresh=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._drawing:
            if self._live:
                self._live.stop()
            self._live = None

    def told(self, told: Told) -> None:
        """Something became of a message."""
        state = told.verdict.state
        if state == "planned":
            return
        with self._drawing:
            self._states[state] += 1
            self._pace.count(self._clock(), ok=state == "accepted", unchanged=False)
            if state != "accepted" and not self._quiet:
                self._print(sentence(told))

    def _print(self, line: str) -> None:
        if self._live is None:
            click.echo(line, err=True)
            return
        from rich.text import Text

        self._live.console.print(Text(line), soft_wrap=True)

    def _drawn(self) -> Live:
        from rich.console import Console
        from rich.live import Live

        console = Console(file=sys.stderr, highlight=False)
        return Live(console=console, transient=True, redirect_stdout=False, get_renderable=lambda: self._view(console))

    def _view(self, console: Console) -> RenderableType:
        return drawing.line(console, self._pace.done, self._pace.total, self._figures())

    def _figures(self) -> Iterator[str]:
        """The figures, the one that matters most first."""
        pace, now = self._pace, self._clock()
        yield f"{pace.done}/{pace.total}"
        yield from (f"{self._states[state]} {state}" for state in _TOLD if self._states[state])
        left, rate = pace.left(now), pace.rate(now)
        if left is not None:
            yield f"{drawing.clock_time(left)} left"
        if rate:
            yield drawing.rate(rate)


def sentence(told: Told) -> str:
    """What became of a message that was not accepted, in a line; the recipient by keyed hash."""
    verdict = told.verdict
    said = " ".join(f"{verdict.code or ''} {verdict.enhanced} {verdict.reply} {verdict.reason}".split())
    return tame(f"{told.recipient}: {verdict.state}: {said}".rstrip(": "))
