"""How fast, and when again: limits of a run and of each domain, and the schedule of retries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a message is tried again (RFC 5321, 4.5.4.1). Spans are seconds; each is ``factor`` times the one before.

    ``first`` is after a refusal, ``lost`` after a connection that was lost before the dot; ``attempts`` is how often it
    is tried at most.
    """

    first: float = 1800.0
    lost: float = 60.0
    factor: float = 2.0
    longest: float = 4 * 3600.0
    attempts: int = 8

    def delay(self, attempt: int, message_id: str, *, lost: bool = False, asked: float | None = None) -> float:
        """Seconds after the ``attempt``-th (from 1): a tenth more at most, by message, so that not all come at once.

        What a server ``asked`` for is waited for even where it is longer.
        """
        span = min((self.lost if lost else self.first) * self.factor ** (attempt - 1), self.longest)
        spread = hashlib.sha256(f"{message_id} {attempt}".encode()).digest()[0] / 2560
        return (asked if asked is not None else span) * (1 + spread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Of a run. Rates are messages a minute, 0 for none; ``reconnect`` is seconds before another connection is tried.

    ``failures`` in a row end the run, ``domain_failures`` in a row that of one domain; ``connects`` is how often in a
    row no connection may be had.
    """

    connections: int = 4
    rate: float = 0.0
    domain_rate: float = 0.0
    failures: int = 20
    domain_failures: int = 10
    connects: int = 5
    reconnect: float = 5.0
    schedule: Schedule = field(default_factory=Schedule)


@dataclass(slots=True)
class Pace:
    """When the next message may go, at ``rate`` a minute; times are seconds of one clock."""

    rate: float
    _free: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one may go; 0 for now."""
        return max(0.0, self._free - now) if self.rate else 0.0

    def take(self, now: float) -> float:
        """Take the next turn: seconds until it comes."""
        wait = self.wait(now)
        if self.rate:
            self._free = now + wait + 60.0 / self.rate
        return wait
