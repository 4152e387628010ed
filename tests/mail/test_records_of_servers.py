"""Deliveries in doubt are settled by Postfix's log or a provider's record, and only where it can know."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from exporter.mail.ledger import Ledger, Verdict
from tests.mail.plans import Post, identifier, readers

CLAIM = 1_796_000_000.0
"""2026-11-29 21:33:20 UTC"""

POST = Post(readers(3))


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Three deliveries in doubt."""
    path = tmp_path / "7.deliveries.sqlite3"
    POST.freeze(path)
    path.with_name("7.toml").touch()
    with Ledger(path) as opened:
        run = opened.begin("at-most-once", CLAIM)
        for row in opened.due("7", 1, CLAIM):
            opened.claim(row, run, CLAIM)
            opened.commit(row.id, run, CLAIM + 1)
            opened.settle(row.id, run, Verdict(state="unknown"), CLAIM + 2)
    return path


def message_id(number: int) -> str:
    return f"<{identifier('7', 1, readers(number)[number - 1])}@example.org>"


def stamp(seconds: float, full: bool) -> str:
    at = datetime.fromtimestamp(CLAIM + seconds, UTC)
    return at.isoformat(timespec="microseconds") if full else at.strftime("%b %d %H:%M:%S")


def log(*said: tuple[float, str], full: bool = False) -> str:
    return "".join(f"{stamp(seconds, full)} mta postfix/{line}\n" for seconds, line in said)


BEFORE = (-60.0, "master[1]: daemon started")
AFTER = (60.0, "smtpd[2]: disconnect from localhost[127.0.0.1]")


def queued(number: int, queue_id: str = "") -> tuple[tuple[float, str], tuple[float, str]]:
    queue_id = queue_id or f"ABC{number}"
    return (
        (1.0, f"cleanup[3]: {queue_id}: message-id={message_id(number)}"),
        (1.0, f"qmgr[4]: {queue_id}: from=<bounces+x@example.org>, size=99, nrcpt=1 (queue active)"),
    )


def reconcile(ledger: Path, *options: str | Path) -> Result:
    return CliRunner().invoke(main, ["mail", "reconcile", str(ledger), *map(str, options)])


def by_log(ledger: Path, content: str, *options: str) -> list[str]:
    path = ledger.with_name("maillog")
    path.write_text(content, encoding="utf-8")
    reconcile(ledger, "--maillog", path, "--timezone", "UTC", *options)
    return states(ledger)


def states(ledger: Path) -> list[str]:
    with Ledger(ledger) as opened:
        return [each.state for each in opened.deliveries("7", 1)]


@pytest.mark.parametrize("full", [False, True], ids=["of 1994", "RFC 3339"])
def test_what_postfix_queued_was_accepted_and_the_rest_is_planned_again(ledger: Path, full: bool) -> None:
    assert by_log(ledger, log(BEFORE, *queued(2), AFTER, full=full)) == ["planned", "accepted", "planned"]


def test_a_message_id_alone_proves_nothing(ledger: Path) -> None:
    assert by_log(ledger, log(BEFORE, queued(1)[0], AFTER))[0] == "planned"


def test_a_queue_id_given_to_another_message_is_not_the_first_ones(ledger: Path) -> None:
    lines = (queued(1, "SAME")[0], *queued(2, "SAME"))
    assert by_log(ledger, log(BEFORE, *lines, AFTER)) == ["planned", "accepted", "planned"]


def test_a_message_on_hold_was_accepted(ledger: Path) -> None:
    hold = (1.0, "cleanup[3]: ABC1: milter-hold: END-OF-MESSAGE from localhost")
    assert by_log(ledger, log(BEFORE, queued(1)[0], hold, AFTER))[0] == "accepted"


@pytest.mark.parametrize("content", [
    log((0.5, "master[1]: daemon started"), AFTER),
    log(BEFORE, (0.0, "smtpd[2]: connect from localhost")),
    "",
    "no log at all\n",
])  # fmt: skip
def test_a_log_that_does_not_cover_the_time_leaves_the_doubt(ledger: Path, content: str) -> None:
    assert by_log(ledger, content) == ["unknown"] * 3


def test_a_server_that_may_be_at_work_still_leaves_the_doubt(ledger: Path) -> None:
    assert by_log(ledger, log(BEFORE, AFTER), "--rest", str(1e10)) == ["unknown"] * 3


def test_what_the_log_has_is_accepted_whatever_it_covers(ledger: Path) -> None:
    assert by_log(ledger, log(*queued(1))) == ["accepted", "unknown", "unknown"]


def test_rotated_logs_are_one_in_whatever_order_they_are_named(ledger: Path) -> None:
    cleanup, active = queued(1)
    (ledger.parent / "maillog").write_text(log(active, AFTER), encoding="utf-8")
    with gzip.open(ledger.parent / "maillog.1.gz", "wt") as older:
        older.write(log(BEFORE, cleanup))
    logs = [ledger.parent / "maillog", ledger.parent / "maillog.1.gz"]
    reconcile(ledger, "--timezone", "UTC", "--maillog", logs[0], "--maillog", logs[1])
    assert states(ledger) == ["accepted", "planned", "planned"]


def test_a_message_the_ledger_has_as_not_sent_is_told(ledger: Path) -> None:
    by_log(ledger, log(BEFORE, AFTER))
    (ledger.parent / "maillog").write_text(log(BEFORE, *queued(1), AFTER), encoding="utf-8")
    result = reconcile(ledger, "--maillog", ledger.parent / "maillog", "--timezone", "UTC")
    assert result.exit_code == 1
    assert "has 1 that are not sent by the ledger" in result.stdout


# --- A provider's record ----------------------------------------------------------------------


def by_record(ledger: Path, content: str, *options: str) -> Result:
    path = ledger.with_name("export.csv")
    path.write_text(content, encoding="utf-8")
    return reconcile(ledger, "--csv", path, *options)


def test_a_providers_record_settles_what_it_has(ledger: Path) -> None:
    bare = message_id(2).strip("<>")
    by_record(ledger, f"Event,Message ID\ndelivered,{message_id(1)}\ndropped,{bare}\n")
    assert states(ledger) == ["accepted", "failed", "unknown"]


def test_a_complete_record_settles_what_it_lacks_too(ledger: Path) -> None:
    by_record(ledger, f"event,message-id\nbounce,{message_id(1)}\n", "--complete")
    assert states(ledger) == ["accepted", "planned", "planned"]


def test_an_event_that_is_not_known_is_refused_by_its_line(ledger: Path) -> None:
    result = by_record(ledger, f"event,message-id\ndelivered,{message_id(1)}\nfrobbed,{message_id(2)}\n")
    assert (result.exit_code, states(ledger)) == (1, ["unknown"] * 3)
    assert "export.csv:3: 'frobbed' is no event" in result.stderr


@pytest.mark.parametrize("options", [(), ("--maillog", "a", "--csv", "a")])
def test_one_record_has_to_be_named(ledger: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ledger.parent)
    Path("a").touch()
    assert reconcile(ledger, *options).exit_code == 2


# --- Status and decisions ---------------------------------------------------------------------


def mail(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["mail", *arguments])


def test_the_status_adds_up_and_ends_with_3_in_doubt(ledger: Path) -> None:
    result = mail("status", str(ledger), "--json")
    (told,) = json.loads(result.stdout)["revisions"]
    assert (sum(told["counts"].values()), told["recipients"], result.exit_code) == (3, 3, 3)


def test_the_status_of_an_issue_is_that_of_the_ledger_beside_it(ledger: Path) -> None:
    assert mail("status", str(ledger.with_name("7.toml"))).stdout == mail("status", str(ledger)).stdout


@pytest.mark.parametrize(("decision", "status"), [("--resend", 75), ("--assume-sent", 0)])
def test_a_decision_settles_the_doubt(ledger: Path, decision: str, status: int) -> None:
    assert mail("resolve", str(ledger), decision).exit_code == 0
    assert mail("status", str(ledger)).exit_code == status


def test_a_decision_about_one_recipient_leaves_the_others(ledger: Path) -> None:
    first = next(iter(POST.by_recipient))
    mail("resolve", str(ledger), "--assume-sent", "--recipient", first)
    assert states(ledger) == ["accepted", "unknown", "unknown"]


def test_a_recipient_that_is_not_there_is_refused(ledger: Path) -> None:
    result = mail("resolve", str(ledger), "--assume-sent", "--recipient", "0" * 40)
    assert (result.exit_code, states(ledger)) == (2, ["unknown"] * 3)


def test_deliveries_are_listed_by_state_without_an_address(ledger: Path) -> None:
    result = mail("status", str(ledger), "--state", "unknown", "--json")
    listed = json.loads(result.stdout)["deliveries"]
    assert [each["recipient"] for each in listed] == list(POST.by_recipient)
    assert not [address for address in readers(3) if address in result.output]
