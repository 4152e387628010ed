"""``exporter approve``: what is shown, what is refused, and what the record says."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exporter import approval
from exporter.approval.journal import path_of
from exporter.errors import ApprovalError
from exporter.settings import Settings
from tests.approval.newsdesk import ISSUE, OUT, Newsdesk, build, run
from tests.approval.test_waive import waive

RECORD = path_of(ISSUE)
AT = datetime(2026, 11, 30, 5, tzinfo=UTC)


@pytest.fixture
def built(desk: Newsdesk) -> Newsdesk:
    """An issue of two articles, built."""
    desk.article("roads", "The quick fox.")
    desk.article("rivers", "It runs.")
    desk.issue("roads", "rivers")
    assert build("txt").exit_code == 0
    return desk


def approve(*arguments: str, by: str = "Ann") -> str:
    result = run("approve", "7", "--by", by, "--yes", *arguments)
    return result.stdout if result.exit_code == 0 else result.stderr


def lines() -> list[bytes]:
    return RECORD.read_bytes().splitlines()


def test_who_approves_is_shown_what_there_is(built: Newsdesk) -> None:
    built.article("roads", "The quick fox.", draft="true")
    built.article("rivers", "It runs.", embargo="2026-12-24")
    waive("V003", "roads", 6)
    assert build("txt").exit_code == 0
    Path("recipients.csv").write_text("address\na@example.org\n", encoding="utf-8")
    shown = approve("--to", "recipients.csv")
    digest = hashlib.sha256((OUT / "issue-7.txt").read_bytes()).hexdigest()
    assert f"edition     {digest[:12]}" in shown
    for line in (
        "../../recipients.csv",
        "made of 2 files and 7.toml",
        "issue-7 has no pdf, docx, epub.",
        "waived: V003 in ../articles/roads.md:6 lets nothing pass; by Ann: Seen",
        "look: ../articles/roads.md is a draft: the issue is not sent with it.",
        "look: ../articles/rivers.md is under embargo until 2026-12-24",
        "losses, which the manifests tell: L011: 1, L013: 1",
    ):
        assert line in shown


def test_what_a_waiver_let_pass_is_counted(desk: Newsdesk) -> None:
    from tests.approval.test_waive import WIDE

    desk.article("wide", f"Words.\n\n{WIDE}")
    desk.issue("wide")
    waive()
    assert build("pdf").exit_code == 0
    assert "waived: P003 in ../articles/wide.md:8 passes in pdf; by Ann: Seen" in approve()
    assert json.loads(lines()[0])["waivers"][0]["formats"] == ["pdf"]


def test_nothing_is_approved_unless_somebody_says_so(built: Newsdesk) -> None:
    result = run("approve", "7", "--by", "Ann")
    assert (result.exit_code, "run again with --yes" in result.stderr, RECORD.exists()) == (2, True, False)


@pytest.mark.parametrize(("answer", "status"), [(b"y\n", 0), (b"n\n", 1)])
def test_somebody_at_a_terminal_is_asked(built: Newsdesk, answer: bytes, status: int) -> None:
    ours, theirs = os.openpty()
    os.write(ours, answer)
    command = [sys.executable, "-m", "exporter", "approve", "7", "--by", "Ann"]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(ours)
    os.close(theirs)
    assert ("Approve this? [y/N]" in done.stdout + done.stderr, done.returncode) == (True, status)
    assert RECORD.exists() == (status == 0)


def test_the_record_says_what_was_approved(built: Newsdesk) -> None:
    approve()
    document = json.loads(lines()[0])
    assert (document["issue"], document["revision"], document["by"]) == ("7", 1, "Ann")
    found = {each["name"]: each for each in document["files"]}
    content = (OUT / "issue-7.txt").read_bytes()
    assert found["issue-7/issue-7.txt"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert found["issue-7/issue-7.txt"]["size"] == len(content)
    assert ["paragraph", 6, "The quick fox."] in document["articles"]["../articles/roads.md"]


def test_every_line_is_bound_to_the_one_before(built: Newsdesk) -> None:
    approve(by="Ann")
    approve(by="Bea")
    first, second = lines()
    assert json.loads(second)["previous"] == hashlib.sha256(first).hexdigest()
    assert "approved by Bea" in run("status", "7").stdout


def test_a_line_is_only_ever_added(built: Newsdesk) -> None:
    approve()
    before = RECORD.read_bytes()
    approve(by="Bea")
    assert RECORD.read_bytes().startswith(before)


def test_a_line_that_was_not_written_to_its_end_is_told_and_counts_for_nothing(built: Newsdesk) -> None:
    approve(by="Ann")
    approve(by="Bea")
    RECORD.write_bytes(RECORD.read_bytes()[:-200])
    shown = run("status", "7").stdout
    assert "7.approvals.jsonl:2: this approval was not recorded to its end" in shown
    assert "approved by Ann" in shown
    approve(by="Cem")
    shown = run("status", "7").stdout
    assert ("approved by Cem" in shown, "not recorded to its end" in shown) == (True, True)


def test_a_record_that_somebody_changed_is_not_believed(built: Newsdesk) -> None:
    approve(by="Ann")
    approve(by="Bea")
    RECORD.write_bytes(RECORD.read_bytes().replace(b'"Ann"', b'"Eve"'))
    result = run("status", "7")
    assert (result.exit_code, "somebody changed this record" in result.stderr) == (1, True)
    assert "somebody changed this record" in approve()


@pytest.mark.parametrize("change", [{"schema": 2}, {"files": None}])
def test_a_record_of_another_version_is_told_to_be_one(built: Newsdesk, change: dict[str, object]) -> None:
    approve()
    document = {**json.loads(lines()[0]), **change}
    del document["sha256"]
    digest = hashlib.sha256(json.dumps(document, separators=(",", ":")).encode()).hexdigest()
    RECORD.write_text(json.dumps({**document, "sha256": digest}) + "\n", encoding="ascii")
    assert "7.approvals.jsonl:1: another version of exporter wrote this" in run("status", "7").stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda: (OUT / "manifest.json").unlink(), "not built. Run: exporter build source/issues/7.toml"),
        (lambda: (OUT / "issue-7.txt").unlink(), "issue-7.txt is missing. Run: exporter build"),
        (lambda: (OUT / "issue-7.txt").write_bytes(b"x"), "issue-7.txt was changed since it was verified. Run: "),
        (lambda: _edit(Path("source/articles/roads.md")), "built before ../articles/roads.md changed. Run: "),
        (lambda: _edit(ISSUE), "built before 7.toml changed. Run: "),
        (lambda: Path("source/articles/roads.meta.toml").write_bytes(b""), "roads.meta.toml changed. Run: "),
        (lambda: run("build", str(ISSUE), "--to", "txt", "--no-verify", "--force"), "not verified"),
    ],
    ids=["not built", "missing", "damaged", "an article", "the issue", "a new sidecar", "unverified"],
)
def test_what_was_not_built_and_verified_as_it_stands_is_refused(built: Newsdesk, change: object, told: str) -> None:
    assert callable(change)
    change()
    assert told in approve()
    assert not RECORD.exists()


def _edit(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# more\n")


def test_what_is_changed_while_it_is_looked_at_is_not_approved(built: Newsdesk) -> None:
    looked_at = approval.subject(ISSUE, Path("dist"), Settings())
    _edit(OUT / "issue-7.txt")
    with pytest.raises(ApprovalError, match=r"issue-7\.txt was changed meanwhile"):
        approval.approve(looked_at, by="Ann", at=AT)
    assert not RECORD.exists()
    assert not approval.standing(ISSUE, Path("dist")).stands


def test_an_approval_without_a_name_is_refused(built: Newsdesk) -> None:
    assert "--by is empty" in approve(by=" ")


def _approve(folder: str, by: str) -> None:
    os.chdir(folder)
    found = approval.subject(ISSUE, Path("dist"), Settings())
    approval.approve(found, by=by, at=AT)


def test_two_who_approve_at_once_are_both_recorded(built: Newsdesk) -> None:
    context = multiprocessing.get_context("spawn")
    who = [f"Editor {number}" for number in range(4)]
    people = [context.Process(target=_approve, args=(str(built.top), each)) for each in who]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert sorted(json.loads(line)["by"] for line in lines()) == who
    assert approval.standing(ISSUE, Path("dist")).stands


def test_the_command_to_run_names_the_folder_that_was_asked_for(built: Newsdesk) -> None:
    assert "Run: exporter build source/issues/7.toml --out 'other folder'" in approve("--out", "other folder")


def test_a_partners_editions_are_approved_by_themselves(built: Newsdesk) -> None:
    Path("exporter.toml").write_text('[profile.partner]\npage = "Letter"\n', encoding="utf-8")
    assert run("build", str(ISSUE), "--to", "txt", "--profile", "partner").exit_code == 0
    assert run("build", str(ISSUE), "--to", "txt").exit_code == 0
    assert "approved by Ann" in approve()
    assert "not approved" in run("status", "7", "--profile", "partner").stdout
    assert "approved by Bea" in approve("--profile", "partner", by="Bea")
    assert "approved by Ann" in run("status", "7").stdout
    assert run("status", "7", "--profile", "partner").exit_code == 0


def test_who_changes_an_approved_issue_is_told(built: Newsdesk) -> None:
    approve()
    assert "it was approved; after this it has to be approved again" in run("issue", "hold", "7", "roads").stdout


def test_an_issue_in_two_languages_is_approved_in_both(desk: Newsdesk) -> None:
    desk.article("roads")
    desk.issue("roads", more='\n[[translation]]\nlanguage = "fr"\ntitle = "Le Journal"\n')
    assert run("build", str(ISSUE), "--to", "txt", "--language", "en").exit_code == 0
    assert "dist/issue-7.fr: not built. Run: exporter build source/issues/7.toml --language fr" in approve()
    assert run("build", str(ISSUE), "--to", "txt", "--language", "fr").exit_code == 0
    assert "approved by Ann" in approve()


def test_a_plan_is_held_to_what_was_approved(built: Newsdesk) -> None:
    approve()
    standing = approval.standing(ISSUE, Path("dist"))
    name = "issue-7/issue-7.txt"
    digest = hashlib.sha256((OUT / "issue-7.txt").read_bytes()).hexdigest()
    assert standing.approved({name: digest}) == ()
    assert standing.approved({name: "0" * 64}) == (f"{name} is not what was approved.",)
    assert approval.standing(ISSUE, Path("elsewhere")).approved({name: digest})


def test_a_plan_for_other_recipients_than_those_approved_is_refused(built: Newsdesk) -> None:
    Path("recipients.csv").write_text("address\na@example.org\n", encoding="utf-8")
    approve("--to", "recipients.csv")
    standing = approval.standing(ISSUE, Path("dist"))
    digest = hashlib.sha256(Path("recipients.csv").read_bytes()).hexdigest()
    assert standing.approved({}, digest) == ()
    assert standing.approved({}, "0" * 64) == ("The recipients' file is not the one that was approved.",)


def test_all_of_it_is_done_from_python(built: Newsdesk) -> None:
    import exporter

    settings = exporter.Settings()
    change = exporter.hold(ISSUE, ["rivers"], settings)
    assert "is left out" in change.sentences[0]
    plan = exporter.Plan(base=Path.cwd(), settings=settings.with_defaults(to=("txt",)), said=frozenset({"to"}))
    assert exporter.build([ISSUE], plan).ok
    exporter.approve(exporter.subject(ISSUE, Path("dist"), settings), by="Ann", at=AT)
    standing = exporter.standing(ISSUE, Path("dist"))
    assert (standing.stands, standing.approval and standing.approval.at) == (True, AT)
