"""An issue is a source like any other: built, remembered, told of, and made again when something it holds changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.issues.newsroom import HEAD, Newsroom, run

EMAIL = '[email]\nsubject = "The Paper, 7"\n'


@pytest.fixture
def built(newsroom: Newsroom) -> Newsroom:
    """An issue of two articles, the second with a picture, built as text."""
    newsroom.picture("p.png")
    newsroom.article("a")
    newsroom.article("b", "![A picture](p.png)\n\nWords.")
    newsroom.issue('[[section]]\ntitle = "News"\narticles = ["../articles/*.md"]\n')
    assert run("build", "issues/7.toml", "--to", "txt").exit_code == 0
    return newsroom


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path("dist/issue-7/manifest.json").read_bytes())
    return found


def again(*options: str) -> str:
    result = run("build", "issues/7.toml", "--to", "txt", *options)
    assert result.exit_code == 0
    return result.stdout


# --- Made -------------------------------------------------------------------------------------


def test_every_edition_of_an_issue_is_verified(newsroom: Newsroom) -> None:
    newsroom.article("a", "Text.[^1]\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: A note.")
    newsroom.article("b", "كلمات.", language="ar")
    newsroom.issue(f'[[section]]\ntitle = "News"\narticles = ["../articles/a.md", "../articles/b.md"]\n{EMAIL}')
    assert run("build", "issues/7.toml").exit_code == 0
    editions = {each["format"]: each["verified"] for each in manifest()["editions"]}
    assert editions == dict.fromkeys(("docx", "email.html", "email.txt", "epub", "pdf", "txt"), True)


def test_a_manifest_names_every_file_an_issue_was_made_of(built: Newsroom) -> None:
    assert sorted(manifest()["source"]["files"]) == ["../articles/a.md", "../articles/b.md", "../articles/p.png"]
    assert built.top.joinpath("dist/issue-7/issue-7.txt").is_file()


def test_the_issues_formats_are_made_unless_others_are_asked_for(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.of("a", head=f'formats = ["txt", "docx"]\n{HEAD}')
    run("build", "issues/7.toml")
    assert [each["format"] for each in manifest()["editions"]] == ["docx", "txt"]
    run("build", "issues/7.toml", "--to", "epub")
    assert "epub" in [each["format"] for each in manifest()["editions"]]


def test_the_issues_theme_and_page_count_unless_others_are_asked_for(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.of("a", head=f'theme = "report"\npage = "Letter"\n{HEAD}')
    run("build", "issues/7.toml", "--to", "txt")
    assert (manifest()["options"]["theme"], manifest()["options"]["page"]) == ("report", "Letter")
    run("build", "issues/7.toml", "--to", "txt", "--page", "A4")
    assert (manifest()["options"]["theme"], manifest()["options"]["page"]) == ("report", "A4")


def test_with_each_the_articles_are_built_by_themselves_too(built: Newsroom) -> None:
    assert run("build", "issues/7.toml", "--to", "txt", "--each").exit_code == 0
    assert sorted(path.name for path in built.top.glob("dist/*/*.txt")) == ["a.txt", "b.txt", "issue-7.txt"]


def test_a_folder_of_sources_is_built_without_its_issues(built: Newsroom) -> None:
    result = run("build", ".", "--to", "txt", "--out", "other")
    assert "issues: an issue is built by its file" in result.stdout + result.stderr
    assert not (built.top / "other" / "issue-7").exists()


@pytest.fixture
def bilingual(newsroom: Newsroom) -> Newsroom:
    """An issue in English and Persian."""
    newsroom.article("a", slug="a")
    newsroom.article("b", "کلمات.", language="fa", translation_of="a")
    newsroom.issue(
        '[[section]]\narticles = ["../articles/a.md", "../articles/b.md"]\n'
        '[[translation]]\nlanguage = "fa"\ntitle = "روزنامه"\n'
    )
    return newsroom


def test_an_issue_is_built_by_its_name_too(bilingual: Newsroom) -> None:
    assert run("build", "7", "--to", "txt").exit_code == 0
    assert (bilingual.top / "dist" / "issue-7" / "issue-7.txt").is_file()


def test_a_file_of_that_name_comes_before_an_issue(bilingual: Newsroom) -> None:
    (bilingual.top / "7").mkdir()
    assert "No article in 7." in run("build", "7", "--to", "txt").output


def test_an_issue_in_another_language_is_a_set_of_its_own(bilingual: Newsroom) -> None:
    again()
    again("--language", "fa")
    assert sorted(path.name for path in bilingual.top.glob("dist/*/*.txt")) == ["issue-7.fa.txt", "issue-7.txt"]


# --- Remembered -------------------------------------------------------------------------------


def test_an_unchanged_issue_is_not_made_again(built: Newsroom) -> None:
    assert "unchanged: 1" in again()
    assert built.top.joinpath("dist/issue-7/issue-7.txt").is_file()


def test_an_issue_is_remembered_in_each_of_its_languages(bilingual: Newsroom) -> None:
    again()
    again("--language", "fa")
    assert "unchanged: 1" in again()
    assert "unchanged: 1" in again("--language", "fa")


def changed_article(newsroom: Newsroom) -> None:
    newsroom.article("a", "Other words.")


def changed_picture(newsroom: Newsroom) -> None:
    newsroom.picture("p.png", "blue")


def changed_issue(newsroom: Newsroom) -> None:
    path = newsroom.top / "issues" / "7.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("News", "Olds"), encoding="utf-8")


def new_article(newsroom: Newsroom) -> None:
    newsroom.article("c")


def new_sidecar(newsroom: Newsroom) -> None:
    (newsroom.top / "articles" / "a.meta.toml").write_text('subtitle = "Below"\n', encoding="utf-8")


@pytest.mark.parametrize("change", [changed_article, changed_picture, changed_issue, new_article, new_sidecar])
def test_an_issue_is_made_again_when_anything_it_holds_changes(built: Newsroom, change: Any) -> None:
    change(built)
    assert "unchanged: 0" in again()


# --- Told -------------------------------------------------------------------------------------


def test_a_finding_names_the_article_and_its_line(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.article("b", "Words.\n\n\U00012ff0")
    newsroom.of("a", "b")
    result = run("build", "issues/7.toml", "--to", "pdf")
    assert (result.exit_code, "pdf: ../articles/b.md:8: " in result.stderr, "[P001]" in result.stderr) == (
        1,
        True,
        True,
    )


def test_a_loss_names_the_article_and_its_line(newsroom: Newsroom) -> None:
    newsroom.article("a")
    newsroom.article("b", "Words.\n\n*Slanted*.")
    newsroom.of("a", "b")
    assert "txt: ../articles/b.md:8: 'Slanted' is not set apart as emphasis" in run("build", "issues/7.toml").stderr


def test_a_missing_picture_names_the_article_and_its_line(newsroom: Newsroom) -> None:
    newsroom.article("a", "Words.\n\n![A](gone.png)")
    newsroom.of("a")
    result = run("build", "issues/7.toml", "--to", "txt")
    assert "../articles/a.md:8: the picture 'gone.png' does not exist" in result.stderr


def test_a_draft_in_an_issue_is_told(newsroom: Newsroom) -> None:
    newsroom.article("a", draft="true")
    newsroom.of("a")
    assert "../articles/a.md: it is a draft." in run("build", "issues/7.toml", "--to", "txt").stderr


def test_verify_holds_an_edition_to_its_issue(built: Newsroom) -> None:
    edition = built.top / "dist" / "issue-7" / "issue-7.txt"
    assert run("verify", "issues/7.toml", str(edition)).exit_code == 0
    edition.write_text(edition.read_text(encoding="utf-8").replace("Words", "Lies"), encoding="utf-8")
    result = run("verify", "issues/7.toml", str(edition))
    assert (result.exit_code, "../articles/a.md:6" in result.stdout + result.stderr) == (1, True)


def test_show_tells_an_issue_as_it_was_composed(built: Newsroom) -> None:
    told = run("show", "issues/7.toml").stdout
    assert built.top.exists()
    assert [line.split()[-1] for line in told.splitlines() if "heading" in line] == ["News", "a", "b"]
