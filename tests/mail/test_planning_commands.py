"""``exporter mail plan``, ``test`` and ``clear`` on an issue that was built, in processes of their own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, cast

import dkim
import pytest

from exporter.cli.mail import plans
from exporter.distribution import planning
from tests.mail.newsroom import PRIVATE, READERS, SECRET, built, run
from tests.mail.servers import Desk, Received, serving
from tests.mail.test_signing import key, record

PLAN = ("mail", "plan", "7", "--to", "readers.csv")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom whose issue is built."""
    return built(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copytree(finished, tmp_path / "newsroom"))


def planned(folder: Path, **environment: str) -> dict[str, Any]:
    """What ``plan --json`` says."""
    done = run(folder, *PLAN, "--json", **environment)
    assert done.returncode == 0, done.stderr
    return cast(dict[str, Any], json.loads(done.stdout))


def refused(folder: Path, *arguments: str, **environment: str) -> str:
    """What a command that does nothing says."""
    done = run(folder, *(arguments or PLAN), **environment)
    assert done.returncode != 0
    assert done.stdout == ""
    assert not (folder / "source" / "issues" / "7.plan.json").exists()
    return done.stderr


def samples(folder: Path) -> dict[str, EmailMessage]:
    """The messages in the outbox, by name."""
    found = sorted((folder / "dist" / "issue-7" / "outbox").iterdir())
    return {path.name: cast(EmailMessage, message_from_bytes(path.read_bytes(), policy=policy.SMTP)) for path in found}


def said(message: EmailMessage, kind: str) -> str:
    """A body of a message."""
    part = message.get_body((kind,))
    assert part is not None
    return cast(str, part.get_content())


def test_a_table_tells_who_gets_what(folder: Path) -> None:
    done = run(folder, *PLAN)
    assert done.returncode == 0, done.stderr
    first, *rows, last = done.stdout.splitlines()
    assert first.startswith("issue 7, revision 1, of ")
    assert [row.split()[:-2] for row in rows] == [
        ["language", "files", "segment"],
        ["ar", "txt", "1"],
        ["en", "none", "1"],
        ["en", "pdf,", "txt", "patrons", "1"],
        ["en", "txt", "1"],
        ["all", "4"],
    ]
    assert last == "4 messages to look at in dist/issue-7/outbox"


def test_a_program_gets_the_same_as_one_document(folder: Path) -> None:
    found = planned(folder)
    assert (found["recipients"], found["withheld"], found["notices"]) == (4, {}, [])
    assert [(each["language"], each["formats"], each["recipients"]) for each in found["messages"]] == [
        ("ar", ["txt"], 1),
        ("en", [], 1),
        ("en", ["pdf", "txt"], 1),
        ("en", ["txt"], 1),
    ]
    assert len(found["samples"]) == 4


def test_a_sample_says_what_the_article_says_and_nothing_is_filled_in(folder: Path) -> None:
    planned(folder)
    message = samples(folder)["en-pdf+txt-patrons.eml"]
    for kind in ("plain", "html"):
        assert "{{ name }} stays as it is written." in said(message, kind).replace(" \r\n", "")  # RFC 3676, delsp
        assert "Dear Ann Lee," in said(message, kind)
    assert [part.get_filename() for part in message.iter_attachments()] == ["issue-7.pdf", "issue-7.txt"]


def test_an_attachment_is_the_edition_that_was_verified(folder: Path) -> None:
    planned(folder)
    found = {
        part.get_filename(): part.get_payload(decode=True)
        for part in samples(folder)["en-pdf+txt-patrons.eml"].iter_attachments()
    }
    for name in ("issue-7.pdf", "issue-7.txt"):
        assert found[name] == (folder / "dist" / "issue-7" / name).read_bytes()


def test_a_reader_of_another_language_gets_that_set(folder: Path) -> None:
    planned(folder)
    message = samples(folder)["ar-txt.eml"]
    assert message["Subject"] == "الأسبوعية، العدد ٧"
    assert "ارتفع النهر" in said(message, "html")
    assert "river" not in said(message, "plain")
    assert [part.get_filename() for part in message.iter_attachments()] == ["issue-7.ar.txt"]


def test_no_stream_and_no_plan_holds_an_address_or_a_name(folder: Path) -> None:
    done = run(folder, *PLAN)
    kept = (folder / "source" / "issues" / "7.plan.json").read_text(encoding="utf-8")
    assert [each for each in PRIVATE if each in done.stdout + done.stderr + kept] == []


def test_a_plan_made_again_is_the_same_to_the_byte(folder: Path) -> None:
    planned(folder)
    first = contents(folder)
    planned(folder)
    assert contents(folder) == first


def contents(folder: Path) -> dict[str, bytes]:
    """The outbox and the plan."""
    files = [*(folder / "dist" / "issue-7" / "outbox").iterdir(), folder / "source" / "issues" / "7.plan.json"]
    return {path.name: path.read_bytes() for path in files}


def test_source_date_epoch_dates_the_messages(folder: Path) -> None:
    assert planned(folder, SOURCE_DATE_EPOCH="1796020200")["date"] == "2026-11-30T06:30:00+00:00"
    assert samples(folder)["ar-txt.eml"]["Date"] == "Mon, 30 Nov 2026 06:30:00 +0000"


def test_every_message_is_written_where_all_are_asked_for(folder: Path) -> None:
    (folder / "readers.csv").write_text(READERS + "eve.private@example.com,Eve,txt,,\n", encoding="utf-8")
    assert run(folder, *PLAN, "--all").returncode == 0
    assert len(samples(folder)) == 5


def test_the_outbox_is_cleared(folder: Path) -> None:
    planned(folder)
    done = run(folder, "mail", "clear", "7")
    assert done.stdout == "dist/issue-7/outbox: 4 messages removed.\n"
    assert samples(folder) == {}


# --- What is refused --------------------------------------------------------------------------


def test_every_mistake_of_the_recipients_is_told_and_none_by_its_address(folder: Path) -> None:
    (folder / "readers.csv").write_text(
        READERS + "fay.private@,,,,\nann.private@example.com,Ann,,,\n", encoding="utf-8"
    )
    told = refused(folder).splitlines()
    assert told[0].startswith("readers.csv:6: the address is none: ")
    assert told[1:] == [
        "readers.csv:7: the address stands in line 2 already. Delete one of them.",
        "readers.csv: 2 of its lines stand against the plan. Nothing is planned.",
    ]
    assert "private" not in "".join(told)


def test_a_file_that_was_changed_after_it_was_built_is_refused(folder: Path) -> None:
    edition = folder / "dist" / "issue-7" / "issue-7.pdf"
    edition.write_bytes(edition.read_bytes() + b"\n")
    assert refused(folder) == (
        "exporter: dist/issue-7/issue-7.pdf: not what was built and verified; somebody changed it. "
        "Build the issue again.\n"
    )


def test_bodies_that_do_not_say_what_the_issue_says_now_are_refused(folder: Path) -> None:
    article = folder / "source" / "river.md"
    article.write_text(article.read_text(encoding="utf-8").replace("three metres", "four metres"), encoding="utf-8")
    assert refused(folder).startswith("exporter: issue-7.email.txt: does not say what the issue says now (")


def test_an_issue_that_is_not_built_is_refused(folder: Path) -> None:
    shutil.rmtree(folder / "dist")
    assert refused(folder).startswith("exporter: dist/issue-7: nothing is built here.")


def test_without_a_secret_nobody_is_known(folder: Path) -> None:
    assert refused(folder, EXPORTER_MAIL_SECRET="").startswith(
        "exporter: The environment variable EXPORTER_MAIL_SECRET is empty or not set."
    )


def test_another_secret_than_before_is_refused(folder: Path) -> None:
    planned(folder)
    done = run(folder, *PLAN, EXPORTER_MAIL_SECRET="x" * 32)
    assert done.returncode == 1
    assert done.stderr.startswith("exporter: The plan of issue 7, revision 1: written with another secret")


def test_a_draft_and_an_embargo_are_told(folder: Path) -> None:
    article = folder / "source" / "river.md"
    text = article.read_text(encoding="utf-8").replace("language: en\n", "language: en\nembargo: 2999-01-01\n", 1)
    article.write_text(text, encoding="utf-8")
    assert planned(folder)["notices"] == ["../river.md: under embargo until 2999-01-01."]


# --- One to look at ---------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[Desk]:
    """A mail server on loopback."""
    with serving() as desk:
        yield desk


def tried(folder: Path, server: Desk, *arguments: str, settings: str = "") -> tuple[Received, EmailMessage]:
    """The message the server gets of ``mail test``."""
    settings = f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n{settings}'
    (folder / "exporter.toml").write_text(settings, encoding="utf-8")
    done = run(folder, "mail", "test", "7", *arguments)
    assert done.returncode == 0, done.stderr
    (received,) = server.received
    assert received.recipient not in done.stdout + done.stderr
    return received, cast(EmailMessage, message_from_bytes(received.content, policy=policy.SMTP))


def test_a_test_is_marked_and_is_the_readers_message_but_for_that(folder: Path, server: Desk) -> None:
    planned(folder)
    received, message = tried(folder, server, "ann.private@example.com", "--to", "readers.csv")
    real = (folder / "dist" / "issue-7" / "outbox" / "en-pdf+txt-patrons.eml").read_bytes()
    theirs, ours = real.split(b"\r\n"), received.content.split(b"\r\n")
    assert message["Subject"] == "[Test] The Weekly, No. 7"
    assert sorted(set(ours) - set(theirs))[-2:] == [b"Subject: [Test] The Weekly, No. 7", b"X-Exporter-Test: yes"]
    assert [line.split(b":")[0] for line in sorted(set(ours) - set(theirs))] == [
        b"Message-ID",
        b"Subject",
        b"X-Exporter-Test",
    ]


def test_a_stranger_gets_a_marked_sample_and_nobodys_values(folder: Path, server: Desk) -> None:
    received, message = tried(folder, server, "desk@example.org", "--to", "readers.csv", "--formats", "txt")
    assert received.recipient == "desk@example.org"
    assert "Dear ⟦Sample Recipient⟧," in said(message, "plain")
    assert [part.get_filename() for part in message.iter_attachments()] == ["issue-7.txt"]
    assert [each for each in PRIVATE if each.encode() in received.content] == []


def test_a_test_needs_no_recipients(folder: Path, server: Desk) -> None:
    _, message = tried(folder, server, "desk@example.org", "--edition", "ar", "--formats", "none")
    assert message["Subject"] == "[Test] الأسبوعية، العدد ٧"


def test_a_test_is_signed_where_messages_are(folder: Path, server: Desk) -> None:
    (folder / "key.pem").write_text(key(), encoding="ascii")
    (folder / "key.pem").chmod(0o600)
    received, _ = tried(folder, server, "desk@example.org", settings='dkim_key = "key.pem"\ndkim_selector = "news"\n')
    assert dkim.verify(received.content, dnsfunc=lambda name, timeout=5: record())


def test_a_server_that_refuses_a_test_is_told_without_the_address(folder: Path) -> None:
    with serving(lambda phase, address, time: f"550 5.1.1 <{address}> who?" if phase == "rcpt" else None) as desk:
        settings = f'[mail]\nhost = "127.0.0.1"\nport = {desk.port}\nsecurity = "none"\n'
        (folder / "exporter.toml").write_text(settings, encoding="utf-8")
        done = run(folder, "mail", "test", "7", "desk@example.org")
    assert done.returncode == 1
    assert done.stderr == "exporter: The server refuses it (550 5.1.1, at 'rcpt'). Look that up in its log.\n"


# --- What comes back --------------------------------------------------------------------------


def keep(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the planned issue as one that was sent."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("EXPORTER_MAIL_SECRET", SECRET)
    desk = plans.desk("7", None, None)
    request = desk.request(Path("readers.csv"))
    desk.archive.keep(desk.planned(request).plan, planning.objects(request).__getitem__)


def test_an_edition_that_is_forwarded_is_recognised(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, monkeypatch)
    shutil.copy(folder / "dist" / "issue-7" / "issue-7.pdf", folder / "unnamed.pdf")
    done = run(folder, "mail", "identify", "unnamed.pdf")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "unnamed.pdf: attachment 'issue-7.pdf' of issue 7, revision 1.",
        "unnamed.pdf: edition 'issue-7/issue-7.pdf' of issue 7, revision 1.",
    ]


def test_a_message_that_is_forwarded_is_recognised_with_what_is_in_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(folder)
    keep(folder, monkeypatch)
    done = run(folder, "mail", "identify", "dist/issue-7/outbox/en-pdf+txt-patrons.eml")
    assert done.returncode == 0, done.stdout
    first, *files = done.stdout.splitlines()
    assert "a message of issue 7, revision 1, to recipient " in first
    assert len([line for line in files if ": issue-7.pdf: attachment " in line]) == 1
    assert "private" not in done.stdout


def test_a_file_nobody_sent_is_status_1(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, monkeypatch)
    (folder / "other.pdf").write_bytes(b"%PDF")
    done = run(folder, "mail", "identify", "other.pdf")
    assert (done.returncode, done.stdout) == (1, "other.pdf: of no issue that was sent.\n")


def test_a_message_that_was_sent_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(folder)
    keep(folder, monkeypatch)
    sample = (folder / "dist" / "issue-7" / "outbox" / "en-pdf+txt-patrons.eml").read_bytes()
    shutil.rmtree(folder / "dist")
    command = ("mail", "rebuild", "7", "ann.private@example.com", "--to", "readers.csv", "-o", "ann.eml")
    done = run(folder, *command)
    assert done.returncode == 0, done.stderr
    assert (folder / "ann.eml").read_bytes() == sample
    assert (folder / "ann.eml").stat().st_mode & 0o777 == 0o600
    assert "private" not in done.stdout


def test_a_message_nobody_was_sent_is_not_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(folder, monkeypatch)
    (folder / "readers.csv").write_text(READERS + "eve.private@example.com,Eve,txt,,\n", encoding="utf-8")
    command = ("mail", "rebuild", "7", "eve.private@example.com", "--to", "readers.csv", "-o", "eve.eml")
    assert run(folder, *command).stderr == "exporter: Issue 7, revision 1, did not go to this recipient.\n"
    assert not (folder / "eve.eml").exists()
