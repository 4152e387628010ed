"""``exporter mail deliver`` on an issue that was built, planned and approved: what goes out, and what does not."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from exporter.mail import suppression
from exporter.mail.identities import Identities
from exporter.mail.suppression import Suppression
from tests.mail.killing import counted, wait_until
from tests.mail.newsroom import PRIVATE, SECRET, built, run
from tests.mail.servers import Desk, serving

DELIVER = ("mail", "deliver", "7", "--to", "readers.csv")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom whose issue is built, planned and approved."""
    folder = built(tmp_path_factory.mktemp("newsroom"))
    planned(folder)
    approved(folder)
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, for one test, which goes on in it."""
    monkeypatch.setenv("EXPORTER_MAIL_SECRET", SECRET)
    copy = Path(shutil.copytree(finished, tmp_path / "newsroom"))
    monkeypatch.chdir(copy)
    return copy


def planned(folder: Path, **environment: str) -> None:
    """Plan the issue, every message a sample."""
    done = run(folder, "mail", "plan", "7", "--to", "readers.csv", "--all", **environment)
    assert done.returncode == 0, done.stderr


def approved(folder: Path) -> None:
    """Approve what is planned."""
    done = run(folder, "approve", "7", "--by", "Ann", "--yes")
    assert done.returncode == 0, done.stderr


def ready(folder: Path, desk: Desk) -> None:
    """Let the issue go to the server ``desk``."""
    server = f'host = "127.0.0.1"\nport = {desk.port}\nsecurity = "none"\nconnections = 1\n'
    (folder / "exporter.toml").write_text(f"[mail]\n{server}", encoding="utf-8")


def delivered(*options: str) -> Result:
    return CliRunner().invoke(main, [*DELIVER, *options])


def counts() -> dict[str, int]:
    """How the last revision stands."""
    told = json.loads(CliRunner().invoke(main, ["mail", "status", "7", "--json"]).stdout)
    return {state: count for state, count in told["revisions"][-1]["counts"].items() if count}


def outbox(folder: Path) -> set[bytes]:
    return {path.read_bytes() for path in folder.glob("dist/*/outbox/*.eml")}


# --- What goes out ----------------------------------------------------------------------------


def test_what_was_planned_is_what_arrives_byte_for_byte(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        done = delivered()
    assert (done.exit_code, counts()) == (0, {"accepted": 4}), done.stderr
    assert {message.content for message in desk.received} == outbox(folder)


def test_a_second_run_sends_nothing(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        runs = [delivered().exit_code for _ in range(2)]
    assert (runs, len(desk.received)) == ([0, 0], 4)


def test_nothing_is_sent_again_for_want_of_out(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        delivered()
        shutil.rmtree(folder / "dist")
        without = delivered()
        for language in ("en", "ar"):
            run(folder, "build", "source/issues/7.toml", "--language", language)
        again = delivered()
    assert without.exit_code == 1
    assert (again.exit_code, len(desk.received)) == (0, 4), again.stderr


@pytest.mark.parametrize(
    ("said", "status", "state"),
    [("550 5.1.1 no", 1, "failed"), ("451 4.3.0 later", 75, "deferred"), ("drop", 3, "unknown")],
)
def test_the_exit_status_tells_how_it_ended(folder: Path, said: str, status: int, state: str) -> None:
    left = [said]

    def answer(phase: str, to: str, time: int) -> str | None:
        return left.pop() if left and phase == "dot" else None

    with serving(answer) as desk:
        ready(folder, desk)
        done = delivered()
    assert (done.exit_code, counts()) == (status, {"accepted": 3, state: 1})
    assert re.search(rf"^[0-9a-f]{{40}}: {state}: ", done.stderr, re.M)


def test_those_in_doubt_are_sent_again_where_somebody_asks_for_it(folder: Path) -> None:
    left = ["drop"]

    def answer(phase: str, to: str, time: int) -> str | None:
        return left.pop() if left and phase == "dot" else None

    with serving(answer) as desk:
        ready(folder, desk)
        runs = [delivered(*options).exit_code for options in ((), (), ("--at-least-once",))]
    contents = [message.content for message in desk.received]
    assert (runs, counts()) == ([3, 3, 0], {"accepted": 4})
    assert (len(contents), len(set(contents))) == (5, 4)


def test_a_run_that_waits_tries_those_deferred_again(folder: Path) -> None:
    def greylists(phase: str, to: str, time: int) -> str | None:
        return "450 4.2.0 greylisted, try again in 1 second" if phase == "rcpt" and time == 1 else None

    with serving(greylists) as desk:
        ready(folder, desk)
        done = delivered("--wait")
    assert (done.exit_code, counts(), len(desk.received)) == (0, {"accepted": 4}, 4)
    assert "exporter: waiting until " in done.stderr


def test_a_command_that_is_told_to_end_leaves_the_rest_for_another_and_nothing_in_doubt(folder: Path) -> None:
    ledger = folder / "source" / "issues" / "7.deliveries.sqlite3"
    with serving(lambda phase, to, time: "after 0.5" if phase == "dot" else None) as desk:
        ready(folder, desk)
        command = [sys.executable, "-m", "exporter", *DELIVER]
        environment = {**os.environ, "EXPORTER_MAIL_SECRET": SECRET, "EXPORTER_JOBS": "0"}
        with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True) as process:
            wait_until(lambda: counted(ledger, Seven(), "accepted") >= 1)
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate()
        first = counts()
        rest = delivered().exit_code
    assert (process.returncode, set(first), rest) == (75, {"accepted", "planned"}, 0)
    assert "ending after the messages at hand" in errors
    assert "Traceback" not in errors
    assert (len(desk.received), counts()) == (4, {"accepted": 4})


@dataclass(frozen=True)
class Seven:
    """What is sent."""

    issue: str = "7"
    revision: int = 1


def test_json_has_the_counts_and_how_the_run_ended(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        told = json.loads(delivered("--json").stdout)
    assert told["run"].pop("seconds") > 0
    assert told["run"] == {"accepted": 4, "ending": "finished", "reason": ""}
    assert told["revisions"][0]["counts"]["accepted"] == told["revisions"][0]["recipients"] == 4


def test_no_address_or_name_is_told_or_kept(folder: Path) -> None:
    def refuses(phase: str, to: str, time: int) -> str | None:
        return f"550 5.1.1 <{to}>: {to} is nobody" if phase == "rcpt" and to.startswith("bob") else None

    with serving(refuses) as desk:
        ready(folder, desk)
        done = delivered()
        kept = b"".join(path.read_bytes() for path in (folder / "source" / "issues").glob("7.d*"))
    told = done.stdout + done.stderr + CliRunner().invoke(main, ["mail", "status", "7", "--state", "failed"]).stdout
    assert "<…>" in told
    assert [each for each in PRIVATE if each in told or each.encode() in kept] == []


def test_neither_engines_nor_readers_of_articles_are_loaded_to_send(folder: Path) -> None:
    code = (
        "import sys; from exporter.cli import main\n"
        f"main({[*DELIVER, '--quiet']!r}, standalone_mode=False)\n"
        "print(sorted({'weasyprint', 'docx', 'ebooklib', 'lxml', 'PIL', 'css_inline', 'jinja2'} & set(sys.modules)))"
    )
    with serving() as desk:
        ready(folder, desk)
        environment = {"EXPORTER_MAIL_SECRET": SECRET, "PATH": "", "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert len(desk.received) == 4


# --- Who does not get it ----------------------------------------------------------------------


def test_who_leaves_after_planning_gets_nothing(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        (ann,) = (path.stem for path in folder.glob("dist/*/outbox/*.eml") if b"Ann Lee" in path.read_bytes())
        suppress(folder, ann)
        done = delivered()
    assert (done.exit_code, counts()) == (0, {"accepted": 3, "skipped": 1}), done.stderr


def suppress(folder: Path, recipient: str) -> None:
    """Write a recipient into the suppression list, as ``unsubscribes import`` does."""
    gone = [Suppression(recipient, "unsubscribed", date(2026, 11, 30))]
    suppression.add(folder / "source" / "issues" / "suppressed.txt", gone, Identities(SECRET))


def test_a_new_revision_goes_to_those_alone_who_have_none(folder: Path) -> None:
    with serving(
        lambda phase, to, n: "550 5.1.1 no" if phase == "rcpt" and to.startswith("bob") and n == 1 else None
    ) as desk:
        ready(folder, desk)
        delivered()
        revise(folder)
        done = delivered()
    assert (done.exit_code, counts()) == (0, {"accepted": 1, "skipped": 3}), done.stderr
    assert desk.received[-1].recipient.startswith("bob")


def test_again_sends_a_new_revision_to_everybody(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        delivered()
        revise(folder)
        delivered("--again")
    assert (counts(), len(desk.received)) == ({"accepted": 4}, 8)


def change(path: Path, before: str, after: str) -> None:
    """Other words in a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def revise(folder: Path) -> None:
    """Another revision, with other words, planned and approved."""
    issue = folder / "source" / "issues" / "7.toml"
    issue.write_text(
        issue.read_text(encoding="utf-8").replace("number = 7", "number = 7\nrevision = 2"), encoding="utf-8"
    )
    river = folder / "source" / "river.md"
    river.write_text(river.read_text(encoding="utf-8").replace("three metres", "two metres"), encoding="utf-8")
    made(folder)
    planned(folder)
    approved(folder)


# --- What is refused --------------------------------------------------------------------------


def refused(desk: Desk) -> str:
    """What stands against delivering; nothing was sent."""
    before = len(desk.received)
    done = delivered()
    assert (done.exit_code, len(desk.received)) == (1, before)
    return done.stderr


def test_what_was_not_planned_is_refused(folder: Path) -> None:
    with serving() as desk:
        (folder / "source" / "issues" / "7.plan.json").unlink()
        assert "not planned" in refused(desk)


def test_what_was_not_approved_is_refused(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        (folder / "source" / "issues" / "7.approvals.jsonl").unlink()
        assert "exporter approve" in refused(desk)


def test_a_changed_edition_is_refused(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        path = folder / "dist" / "issue-7" / "issue-7.txt"
        path.write_bytes(path.read_bytes() + b".")
        assert "'issue-7/issue-7.txt' changed since it was planned." in refused(desk)


def test_changed_words_are_refused_until_they_are_built_planned_and_approved(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        change(folder / "source" / "river.md", "three", "four")
        assert refused(desk) == "exporter: ../river.md was changed. Approve it: exporter approve\n"
        made(folder)
        assert "'issue-7/issue-7.txt' changed since it was planned." in refused(desk)
        planned(folder)
        assert "exporter approve" in refused(desk)
        approved(folder)
        assert delivered().exit_code == 0


def made(folder: Path) -> None:
    """Build the issue again."""
    for language in ("en", "ar"):
        done = run(folder, "build", "source/issues/7.toml", "--language", language)
        assert done.returncode == 0, done.stderr


def test_changed_settings_of_messages_are_refused_until_they_are_planned(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        with (folder / "exporter.toml").open("a", encoding="utf-8") as settings:
            settings.write("refuse = 10\n")
        assert refused(desk).startswith("exporter: [mail] of the settings changed since it was planned.")
        planned(folder)
        assert delivered().exit_code == 0


def test_what_the_plan_needs_and_is_missing_is_told_before_anything_is_sent(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        (kept,) = [path for path in folder.glob("source/issues/7.planned/*") if path.read_bytes()[:4] == b"\x89PNG"]
        kept.unlink()
        assert refused(desk).endswith("missing. No message can be made without it.\n")


def test_changed_recipients_are_refused_until_they_are_planned(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        with (folder / "readers.csv").open("a", encoding="utf-8") as readers:
            readers.write("eve.private@example.com,Eve,none,,\n")
        assert "The recipients' file readers.csv changed" in refused(desk)


def test_a_plan_that_is_too_old_is_refused(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        (folder / "source" / "issues" / "7.plan.json").unlink()
        planned(folder, SOURCE_DATE_EPOCH="1700000000")
        assert "hours old" in refused(desk)


@pytest.mark.parametrize(("line", "words"), [("draft: true", "a draft"), ("embargo: 2099-01-01", "under embargo")])
def test_an_article_that_is_held_is_refused(folder: Path, line: str, words: str) -> None:
    with serving() as desk:
        ready(folder, desk)
        change(folder / "source" / "river.md", "language: en", f"language: en\n{line}")
        made(folder)
        approved(folder)
        planned(folder)
        assert words in refused(desk)


def test_a_draft_that_looks_like_what_was_planned_is_refused(folder: Path) -> None:
    """Its editions are, byte for byte, those of the plan: what was planned of it was no draft."""
    with serving() as desk:
        ready(folder, desk)
        (folder / "source" / "river.meta.toml").write_text("draft = true\n", encoding="utf-8")
        made(folder)
        approved(folder)
        assert refused(desk).startswith("exporter: '../river.meta.toml' changed since it was planned.")


def test_a_ledger_that_is_missing_though_something_was_sent_is_refused(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        delivered()
        for path in (folder / "source" / "issues").glob("7.deliveries*"):
            path.unlink()
        assert "the ledger that says to whom is missing" in refused(desk)
        assert not (folder / "source" / "issues" / "7.deliveries.sqlite3").exists()


def test_another_secret_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as desk:
        ready(folder, desk)
        delivered()
        monkeypatch.setenv("EXPORTER_MAIL_SECRET", "f" * 32)
        assert "secret" in refused(desk)


def test_a_server_that_is_not_to_be_trusted_gets_nothing(folder: Path) -> None:
    with serving() as desk:
        ready(folder, desk)
        change(folder / "exporter.toml", '"none"', '"starttls"')
        done = delivered()
    assert (done.exit_code, counts(), desk.received) == (75, {"planned": 4}, [])
    assert "offers no STARTTLS" in done.stderr


def test_messages_larger_than_the_server_takes_are_refused_before_the_first(folder: Path) -> None:
    with serving(data_size_limit=20_000) as desk:
        ready(folder, desk)
        done = delivered()
    assert (done.exit_code, desk.received) == (1, [])
    assert re.search(r"The largest message has \d+ octets, and the server takes 20000 \(SIZE\)\.", done.stderr)
