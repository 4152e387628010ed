"""How fast a build goes, and when it will be done."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

_WINDOW: Final = 30.0
"""Seconds the pace is taken over: the longest articles come first, so the first minute says little of the last."""


@dataclass(slots=True)
class Pace:
    """Counts articles; those that needed no work are done without a pace. Times are seconds of one clock."""

    start: float
    total: int = 0
    done: int = 0
    failed: int = 0
    unchanged: int = 0
    _made: deque[float] = field(default_factory=deque)

    def count(self, now: float, *, ok: bool, unchanged: bool) -> None:
        """One article is done ``now``."""
        self.done += 1
        self.failed += not ok
        self.unchanged += unchanged
        if not unchanged:
            self._made.append(now)

    def rate(self, now: float) -> float:
        """Articles a second, of late; 0 where there is nothing to go by."""
        while self._made and self._made[0] < now - _WINDOW:
            self._made.popleft()
        over = min(now - self.start, _WINDOW)
        return len(self._made) / over if over > 0 else 0.0

    def left(self, now: float) -> float | None:
        """Seconds until all is done, should it go on like this; None where nobody can know."""
        rate = self.rate(now)
        return (self.total - self.done) / rate if rate and self.total else None
