"""Which message goes next: by what is due, and by the pace of the run and of each domain."""

from __future__ import annotations

import heapq
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from exporter.mail.ledger import Delivery
from exporter.mail.outgoing import Outgoing
from exporter.mail.pacing import Limits, Pace

_GLANCE: Final = 0.2
"""Seconds between two looks at whether the run is to end."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message whose turn it is, and when it may go: seconds of the run's clock."""

    delivery: Delivery
    message: Outgoing
    at: float


@dataclass(order=True, slots=True)
class _Waiting:
    at: float
    number: int
    delivery: Delivery = field(compare=False)


class Queue:
    """Deliveries that are due; threads take them in turn. A domain that is paused keeps its own for another run."""

    def __init__(
        self,
        due: Iterable[Delivery],
        limits: Limits,
        clock: Callable[[], float],
        over: Callable[[], bool],
    ) -> None:
        self._due = deque(due)
        self._waiting: list[_Waiting] = []
        self._limits = limits
        self._clock = clock
        self._over = over
        self._pace = Pace(limits.rate)
        self._domains: dict[str, Pace] = {}
        self._known: dict[int, str] = {}
        self._misses: Counter[str] = Counter()
        self.paused: set[str] = set()
        self._changed = threading.Condition()

    def take(self) -> Delivery | None:
        """The next that is due; None where nothing is left, or the run is to end."""
        with self._changed:
            while not self._over():
                if self._waiting and self._waiting[0].at <= self._clock():
                    return heapq.heappop(self._waiting).delivery
                if self._due:
                    delivery = self._due.popleft()
                    if self._known.get(delivery.id) not in self.paused:
                        return delivery
                elif not self._waiting:
                    return None
                else:
                    self._changed.wait(_GLANCE)
        return None

    def turn(self, delivery: Delivery, message: Outgoing) -> Turn | None:
        """Its turn; None where its domain has to wait, or is paused: then it is kept here."""
        domain = domain_of(message)
        with self._changed:
            self._known[delivery.id] = domain
            if domain in self.paused:
                return None
            now = self._clock()
            pace = self._domains.setdefault(domain, Pace(self._limits.domain_rate))
            if wait := pace.wait(now):
                heapq.heappush(self._waiting, _Waiting(now + wait, delivery.id, delivery))
                return None
            pace.take(now)
            return Turn(delivery, message, now + self._pace.take(now))

    def back(self, delivery: Delivery) -> None:
        """Put back what could not be sent yet: it comes next."""
        with self._changed:
            self._due.appendleft(delivery)
            self._changed.notify()

    def wait_until(self, at: float) -> bool:
        """Wait; whether the run goes on."""
        with self._changed:
            while not self._over():
                if (left := at - self._clock()) <= 0:
                    return True
                self._changed.wait(min(left, _GLANCE))
        return False

    def is_empty(self) -> bool:
        """Whether nothing waits for a thread."""
        with self._changed:
            return not self._due and not self._waiting

    def count(self, message: Outgoing, *, missed: bool) -> None:
        """Whether the message's domain took it; it is paused after so many misses in a row."""
        domain = domain_of(message)
        with self._changed:
            self._misses[domain] = self._misses[domain] + 1 if missed else 0
            if self._misses[domain] >= self._limits.domain_failures:
                self.paused.add(domain)


def domain_of(message: Outgoing) -> str:
    """Where a message goes, in lower case."""
    return message.envelope_to.rpartition("@")[2].lower()
