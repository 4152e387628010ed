"""``exporter check``, ``build --check`` and ``build --check-reproducible``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from tests.cli import article

LONG_LINE = f"```\n{'x' * 1200}\n```"
"""Code keeps its lines; mail carries none of more than 998 octets."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without Java, Node.js, LibreOffice and poppler."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setenv("EXPORTER_NODE_MODULES", str(tmp_path / "empty"))


def test_an_edition_without_a_fault_is_status_0_and_names_its_judges() -> None:
    article("a.md")
    assert run("build", "a.md", "--to", "txt").exit_code == 0
    result = run("check", "dist/a/a.txt")
    assert (result.exit_code, result.stdout) == (0, "dist/a/a.txt: nothing to object (plain-text).\n")


def test_an_objection_says_where_what_who_and_what_to_do() -> None:
    Path("a.txt").write_bytes(b"one\ntwo\x07\n")
    result = run("check", "a.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "a.txt: line 2: It holds the control character U+0007. [plain-text control]",
        "  Take it out; terminals obey such characters.",
    ]


def test_a_file_that_says_what_it_is_in_its_content_alone_is_judged() -> None:
    Path("anything").write_bytes(b"no end")
    assert "[plain-text end]" in run("check", "anything").stdout


def test_an_unknown_judge_is_status_2_and_the_known_ones_are_named() -> None:
    Path("a.txt").write_bytes(b"one\n")
    result = run("check", "a.txt", "--judges", "judy")
    assert result.exit_code == 2
    assert "No judge 'judy'. There are: ace, epubcheck, " in result.stderr


@pytest.mark.usefixtures("bare")
def test_an_edition_nobody_can_judge_is_status_69_and_says_how_to_get_a_judge() -> None:
    Path("a.html").write_text("<!DOCTYPE html><title>A</title>", encoding="utf-8")
    result = run("check", "a.html")
    assert result.exit_code == 69
    assert result.stdout == "a.html: not judged: no judge of html is installed.\n"
    assert result.stderr.startswith("Not asked: nu (HTML): Java and the npm package vnu-jar is missing. To get it: npm")


@pytest.mark.usefixtures("bare")
def test_a_missing_judge_counts_with_all_judges() -> None:
    article("a.md")
    assert run("build", "a.md", "--to", "docx").exit_code == 0
    assert run("check", "dist/a/a.docx").exit_code == 0
    assert run("check", "dist/a/a.docx", "--all-judges").exit_code == 69


def test_json_has_every_finding_and_who_could_not_be_asked() -> None:
    Path("a.txt").write_bytes(b"no end")
    document = json.loads(run("check", "a.txt", "--json").stdout)
    assert document["ok"] is False
    (edition,) = document["editions"]
    assert (edition["file"], edition["format"], edition["judges"]) == ("a.txt", "txt", ["plain-text"])
    assert [(finding["judge"], finding["code"]) for finding in edition["findings"]] == [("plain-text", "end")]
    assert document["missing"] == []


def test_a_build_that_is_checked_writes_no_edition_a_judge_objects_to() -> None:
    article("a.md", LONG_LINE)
    assert run("build", "a.md", "--to", "txt,html").exit_code == 0
    result = run("build", "a.md", "--to", "txt", "--check")
    assert result.exit_code == 1
    assert "a.md: txt: a.txt: line 4: It is longer than 998 octets. [plain-text octets]" in result.stderr
    assert not Path("dist/a/a.txt").exists()


@pytest.mark.usefixtures("bare")
def test_a_build_that_is_checked_and_has_no_judge_is_status_69_before_anything_is_done() -> None:
    article("a.md")
    result = run("build", "a.md", "--to", "html", "--check")
    assert result.exit_code == 69
    assert "No judge of html is installed here, and --check asks for one (nu: npm install vnu-jar" in result.stderr
    assert not Path("dist").exists()


def test_a_house_asks_for_checks_in_its_settings() -> None:
    Path("exporter.toml").write_text("[defaults]\ncheck = true\n", encoding="utf-8")
    article("a.md", LONG_LINE)
    assert run("build", "a.md", "--to", "txt").exit_code == 1
    assert run("build", "a.md", "--to", "txt", "--no-check").exit_code == 0


def test_a_second_build_gives_the_same_bytes() -> None:
    article("a.md")
    assert run("build", "a.md", "--to", "txt,html,epub,docx", "--check-reproducible").exit_code == 0


def test_the_second_build_has_the_font_library_of_the_first() -> None:
    Path("a.md").write_text("---\ntitle: خط المطبعة\nlanguage: ar\n---\n\nكلمات.\n", encoding="utf-8")
    assert run("build", "a.md", "--to", "epub", "--check-reproducible").exit_code == 0


def test_an_edition_a_second_build_makes_otherwise_is_named() -> None:
    article("a.md")
    Path("house").mkdir()
    Path("house/article.css").write_text("/* {{ range(90000) | random }} */\n", encoding="utf-8")
    Path("exporter.toml").write_text("[theme]\ntemplates = 'house'\n", encoding="utf-8")
    result = run("build", "a.md", "--to", "html,txt", "--no-verify", "--check-reproducible")
    assert result.exit_code == 1, result.output
    assert "a.md: html: A second build of it gives other bytes." in result.stderr
    assert "a.md: txt: A second" not in result.stderr
