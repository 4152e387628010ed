"""``exporter verify``: any edition held to its article."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from tests.cli import article


@pytest.fixture(autouse=True)
def built(folder: Path) -> None:
    """An article and two editions of it."""
    article("a.md", "Some words in a line.")
    assert CliRunner().invoke(main, ["build", "a.md", "--to", "html,txt"]).exit_code == 0


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify", *arguments])


def alter(name: str, old: str, new: str) -> None:
    path = Path("dist/a", name)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("arguments", [("a.md",), ("--source", "a.md")])
def test_editions_that_say_the_same_are_verified(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "dist/a/a.html", "dist/a/a.txt")
    assert result.exit_code == 0
    assert result.stdout == "dist/a/a.html: verified (2 entries, read).\ndist/a/a.txt: verified (2 entries, read).\n"


def test_a_changed_edition_is_status_1_and_shows_both_texts() -> None:
    alter("a.txt", "words", "weeds")
    result = run("a.md", "dist/a/a.html", "dist/a/a.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "dist/a/a.html: verified (2 entries, read).",
        "dist/a/a.txt: differs (2 entries, read): 1 difference in what it says.",
        "dist/a/a.txt: Line 6: the text of this paragraph differs. [V003]",
        "  source:  Some words in a line.",
        "  edition: Some weeds in a line.",
        "  words:   Some [-words-]{+weeds+} in a line.",
    ]


def test_an_edition_gives_the_terminal_no_orders() -> None:
    alter("a.txt", "words", "\x1b[2J\x9b31m")
    result = run("a.md", "dist/a/a.txt")
    assert result.exit_code == 1
    assert "\x1b" not in result.stdout
    assert "\x9b" not in result.stdout


def test_a_changed_article_is_told_as_well() -> None:
    article("a.md", "Other things.")
    assert run("a.md", "dist/a/a.txt").exit_code == 1


def test_json_is_one_document_and_nothing_else() -> None:
    alter("a.txt", "words", "weeds")
    result = run("a.md", "dist/a/a.txt", "--json")
    document = json.loads(result.stdout)
    edition = document["editions"][0]
    assert (result.exit_code, document["ok"], document["source"]) == (1, False, "a.md")
    assert (edition["file"], edition["format"], edition["ok"]) == ("dist/a/a.txt", "txt", False)
    assert edition["discrepancies"][0] == {
        "code": "V003",
        "message": "Line 6: the text of this paragraph differs.",
        "line": 6,
        "path": "paragraph[1]",
        "expected": "Some words in a line.",
        "found": "Some weeds in a line.",
        "level": "text",
        "changes": [
            {"operation": "same", "text": "Some "},
            {"operation": "removed", "text": "words"},
            {"operation": "added", "text": "weeds"},
            {"operation": "same", "text": " in a line."},
        ],
    }


def test_json_tells_of_an_article_that_cannot_be_read() -> None:
    Path("a.md").write_bytes(b"---\ntitle: A\n---\n\n\xff")
    result = run("a.md", "dist/a/a.txt", "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"]) == (1, False)
    assert [(each["code"], each["line"]) for each in document["editions"][0]["discrepancies"]] == [("S006", 5)]
    assert result.stderr.startswith("exporter: a.md:5: ")


@pytest.mark.parametrize("name", ["html", "txt"])
def test_an_edition_of_any_name_is_known_by_its_content(name: str) -> None:
    Path("edition").write_bytes(Path(f"dist/a/a.{name}").read_bytes())
    assert run("a.md", "edition").stdout == "edition: verified (2 entries, read).\n"


def test_content_of_no_format_is_status_2() -> None:
    Path("edition").write_bytes(b"\x00\xff\x00")
    result = run("a.md", "edition")
    assert result.exit_code == 2
    assert result.stderr.startswith("exporter: edition: neither its suffix nor its content is that of a format.")


@pytest.mark.parametrize("suffix", ["pdf", "docx", "epub", "html", "txt"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"PK\x03\x04 no zip", b"%PDF-1.7 no pdf"])
def test_a_damaged_edition_is_not_verified_and_no_crash(suffix: str, content: bytes) -> None:
    Path(f"damaged.{suffix}").write_bytes(content)
    result = run("a.md", f"damaged.{suffix}")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"damaged.{suffix}: ")
    assert "broke down" not in result.stdout


def test_an_article_alone_is_wrong_usage() -> None:
    result = run("a.md")
    assert result.exit_code == 2
    assert "No edition to hold to a.md. Name at least one." in result.stderr


def test_an_article_with_findings_of_its_own_is_no_measure() -> None:
    article("a.md", "Some words in a line. ![A](no.png)")
    result = run("a.md", "dist/a/a.txt")
    assert (result.exit_code, "[S011]" in result.stdout) == (1, True)


def outcomes(*arguments: str) -> list[tuple[str, str, list[str]]]:
    """Kind, outcome and unseen code points of each text, by ``--json``."""
    (edition,) = json.loads(run("--json", *arguments).stdout)["editions"]
    return [(each["kind"], each["outcome"], each["unseen"]) for each in edition["texts"]]


def test_each_text_that_reads_the_same_is_identical() -> None:
    assert outcomes("a.md", "dist/a/a.txt") == [("title", "identical", []), ("paragraph", "identical", [])]


def test_the_text_that_differs_is_told_from_the_rest() -> None:
    alter("a.txt", "words", "weeds")
    assert outcomes("a.md", "dist/a/a.txt") == [("title", "identical", []), ("paragraph", "differs", [])]


def test_a_text_of_a_pdf_is_proved_or_told_what_no_page_shows() -> None:
    article("b.md", "A co\u00adop and a zero\u200bwidth space.\n\nשלו\u200dם and a word.")
    assert CliRunner().invoke(main, ["build", "b.md", "--to", "pdf"]).exit_code == 0
    assert [(outcome, unseen) for _, outcome, unseen in outcomes("b.md", "dist/b/b.pdf")] == [
        ("proved", []),
        ("proved", []),
        ("unseen", ["U+200D"]),
    ]


def test_a_text_that_is_drawn_otherwise_differs_and_the_others_are_proved() -> None:
    article("b.md", "Some words.\n\nOther words.")
    assert CliRunner().invoke(main, ["build", "b.md", "--to", "pdf"]).exit_code == 0
    article("b.md", "Some words.\n\nOther swords.")
    assert [outcome for _, outcome, _ in outcomes("b.md", "dist/b/b.pdf")] == ["proved", "proved", "differs"]
