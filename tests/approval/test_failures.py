"""Ten minutes before the hour: whatever is wrong with one of forty articles, the issue goes out with two commands."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.approval.newsdesk import ISSUE, OUT, Newsdesk, build, run
from tests.approval.test_waive import WIDE

NAMES = [f"a{number:02}" for number in range(1, 41)]
BAD = "a17"

Fault = Callable[[Newsdesk], object]


def body(text: str) -> Fault:
    return lambda desk: desk.article(BAD, text)


def content(written: bytes, name: str = f"{BAD}.md") -> Fault:
    return lambda desk: desk.file(name, written)


def head(line: str) -> Fault:
    return content(f"---\ntitle: A17\nlanguage: en\n{line}\n---\n\nWords.\n".encode())


def missing(desk: Newsdesk) -> None:
    (desk.top / "source/articles" / f"{BAD}.md").unlink()


def no_picture(desk: Newsdesk) -> None:
    desk.file("torn.png", desk.picture().read_bytes()[:40])
    desk.article(BAD, "![A square](torn.png)")


def outside(desk: Newsdesk) -> None:
    (desk.top / "source" / "square.png").write_bytes(desk.picture().read_bytes())
    desk.article(BAD, "![A square](../square.png)")


def twice(desk: Newsdesk) -> None:
    desk.issue(*NAMES, BAD)


def unknown_kind(desk: Newsdesk) -> None:
    desk.file(f"{BAD}.pages", b"Words.")
    desk.issue(*(f"../articles/{BAD}.pages" if each == BAD else each for each in NAMES))


def found_by_a_pattern(desk: Newsdesk) -> None:
    desk.file(f"{BAD}.md", b"\xff\xfeW")
    desk.issue("../articles/*.md")


def deep(desk: Newsdesk) -> None:
    desk.article(BAD, f"{'> ' * 120}Words.")


@dataclass(frozen=True, slots=True)
class Case:
    """What goes wrong with one article, the code that tells it, and the formats in which it does."""

    fault: Fault
    code: str
    formats: str = "txt"
    command: str = "issue hold"


CASES = {
    "the file is missing": Case(missing, "I003"),
    "nothing reads such files": Case(unknown_kind, "I003"),
    "it is named twice": Case(twice, "I004"),
    "bytes that are no UTF-8": Case(content(b"---\ntitle: A\nlanguage: en\n---\n\nCaf\xe9.\n"), "S006"),
    "a control character": Case(body("A \x08 sign."), "S002"),
    "a direction left open": Case(body("A \u202e sign."), "S002"),
    "front matter that is no YAML": Case(head("tags: ["), "S008"),
    "front matter that says a key twice": Case(head("title: B"), "S008"),
    "a date that is none": Case(head("published: yesterday"), "S009"),
    "a sidecar that is no TOML": Case(content(b"title = A\n", f"{BAD}.meta.toml"), "S009"),
    "no title": Case(content(b"---\nlanguage: en\n---\n\nWords.\n"), "S004"),
    "nothing in it": Case(content(b""), "S004"),
    "a note that nothing calls": Case(body("Words.\n\n[^1]: Nobody calls this."), "S005"),
    "a note that is nowhere": Case(body("Words.[^1]\n\n[^1]: One.\n\n[^1]: Two."), "S005"),
    "too many cells": Case(body("|a|b|\n|-|-|\n|1|2|3|"), "S007"),
    "nesting that has no end": Case(deep, "S003"),
    "a picture that is missing": Case(body("![A square](no.png)"), "S011", "txt,docx"),
    "a picture that is torn": Case(no_picture, "S012"),
    "a picture from elsewhere": Case(outside, "S010"),
    "an article that a pattern finds": Case(found_by_a_pattern, "S006"),
    "a character that no font has": Case(body("A \U00012ff0 sign."), "P001", "pdf"),
    "a table wider than a page, let pass": Case(body(f"Words.\n\n{WIDE}"), "P003", "pdf", "waive"),
}


@pytest.fixture
def forty(desk: Newsdesk) -> Newsdesk:
    """An issue of forty short articles."""
    for name in NAMES:
        desk.article(name, f"What {name} says.")
    desk.issue(*NAMES)
    return desk


def advice(stderr: str, command: str) -> list[list[str]]:
    """The commands that the last words of a build name, of the line that begins with ``command``."""
    line = next(each for each in stderr.splitlines() if f": exporter {command} " in each)
    said = re.sub(r"--by WHO --reason WHY", "--by Ann --reason Seen", line.partition(": ")[2])
    return [shlex.split(each)[1:] for each in said.split(" && ")]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_an_issue_of_forty_is_deliverable_by_two_commands(forty: Newsdesk, case: Case) -> None:
    case.fault(forty)
    failed = build(case.formats)
    assert (failed.exit_code, f"[{case.code}]" in failed.stderr) == (1, True), failed.stderr
    first, second = advice(failed.stderr, case.command)
    assert run(*first).exit_code == 0
    built = run(*second)
    assert built.exit_code == 0, built.stderr
    others = {f"../articles/{name}.md" for name in NAMES if name != BAD}
    manifest = json.loads((OUT / "manifest.json").read_bytes())
    assert others <= set(manifest["source"]["files"])
    assert {each["format"]: each["verified"] for each in manifest["editions"]} == dict.fromkeys(
        case.formats.split(","), True
    )
    passed = {finding["code"] for each in manifest["editions"] for finding in each["discrepancies"]}
    assert passed == ({case.code} if case.command == "waive" else set())


def test_all_articles_that_cannot_be_read_are_held_by_one_command(forty: Newsdesk) -> None:
    for name in ("a05", "a17", "a33"):
        forty.file(f"{name}.md", b"\xff\xfeW")
    hold, again = advice(build().stderr, "issue hold")
    assert hold[2:] == [str(ISSUE), *(f"../articles/{name}.md" for name in ("a05", "a17", "a33"))]
    assert run(*hold).exit_code == 0
    assert run(*again).exit_code == 0


def test_every_other_article_is_in_the_edition(forty: Newsdesk) -> None:
    missing(forty)
    assert run("issue", "hold", "7", BAD).exit_code == 0
    assert build("txt").exit_code == 0
    text = (OUT / "issue-7.txt").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"What {name} says." not in text] == [BAD]


def test_the_commands_that_help_build_what_was_to_be_built(forty: Newsdesk) -> None:
    missing(forty)
    options = ("--out", "a folder", "--to", "txt", "--no-strict", "--quiet")
    _, again = advice(run("build", str(ISSUE), *options).stderr, "issue hold")
    assert again == ["build", str(ISSUE), "--to", "txt", "--out", "a folder", "--no-strict", "--quiet"]


def test_a_mistake_in_the_issue_itself_is_no_articles(forty: Newsdesk) -> None:
    Path(ISSUE).write_text(ISSUE.read_text(encoding="utf-8").replace("title =", "tilte ="), encoding="utf-8")
    assert "exporter issue hold" not in build().stderr
