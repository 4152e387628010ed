"""``exporter build``: what it prints, writes and exits with."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exporter.building import builder, publishing
from exporter.cli import interruption, main
from tests import formats
from tests.cli import article, timeless


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["build", *arguments], env=environment)


def editions(folder: str = "dist") -> list[str]:
    return sorted(path.name for path in Path(folder).glob("[!.]*/*") if path.name != "manifest.json")


def test_editions_are_written_and_counted() -> None:
    article("a.md")
    result = run("a.md", "--to", "html,txt")
    assert (result.exit_code, timeless(result.stdout)) == (
        0,
        "Articles: 1, editions: 2, failed: 0, unchanged: 0, losses: 1; T s.\n",
    )
    assert result.stderr.splitlines() == [
        "a.md: txt: This format does not mark the article's language, en. [L011]",
        "a.md: html, txt in dist/a, verified.",
    ]
    assert editions() == ["a.html", "a.txt"]


def test_four_editions_are_the_default() -> None:
    article("a.md")
    assert run("a.md").exit_code == 0
    assert editions() == ["a.docx", "a.epub", "a.pdf", "a.txt"]


def test_settings_say_in_how_many_columns_pages_are_set() -> None:
    article("a.md", "Some words to a line. " * 300)
    written = {}
    for columns in (1, 2):
        Path("exporter.toml").write_text(f"[pdf]\ncolumns = {columns}\n", encoding="utf-8")
        assert run("a.md", "--to", "pdf").exit_code == 0
        written[columns] = Path("dist/a/a.pdf").read_bytes()
        assert json.loads(Path("dist/a/manifest.json").read_bytes())["options"]["columns"] == columns
    assert written[1] != written[2]


def test_an_article_that_fails_is_named_and_the_status_is_1() -> None:
    article("a.md", "![A square](no.png) in a text.")
    article("b.md")
    result = run("a.md", "b.md", "--to", "html")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "a.md: Line 6: the picture 'no.png' does not exist. Put it where the article says. [S011]",
        "a.md: no edition written.",
        "b.md: html in dist/b, verified.",
    ]
    assert timeless(result.stdout) == "Articles: 2, editions: 1, failed: 1, unchanged: 0, losses: 0; T s.\n"


def test_an_error_in_a_source_names_file_and_line() -> None:
    Path("a.md").write_text("---\ntitle: A\nlanguage: en\n---\n\nWords\x01.\n", encoding="utf-8")
    result = run("a.md", "--to", "txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("a.md:6: ")
    assert result.stderr.splitlines()[0].endswith("[S002]")


def test_both_texts_stand_below_a_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    article("a.md", "Some words in a line.")
    formats.replace_html(monkeypatch, formats.dropping(b"words "))
    result = run("a.md", "--to", "html")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[:3] == [
        "a.md: html: Line 6: the text of this paragraph differs. [V003]",
        "  source:  Some words in a line.",
        "  edition: Some in a line.",
    ]


@pytest.mark.parametrize("name", ["two\nlines.md", "esc\x1b[31m.md"])
def test_the_name_of_a_file_is_one_line_and_gives_the_terminal_no_orders(name: str) -> None:
    article(name)
    article(f"_{name}")
    result = run(name, ".", "--to", "txt")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    lines = result.output.strip().split("\n")
    assert [line for line in lines if not line.startswith((name[:3], "Skipped", "Articles"))] == []


def test_skipped_files_are_listed() -> None:
    article("source/_a.md")
    article("source/b.md")
    result = run("source", "--to", "txt")
    assert "Skipped source/_a.md: its name begins with _.\n" in result.stdout


def test_a_folder_without_articles_is_said_to_be_empty() -> None:
    Path("source").mkdir()
    result = run("source", "--to", "txt")
    assert (result.exit_code, result.stderr) == (
        2,
        "exporter: No article in source. Readable: htm, html, md, txt, xhtml.\n",
    )


def test_json_is_one_document_and_nothing_else() -> None:
    article("a.md")
    article("_b.md")
    result = run(".", "--to", "txt", "--json")
    document = json.loads(result.stdout)
    assert (document["schema"], document["ok"]) == (1, True)
    assert document["skipped"] == [{"path": "_b.md", "reason": "its name begins with _"}]
    assert document["articles"][0]["folder"] == "dist/a"
    assert document["articles"][0]["editions"][0]["file"] == "a.txt"
    assert result.stderr == ""


def test_json_tells_failures_with_code_and_line() -> None:
    article("a.md", "![A square](no.png) in a text.")
    result = run("a.md", "--to", "txt", "--json")
    failure = json.loads(result.stdout)["articles"][0]["failures"][0]
    assert (result.exit_code, failure["code"], failure["line"]) == (1, "S011", 6)


def test_an_unverified_edition_is_called_so() -> None:
    article("a.md")
    result = run("a.md", "--to", "html", "--no-verify")
    assert (result.exit_code, result.stderr) == (0, "a.md: html in dist/a; not verified: html.\n")


# --- Settings ---------------------------------------------------------------------------------


def test_the_command_line_goes_over_the_environment_over_the_file() -> None:
    article("a.md")
    Path("exporter.toml").write_text('[defaults]\nto = ["html"]\nout = "file"\n', encoding="utf-8")
    run("a.md")
    assert editions("file") == ["a.html"]
    run("a.md", EXPORTER_TO="txt", EXPORTER_OUT="environment")
    assert editions("environment") == ["a.txt"]
    run("a.md", "--to", "html", "--out", "line", EXPORTER_TO="txt", EXPORTER_OUT="environment")
    assert editions("line") == ["a.html"]


def test_the_settings_file_nearest_the_article_is_taken() -> None:
    article("source/a.md")
    Path("exporter.toml").write_text('[defaults]\nto = ["html"]\n', encoding="utf-8")
    Path("source/exporter.toml").write_text('[defaults]\nto = ["txt"]\nout = "../out"\n', encoding="utf-8")
    run("source/a.md")
    assert editions("out") == ["a.txt"]


def test_another_settings_file_can_be_named() -> None:
    article("a.md")
    Path("exporter.toml").write_text("[unknown]\n", encoding="utf-8")
    Path("mine.toml").write_text('[defaults]\nto = ["txt"]\n', encoding="utf-8")
    assert run("a.md", "--config", "mine.toml").exit_code == 0
    assert editions() == ["a.txt"]


def test_an_unknown_key_is_refused_by_file_and_line() -> None:
    article("a.md")
    Path("exporter.toml").write_text('[publisher]\nnmae = "x"\n', encoding="utf-8")
    result = run("a.md")
    assert result.exit_code == 2
    assert result.stderr.endswith("exporter.toml:2: no key 'nmae' in [publisher]. Known: name, rights.\n")


def test_a_language_in_the_settings_is_a_tag() -> None:
    article("a.md")
    Path("exporter.toml").write_text('[defaults]\nlanguage = "british english"\n', encoding="utf-8")
    result = run("a.md")
    assert result.exit_code == 2
    assert result.stderr.endswith(
        "exporter.toml:2: language: 'british english' is not a language tag like 'en' or 'pt-BR' (BCP 47).\n"
    )


def test_language_completes_what_the_source_does_not_say() -> None:
    Path("a.txt").write_text("A title\n\nSome words in a line.\n", encoding="utf-8")
    result = run("a.txt", "--to", "html", "--language", "PT-br")
    assert result.stderr == "a.txt: html in dist/a, verified.\n"
    assert b'lang="pt-BR"' in Path("dist/a/a.html").read_bytes()


def test_missing_images_can_be_replaced_by_their_words() -> None:
    article("a.md", "![A square](no.png) in a text.")
    assert run("a.md", "--to", "txt", EXPORTER_MISSING_IMAGES="placeholder").exit_code == 0
    assert b"A square in a text." in Path("dist/a/a.txt").read_bytes()


def test_typography_is_asked_for_by_line_environment_or_file_and_recorded() -> None:
    article("a.md", '"Words" in a line.')
    Path("exporter.toml").write_text("[defaults]\nsmart = true\n", encoding="utf-8")
    for arguments, environment, smart in (
        ([], {}, True),
        ([], {"EXPORTER_SMART": "0"}, False),
        (["--smart"], {"EXPORTER_SMART": "0"}, True),
        (["--no-smart"], {"EXPORTER_SMART": "1"}, False),
    ):
        assert run("a.md", "--to", "txt", *arguments, **environment).exit_code == 0
        assert json.loads(Path("dist/a/manifest.json").read_bytes())["options"]["smart"] is smart
        assert ("“Words”" in Path("dist/a/a.txt").read_text(encoding="utf-8")) is smart


def test_editions_made_smart_are_verified_as_such() -> None:
    article("a.md", '"Words" in a line.')
    run("a.md", "--to", "txt,html,docx,epub,pdf", "--smart")
    names = [f"dist/a/a.{suffix}" for suffix in ("txt", "html", "docx", "epub", "pdf")]
    assert CliRunner().invoke(main, ["verify", "--smart", "a.md", *names]).exit_code == 0
    assert CliRunner().invoke(main, ["verify", "a.md", *names]).exit_code == 1


def test_source_date_epoch_dates_the_editions() -> None:
    article("a.md")
    run("a.md", "--to", "epub")
    undated = Path("dist/a/a.epub").read_bytes()
    run("a.md", "--to", "epub", SOURCE_DATE_EPOCH="1790000000")
    assert Path("dist/a/a.epub").read_bytes() != undated


@pytest.mark.parametrize("written", ["yesterday", "-1", "0", "99999999999", "१२३"])
def test_a_source_date_no_edition_can_bear_is_refused(written: str) -> None:
    article("a.md")
    result = run("a.md", SOURCE_DATE_EPOCH=written)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"exporter: SOURCE_DATE_EPOCH is '{written}', not a number of seconds between")


# --- Exit statuses ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("no.md",), "Path 'no.md' does not exist."),
        (("a.md", "--to", "odt"), "exporter: No format 'odt'. Installed: docx, email.html, "),
        (("a.md", "--language", "english language"), "'english language' is not a language tag like 'en' or 'pt-BR'"),
        (("a.md", "--missing-images", "skip"), "'skip' is not one of 'error', 'placeholder'."),
        ((), "Missing argument 'PATH…'."),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...], message: str) -> None:
    article("a.md")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("dist").exists()


def test_wrong_usage_is_one_line_that_names_the_help() -> None:
    assert CliRunner().invoke(main, ["build", "no.md"], prog_name="exporter").stderr == (
        "exporter: Invalid value for 'PATH…': Path 'no.md' does not exist. See: exporter build --help\n"
    )
    assert CliRunner().invoke(main, ["--jsn", "build"], prog_name="exporter").stderr == (
        "exporter: No such option '--jsn'. See: exporter --help\n"
    )


@pytest.mark.parametrize("out", ["a.md/dist", "taken/dist"])
def test_a_folder_that_cannot_be_made_is_one_line(out: str) -> None:
    article("a.md")
    Path("taken").write_bytes(b"")
    result = run("a.md", "--to", "txt", "--out", out)
    assert (result.exit_code, result.stderr) == (1, f"exporter: {out}: Not a directory. Mend that and run again.\n")


def test_an_output_folder_without_a_name_is_not_the_working_directory() -> None:
    article("a.md")
    result = run("a.md", "--to", "txt", "--out", "")
    assert (result.exit_code, "It is empty. Name a folder." in result.stderr) == (2, True)
    assert not Path("a").exists()


def test_a_missing_tool_is_status_69(monkeypatch: pytest.MonkeyPatch) -> None:
    article("a.md")
    formats.replace_html(monkeypatch, formats.lacking())
    result = run("a.md", "--to", "html")
    assert result.exit_code == 69
    assert "a.md: html: Pango is missing. Run: apt-get install pango" in result.stderr


def test_a_locked_folder_is_status_75_and_named() -> None:
    article("a.md")
    with publishing.locked(Path("dist")):
        result = run("a.md", "--to", "txt")
    assert result.exit_code == 75
    assert result.stderr.startswith("exporter: dist: another build is writing here (process ")


def interrupt(*arguments: object, **more: object) -> None:
    raise KeyboardInterrupt


def fault(*arguments: object, **more: object) -> None:
    raise LookupError("no such\nthing")


def test_an_interrupt_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    article("a.md")
    monkeypatch.setattr(builder, "build", interrupt)
    result = run("a.md", "--to", "txt")
    assert (result.exit_code, result.stderr) == (
        130,
        "exporter: interrupted. What is written is whole; run the command again for the rest.\n",
    )


def interrupting(page: bytes) -> bytes:
    """What a C library does with an exception from a callback: it is lost."""
    with contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    return page


def test_an_interrupt_that_a_library_swallows_ends_the_build_after_the_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article("a.md")
    article("b.md")
    formats.replace_html(monkeypatch, formats.altered(interrupting))
    result = run("a.md", "b.md", "--to", "html", "--json")
    assert (result.exit_code, json.loads(result.stdout)["left"]) == (130, ["b.md"])
    assert editions() == ["a.html"]
    assert result.stderr.splitlines()[-1] == (
        "exporter: interrupted: 1 done, 1 left. dist/build-report.json lists them. "
        "What is written is whole; run the command again for the rest."
    )


def test_a_second_interrupt_waits_for_nothing() -> None:
    with interruption.heeded() as interrupted:
        assert not interrupted.wanted
        signal.raise_signal(signal.SIGINT)
        assert interrupted.wanted
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_that_is_ignored_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruption.heeded() as interrupted:
            signal.raise_signal(signal.SIGINT)
            assert not interrupted.wanted
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_fault_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    article("a.md")
    monkeypatch.setattr(builder, "build", fault)
    result = run("a.md", "--to", "txt")
    assert (result.exit_code, result.stderr) == (
        1,
        "exporter: LookupError: no such thing. Run again with --debug and report it.\n",
    )


@pytest.mark.parametrize("arguments", [["--debug", "build", "a.md"], ["build", "a.md", "--debug"]])
def test_a_traceback_is_for_those_who_ask(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    article("a.md")
    monkeypatch.setattr(builder, "build", fault)
    assert isinstance(CliRunner().invoke(main, [*arguments, "--to", "txt"]).exception, LookupError)


def test_the_module_is_the_command() -> None:
    article("a.md")
    command = [sys.executable, "-m", "exporter", "build", "a.md", "--to", "txt"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert timeless(done.stdout) == "Articles: 1, editions: 1, failed: 0, unchanged: 0, losses: 1; T s.\n"
