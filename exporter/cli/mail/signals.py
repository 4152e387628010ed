"""Ctrl-C and SIGTERM during a run: the messages at hand are finished, nothing new is begun, nothing is in doubt."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

import click

_ENDING = "exporter: ending after the messages at hand. Once more ends at once, and leaves them in doubt."


class _Wish:
    def __init__(self) -> None:
        self.made = False

    def note(self, number: int, frame: FrameType | None) -> None:
        """Handle the signal: raises KeyboardInterrupt at the second."""
        if self.made:
            signal.default_int_handler(number, frame)
        self.made = True
        click.echo(_ENDING, err=True)


@contextmanager
def heeded() -> Iterator[Callable[[], bool]]:
    """Whether somebody wants the run to end; signals that are ignored, or somebody else's, are left so."""
    wish = _Wish()
    before: dict[signal.Signals, Any] = {}
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) is usual:
            before[number] = signal.signal(number, wish.note)
    try:
        yield lambda: wish.made
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
