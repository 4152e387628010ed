"""Senders killed between a message's final dot and its answer: the gap of RFC 1047, held open by a slow server.

KILLS=10 asks for so many; without it a few are made. ``postfix/`` has the trials with a real mail server.
"""

from __future__ import annotations

import os
import random
import signal
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path

import pytest

from tests.mail.killing import counted, kill_senders, wait_until
from tests.mail.plans import Post, readers
from tests.mail.sender import send, sending
from tests.mail.servers import Desk, serving

KILLS = int(os.environ.get("KILLS", "3"))
CONNECTIONS = 4
READERS = 40 * KILLS


def slowly(phase: str, to: str, time: int) -> str | None:
    """A server that takes 30 ms to accept a message."""
    return "after 0.03" if phase == "dot" else None


def copies(desk: Desk) -> Counter[str]:
    return Counter(message.recipient for message in desk.received)


@pytest.fixture
def post() -> Post:
    return Post(readers(READERS), attached=3200)


@pytest.fixture
def ledger(tmp_path: Path, post: Post) -> Path:
    post.freeze(tmp_path / "7.deliveries.sqlite3")
    return tmp_path / "7.deliveries.sqlite3"


def test_at_most_once_doubles_nothing_and_names_whatever_is_in_doubt(ledger: Path, post: Post) -> None:
    with serving(slowly) as desk:
        kill_senders(
            ledger,
            post,
            lambda: sending(ledger, desk.port, post),
            planned=READERS,
            kills=KILLS,
            chance=random.Random(1),
        )
        send(ledger, desk.port, post)
    assert max(copies(desk).values()) == 1
    unknown = counted(ledger, post, "unknown")
    assert READERS - len(copies(desk)) <= unknown <= CONNECTIONS * KILLS
    assert counted(ledger, post, "accepted", "unknown") == READERS


def test_at_least_once_leaves_nobody_out_and_doubles_are_the_same_message(ledger: Path, post: Post) -> None:
    with serving(slowly) as desk:
        begin = partial(sending, ledger, desk.port, post, promise="at-least-once")
        kill_senders(ledger, post, begin, planned=READERS, kills=KILLS, chance=random.Random(2))
        send(ledger, desk.port, post, promise="at-least-once")
    assert len(copies(desk)) == READERS
    contents = defaultdict(set)
    for message in desk.received:
        contents[message.recipient].add(message.content)
    assert {len(each) for each in contents.values()} == {1}
    assert counted(ledger, post, "accepted") == READERS


def test_a_run_that_is_told_to_end_leaves_nothing_in_doubt(ledger: Path, post: Post) -> None:
    with serving(slowly) as desk:
        with sending(ledger, desk.port, post) as process:
            wait_until(lambda: counted(ledger, post, "accepted") >= 10)
            process.send_signal(signal.SIGTERM)
            process.communicate()
        assert process.returncode == 0
        assert counted(ledger, post, "accepted", "planned") == READERS
        assert counted(ledger, post, "accepted") == len(desk.received) < READERS
        send(ledger, desk.port, post)
    assert sorted(copies(desk).values()) == [1] * READERS


def test_a_second_run_beside_the_first_sends_nothing(ledger: Path, post: Post) -> None:
    with serving(slowly) as desk:
        with sending(ledger, desk.port, post) as first:
            wait_until(lambda: counted(ledger, post, "accepted") >= 1)
            with sending(ledger, desk.port, post) as second:
                _, errors = second.communicate()
            first.communicate()
        assert (first.returncode, second.returncode) == (0, 1)
        assert "another run is at work (process " in errors
    assert sorted(copies(desk).values()) == [1] * READERS
