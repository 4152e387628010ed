"""The ledger: what it freezes, what it refuses, and that its counts add up."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import DeliveryError, LockedError
from exporter.mail.ledger import Ledger, State, Verdict, check, freeze, locked, recover, resolve
from exporter.mail.ledger.states import NEXT, STATES
from tests.mail.plans import Post, readers

NOW = 1_800_000_000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "7.deliveries.sqlite3"


def bring(ledger: Ledger, address: str, state: State, post: Post | None = None) -> None:
    """Bring a delivery that is planned into ``state``, as a run would."""
    post = post or Post([address])
    (row,) = (
        each for each in ledger.deliveries("7", post.revision) if post.by_recipient.get(each.recipient) == address
    )
    run = ledger.begin("at-most-once", NOW)
    if state == "planned":
        return
    if state in ("skipped", "cancelled"):
        ledger.move([row], state, "as the test says", NOW)
        return
    assert ledger.claim(row, run, NOW)
    if state in ("committing", "accepted", "unknown"):
        ledger.commit(row.id, run, NOW)
    if state not in ("sending", "committing"):
        ledger.settle(row.id, run, Verdict(state=state), NOW)


def states(path: Path, revision: int = 1) -> list[State]:
    with Ledger(path) as ledger:
        return [each.state for each in ledger.deliveries("7", revision)]


# --- Freezing ---------------------------------------------------------------------------------


def test_a_plan_frozen_twice_is_the_same_plan(path: Path) -> None:
    Post(readers(3)).freeze(path)
    Post(readers(3)).freeze(path)
    assert states(path) == ["planned"] * 3


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"artefacts": {"issue.pdf": "0" * 64}}, "'issue.pdf' changed"),
        ({"date": "Tue, 01 Dec 2026 06:00:00 +0000"}, "the date changed"),
        ({"secret": "another"}, "another secret"),
    ],
)
def test_a_revision_that_was_frozen_takes_no_other_bytes(path: Path, changed: dict[str, object], words: str) -> None:
    Post(readers(3)).freeze(path)
    with locked(path), Ledger(path) as ledger, pytest.raises(DeliveryError, match=words):
        freeze(ledger, replace(Post(readers(3)).frozen(), **changed), NOW)


def test_a_recipient_planned_twice_is_refused(path: Path) -> None:
    frozen = Post(readers(1)).frozen()
    with locked(path), Ledger(path, create=True) as ledger, pytest.raises(DeliveryError, match="planned twice"):
        freeze(ledger, replace(frozen, recipients=frozen.recipients * 2), NOW)


def test_new_recipients_are_added_and_those_gone_are_cancelled_unless_they_have_it(path: Path) -> None:
    Post(readers(3)).freeze(path)
    with Ledger(path) as ledger:
        bring(ledger, readers(3)[0], "accepted", Post(readers(3)))
    Post([*readers(5)[2:]]).freeze(path)
    assert states(path) == ["accepted", "cancelled", "planned", "planned", "planned"]


def test_who_is_back_on_the_list_is_planned_again(path: Path) -> None:
    Post(readers(2)).freeze(path)
    Post(readers(1)).freeze(path)
    Post(readers(2)).freeze(path)
    assert states(path) == ["planned"] * 2


def test_who_is_suppressed_between_two_plans_is_skipped_and_who_comes_back_is_not(path: Path) -> None:
    frozen = Post(readers(2)).frozen()
    first, second = frozen.recipients
    gone = replace(frozen, recipients=(replace(first, withheld="unsubscribed"), second))
    found = []
    for plan in (frozen, gone, frozen):
        with locked(path), Ledger(path, create=True) as ledger:
            freeze(ledger, plan, NOW)
        found.append(states(path))
    assert found == [["planned", "planned"], ["skipped", "planned"], ["planned", "planned"]]


@pytest.mark.parametrize("state", STATES)
def test_a_new_revision_goes_to_those_alone_who_cannot_have_an_earlier_one(path: Path, state: State) -> None:
    Post(readers(1)).freeze(path)
    with locked(path), Ledger(path) as ledger:
        bring(ledger, readers(1)[0], state)
        recover(ledger, "at-most-once", NOW)
    Post(readers(1), revision=2).freeze(path)
    has_it = state in ("accepted", "unknown", "committing")
    assert states(path, 2) == ["skipped" if has_it else "planned"]
    assert states(path) == [
        {"planned": "cancelled", "deferred": "cancelled", "sending": "cancelled", "committing": "unknown"}.get(
            state, state
        )
    ]


def test_again_sends_a_new_revision_to_everybody(path: Path) -> None:
    Post(readers(2)).freeze(path)
    with Ledger(path) as ledger:
        bring(ledger, readers(2)[0], "accepted", Post(readers(2)))
    Post(readers(2), revision=2).freeze(path)
    Post(readers(2), revision=2).freeze(path, again=True)
    assert states(path, 2) == ["planned"] * 2


def test_an_earlier_revision_is_not_frozen_after_a_later_one(path: Path) -> None:
    Post(readers(1), revision=2).freeze(path)
    with pytest.raises(DeliveryError, match="revision 2 is planned already"):
        Post(readers(1), revision=1).freeze(path)


# --- States -----------------------------------------------------------------------------------


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_the_database_itself_refuses_a_change_of_state_that_is_none(path: Path, before: State, after: State) -> None:
    Post(readers(1)).freeze(path)
    with Ledger(path) as ledger:
        bring(ledger, readers(1)[0], before)
    with sqlite3.connect(path) as tables:
        try:
            tables.execute("UPDATE delivery SET state = ?", [after])
        except sqlite3.IntegrityError:
            assert after not in NEXT[before]
        else:
            assert after in NEXT[before]


def test_no_delivery_can_be_deleted(path: Path) -> None:
    Post(readers(1)).freeze(path)
    with sqlite3.connect(path) as tables, pytest.raises(sqlite3.IntegrityError, match="no delivery is forgotten"):
        tables.execute("DELETE FROM delivery")


def test_no_address_can_be_written(path: Path) -> None:
    frozen = Post(readers(1)).frozen()
    address = replace(frozen.recipients[0], recipient="anna@example.com")
    with locked(path), Ledger(path, create=True) as ledger, pytest.raises(DeliveryError, match="CHECK"):
        freeze(ledger, replace(frozen, recipients=(address,)), NOW)


def test_a_delivery_is_claimed_once(path: Path) -> None:
    Post(readers(1)).freeze(path)
    with Ledger(path) as ledger, Ledger(path) as other:
        (row,) = ledger.due("7", 1, NOW)
        claims = [each.claim(row, each.begin("at-most-once", NOW), NOW) for each in (ledger, other, ledger)]
    assert claims == [True, False, False]


def test_threads_that_claim_at_once_have_each_delivery_once(path: Path) -> None:
    Post(readers(40)).freeze(path)
    with Ledger(path) as ledger:
        run = ledger.begin("at-most-once", NOW)
        rows = ledger.due("7", 1, NOW) * 4
        with ThreadPoolExecutor(8) as pool:
            claimed = list(pool.map(lambda row: ledger.claim(row, run, NOW), rows))
        assert claimed.count(True) == 40
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda row: ledger.commit(row.id, run, NOW), rows[:40]))
    assert states(path) == ["committing"] * 40


def test_a_statement_that_is_refused_fails_alone_and_others_of_its_commit_stand(path: Path) -> None:
    post = Post(readers(20))
    post.freeze(path)
    with Ledger(path) as ledger:
        run = ledger.begin("at-most-once", NOW)
        rows = ledger.due("7", 1, NOW)
        for row in rows:
            ledger.claim(row, run, NOW)

        def settle(number: int) -> bool:
            try:  # an address in a reply is against the rules of the table
                reply = "anna@example.com" if number % 2 else "no"
                ledger.settle(rows[number].id, run, Verdict(state="failed", reply=reply), NOW)
            except DeliveryError:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            settled = list(pool.map(settle, range(20)))
    assert settled == [number % 2 == 0 for number in range(20)]
    assert states(path) == ["sending" if number % 2 else "failed" for number in range(20)]


def test_no_dot_is_written_of_a_delivery_that_was_recovered(path: Path) -> None:
    Post(readers(1)).freeze(path)
    with Ledger(path) as ledger:
        (row,) = ledger.due("7", 1, NOW)
        run = ledger.begin("at-most-once", NOW)
        ledger.claim(row, run, NOW)
        recover(ledger, "at-most-once", NOW)
        with pytest.raises(DeliveryError, match="its dot is not sent"):
            ledger.commit(row.id, run, NOW)


def test_every_change_is_in_the_history(path: Path) -> None:
    Post(readers(1)).freeze(path)
    with Ledger(path) as ledger:
        bring(ledger, readers(1)[0], "accepted")
        events = [(row["before"], row["after"]) for row in ledger.rows("SELECT * FROM event ORDER BY id")]
    assert events == [(None, "planned"), ("planned", "sending"), ("sending", "committing"), ("committing", "accepted")]


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=8))
def test_counts_add_up_to_the_plan_whatever_became_of_it(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[State]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "7.deliveries.sqlite3"
    post = Post(readers(len(wanted)))
    post.freeze(path)
    with Ledger(path) as ledger:
        for address, state in zip(readers(len(wanted)), wanted, strict=True):
            bring(ledger, address, state, post)
        check(ledger, "7", 1)
        tally = ledger.tally("7", 1)
    assert {state: wanted.count(state) for state in STATES} == tally.counts
    assert sum(tally.counts.values()) == tally.recipients == len(wanted)


def test_a_ledger_in_which_rows_are_missing_sends_nothing(path: Path) -> None:
    Post(readers(2)).freeze(path)
    with sqlite3.connect(path) as tables:
        tables.execute("DROP TRIGGER delivery_stays")
        tables.execute("PRAGMA foreign_keys = OFF")
        tables.execute("DELETE FROM delivery WHERE id = 1")
    with Ledger(path) as ledger, pytest.raises(DeliveryError, match="1 deliveries of 2 planned"):
        check(ledger, "7", 1)


# --- Files ------------------------------------------------------------------------------------


def test_one_run_at_a_time(path: Path) -> None:
    with locked(path), pytest.raises(LockedError, match="another run is at work"), locked(path):
        pass


def test_a_ledger_that_is_not_there_is_not_made_in_passing(path: Path) -> None:
    with pytest.raises(DeliveryError, match="no such ledger"):
        Ledger(path)
    assert not path.exists()


def test_a_ledger_is_made_once_however_many_make_it(path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: Ledger(path, create=True), range(8)))
    assert [each.issues() for each in made] == [()] * 8


def test_a_file_a_killed_run_had_only_begun_is_no_ledger_yet_and_becomes_one(path: Path) -> None:
    path.touch()
    with pytest.raises(DeliveryError, match="no such ledger"):
        Ledger(path)
    Post(readers(1)).freeze(path)
    assert states(path) == ["planned"]


def test_a_file_that_is_no_ledger_is_left_alone(path: Path) -> None:
    path.write_bytes(b"not a database, by any means" * 40)
    with pytest.raises(DeliveryError, match="not a ledger"):
        Ledger(path)
    assert path.read_bytes() == b"not a database, by any means" * 40


def test_a_ledger_of_a_later_version_is_refused(path: Path) -> None:
    Post(readers(1)).freeze(path)
    with sqlite3.connect(path) as tables:
        tables.execute("PRAGMA user_version = 99")
    with pytest.raises(DeliveryError, match="version 99"):
        Ledger(path)


# --- Decisions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("resolution", "before", "after"),
    [
        ("resend", "unknown", "planned"),
        ("assume-sent", "unknown", "accepted"),
        ("retry-failed", "failed", "planned"),
        ("resend", "failed", "failed"),
        ("assume-sent", "deferred", "deferred"),
        ("retry-failed", "accepted", "accepted"),
    ],
)
def test_a_decision_moves_those_it_is_about(path: Path, resolution: str, before: State, after: State) -> None:
    Post(readers(1)).freeze(path)
    with Ledger(path) as ledger:
        bring(ledger, readers(1)[0], before)
        resolve(ledger, ledger.deliveries("7", 1), resolution, NOW)  # type: ignore[arg-type]
    assert states(path) == [after]


def test_what_a_crash_left_is_settled_by_what_was_promised(path: Path) -> None:
    post = Post(readers(2))
    for promise, expected in (("at-most-once", ["planned", "unknown"]), ("at-least-once", ["planned", "planned"])):
        post.freeze(path)
        with Ledger(path) as ledger:
            bring(ledger, readers(2)[0], "sending", post)
            bring(ledger, readers(2)[1], "committing", post)
            recover(ledger, promise, NOW)  # type: ignore[arg-type]
        assert states(path) == expected
        path.unlink()
