"""Senders killed at random moments, and what their ledgers say of it."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exporter.mail.ledger import STATES, Ledger
from tests.mail.plans import Post
from tests.mail.sender import sending


def kill_senders(ledger: Path, port: int, post: Post, *, kills: int, chance: random.Random, **wanted: Any) -> None:
    """Send and kill (SIGKILL), so many times, each once a random number of messages went out, and then some moments."""
    share = counted(ledger, post, "planned") // (kills + 1)
    for _ in range(kills):
        begun = counted(ledger, post, "accepted") + chance.randint(1, max(1, share - 1))
        with sending(ledger, port, post, **wanted) as process:
            wait_until(lambda begun=begun: counted(ledger, post, "accepted") >= begun)
            time.sleep(chance.uniform(0.0, 0.02))
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"


def counted(ledger: Path, post: Post, *states: str) -> int:
    """How many deliveries are in one of ``states``."""
    with Ledger(ledger) as opened:
        counts = opened.tally(post.issue, post.revision).counts
    return sum(counts[state] for state in STATES if state in states)


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait; fail where it does not come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true"
        time.sleep(0.004)
