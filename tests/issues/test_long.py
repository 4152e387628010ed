"""Issues of articles of more than a page: what has no room on one page stands once, on the next."""

from __future__ import annotations

from pathlib import Path

from scripts.bench.articles import article
from tests.issues.newsroom import Newsroom, run


def test_a_note_that_has_no_room_on_its_page_is_set_once(newsroom: Newsroom) -> None:
    folder = newsroom.top / "articles"
    folder.mkdir()
    for number in (2, 3, 4):  # the note of the third has no room below its call
        (folder / f"{number}.md").write_text(article(number), encoding="utf-8")
    newsroom.of("2", "3", "4")
    result = run("build", "issues/7.toml", "--to", "pdf")
    assert result.exit_code == 0, result.stderr
    assert Path("dist/issue-7/issue-7.pdf").is_file()
