"""A thousand changes of one byte after approval, in whatever an issue is or is made of: each one undoes it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exporter import approval
from exporter.approval.journal import path_of
from exporter.errors import ApprovalError
from exporter.settings import Settings
from tests.approval.newsdesk import ISSUE, Newsdesk, build

CHANGES = 1000
SEED = 20261130
EMAIL = '\n[email]\nsubject = "The Paper"\nsender = "The Paper <paper@example.org>"\n'
OUT = Path("dist")


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsdesk]:
    """An issue with pictures, a sidecar and recipients, approved."""
    desk = Newsdesk(tmp_path_factory.mktemp("approved"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.top)
        patch.setenv("EXPORTER_JOBS", "0")
        desk.picture()
        desk.article("roads", "The quick fox.\n\n![A square](square.png)")
        desk.article("rivers", "It runs.")
        desk.file("rivers.meta.toml", b'summary = "Water"\n')
        desk.issue("roads", "rivers", more=EMAIL)
        (desk.top / "recipients.csv").write_text("address,name\na@example.org,A\n", encoding="utf-8")
        assert build("txt,docx,epub,email.html,email.txt").exit_code == 0
        found = approval.subject(ISSUE, OUT, Settings(), Path("recipients.csv"))
        approval.approve(found, by="Ann", at=datetime(2026, 11, 30, 5, tzinfo=UTC))
        yield desk


def everything() -> list[Path]:
    """Every file that the approval is of, and the record of it."""
    found = approval.standing(ISSUE, OUT).approval
    assert found
    beside = {"issue", "source", "recipients"}
    return [(ISSUE.parent if each.kind in beside else OUT) / each.name for each in found.matter.files]


def altered(content: bytes, chance: random.Random) -> bytes:
    """``content`` with one byte flipped, put in or taken out."""
    at = chance.randrange(len(content))
    match chance.choice(["flip", "insert", "delete"]):
        case "flip":
            return content[:at] + bytes([content[at] ^ chance.randrange(1, 256)]) + content[at + 1 :]
        case "insert":
            return content[:at] + bytes([chance.randrange(256)]) + content[at:]
        case _:
            return content[:at] + content[at + 1 :]


def test_the_approval_is_of_everything_an_issue_is_and_is_made_of(approved: Newsdesk) -> None:
    names = sorted(path.name for path in everything())
    made = [f"issue-7.{each}" for each in ("docx", "email.html", "email.txt", "epub", "txt")]
    assert names == sorted(
        ["7.toml", "manifest.json", "recipients.csv", "rivers.md", "rivers.meta.toml", "roads.md", "square.png", *made]
    )


def test_it_stands_while_nothing_changes(approved: Newsdesk) -> None:
    assert approval.standing(ISSUE, OUT).stands


def test_each_of_a_thousand_changes_of_one_byte_undoes_it(approved: Newsdesk) -> None:
    chance = random.Random(SEED)
    files = everything()
    unnoticed: list[tuple[int, Path]] = []
    for number in range(CHANGES):
        path = files[number % len(files)]
        before = path.read_bytes()
        after = altered(before, chance)
        path.write_bytes(after)
        if approval.standing(ISSUE, OUT).stands != (after == before):
            unnoticed.append((number, path))
        path.write_bytes(before)
    assert (unnoticed, approval.standing(ISSUE, OUT).stands) == ([], True)


def test_no_change_of_one_byte_in_the_record_leaves_an_approval_standing(approved: Newsdesk) -> None:
    chance = random.Random(SEED)
    record = path_of(ISSUE)
    before = record.read_bytes()
    believed = 0
    for _ in range(100):
        record.write_bytes(altered(before[:-1], chance) + b"\n")
        try:
            believed += approval.standing(ISSUE, OUT).stands
        except ApprovalError:
            continue
    record.write_bytes(before)
    assert believed == 0
