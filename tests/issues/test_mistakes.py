"""Mistakes in an issue's file: each is told once, with its line, its code and what would be right."""

from __future__ import annotations

import pytest

from tests.issues.newsroom import HEAD, Newsroom, run

ONE = '[[section]]\narticles = ["../articles/a.md"]\n'

MISTAKES = {
    "no TOML": ("[[section]\n", 5, "I000", "This is not TOML"),
    "an unknown key": (f"coverr = 'x'\n{ONE}", 5, "I001", "no key 'coverr' here. Did you mean 'cover'?"),
    "an unknown table": (f"{ONE}[emails]\nsubject = 'x'\n", 7, "I001", "Did you mean 'email'?"),
    "an unknown key in a part": (f"{ONE}tilte = 'x'\n", 7, "I001", "Did you mean 'title'?"),
    "a part that is a table": ('section = "a.md"\n', 5, "I002", "write [[section]] above each"),
    "a revision that is a word": (f"revision = 'one'\n{ONE}", 5, "I002", "a number from 1 is wanted here, not 'one'"),
    "a revision of nought": (f"revision = 0\n{ONE}", 5, "I002", "a number from 1 is wanted here, not 0"),
    "a list that is a text": ('[[section]]\narticles = "../articles/a.md"\n', 6, "I002", "a list of texts is wanted"),
    "a number in a list of texts": ("[[section]]\narticles = [1]\n", 6, "I002", "not 1"),
    "no article at all": ("[[section]]\ntitle = 'News'\n", 1, "I002", "There is no article"),
    "a missing article": (
        '[[section]]\narticles = [\n "../articles/a.md",\n "../articles/b.md"]\n',
        8,
        "I003",
        "'a.md'",
    ),
    "an article of a kind nothing reads": ('[[section]]\narticles = ["7.pages"]\n', 6, "I003", "nothing reads"),
    "an article twice": ('[[section]]\narticles = ["../articles/a.md",\n"../articles/./a.md"]\n', 7, "I004", "line 6"),
    "a pattern without finds": (f'{ONE}[[section]]\narticles = ["../articles/z*.md"]\n', 8, "I005", "finds no article"),
    "a pattern that is none": (f'{ONE}[[section]]\narticles = ["../**articles/*"]\n', 8, "I005", "is no pattern"),
    "tags nobody has": (f'{ONE}[[section.select]]\nfrom = "../articles/*.md"\ntags = ["x"]\n', 7, "I005", "tag of x"),
    "an issue in itself": ('[[section]]\narticles = ["7.toml"]\n', 6, "I006", "an issue holds articles"),
    "a hold of nothing": (f'hold = ["../articles/b.md"]\n{ONE}', 5, "I007", "is no article of this issue"),
    "an absent cover": (f'cover = "no.png"\n{ONE}', 5, "I003", "there is no picture 'no.png'"),
    "a format there is none of": (f'formats = ["pdff"]\n{ONE}', 5, "I002", "Did you mean 'pdf'?"),
    "a sender without an address": (f"{ONE}[email]\nsubject = 'x'\nsender = 'The Paper'\n", 9, "I002", "no mailbox"),
    "an email without a subject": (f"{ONE}[email]\npreheader = 'x'\n", 7, "I002", "Write: subject = "),
    "a subject of two lines": (f'{ONE}[email]\nsubject = "a\\nBcc: x"\n', 8, "I002", "of one line"),
    "a list without a dot": (f"{ONE}[email]\nsubject = 'x'\nlist_id = '<paper>'\n", 9, "I002", "RFC 2919"),
    "an unsubscribe address without TLS": (
        f"{ONE}[email]\nsubject = 'x'\nunsubscribe = 'http://a.example/'\n",
        9,
        "I002",
        "RFC 2369",
    ),
    "an unsubscribe address that is everybody's": (
        f"{ONE}[email]\nsubject = 'x'\nunsubscribe = 'https://a.example/leave'\n",
        9,
        "I002",
        "write {recipient} where it tells who leaves",
    ),
    "dates in the wrong order": (
        f'{ONE}[[section.select]]\nfrom = "../articles/*.md"\nsince = 2026-02-01\nuntil = 2026-01-01\n',
        9,
        "I002",
        "'since' is later than 'until'",
    ),
    "a note with a control character": (f'note = "a\\u0001"\n{ONE}', 5, "I002", "U+0001"),
    "a waiver without a name": (
        f'{ONE}[[waiver]]\ncode = "V001"\narticle = "a.md"\nblock = 3\nreason = "x"\n',
        7,
        "I002",
        "Write: by = ",
    ),
}

HEADS = {
    "a missing title": (HEAD.replace('title = "The Paper"\n', ""), 1, "The issue has no 'title'. Write: title = "),
    "a wrong date": (HEAD.replace("2026-11-30", '"30.11.2026"'), 3, "'30.11.2026' is no date like 2026-10-05"),
    "a wrong language": (HEAD.replace('"en"', '"english, please"'), 4, "is not a language tag"),
    "an id that names no file": (HEAD.replace('"7"', '"7/8"'), 1, "'7/8' cannot name files"),
}


@pytest.mark.parametrize(("body", "line", "code", "part"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_once_by_line_code_and_cure(
    newsroom: Newsroom, body: str, line: int, code: str, part: str
) -> None:
    newsroom.article("a")
    (newsroom.top / "issues").mkdir()
    (newsroom.top / "issues" / "7.pages").write_text("x", encoding="utf-8")
    newsroom.issue(body)
    result = run("issue", "check", "7")
    (told,) = [each for each in result.stderr.splitlines() if " look: " not in each]
    assert (result.exit_code, told.startswith(f"issues/7.toml:{line}: "), told.endswith(f"[{code}]")) == (
        1,
        True,
        True,
    ), told
    assert part in told


@pytest.mark.parametrize(("head", "line", "part"), HEADS.values(), ids=HEADS)
def test_a_mistake_in_the_head_is_told_by_its_line(newsroom: Newsroom, head: str, line: int, part: str) -> None:
    newsroom.article("a")
    newsroom.issue(ONE, head)
    result = run("issue", "check", "7")
    (told,) = result.stderr.splitlines()
    assert told.startswith(f"issues/7.toml:{line}: ")
    assert part in told


def test_check_tells_all_mistakes_at_once(newsroom: Newsroom) -> None:
    newsroom.issue('revison = 2\n[[section]]\narticles = ["../articles/a.md", "../articles/b.md"]\n')
    lines = run("issue", "check", "7").stderr.splitlines()
    assert [line.rpartition("[")[2] for line in lines] == ["I001]", "I003]", "I003]"]


def test_build_tells_the_first_mistake_and_how_many_there_are(newsroom: Newsroom) -> None:
    path = newsroom.issue('revison = 2\n[[section]]\narticles = ["../articles/a.md"]\n')
    result = run("build", str(path))
    assert result.exit_code == 1
    assert f"{path}:5: no key 'revison' here. Did you mean 'revision'? 1 more: exporter issue check" in result.stderr


def test_a_mistake_in_an_article_is_told_with_its_own_line(newsroom: Newsroom) -> None:
    newsroom.article("a", "Text.[^1]\n\n[^1]: A.\n\n[^2]: Nobody calls this.")
    newsroom.of("a")
    assert "issues/../articles/a.md:10:" in run("issue", "check", "7").stderr


def test_an_issue_that_is_not_there_is_refused_with_those_there_are(newsroom: Newsroom) -> None:
    (newsroom.top / "source" / "issues").mkdir(parents=True)
    (newsroom.top / "source" / "issues" / "autumn.toml").write_text(HEAD, encoding="utf-8")
    result = run("issue", "check", "autum")
    assert (result.exit_code, "Did you mean 'autumn'?" in result.stderr) == (1, True)


def test_a_new_issue_builds_once_it_has_articles(newsroom: Newsroom) -> None:
    assert run("issue", "new", "7").exit_code == 0
    assert run("issue", "check", "7").exit_code == 1
    (newsroom.top / "source" / "a.md").write_text("# A\n\nWords.\n", encoding="utf-8")
    assert run("issue", "check", "7").exit_code == 0
    assert run("build", "source/issues/7.toml", "--to", "txt").exit_code == 0


def test_a_new_issue_overwrites_nothing(newsroom: Newsroom) -> None:
    assert run("issue", "new", "7").exit_code == 0
    again = run("issue", "new", "7")
    assert (again.exit_code, "exists and is left as it is" in again.stderr) == (1, True)


def test_an_article_is_no_issue(newsroom: Newsroom) -> None:
    newsroom.article("a")
    result = run("issue", "check", "articles/a.md")
    assert (result.exit_code, "articles/a.md is no issue" in result.stderr) == (1, True)


@pytest.mark.parametrize(("name", "line"), [("8", 'number = "8"'), ("weekly", '# number = "weekly"')])
def test_a_new_issue_has_a_number_where_its_name_is_one(newsroom: Newsroom, name: str, line: str) -> None:
    run("issue", "new", name)
    written = (newsroom.top / "source" / "issues" / f"{name}.toml").read_text(encoding="utf-8")
    assert any(each.startswith(line) for each in written.splitlines())
