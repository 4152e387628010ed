"""Each answer of a server, and each way to lose it, ends in the state the protocol names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail.deliveries import START, House
from tests.mail.plans import Post, readers
from tests.mail.servers import Answer, certificate, greeting, serving, trusted


def once(phase: str, said: str, address: str = "") -> Answer:
    """``said`` the first time in ``phase``, of one address or of whichever comes first."""
    left = [said]

    def answer(asked: str, to: str, time: int) -> str | None:
        return left.pop() if left and asked == phase and address in ("", to) else None

    return answer


def always(phase: str, said: str, address: str = "") -> Answer:
    """``said`` every time in ``phase``."""
    return lambda asked, to, time: said if asked == phase and address in ("", to) else None


ALL = "accepted accepted accepted"

FAULTS = {
    "nothing wrong": (always("", ""), ALL, "finished"),
    "452 at RCPT": (once("rcpt", "452 4.2.2 mailbox full"), "deferred accepted accepted", "finished"),
    "450 at DATA": (once("data", "450 4.3.0 try later"), "deferred accepted accepted", "finished"),
    "451 at the dot": (once("dot", "451 4.3.0 try later"), "deferred accepted accepted", "finished"),
    "550 at RCPT": (once("rcpt", "550 5.1.1 no such user"), "failed accepted accepted", "finished"),
    "554 at the dot": (once("dot", "554 5.6.0 malformed"), "failed accepted accepted", "finished"),
    "552 at RCPT is temporary": (once("rcpt", "552 too many recipients"), "deferred accepted accepted", "finished"),
    "552 at MAIL is for good": (once("mail", "552 5.3.4 too large"), "failed accepted accepted", "finished"),
    "421 at RCPT": (once("rcpt", "421 4.7.0 slow down"), "deferred accepted accepted", "finished"),
    "421 at the dot": (once("dot", "421 4.3.2 going down"), "deferred accepted accepted", "finished"),
    "lost after the dot": (once("dot", "drop"), "unknown accepted accepted", "finished"),
    "an answer that is none": (once("dot", "banana"), "unknown accepted accepted", "finished"),
    "policy at RCPT": (once("rcpt", "550 5.7.1 not accepted here"), "deferred planned planned", "paused"),
    "a blocklist at the dot": (once("dot", "554 your host is on a blocklist"), "deferred planned planned", "paused"),
    "the return path at MAIL": (once("mail", "550 5.1.8 no such sender"), "deferred planned planned", "paused"),
    "530 at MAIL": (once("mail", "530 5.7.0 authenticate first"), "planned planned planned", "stopped"),
}


@pytest.mark.parametrize(("answer", "states", "ending"), FAULTS.values(), ids=FAULTS)
def test_an_answer_ends_in_its_state(tmp_path: Path, answer: Answer, states: str, ending: str) -> None:
    with serving(answer) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port)
        outcome = house.deliver()
    assert (states.split(), ending) == (house.states(), outcome.ending)


@pytest.mark.parametrize(("phase", "state"), [("rcpt", "deferred"), ("data", "deferred"), ("dot", "unknown")])
def test_silence_ends_in_its_state(tmp_path: Path, phase: str, state: str) -> None:
    with serving(lambda asked, to, time: "hang" if asked == phase else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port, patience=1.0)
        house.deliver()
    assert house.states() == [state]


@pytest.mark.parametrize("phase", ["mail", "rcpt", "data", "dot"])
def test_a_second_run_sends_what_was_deferred_once_it_is_due(tmp_path: Path, phase: str) -> None:
    with serving(once(phase, "451 4.3.0 later")) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port)
        house.deliver()
        house.deliver()
        before = house.states()
        house.clock.now += 3600
        house.deliver()
    assert (before, house.states()) == (["deferred", "accepted", "accepted"], ["accepted"] * 3)
    assert sorted(readers(3)) == sorted(each.recipient for each in desk.received)


def test_a_connection_lost_before_the_dot_leaves_no_doubt(tmp_path: Path) -> None:
    longer_than_buffers = Post(readers(1), attached=12 << 20)
    with serving(once("data", "drop"), data_size_limit=0) as desk:
        house = House(tmp_path / "7.sqlite3", longer_than_buffers, desk.port)
        house.deliver()
    assert house.states() == ["deferred"]


def test_greylisting_is_sat_out(tmp_path: Path) -> None:
    def greylists(phase: str, to: str, time: int) -> str | None:
        return "450 4.2.0 greylisted, try again in 5 minutes" if phase == "rcpt" and time == 1 else None

    with serving(greylists) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(30)), desk.port)
        house.deliver()
        asked = {round(each.not_before - START) // 60 for each in house.rows().values()}
        house.clock.now += 400
        house.deliver()
    assert asked == {5}
    assert house.states() == ["accepted"] * 30


def test_what_was_sent_is_what_arrives(tmp_path: Path) -> None:
    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(2), attached=700_000), desk.port)
        house.deliver()
    for message in desk.received:
        sent = house.post.message(next(k for k, a in house.post.by_recipient.items() if a == message.recipient))
        assert b"".join(sent.parts) == message.content
        assert (sent.envelope_from, f"SIZE={sent.size}") == (message.sender, message.options[0])


def test_a_message_over_the_servers_size_is_not_begun(tmp_path: Path) -> None:
    with serving(data_size_limit=1000) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1), attached=2000), desk.port)
        house.deliver()
    (row,) = house.rows().values()
    assert row.state == "failed"
    assert row.reason.endswith("octets, and the server takes 1000")
    assert not desk.asked


def test_the_queue_id_of_the_server_is_kept(tmp_path: Path) -> None:
    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        house.deliver()
    assert [each.queue_id for each in house.rows().values()] == ["Q1"]


# --- The connection ---------------------------------------------------------------------------


def test_one_connection_carries_many_messages(tmp_path: Path) -> None:
    with serving() as desk:
        House(tmp_path / "7.sqlite3", Post(readers(20)), desk.port).deliver()
    assert (desk.connections, len(desk.received)) == (1, 20)


def test_after_a_refusal_the_server_is_reset_and_the_connection_kept(tmp_path: Path) -> None:
    with serving(once("rcpt", "550 5.1.1 no such user")) as desk:
        House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port).deliver()
    assert (desk.connections, desk.resets, len(desk.received)) == (1, 1, 2)


def test_after_421_another_connection_is_made(tmp_path: Path) -> None:
    with serving(once("rcpt", "421 4.7.0 slow down")) as desk:
        House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port).deliver()
    assert (desk.connections, len(desk.received)) == (2, 2)


def test_a_server_that_ends_connections_between_messages_costs_no_attempt_its_time(tmp_path: Path) -> None:
    with serving(lambda phase, to, time: "421 4.4.2 enough" if phase == "mail" and time == 1 else None) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(3)), desk.port)
        house.deliver()
    assert [each.state for each in house.rows().values()].count("accepted") == 2
    assert [each.state for each in house.rows().values()].count("deferred") == 1  # nothing was wrong but the first


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"554 5.7.1 no\r\n", "refuses connections: 554 5.7.1 no"), (b"421 busy\r\n", "no connection: 421 busy")],
)
def test_where_no_connection_is_to_be_had_nothing_is_claimed(tmp_path: Path, line: bytes, reason: str) -> None:
    with greeting(line) as port:
        house = House(tmp_path / "7.sqlite3", Post(readers(3)), port)
        outcome = house.deliver()
    assert outcome.ending == "stopped"
    assert outcome.reason.endswith(reason)
    assert {(each.state, each.attempt) for each in house.rows().values()} == {("planned", 0)}


# --- Whom we trust ----------------------------------------------------------------------------

WITH_TLS = {"host": "localhost", "security": "starttls", "authorities": certificate("localhost")}


def test_starttls_with_a_certificate_that_is_trusted(tmp_path: Path) -> None:
    with serving(tls_context=trusted("localhost"), require_starttls=True) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1), attached=300_000), desk.port)
        house.deliver(server=WITH_TLS)
    assert house.states() == ["accepted"]


@pytest.mark.parametrize(
    ("server", "authorities"), [("localhost", "mail.example.com"), ("mail.example.com", "mail.example.com")]
)
def test_a_certificate_of_a_stranger_or_for_another_name_stops_the_run(
    tmp_path: Path, server: str, authorities: str
) -> None:
    with serving(tls_context=trusted(server), require_starttls=True) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(2)), desk.port)
        outcome = house.deliver(server=WITH_TLS | {"authorities": certificate(authorities)})
    assert (outcome.ending, house.states()) == ("stopped", ["planned"] * 2)
    assert "not to be trusted" in outcome.reason


def test_a_server_without_starttls_gets_nothing(tmp_path: Path) -> None:
    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        outcome = house.deliver(server=WITH_TLS)
    assert (outcome.ending, "offers no STARTTLS" in outcome.reason, desk.received) == ("stopped", True, [])


def test_a_password_is_sent_under_tls(tmp_path: Path) -> None:
    with serving(tls_context=trusted("localhost"), require_starttls=True, authenticates=True) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        house.deliver(server=WITH_TLS | {"user": "house", "password": "correct"})
    assert (house.states(), desk.passwords) == (["accepted"], [(b"house", b"correct")])


def test_a_password_that_is_refused_stops_the_run_and_is_not_repeated(tmp_path: Path) -> None:
    with serving(tls_context=trusted("localhost"), require_starttls=True, authenticates=True) as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(2)), desk.port)
        outcome = house.deliver(server=WITH_TLS | {"user": "house", "password": "wr0ng"})
    assert (outcome.ending, house.states()) == ("stopped", ["planned"] * 2)
    assert "does not take the user and the password: 535" in outcome.reason
    assert "wr0ng" not in outcome.reason


def test_no_password_is_sent_in_the_open(tmp_path: Path) -> None:
    with serving() as desk:
        house = House(tmp_path / "7.sqlite3", Post(readers(1)), desk.port)
        outcome = house.deliver(server={"user": "house", "password": "correct"})
    assert (outcome.ending, desk.connections) == ("stopped", 0)


# --- Addresses --------------------------------------------------------------------------------


def test_smtputf8_is_asked_for_only_where_it_is_needed(tmp_path: Path) -> None:
    addresses = ["anna@example.com", "jösé@example.com", "zoe@example.com"]
    with serving(enable_SMTPUTF8=True) as desk:
        house = House(tmp_path / "7.sqlite3", Post(addresses, smtputf8={"jösé@example.com"}), desk.port)
        house.deliver()
    assert {each.recipient: "SMTPUTF8" in each.options for each in desk.received} == dict(
        zip(addresses, (False, True, False), strict=True)
    )


def test_an_address_the_server_cannot_take_fails_and_the_next_is_served(tmp_path: Path) -> None:
    addresses = ["jösé@example.com", "zoe@example.com"]
    with serving(enable_SMTPUTF8=False) as desk:
        house = House(tmp_path / "7.sqlite3", Post(addresses, smtputf8={"jösé@example.com"}), desk.port)
        house.deliver()
    assert house.states() == ["failed", "accepted"]
    assert "SMTPUTF8" in house.rows()["jösé@example.com"].reason


@pytest.mark.parametrize("said", [
    "550 5.1.1 <{}>: no such user",
    "550 5.1.1 user {} unknown",
    "550 5.1.1 {} and other@example.net are unknown",
    "451 4.2.2 RCPT TO:<{}>... later",
])  # fmt: skip
def test_no_address_a_server_repeats_is_kept(tmp_path: Path, said: str) -> None:
    address = "anna.lee@example.com"
    with serving(always("rcpt", said.format(address))) as desk:
        house = House(tmp_path / "7.sqlite3", Post([address]), desk.port)
        house.deliver()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (b"anna.lee" in kept, b"other@" in kept) == (False, False)
    assert "<…>" in house.rows()[address].reply


def test_a_local_part_a_server_repeats_alone_is_not_kept(tmp_path: Path) -> None:
    with serving(always("rcpt", "550 5.1.1 anna.lee: mailbox unavailable")) as desk:
        house = House(tmp_path / "7.sqlite3", Post(["anna.lee@example.com"]), desk.port)
        house.deliver()
    assert [each.reply for each in house.rows().values()] == ["<…>: mailbox unavailable"]
