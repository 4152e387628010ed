"""``exporter issue correct``: what changed since it was sent, word by word, to exactly those who got the old text."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exporter.cli.mail import plans
from exporter.distribution import notice, planning, texts
from exporter.distribution.freezing import frozen
from exporter.distribution.texts import Difference
from exporter.edition import Source
from exporter.mail import addresses, recipients
from exporter.mail.identities import Identities
from exporter.mail.ledger import Ledger, State, Verdict, freeze
from exporter.readers.html.reader import HtmlReader
from exporter.text import said
from tests.mail.newsroom import SECRET, built, run

NOW = 1_796_020_200.0


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom whose issue is built."""
    return built(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture
def folder(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, for one test, in which it stands."""
    copy = Path(shutil.copytree(finished, tmp_path / "newsroom"))
    monkeypatch.chdir(copy)
    monkeypatch.setenv("EXPORTER_MAIL_SECRET", SECRET)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return copy


def send(states: Mapping[str, State]) -> None:
    """Send the issue of this folder so that each of the readers, by name, ends in a state."""
    desk = plans.desk("7", None, None)
    request = desk.request(Path("readers.csv"))
    planned = desk.planned(request)
    with Ledger(desk.state.ledger, create=True) as ledger:
        freeze(ledger, frozen(planned.mailing), NOW)
        run_ = ledger.begin("at-most-once", NOW)
        wanted = {identity(name): state for name, state in states.items()}
        for delivery in ledger.due("7", 1, NOW):
            assert ledger.claim(delivery, run_, NOW)
            ledger.commit(delivery.id, run_, NOW)
            ledger.settle(delivery.id, run_, Verdict(state=wanted[delivery.recipient]), NOW)
    desk.archive.keep(planned.plan, planning.objects(request).__getitem__)


def identity(name: str) -> str:
    """The keyed hash of a reader."""
    domain = "bücher.example.com" if name == "dan" else "example.com"
    return Identities(SECRET).recipient(addresses.parse(f"{name}.private@{domain}"))


def correct_river() -> None:
    """Another height of the river."""
    article = Path("source/river.md")
    article.write_text(article.read_text(encoding="utf-8").replace("three metres", "four metres"), encoding="utf-8")


ALL: Mapping[str, State] = {"ann": "accepted", "bob": "accepted", "cat": "accepted", "dan": "accepted"}
CORRECT = ("issue", "correct", "7", "river.md", "--to", "readers.csv")


def listed() -> list[str]:
    """Whom the correction goes to."""
    file = Path("source/issues/7-correction-1.csv")
    entries = recipients.read(file.read_bytes(), str(file), ()).entries
    assert {each.formats for each in entries} == {()}
    return [each.address.local.partition(".")[0] for each in entries]


def test_those_who_got_the_old_text_are_told_and_no_others(folder: Path) -> None:
    send({**ALL, "bob": "failed", "dan": "unknown"})
    correct_river()
    done = run(folder, *CORRECT)
    assert done.returncode == 0, done.stderr
    assert listed() == ["ann", "dan"]
    assert done.stdout.splitlines()[0] == (
        "source/issues/7-correction-1.toml: tells 1 change to 2 readers who got the old text."
    )


def test_a_correction_is_built_and_planned_as_any_issue(folder: Path) -> None:
    send(ALL)
    correct_river()
    assert run(folder, *CORRECT, "--note", "We were wrong & are sorry.").returncode == 0
    made = run(folder, "build", "source/issues/7-correction-1.toml")
    assert made.returncode == 0, made.stderr
    body = Path("dist/issue-7-correction-1/issue-7-correction-1.email.html").read_text(encoding="utf-8")
    assert "We were wrong &amp; are sorry." in body
    text = Path("dist/issue-7-correction-1/issue-7-correction-1.txt").read_text(encoding="utf-8")
    assert "\u2212 The river rose by three metres in the night." in text
    assert "+ The river rose by four metres in the night." in text
    planned = run(folder, "mail", "plan", "7-correction-1", "--to", "source/issues/7-correction-1.csv")
    assert planned.returncode == 0, planned.stderr
    assert len(list(Path("dist/issue-7-correction-1/outbox").iterdir())) == 2


def test_only_the_words_that_changed_are_marked(folder: Path) -> None:
    send(ALL)
    correct_river()
    assert run(folder, *CORRECT).returncode == 0
    page = Path("source/issues/7-correction-1.html").read_text(encoding="utf-8")
    assert "<p>\u2212 The river rose by <s>three</s> metres in the night." in page
    assert "<p>+ The river rose by <strong>four</strong> metres in the night." in page


def test_a_notice_in_another_language_has_to_be_named(folder: Path) -> None:
    send(ALL)
    article = Path("source/nahr.md")
    article.write_text(article.read_text(encoding="utf-8").replace("ثلاثة", "أربعة"), encoding="utf-8")
    command = ("issue", "correct", "7", "nahr.md", "--to", "readers.csv")
    assert run(folder, *command).stderr == "exporter: Say in 'ar' what the notice is called: --title\n"
    done = run(folder, *command, "--title", "تصحيح")
    assert done.returncode == 0, done.stderr
    assert listed() == ["cat"]


def test_what_did_not_change_is_not_corrected(folder: Path) -> None:
    send(ALL)
    done = run(folder, *CORRECT)
    assert done.returncode == 1
    assert done.stderr == "exporter: ../river.md: says what it said when it was sent. Correct it first.\n"


def test_what_was_not_sent_is_not_corrected(folder: Path) -> None:
    done = run(folder, *CORRECT)
    assert done.stderr == "exporter: ../river.md: it was not sent with issue 7. Nobody has to be told.\n"


def test_nobody_is_told_where_nobody_got_it(folder: Path) -> None:
    send(dict.fromkeys(ALL, "failed"))
    correct_river()
    assert "nobody in readers.csv got the old text" in run(folder, *CORRECT).stderr
    assert not list(Path("source/issues").glob("*correction*"))


def test_no_address_is_told(folder: Path) -> None:
    send(ALL)
    correct_river()
    done = run(folder, *CORRECT)
    assert "private" not in done.stdout + done.stderr
    assert Path("source/issues/7-correction-1.csv").stat().st_mode & 0o777 == 0o600


# --- Of all texts -----------------------------------------------------------------------------

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Cf")), max_size=60)


@given(TEXT, TEXT)
def test_a_notice_says_both_texts_whatever_they_are(was: str, is_: str) -> None:
    was, is_ = " ".join(was.split()), " ".join(is_.split())
    assume(was != is_)
    content = notice.page("Correction", "", "en", "ltr", [Difference(was, is_)])
    article = HtmlReader().read(Source("notice.html", content))
    shown = [each.text for each in said(article) if each.kind == "paragraph"]
    assert shown == [*([f"\u2212 {was}"] if was else []), *([f"+ {is_}"] if is_ else [])]


@given(st.lists(st.text(max_size=5), max_size=8), st.lists(st.text(max_size=5), max_size=8))
def test_differences_lead_from_one_text_to_the_other(old: list[str], new: list[str]) -> None:
    found = texts.differences(json.dumps(old).encode(), json.dumps(new).encode())
    gone = [each for each in old if each]
    for each in found:
        if each.was:
            gone.remove(each.was)
    kept = [each for each in new if each]
    for each in found:
        if each.is_:
            kept.remove(each.is_)
    assert sorted(gone) == sorted(kept)
