"""Senders killed at random moments, and what their ledgers say of it."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from exporter.errors import DeliveryError
from exporter.mail.ledger import STATES, Ledger


class Revision(Protocol):
    """One revision of an issue."""

    issue: str
    revision: int


def kill_senders(
    ledger: Path,
    sent: Revision,
    begin: Callable[[], subprocess.Popen[str]],
    *,
    planned: int,
    kills: int,
    chance: random.Random,
) -> None:
    """Begin to send ``planned`` messages and kill (SIGKILL), each time once a random number of them went out."""
    share = planned // (kills + 1)
    for _ in range(kills):
        enough = counted(ledger, sent, "accepted") + chance.randint(1, max(1, share - 1))
        with begin() as process:
            wait_until(lambda enough=enough: counted(ledger, sent, "accepted") >= enough)
            time.sleep(chance.uniform(0.0, 0.02))
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"


def counted(ledger: Path, sent: Revision, *states: str) -> int:
    """How many deliveries are in one of ``states``; 0 where there is no ledger yet."""
    try:
        opened = Ledger(ledger)
    except DeliveryError:
        return 0
    with opened:
        planned = sent.revision in opened.revisions(sent.issue)
        counts = opened.tally(sent.issue, sent.revision).counts if planned else dict.fromkeys(STATES, 0)
    return sum(counts[state] for state in STATES if state in states)


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait; fail where it does not come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.004)
