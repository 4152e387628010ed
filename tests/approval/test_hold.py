"""``exporter issue hold`` and ``release`` change one thing in an issue's file, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.approval.newsdesk import HEAD, ISSUE, OUT, Newsdesk, build, run


@pytest.fixture
def three(desk: Newsdesk) -> Newsdesk:
    """An issue of three articles."""
    desk.article("roads", title="The Roads")
    desk.article("rivers", slug="water")
    desk.article("rails")
    desk.issue("roads", "rivers", "rails")
    return desk


def held() -> list[str]:
    found: list[str] = tomllib.loads(ISSUE.read_text(encoding="utf-8")).get("hold", [])
    return found


@pytest.mark.parametrize(
    "called",
    ["../articles/roads.md", "source/articles/roads.md", "../articles/./roads.md", "roads.md", "roads", "the roads"],
)
def test_an_article_is_held_by_any_of_its_names(three: Newsdesk, called: str) -> None:
    result = run("issue", "hold", "7", called)
    assert (result.exit_code, held()) == (0, ["../articles/roads.md"])
    assert "../articles/roads.md ('The Roads') is left out" in result.stdout
    assert "The issue has 2 articles." in result.stdout


def test_an_article_is_held_by_its_slug(three: Newsdesk) -> None:
    assert run("issue", "hold", "7", "water").exit_code == 0
    assert held() == ["../articles/rivers.md"]


def test_several_are_held_at_once(three: Newsdesk) -> None:
    assert run("issue", "hold", "7", "roads", "rails").exit_code == 0
    assert held() == ["../articles/roads.md", "../articles/rails.md"]


def test_holding_adds_one_line_and_leaves_every_other_as_it_was(three: Newsdesk) -> None:
    before = ISSUE.read_text(encoding="utf-8").splitlines()
    run("issue", "hold", "7", "roads")
    after = ISSUE.read_text(encoding="utf-8").splitlines()
    added = 'hold = ["../articles/roads.md"]'
    assert after == [*before[:5], added, *before[5:]]


def test_what_is_released_leaves_the_file_but_for_an_empty_list(three: Newsdesk) -> None:
    before = ISSUE.read_text(encoding="utf-8").splitlines()
    run("issue", "hold", "7", "roads")
    assert "'The Roads') is back." in run("issue", "release", "7", "The Roads").stdout
    assert [line for line in ISSUE.read_text(encoding="utf-8").splitlines() if line not in before] == ["hold = []"]


@pytest.mark.parametrize(
    "written", ['hold = [\n  "../articles/rails.md",  # late\n]\n', 'hold=["../articles/rails.md"]\n']
)
def test_a_list_that_is_there_keeps_its_comments(three: Newsdesk, written: str) -> None:
    three.issue("roads", "rivers", "rails", head=written)
    run("issue", "hold", "7", "roads")
    assert held() == ["../articles/rails.md", "../articles/roads.md"]
    run("issue", "release", "7", "roads")
    assert ISSUE.read_text(encoding="utf-8").count("# late") == written.count("# late")


def test_ends_of_lines_and_a_byte_order_mark_stay(three: Newsdesk) -> None:
    ISSUE.write_bytes(b"\xef\xbb\xbf" + ISSUE.read_bytes().replace(b"\n", b"\r\n"))
    assert run("issue", "hold", "7", "roads").exit_code == 0
    content = ISSUE.read_bytes()
    assert (content[:3], content.count(b"\n")) == (b"\xef\xbb\xbf", content.count(b"\r\n"))


def test_an_editors_note_that_looks_like_a_table_is_left_alone(three: Newsdesk) -> None:
    three.issue("roads", "rivers", head='note = """\n[[section]]\n"""\n')
    assert run("issue", "hold", "7", "roads").exit_code == 0
    assert tomllib.loads(ISSUE.read_text(encoding="utf-8"))["note"] == "[[section]]\n"


@pytest.mark.parametrize(("called", "told"), [("rodas", "Did you mean 'roads'?"), ("weather", "Known: ")])
def test_a_near_miss_is_named(three: Newsdesk, called: str, told: str) -> None:
    result = run("issue", "hold", "7", called)
    assert (result.exit_code, held()) == (1, [])
    assert told in result.stderr


def test_an_article_of_two_of_the_name_is_not_guessed(three: Newsdesk) -> None:
    three.article("culture/roads")
    three.issue("roads", "../articles/culture/roads.md")
    result = run("issue", "hold", "7", "roads")
    assert (result.exit_code, "Name it by its path." in result.stderr) == (1, True)


def test_the_last_article_is_not_held(three: Newsdesk) -> None:
    result = run("issue", "hold", "7", "roads", "rivers", "rails")
    assert (result.exit_code, "no article would be left" in result.stderr, held()) == (1, True, [])


def test_what_is_held_already_is_told_and_written_once(three: Newsdesk) -> None:
    run("issue", "hold", "7", "roads")
    assert "was left out already" in run("issue", "hold", "7", "roads").stdout
    assert held() == ["../articles/roads.md"]


def test_what_is_not_held_cannot_be_released(three: Newsdesk) -> None:
    assert "no article is held" in run("issue", "release", "7", "roads").stderr
    run("issue", "hold", "7", "roads")
    assert run("issue", "release", "7", "rails").exit_code == 1


def test_what_is_held_is_in_no_edition(three: Newsdesk) -> None:
    run("issue", "hold", "7", "roads")
    assert build("txt").exit_code == 0
    text = (OUT / "issue-7.txt").read_text(encoding="utf-8")
    assert ("The Roads" in text, "Rivers" in text) == (False, True)


def test_an_article_that_a_pattern_finds_is_held_though_nothing_can_read_it(desk: Newsdesk) -> None:
    desk.article("a")
    desk.file("b.md", b"---\ntitle: [\n---\n")
    desk.issue("../articles/*.md")
    assert build("txt").exit_code == 1
    assert run("issue", "hold", "7", "b").exit_code == 0
    assert build("txt").exit_code == 0


def test_an_issue_that_is_no_toml_is_left_alone(three: Newsdesk) -> None:
    ISSUE.write_text(f"{HEAD}hold = [\n", encoding="utf-8")
    result = run("issue", "hold", "7", "roads")
    assert (result.exit_code, "This is not TOML" in result.stderr) == (1, True)
    assert ISSUE.read_text(encoding="utf-8") == f"{HEAD}hold = [\n"


def test_permissions_of_the_file_stay(three: Newsdesk) -> None:
    Path(ISSUE).chmod(0o600)
    run("issue", "hold", "7", "roads")
    assert ISSUE.stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_behind_beside_the_issue(three: Newsdesk) -> None:
    run("issue", "hold", "7", "roads")
    assert [each.name for each in ISSUE.parent.iterdir()] == [ISSUE.name]
