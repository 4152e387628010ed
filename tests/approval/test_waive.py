"""``exporter waive`` lets named findings pass, and every build says so."""

from __future__ import annotations

import json
import tomllib

import pytest

from tests.approval.newsdesk import ISSUE, OUT, Newsdesk, build, run

COLUMNS = 160
WIDE = "\n".join(
    f"|{'|'.join(cells)}|"
    for cells in ([f"column{n}" for n in range(COLUMNS)], ["-"] * COLUMNS, ["wwwwwwwww"] * COLUMNS)
)
"""A table wider than a turned page: P003 in PDF, on line 8 of its article."""


@pytest.fixture
def wide(desk: Newsdesk) -> Newsdesk:
    """An issue with a table that runs off its page."""
    desk.article("narrow", "A line to read.")
    desk.article("wide", f"Words.\n\n{WIDE}\n\nMore words.")
    desk.issue("narrow", "wide")
    return desk


def waive(code: str = "P003", article: str = "wide", block: int = 8, by: str = "Ann", reason: str = "Seen") -> str:
    place = ("--issue", "7", "--article", article, "--block", str(block))
    result = run("waive", code, *place, "--by", by, "--reason", reason)
    return result.stdout if result.exit_code == 0 else result.stderr


def waivers() -> list[dict[str, object]]:
    found: list[dict[str, object]] = tomllib.loads(ISSUE.read_text(encoding="utf-8")).get("waiver", [])
    return found


def test_a_finding_on_a_page_is_told_with_its_article_and_line(wide: Newsdesk) -> None:
    result = build("pdf,txt")
    assert result.exit_code == 1
    told = f"the table of {COLUMNS} columns is wider than its page. Make two tables of it. [P003]"
    assert [line for line in result.stderr.splitlines() if "[P003]" in line][:-1] == [
        f"{ISSUE}: pdf: ../articles/wide.md:8: {told}"
    ]


def test_a_failed_build_ends_with_the_commands_that_help(wide: Newsdesk) -> None:
    reason, hold, waive = build("pdf,txt").stderr.splitlines()[-3:]
    assert reason.startswith(f"exporter: {ISSUE} is not built because of ../articles/wide.md, line 8: ")
    assert (
        hold
        == f"  Leave it out: exporter issue hold {ISSUE} ../articles/wide.md && exporter build {ISSUE} --to pdf,txt"
    )
    place = f"--issue {ISSUE} --article ../articles/wide.md --block 8 --by WHO --reason WHY"
    assert waive == f"  Or let it pass: exporter waive P003 {place} && exporter build {ISSUE} --to pdf,txt"


def test_what_is_waived_is_built_told_and_recorded(wide: Newsdesk) -> None:
    assert "may pass" in waive()
    result = build("pdf,txt")
    assert result.exit_code == 0
    assert "is wider than its page" in result.stderr
    assert "[P003]. Let pass by Ann: Seen" in result.stderr
    assert "verified but for 1 finding let pass" in result.stderr
    manifest = json.loads((OUT / "manifest.json").read_bytes())
    found = {each["format"]: [finding["code"] for finding in each["discrepancies"]] for each in manifest["editions"]}
    assert found == {"pdf": ["P003"], "txt": []}


def test_an_edition_with_a_waived_finding_stays_where_another_is_made(wide: Newsdesk) -> None:
    waive()
    assert build("pdf").exit_code == 0
    assert build("txt").exit_code == 0
    assert (OUT / "issue-7.pdf").is_file()


def test_other_findings_of_the_same_article_do_not_pass(wide: Newsdesk) -> None:
    assert "may pass" in waive(block=12)
    assert build("pdf").exit_code == 1


def test_a_waiver_that_lets_nothing_pass_is_told(wide: Newsdesk) -> None:
    waive("V003", "narrow", 6)
    place = "the waiver of V003 in ../articles/narrow.md:6"
    assert f"{place} lets nothing pass in these editions (txt)." in build("txt").stderr


def test_a_waiver_stands_at_the_end_and_changes_nothing_else(wide: Newsdesk) -> None:
    before = ISSUE.read_text(encoding="utf-8")
    waive(reason='The "columns"\\ are\tseen')
    assert ISSUE.read_text(encoding="utf-8").startswith(before)
    expected = {"code": "P003", "article": "../articles/wide.md", "block": 8, "by": "Ann"}
    assert waivers() == [{**expected, "reason": 'The "columns"\\ are\tseen'}]


def test_several_codes_of_one_block_are_waived_at_once(wide: Newsdesk) -> None:
    result = run(
        "waive", "P003", "V003", "--issue", "7", "--article", "wide", "--block", "8", "--by", "A", "--reason", "B"
    )
    assert (result.exit_code, [each["code"] for each in waivers()]) == (0, ["P003", "V003"])


def test_what_is_waived_already_is_told_and_written_once(wide: Newsdesk) -> None:
    waive()
    assert "passes already, by Ann: Seen" in waive(by="Bea")
    assert len(waivers()) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("S011", "leave it out: exporter issue hold"),
        ("I003", "exporter issue hold"),
        ("P001", "Install the font that the finding names"),
        ("V000", "nothing can vouch for such an edition"),
        ("L010", "--accept-losses"),
        ("B001", "Build again"),
        ("X001", "there is no such code"),
        ("glyphs", "is no code of a finding"),
    ],
)
def test_what_cannot_pass_is_refused_with_what_can_be_done(wide: Newsdesk, code: str, told: str) -> None:
    assert told in waive(code)
    assert waivers() == []


def test_a_line_that_is_not_there_is_refused(wide: Newsdesk) -> None:
    assert "has no line 99: it has 13" in waive(block=99)


def test_a_waiver_without_a_reason_is_refused(wide: Newsdesk) -> None:
    assert "--reason is empty" in waive(reason=" ")


def test_an_article_that_is_not_there_is_refused(wide: Newsdesk) -> None:
    assert "Did you mean 'wide'?" in waive(article="wiide")
