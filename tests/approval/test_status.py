"""``exporter status``: how an issue stands, and what changed since it was approved, block by block."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.approval.newsdesk import ISSUE, OUT, Newsdesk, build, run
from tests.test_schemas import broken

FORMATS = "txt,docx"


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an issue of two articles, built and approved."""
    desk = Newsdesk(tmp_path_factory.mktemp("master"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(desk.top)
        patch.setenv("EXPORTER_JOBS", "0")
        desk.picture()
        desk.article("roads", "The quick fox runs.\n\nIt stays.")
        desk.article("rivers", "Water.\n\n![A square](square.png)")
        desk.issue("roads", "rivers")
        assert build(FORMATS).exit_code == 0
        assert run("approve", "7", "--by", "Ann", "--yes").exit_code == 0
    return desk.top


@pytest.fixture
def approved(desk: Newsdesk, master: Path) -> Newsdesk:
    """A copy of it, to be changed."""
    shutil.copytree(master, desk.top, dirs_exist_ok=True)
    return desk


def status() -> str:
    return run("status", "7").stdout


def changes() -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads(run("status", "7", "--json").stdout)["changes"]
    return found


def test_an_approved_issue_says_by_whom_and_that_it_stands(approved: Newsdesk) -> None:
    result = run("status", "7")
    assert result.exit_code == 0
    assert "dist/issue-7: docx, txt, verified." in result.stdout
    assert "revision 1 was approved by Ann, 20" in result.stdout
    assert "lies there as it was approved" in result.stdout


def test_an_issue_that_was_never_approved_says_what_to_do(desk: Newsdesk) -> None:
    desk.article("roads")
    desk.issue("roads")
    result = run("status", "7")
    assert result.exit_code == 1
    assert "dist/issue-7: not built." in result.stdout
    assert "not approved. Approve it: exporter approve" in result.stdout


def test_a_changed_article_is_told_by_its_block_and_words(approved: Newsdesk) -> None:
    approved.article("roads", "The slow fox runs.\n\nIt stays.")
    assert "  ../articles/roads.md was changed:\n    Line 6, paragraph: The [-quick-]{+slow+} fox runs.\n" in status()


def test_a_block_that_is_gone_and_one_that_is_new_are_told(approved: Newsdesk) -> None:
    approved.article("roads", "## Something else entirely\n\nThe quick fox runs.")
    assert "Line 6, heading: {+Something else entirely+}" in status()
    assert "Line 8, paragraph: [-It stays.-]" in status()


def test_a_rebuilt_edition_is_told_by_what_it_says_otherwise(approved: Newsdesk) -> None:
    approved.article("roads", "The slow fox runs.\n\nIt stays.")
    assert build(FORMATS).exit_code == 0
    told = "../articles/roads.md:6, paragraph: The [-quick-]{+slow+} fox runs."
    for format_ in FORMATS.split(","):
        assert f"  issue-7/issue-7.{format_} was changed:\n    {told}\n" in status()


def test_an_edition_of_other_bytes_and_the_same_words_is_told_so(approved: Newsdesk) -> None:
    edition = OUT / "issue-7.txt"
    edition.write_bytes(edition.read_bytes() + b"\n")
    assert "issue-7/issue-7.txt was changed (other bytes, same words)." in status()
    assert "changed or missing: txt" in status()


def test_an_edition_that_says_more_is_told_with_the_words(approved: Newsdesk) -> None:
    edition = OUT / "issue-7.txt"
    edition.write_bytes(edition.read_bytes().replace(b"It stays.", b"It never stays."))
    assert "paragraph: It{+ never+} stays." in status()


def test_an_article_written_another_way_says_the_same(approved: Newsdesk) -> None:
    path = Path("source/articles/roads.md")
    path.write_bytes(path.read_bytes().replace(b"It stays.", b"It\nstays."))
    assert "../articles/roads.md was changed (other bytes, same words)." in status()


def test_a_changed_key_of_the_issue_is_told_by_its_name(approved: Newsdesk) -> None:
    ISSUE.write_text(ISSUE.read_text(encoding="utf-8").replace("The Paper", "The News"), encoding="utf-8")
    run("issue", "hold", "7", "rivers")
    assert "key title: The [-Paper-]{+News+}" in status()
    assert "key hold: {+../articles/rivers.md+}" in status()


def test_a_picture_has_no_words_to_tell(approved: Newsdesk) -> None:
    picture = Path("source/articles/square.png")
    picture.write_bytes(picture.read_bytes() + b"x")
    assert "  ../articles/square.png was changed.\n" in status()


def test_an_article_that_cannot_be_read_any_more_is_told_so(approved: Newsdesk) -> None:
    Path("source/articles/roads.md").write_bytes(b"\xff\xfeW")
    assert "../articles/roads.md was changed (cannot be read: " in status()


def test_an_approval_stands_where_out_was_deleted_and_status_says_build(approved: Newsdesk) -> None:
    shutil.rmtree("dist")
    shown = status()
    assert "dist/issue-7: not built." in shown
    assert "The approval stands for the same bytes. Build them again: exporter build source/issues/7.toml" in shown
    assert build(FORMATS).exit_code == 0
    assert run("status", "7").exit_code == 0


def test_a_file_that_a_pattern_finds_since_is_told(desk: Newsdesk) -> None:
    desk.article("roads")
    desk.issue("../articles/*.md")
    assert build("txt").exit_code == 0
    assert run("approve", "7", "--by", "Ann", "--yes").exit_code == 0
    desk.article("rails")
    result = run("status", "7")
    assert result.exit_code == 1
    assert "'../articles/*.md' finds other articles (new: ../articles/rails.md)." in result.stdout


def test_a_sidecar_that_comes_later_undoes_the_approval(approved: Newsdesk) -> None:
    approved.file("roads.meta.toml", b'subtitle = "On foot"\n')
    assert "../articles/roads.meta.toml is new:\n    subtitle: {+On foot+}" in status()


def test_what_status_prints_for_programs_keeps_to_its_schema(approved: Newsdesk) -> None:
    approved.article("roads", "The slow fox runs.\n\nIt stays.")
    (OUT / "issue-7.txt").unlink()
    document = json.loads(run("status", "7", "--json").stdout)
    assert broken("status.schema.json", document) == []
    assert [each["what"] for each in document["changes"]] == ["changed", "missing"]


def test_the_schema_of_status_can_be_broken(approved: Newsdesk) -> None:
    document = json.loads(run("status", "7", "--json").stdout)
    assert broken("status.schema.json", {**document, "ok": "yes"}) != []
    del document["approval"]
    assert broken("status.schema.json", document) == ["$: 'approval' is a required property"]


def test_changes_have_their_words_marked_for_programs(approved: Newsdesk) -> None:
    approved.article("roads", "The slow fox runs.\n\nIt stays.")
    (found,) = changes()
    (block,) = found["blocks"]
    assert [each["text"] for each in block["changes"] if each["operation"] == "added"] == ["slow"]


def test_texts_that_a_page_does_not_tell_are_counted_and_not_compared(desk: Newsdesk) -> None:
    desk.article("nahr", "ارتفع النهر ثلاثة أمتار في الليل، وقال الناس إنه لم يرتفع هكذا منذ سنين.", language="ar")
    desk.issue("nahr")
    assert build("pdf").exit_code == 0
    assert run("approve", "7", "--by", "Ann", "--yes").exit_code == 0
    edition = OUT / "issue-7.pdf"
    edition.write_bytes(edition.read_bytes() + b"\n")
    told = "texts, in scripts that a page does not tell, not compared"
    assert "issue-7.pdf was changed (other bytes, same words; " in status()
    assert told in status()


def test_a_set_that_is_older_than_what_it_was_made_of_is_told(desk: Newsdesk) -> None:
    desk.article("roads", "The quick fox runs.")
    desk.issue("roads")
    assert build("txt").exit_code == 0
    desk.article("roads", "The slow fox walks.")
    (line,) = [each for each in status().splitlines() if "verified" in each]
    assert "; changed since it was made: ../articles/roads.md." in line
