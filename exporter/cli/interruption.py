"""Ctrl-C during a build: heeded where the work can end, at once where others do it, else between two articles.

An exception raised while a C library calls back into Python is printed and lost, and the build
would go on as if nothing had happened, with a proof cut short. So the first Ctrl-C waits for a safe
place; a second one does not.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import click

_AT_ONCE: Final = "exporter: ending."
_SOON: Final = "exporter: ending after this article. Press Ctrl-C again to end at once."


def sentence(why: str = "interrupted", state: str = "") -> str:
    """What is said of a command that ended early: ``why``, and what is done and what is left, where that is known."""
    return f"exporter: {why}{state}. What is written is whole; run the command again for the rest."


class Interruption:
    """Whether Ctrl-C was pressed."""

    def __init__(self, announcement: str) -> None:
        self.wanted = False
        self._announcement = announcement

    def note(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal: raises KeyboardInterrupt at the second."""
        if self.wanted:
            signal.default_int_handler(number, frame)
        self.wanted = True
        click.echo(self._announcement, err=True)


@contextmanager
def heeded(*, at_once: bool = False) -> Iterator[Interruption]:
    """What tells whether Ctrl-C was pressed; ``at_once`` that the work ends without waiting for the article at hand."""
    interruption = Interruption(_AT_ONCE if at_once else _SOON)
    before, report = signal.getsignal(signal.SIGINT), sys.unraisablehook
    if before is not signal.default_int_handler:  # somebody else has a mind of their own, or wants it ignored
        yield interruption
        return
    signal.signal(signal.SIGINT, interruption.note)
    sys.unraisablehook = lambda lost: None if lost.exc_type is KeyboardInterrupt else report(lost)
    try:
        yield interruption
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = report
