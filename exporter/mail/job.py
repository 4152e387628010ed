"""What a run is asked to do, what it tells meanwhile, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from exporter.mail.ledger import Ledger, Promise, Recovery, Tally, Verdict
from exporter.mail.outgoing import Outgoing
from exporter.mail.pacing import Limits
from exporter.mail.server import Server

Ending: TypeAlias = Literal["finished", "interrupted", "paused", "stopped"]
"""Nothing is due any more; somebody asked for it; what is sent is not wanted; or the server does not let us in."""


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a delivery: ``recipient`` is a keyed hash, ``verdict`` holds no address."""

    recipient: str
    verdict: Verdict


Announce: TypeAlias = Callable[[Told], None]


def _nobody(told: Told) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be sent: a revision of an issue, frozen in ``ledger``, whose lock the caller holds.

    ``messages`` makes the message of a recipient, by keyed hash, the same bytes each time; it raises Withheld, and is
    called by several threads. ``clock`` is seconds since 1970. ``stop`` is asked often, and ends the run after the
    messages at hand. ``announce`` is called by one thread at a time.
    """

    ledger: Ledger
    issue: str
    revision: int
    messages: Callable[[str], Outgoing]
    server: Server
    limits: Limits
    clock: Callable[[], float]
    promise: Promise = "at-most-once"
    stop: Callable[[], bool] = _never
    announce: Announce = _nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended, and how the plan stands. ``reason`` is why it ended early, without an address.

    ``recovery`` is what a killed run had left; ``accepted`` counts this run's, which took ``seconds``;
    ``paused_domains`` refused too often.
    """

    ending: Ending
    reason: str
    tally: Tally
    recovery: Recovery
    accepted: int
    seconds: float
    paused_domains: int
