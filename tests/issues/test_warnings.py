"""What ``exporter issue check`` finds worth a look in an issue that can be built."""

from __future__ import annotations

import json

import pytest

from tests.issues.newsroom import HEAD, Newsroom, run


def looks(*arguments: str) -> list[str]:
    result = run("issue", "check", "7", *arguments)
    assert result.exit_code == 0
    return [line for line in result.stderr.splitlines() if "the issue's date" not in line]


def test_an_issue_without_fault_is_told_with_what_comes_next(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.of("a", head=HEAD.replace("2026", "2999"))
    result = run("issue", "check", "7")
    assert (result.stdout, result.stderr) == ("issues/7.toml: 1 articles; next: exporter build issues/7.toml\n", "")


def test_a_date_that_is_past_is_worth_a_look(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.of("a", head=HEAD.replace("2026-11-30", "2001-01-01"))
    assert "issues/7.toml:3: look: the issue's date, 2001-01-01, is past. [I008]" in run("issue", "check", "7").stderr


@pytest.mark.parametrize(
    ("facts", "part"),
    [
        ({"draft": "true"}, "is a draft"),
        ({"embargo": "2999-01-01"}, "is under embargo until 2999-01-01"),
        ({"date": "2026-12-01"}, "is dated 2026-12-01, later than the issue"),
    ],
)
def test_an_article_that_is_not_ready_is_worth_a_look(newsroom: Newsroom, facts: dict[str, str], part: str) -> None:
    newsroom.article("a", **facts)
    newsroom.of("a")
    (look,) = looks()
    assert part in look


def test_a_byline_spelt_another_way_than_its_neighbours_is_worth_a_look(newsroom: Newsroom) -> None:
    for name in ("x", "y"):
        newsroom.article(name, author="Tomás Ibarra")
    newsroom.article("a", author="Tomas Ibarra")
    newsroom.of("a")
    (look,) = looks()
    assert "is by 'Tomas Ibarra'; 'Tomás Ibarra' wrote 2 others. A slip?" in look


def test_two_people_of_one_surname_are_no_slip(newsroom: Newsroom) -> None:
    for name in ("x", "y"):
        newsroom.article(name, author="Maria Lopez Garcia")
    newsroom.article("a", author="Juan Lopez")
    newsroom.of("a")
    assert looks() == []


def test_a_translation_older_than_its_original_is_worth_a_look(newsroom: Newsroom) -> None:
    newsroom.article("a", slug="a", date="2026-11-01", updated="2026-11-20")
    newsroom.article("b", language="fr", translation_of="a", date="2026-11-10")
    newsroom.of("a", "b")
    (look,) = looks()
    assert "'../articles/b.md' is older than its original" in look


def test_an_article_of_an_approved_issue_is_worth_a_look(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.of("a")
    other = newsroom.top / "issues" / "6.toml"
    other.write_text((newsroom.top / "issues" / "7.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert looks() == []
    other.with_suffix(".approvals.jsonl").write_text("{}\n", encoding="utf-8")
    (look,) = looks()
    assert "'../articles/a.md' is in 6.toml too, which was approved" in look


def test_a_program_gets_the_problems_as_one_document(newsroom: Newsroom) -> None:
    newsroom.article("a", draft="true")
    newsroom.of("a")
    document = json.loads(run("issue", "check", "7", "--json").stdout)
    (problem,) = [each for each in document["problems"] if "draft" in each["message"]]
    assert (problem["line"], problem["code"], problem["warning"]) == (6, "I008", True)
