"""Deliveries as tests ask for them: a plan frozen in a ledger, sent to a server, with a clock that tests set."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exporter.mail.delivery import deliver
from exporter.mail.job import Job, Outcome, Told
from exporter.mail.ledger import Delivery, Ledger, locked
from exporter.mail.pacing import Limits, Schedule
from exporter.mail.server import Server, Timeouts
from tests.mail.plans import Post

START = 1_800_000_000.0


@dataclass
class Clock:
    """Seconds that pass as a test says, and a little with every look, as they do."""

    now: float = START

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


@dataclass
class House:
    """A house that sends ``post`` to the server at ``port``."""

    path: Path
    post: Post
    port: int
    clock: Clock = field(default_factory=Clock)
    told: list[Told] = field(default_factory=list)
    patience: float = 30.0
    """Seconds an answer is waited for."""

    def __post_init__(self) -> None:
        self.post.freeze(self.path, now=self.clock())

    def deliver(
        self, *, server: dict[str, Any] | None = None, limits: dict[str, Any] | None = None, **job: Any
    ) -> Outcome:
        """One run."""
        limit = self.patience
        timeouts = Timeouts(greeting=limit, command=limit, data=limit, block=limit, dot=limit)
        way = {"host": "127.0.0.1", "port": self.port, "security": "none", "timeouts": timeouts, **(server or {})}
        bounds = {"connections": 1, "reconnect": 0.001, "schedule": Schedule(), **(limits or {})}
        with locked(self.path), Ledger(self.path) as ledger:
            return deliver(
                Job(
                    **{
                        "ledger": ledger,
                        "issue": self.post.issue,
                        "revision": self.post.revision,
                        "messages": self.post.message,
                        "server": Server(**way),
                        "limits": Limits(**bounds),
                        "clock": self.clock,
                        "announce": self.told.append,
                        **job,
                    }
                )
            )

    def rows(self) -> dict[str, Delivery]:
        """The deliveries, by address."""
        with Ledger(self.path) as ledger:
            found = ledger.deliveries(self.post.issue, self.post.revision)
        return {self.post.by_recipient[each.recipient]: each for each in found}

    def states(self) -> list[str]:
        """Their states, as planned."""
        return [each.state for each in self.rows().values()]
