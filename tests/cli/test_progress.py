"""What ``exporter build`` tells while it goes on and at its end: lines, JSON lines, silence."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.building import record
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.cli import main, sentences
from exporter.cli.progress import Ending, Summary, duration
from exporter.cli.progress.lines import Lines
from exporter.cli.progress.pace import Pace
from tests.cli import article, timeless


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments])


def several(good: int) -> None:
    """An article that fails and some that do not."""
    article("a.md", "![A square](no.png) in a text.")
    for number in range(good):
        article(f"b{number:02}.md")


# --- The report -------------------------------------------------------------------------------


def test_the_report_lies_beside_the_sets() -> None:
    several(1)
    assert run(".", "--to", "txt", "--out", "out").exit_code == 1
    report = json.loads(Path("out/build-report.json").read_bytes())
    assert (report["ok"], report["complete"], len(report["articles"])) == (False, True, 2)


def test_a_build_of_one_article_writes_the_report_of_that_build() -> None:
    several(1)
    run(".", "--to", "txt")
    assert run("b00.md", "--to", "txt").exit_code == 0
    report = json.loads(Path("dist/build-report.json").read_bytes())
    assert (report["ok"], [each["path"] for each in report["articles"]]) == (True, ["b00.md"])


def test_a_build_that_cannot_begin_leaves_the_report_of_the_last() -> None:
    article("a.md")
    run("a.md", "--to", "txt")
    before = Path("dist/build-report.json").read_bytes()
    assert run("a.md", "--to", "odt").exit_code == 2
    assert Path("dist/build-report.json").read_bytes() == before


def test_the_report_tells_what_a_build_that_failed_fast_did_not_come_to() -> None:
    several(2)
    result = run(".", "--to", "txt", "--fail-fast")
    report = json.loads(Path("dist/build-report.json").read_bytes())
    assert (result.exit_code, report["left"]) == (1, ["b00.md", "b01.md"])
    assert result.stderr.splitlines()[-1] == (
        "exporter: ended at the first failure: 1 done, 2 left. dist/build-report.json lists them. "
        "What is written is whole; run the command again for the rest."
    )


def test_a_report_that_cannot_be_written_is_an_error_and_all_is_told() -> None:
    article("a.md")
    Path("dist/build-report.json").mkdir(parents=True)
    result = run("a.md", "--to", "txt")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (
        1,
        "exporter: dist/build-report.json: Is a directory. Mend that and run again.",
    )
    assert result.stdout.startswith("Articles: 1, editions: 1")


# --- A summary --------------------------------------------------------------------------------


def test_failures_are_told_again_where_they_are_out_of_sight() -> None:
    several(11)
    assert timeless(run(".", "--to", "html").stdout).splitlines() == [
        "Failed:",
        "  a.md:6: [S011] the picture 'no.png' does not exist. Put it where the article says.",
        "Articles: 12, editions: 11, failed: 1, unchanged: 0, losses: 0; T s.",
    ]


def test_failures_in_sight_are_told_once() -> None:
    several(2)
    result = run(".", "--to", "html")
    assert "Failed:" not in result.stdout
    assert result.stderr.count("no.png") == 1


def test_a_failure_in_a_list_has_place_code_and_format_once() -> None:
    failure = Failure(message="Line 6: the text of this paragraph differs.", code="V003", format="pdf", line=6)
    assert sentences.of_failure(Path("a.md"), failure) == "a.md:6: [V003] pdf: the text of this paragraph differs."
    assert sentences.of_failure(Path("a.md"), Failure(message="It broke.")) == "a.md: It broke."


def test_articles_that_needed_nothing_are_counted_and_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(terse=False)
    articles = tuple(ArticleReport(path=Path(f"{n}.md"), notices=("A notice.",), unchanged=True) for n in range(998))
    for each in articles:
        lines.told(each, 998)
    Summary(lines).finished(Ending(BuildReport(articles, ()), 0.51))
    assert capsys.readouterr() == ("Articles: 998, editions: 0, failed: 0, unchanged: 998, losses: 0; 0.5 s.\n", "")


def test_losses_are_counted_once_an_article_less_those_accepted() -> None:
    article("a.md", "See [a link](elsewhere.html).")
    assert "losses: 2;" in run("a.md", "--to", "html,txt").stdout
    assert "losses: 1;" in run("a.md", "--to", "html,txt", "--accept-losses", "L011").stdout


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.04, "0.0 s"), (59.9, "59.9 s"), (125.4, "2 min 5 s"), (3725, "1 h 2 min")]
)
def test_a_duration_is_said_as_people_do(seconds: float, said: str) -> None:
    assert duration(seconds) == said


# --- For programs -----------------------------------------------------------------------------


def test_json_lines_are_the_articles_of_the_document_as_they_are_done() -> None:
    several(1)
    events = [json.loads(line) for line in run(".", "--to", "txt", "--json-lines").stdout.splitlines()]
    document = json.loads(run(".", "--to", "txt", "--json", "--force").stdout)
    assert (events[0], events[-1]["event"]) == ({"event": "started", "schema": 1, "articles": 2}, "finished")
    assert [{**each, "event": "article"} for each in document["articles"]] == events[1:-1]
    assert (events[-1]["ok"], events[-1]["failed"], events[-1]["complete"]) == (False, 1, True)


def test_with_json_lines_only_failures_go_to_stderr() -> None:
    several(1)
    assert run(".", "--to", "txt", "--json-lines").stderr == (
        "a.md: Line 6: the picture 'no.png' does not exist. Put it where the article says. [S011]\n"
    )


def test_a_build_of_nothing_starts_and_finishes() -> None:
    article("_a.md")
    events = [json.loads(line) for line in run(".", "--to", "txt", "--json-lines").stdout.splitlines()]
    assert [event["event"] for event in events] == ["started", "finished"]
    assert events[-1]["skipped"] == [{"path": "_a.md", "reason": "its name begins with _"}]


def test_json_lines_come_at_once_and_last_when_the_report_is_written() -> None:
    """The process waits with its second article for a line on stdin, so that the first must be here by then."""
    several(1)
    waiting = (
        "import sys\n"
        "from exporter.cli import main\n"
        "from exporter.building import builder\n"
        "build = builder.build\n"
        "def slow(paths, plan, announce, **more):\n"
        "    def told(report, total):\n"
        "        announce(report, total)\n"
        "        sys.stdin.readline()\n"
        "    return build(paths, plan, told, **more)\n"
        "builder.build = slow\n"
        "main(['build', '.', '--to', 'txt', '--json-lines', '--jobs', '0'])\n"
    )
    command = [sys.executable, "-c", waiting]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdin
        assert build.stdout
        events = []
        for line in build.stdout:
            events.append(json.loads(line)["event"])
            if events[-1] == "article":
                assert not Path("dist", record.FILE_NAME).exists()
                build.stdin.write("\n")
                build.stdin.flush()
            elif events[-1] == "finished":
                assert Path("dist", record.FILE_NAME).exists()
    assert events == ["started", "article", "article", "finished"]


# --- Silence ----------------------------------------------------------------------------------


def test_a_quiet_build_says_nothing() -> None:
    article("a.md")
    article("_b.md")
    result = run(".", "--to", "txt", "--quiet")
    assert (result.exit_code, result.output) == (0, "")


def test_a_quiet_build_tells_what_failed() -> None:
    several(1)
    result = run(".", "-q", "--to", "txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "a.md: Line 6: the picture 'no.png' does not exist. Put it where the article says. [S011]\n"


@pytest.mark.parametrize(
    ("two", "named"),
    [
        (("--json", "--quiet"), "--quiet and --json"),
        (("--json-lines", "--json"), "--json-lines and --json"),
        (("-q", "--json-lines"), "--quiet and --json-lines"),
    ],
)
def test_one_form_of_output_is_asked_for(two: tuple[str, str], named: str) -> None:
    article("a.md")
    result = run("a.md", *two)
    assert result.exit_code == 2
    assert f"{named} exclude each other. Name one." in result.stderr


# --- Pace -------------------------------------------------------------------------------------


def test_a_pace_is_of_what_was_made() -> None:
    pace = Pace(start=0, total=110)
    for _ in range(90):
        pace.count(1, ok=True, unchanged=True)
    assert pace.left(1) is None
    for second in range(1, 11):
        pace.count(second, ok=True, unchanged=False)
    assert (pace.done, pace.unchanged, pace.rate(10), pace.left(10)) == (100, 90, 1.0, 10.0)


def test_a_pace_forgets_what_was_long_ago() -> None:
    pace = Pace(start=0, total=1000)
    for second in range(100):
        pace.count(second, ok=True, unchanged=False)
    for tenth in range(1000, 1300):
        pace.count(tenth / 10, ok=True, unchanged=False)
    assert pace.rate(130) == pytest.approx(10, rel=0.01)
