"""Ctrl-C during a build: heeded between two articles.

An exception raised while a C library calls back into Python is printed and lost, and the build
would go on as if nothing had happened, with a proof cut short. So the first Ctrl-C waits for a safe
place; a second one does not.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

import click


class _Interruption:
    """Whether Ctrl-C was pressed."""

    def __init__(self) -> None:
        self.wanted = False

    def note(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal: raises KeyboardInterrupt at the second."""
        if self.wanted:
            signal.default_int_handler(number, frame)
        self.wanted = True
        click.echo("exporter: ending after this article. Press Ctrl-C again to end at once.", err=True)

    def check(self) -> None:
        """Raise KeyboardInterrupt where it is wanted."""
        if self.wanted:
            raise KeyboardInterrupt


@contextmanager
def heeded() -> Iterator[Callable[[], None]]:
    """What to call where the work may end: it raises KeyboardInterrupt where Ctrl-C was pressed before."""
    interruption = _Interruption()
    before, report = signal.getsignal(signal.SIGINT), sys.unraisablehook
    if before is not signal.default_int_handler:  # somebody else has a mind of their own, or wants it ignored
        yield interruption.check
        return
    signal.signal(signal.SIGINT, interruption.note)
    sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else report(lost)
    try:
        yield interruption.check
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = report
