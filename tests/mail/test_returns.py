"""What comes back: notifications of delivery, complaints, and wishes to leave, as servers write them."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from exporter.mail import suppression
from exporter.mail.identities import Identities
from exporter.mail.ledger import Ledger, State, Verdict
from tests.mail.plans import Post, identifier, readers

SECRET = "a secret of the house"
POST = Post(readers(3))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house that has sent an issue, and whose secret is known."""
    (tmp_path / "source" / "issues").mkdir(parents=True)
    (tmp_path / "source" / "issues" / "7.toml").touch()
    (tmp_path / "exporter.toml").write_text('[mail]\nsuppression = "suppressed.txt"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EXPORTER_MAIL_SECRET", SECRET)
    send(tmp_path, "accepted")
    return tmp_path


def send(house: Path, state: State) -> None:
    path = house / "source" / "issues" / "7.deliveries.sqlite3"
    path.unlink(missing_ok=True)
    POST.freeze(path)
    with Ledger(path) as ledger:
        run = ledger.begin("at-most-once", 0)
        for row in ledger.due("7", 1, 0):
            ledger.claim(row, run, 0)
            ledger.commit(row.id, run, 0)
            ledger.settle(row.id, run, Verdict(state=state), 0)


def token(number: int) -> str:
    return identifier("7", 1, readers(number)[number - 1])


def notification(
    to: str = f"bounces+{token(1)}@example.org",
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 no such user",
    returned: str = "",
) -> str:
    """As Postfix writes them (RFC 3464)."""
    return f"""Return-Path: <>
Delivered-To: {to}
From: MAILER-DAEMON@mta.example.com (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mta.example.com
X-Postfix-Queue-ID: ABC

Final-Recipient: rfc822; reader-0001@example.com
Original-Recipient: rfc822;reader-0001@example.com
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--b
Content-Type: text/rfc822-headers

Subject: No. 7
Message-ID: {returned or "<nothing@example.net>"}

--b--
"""


COMPLAINT = f"""From: abuse@provider.example.com
To: bounces@example.org
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: P/1
Version: 1

--b
Content-Type: message/rfc822

Subject: No. 7
Message-ID: <{token(2)}@example.org>

words
--b--
"""


def imported(what: str, *messages: str) -> Result:
    box = mailbox.Maildir("returned", create=True)
    for message in messages:
        box.add(message.encode())
    return CliRunner().invoke(main, ["mail", what, "import", "returned"])


def suppressed(house: Path) -> dict[str, str]:
    found = suppression.load(house / "suppressed.txt", Identities(SECRET)).suppressions
    return {POST.by_recipient.get(who, who): each.reason for who, each in found.items()}


def bounced(house: Path) -> list[tuple[str, str]]:
    with Ledger(house / "source" / "issues" / "7.deliveries.sqlite3") as ledger:
        return [(row["kind"], row["status"]) for row in ledger.rows("SELECT * FROM bounce")]


def states(house: Path) -> list[str]:
    with Ledger(house / "source" / "issues" / "7.deliveries.sqlite3") as ledger:
        return [each.state for each in ledger.deliveries("7", 1)]


def test_an_address_that_is_no_more_is_suppressed(house: Path) -> None:
    imported("bounces", notification())
    assert (bounced(house), suppressed(house)) == ([("failed", "5.1.1")], {readers(1)[0]: "bounced"})


def test_a_bounce_is_counted_once_however_often_it_is_read(house: Path) -> None:
    imported("bounces", notification())
    result = imported("bounces")
    assert len(bounced(house)) == 1
    assert "0 reports are new, 1 were known" in result.stdout


@pytest.mark.parametrize(
    ("action", "status", "diagnostic"),
    [
        ("failed", "5.2.2", "smtp; 552 mailbox full"),
        ("failed", "5.7.1", "smtp; 550 blocked"),
        ("delayed", "4.4.1", "smtp; timed out"),
        ("delivered", "2.0.0", ""),
    ],
)
def test_what_may_be_otherwise_tomorrow_suppresses_nobody(
    house: Path, action: str, status: str, diagnostic: str
) -> None:
    imported("bounces", notification(action=action, status=status, diagnostic=diagnostic))
    assert (bounced(house), suppressed(house)) == ([(action, status)], {})


def test_a_general_status_is_read_from_the_words_of_the_server(house: Path) -> None:
    imported("bounces", notification(status="5.0.0", diagnostic="smtp; 550 5.1.1 <x@example.com> unknown"))
    assert bounced(house) == [("failed", "5.1.1")]


def test_a_bounce_that_lost_its_return_path_is_known_by_the_message_it_returns(house: Path) -> None:
    imported("bounces", notification(to="postmaster@example.org", returned=f"<{token(3)}@example.org>"))
    assert list(suppressed(house)) == [readers(3)[2]]


def test_who_complains_is_suppressed(house: Path) -> None:
    imported("bounces", COMPLAINT)
    assert suppressed(house) == {readers(2)[1]: "complained"}


def test_a_bounce_settles_a_doubt(house: Path) -> None:
    send(house, "unknown")
    imported("bounces", notification(action="delayed", status="4.4.1"))
    assert states(house) == ["accepted", "unknown", "unknown"]


def test_a_bounce_of_nobodys_is_told_and_suppresses_nobody(house: Path) -> None:
    result = imported("bounces", notification(to=f"bounces+{'0' * 40}@example.org"))
    assert (bounced(house), suppressed(house)) == ([], {})
    assert "1 are of no message of ours" in result.stdout


def test_what_is_no_report_is_named_for_a_person(house: Path) -> None:
    result = imported("bounces", "From: a@example.com\nSubject: Thanks\n\nLovely issue.\n")
    assert "no report; read it yourself." in result.stderr


def test_an_mbox_is_read_message_by_message(house: Path) -> None:
    box = mailbox.mbox("returned.mbox", create=True)
    for number in (1, 2):
        box.add(notification(to=f"bounces+{token(number)}@example.org"))
    box.close()
    CliRunner().invoke(main, ["mail", "bounces", "import", "returned.mbox"])
    assert len(suppressed(house)) == 2


def test_a_folder_that_is_no_maildir_is_refused(house: Path) -> None:
    result = CliRunner().invoke(main, ["mail", "bounces", "import", "source"])
    assert result.exit_code == 1
    assert "source: a folder, and no Maildir" in result.stderr


def test_a_bounce_is_shown_in_the_status(house: Path) -> None:
    imported("bounces", notification())
    result = CliRunner().invoke(main, ["mail", "status", "source/issues/7.toml"])
    assert "of which 1 came back" in result.stdout


@pytest.mark.parametrize("what", ["bounces", "unsubscribes"])
def test_nothing_that_is_told_or_kept_has_an_address(house: Path, what: str) -> None:
    result = imported(what, notification(), COMPLAINT, wish(1))
    kept = b"".join(path.read_bytes() for path in (*house.glob("*.txt"), *house.glob("source/issues/*")))
    assert not [each for each in readers(3) if each in result.output or each.encode() in kept]


# --- Leaving ----------------------------------------------------------------------------------


def wish(number: int, extra: str = "") -> str:
    recipient = list(POST.by_recipient)[number - 1]
    return f"From: {readers(number)[-1]}\nTo: leave+{recipient}@example.org\nSubject: unsubscribe\n{extra}\n\n"


def test_who_writes_to_the_address_to_leave_by_leaves(house: Path) -> None:
    result = imported("unsubscribes", wish(1), wish(3))
    assert suppressed(house) == {readers(3)[0]: "unsubscribed", readers(3)[2]: "unsubscribed"}
    assert "2 recipients leave, 2 of them new" in result.stdout


def test_an_answer_of_a_machine_is_nobodys_wish(house: Path) -> None:
    imported("unsubscribes", wish(1, "Auto-Submitted: auto-replied"))
    assert suppressed(house) == {}


def test_a_hash_of_nobody_is_not_written_down(house: Path) -> None:
    imported("unsubscribes", f"From: a@example.com\nTo: leave+{'1' * 40}@example.org\n\n")
    assert suppressed(house) == {}


def test_without_the_secret_nothing_is_read(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXPORTER_MAIL_SECRET")
    result = imported("unsubscribes", wish(1))
    assert result.exit_code == 1
    assert "EXPORTER_MAIL_SECRET is empty or not set" in result.stderr


def test_a_suppression_list_of_another_secret_is_refused(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    imported("unsubscribes", wish(1))
    monkeypatch.setenv("EXPORTER_MAIL_SECRET", "quite another secret")
    assert "written with another secret" in imported("unsubscribes", wish(2)).stderr
