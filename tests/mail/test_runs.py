"""Runs: how fast, in which order, and when they end of themselves."""

from __future__ import annotations

import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import DeliveryError
from exporter.mail.outgoing import Outgoing, Withheld
from exporter.mail.pacing import Pace, Schedule
from tests.mail.deliveries import House
from tests.mail.plans import Post, readers
from tests.mail.servers import serving

# --- Pace -------------------------------------------------------------------------------------


def arrivals(tmp_path: Path, addresses: list[str], **limits: float) -> list[float]:
    """When messages to ``addresses`` arrived, in seconds from the first."""
    seen: list[float] = []

    def watch(phase: str, to: str, time_: int) -> None:
        if phase == "dot":
            seen.append(time.monotonic())

    with serving(watch) as desk:
        house = House(tmp_path / "7.sqlite3", Post(addresses), desk.port, clock=time.time)  # type: ignore[arg-type]
        house.deliver(limits={"connections": 3, **limits})
    assert house.states() == ["accepted"] * len(addresses)
    return [each - seen[0] for each in seen]


def test_a_run_keeps_its_rate_over_all_connections(tmp_path: Path) -> None:
    assert arrivals(tmp_path, readers(6), rate=1200)[-1] >= 5 * 60 / 1200 - 0.04


def test_a_domain_keeps_its_rate_and_holds_up_no_other(tmp_path: Path) -> None:
    slow, others = readers(3, "slow.example.com"), [f"a@{name}.example.com" for name in "bcdefg"]
    seen: list[str] = []
    with serving(lambda phase, to, n: seen.append(to) if phase == "dot" else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post([*slow, *others]), desk.port, clock=time.time)  # type: ignore[arg-type]
        began = time.monotonic()
        house.deliver(limits={"domain_rate": 300})
        took = time.monotonic() - began
    assert took >= 2 * 60 / 300 - 0.04
    assert [each.partition("@")[2] for each in seen[:7]].count("slow.example.com") == 1


@given(st.lists(st.floats(0, 10), max_size=20), st.floats(1, 1000))
def test_turns_are_never_closer_than_the_rate_allows(steps: list[float], rate: float) -> None:
    pace, now, turns = Pace(rate), 0.0, []
    for step in steps:
        now += step
        turns.append(now + pace.take(now))
    assert all(later - earlier >= 60 / rate - 1e-6 for earlier, later in pairwise(turns))


@given(st.integers(1, 30), st.text())
def test_a_message_is_tried_later_and_later_and_always_at_the_same_times(attempt: int, message_id: str) -> None:
    schedule = Schedule()
    delay = schedule.delay(attempt, message_id)
    assert delay == schedule.delay(attempt, message_id)
    assert schedule.first <= delay <= schedule.longest * 1.1
    assert schedule.delay(attempt, message_id, asked=7.0) >= 7.0


# --- Ends -------------------------------------------------------------------------------------


def test_too_many_failures_in_a_row_pause_the_run(tmp_path: Path) -> None:
    with serving(lambda phase, to, n: "550 5.1.1 no such user" if phase == "rcpt" else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(10)), desk.port)
        outcome = house.deliver(limits={"failures": 4, "domain_failures": 99})
    assert (outcome.ending, outcome.reason) == ("paused", "4 messages in a row were not taken")
    assert (house.states().count("failed"), house.states().count("planned")) == (4, 6)


def test_a_domain_that_takes_nothing_is_left_for_another_run_and_others_go_on(tmp_path: Path) -> None:
    bad, good = readers(5, "bad.example.com"), readers(5, "good.example.com")
    mixed = [each for pair in zip(bad, good, strict=True) for each in pair]

    def answer(phase: str, to: str, n: int) -> str | None:
        return "550 5.1.1 no such user" if phase == "rcpt" and to.endswith("@bad.example.com") else None

    with serving(answer) as desk:
        house = House(tmp_path / "7.sqlite3", Post(mixed), desk.port)
        outcome = house.deliver(limits={"domain_failures": 2})
    rows = house.rows()
    assert [rows[each].state for each in bad] == ["failed", "failed", "planned", "planned", "planned"]
    assert [rows[each].state for each in good] == ["accepted"] * 5
    assert outcome.paused_domains == 1


def test_attempts_come_to_an_end(tmp_path: Path) -> None:
    with serving(lambda phase, to, n: "451 4.3.0 never" if phase == "rcpt" else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        for _ in range(3):
            house.deliver(limits={"schedule": Schedule(attempts=3)})
            house.clock.now += 86400
    (row,) = house.rows().values()
    assert (row.state, row.attempt, row.reason) == ("failed", 3, "out of attempts (3)")


def test_nothing_is_tried_before_it_is_due(tmp_path: Path) -> None:
    with serving(lambda phase, to, n: "451 4.3.0 later" if phase == "rcpt" else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        for _ in range(3):
            house.deliver()
    assert [row.attempt for row in house.rows().values()] == [1]


def test_those_who_refused_before_are_tried_after_those_never_tried(tmp_path: Path) -> None:
    first = readers(2)[0]
    with serving(lambda phase, to, n: "451 later" if phase == "rcpt" and n == 1 and to == first else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        house.deliver()
        house.clock.now += 86400
        Post(readers(4)).freeze(house.path)
        house.post = Post(readers(4))
        house.deliver()
    assert desk.received[-1].recipient == first


def test_a_stop_lets_the_message_at_hand_through(tmp_path: Path) -> None:
    stop = threading.Event()

    def answer(phase: str, to: str, n: int) -> str | None:
        if phase == "dot":
            stop.set()
        return None

    with serving(answer) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(5)), desk.port)
        outcome = house.deliver(stop=stop.is_set)
    assert (outcome.ending, house.states()) == ("interrupted", ["accepted", *["planned"] * 4])


# --- Messages ---------------------------------------------------------------------------------


def test_who_is_withheld_meanwhile_is_skipped_with_the_reason(tmp_path: Path) -> None:
    post = Post(readers(3))
    gone = next(iter(post.by_recipient))

    def message(recipient: str) -> Outgoing:
        if recipient == gone:
            raise Withheld("unsubscribed")
        return post.message(recipient)

    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", post, desk.port)
        house.deliver(messages=message)
    assert (house.states(), len(desk.received)) == (["skipped", "accepted", "accepted"], 2)
    assert house.rows()[readers(1)[0]].reason == "unsubscribed"


def test_a_message_that_is_not_the_planned_one_is_not_sent(tmp_path: Path) -> None:
    other = Post(readers(3), revision=2)
    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port)
        with pytest.raises(DeliveryError, match="not the one that was planned"):
            house.deliver(messages=other.message)
    assert (house.states(), desk.received) == (["planned"] * 3, [])


def test_everything_that_becomes_of_a_message_is_told_without_an_address(tmp_path: Path) -> None:
    with serving(lambda phase, to, n: f"550 5.1.1 <{to}> unknown" if phase == "rcpt" and "2" in to else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port)
        house.deliver()
    assert [told.verdict.state for told in house.told] == ["accepted", "failed", "accepted"]
    assert [told.recipient for told in house.told] == list(house.post.by_recipient)
    assert not [address for address in readers(3) if address in repr(house.told)]


def test_many_connections_send_each_message_once(tmp_path: Path) -> None:
    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(40), attached=50_000), desk.port)
        house.deliver(limits={"connections": 8})
    assert house.states() == ["accepted"] * 40
    assert len({each.recipient for each in desk.received}) == len(desk.received) == 40
