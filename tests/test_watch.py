"""``exporter build --watch``: a real process, real edits, and the lines it prints about them."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from docx import Document
from PIL import Image

from exporter.building import publishing
from exporter.cli import main
from exporter.templating import builtin_templates
from tests.cli import article
from tests.test_schemas import broken

PATIENCE = 120
"""Seconds after which a line is not going to come."""

Start = Callable[..., "Watch"]


class Watch:
    """A process that watches, and its lines on stdout and stderr as they come."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-u", "-m", "exporter", "build", "source", "--watch", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: list[str] = []
        self._coming: queue.Queue[str | None] = queue.Queue()
        Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._coming.put(line.rstrip("\n"))
        self._coming.put(None)

    def until(self, words: str) -> list[str]:
        """The lines up to one that has ``words``."""
        come: list[str] = []
        while not come or words not in come[-1]:
            line = self._next()
            if line is None:
                pytest.fail(f"No line with {words!r} after {self.lines + come}")
            come.append(line)
        self.lines += come
        return come

    def _next(self) -> str | None:
        """The next line; None where none is going to come."""
        try:
            return self._coming.get(timeout=PATIENCE)
        except queue.Empty:
            return None

    def ended(self) -> int:
        """The status after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with two articles in ``source``."""
    monkeypatch.chdir(tmp_path)
    article("source/a.md", "Words of a.")
    article("source/b.md", "Words of b.")
    return tmp_path


@pytest.fixture
def watch() -> Iterator[Start]:
    """Starts a process that watches, and waits until its first build is done; ends it after the test."""
    started: list[Watch] = []

    def start(*arguments: str, ready: str = "Watching source.") -> Watch:
        started.append(Watch(*arguments))
        started[-1].until(ready)
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def text(slug: str, out: str = "dist") -> str:
    return Path(f"{out}/{slug}/{slug}.txt").read_text(encoding="utf-8")


# --- Edits ------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_an_edited_article_is_made_again_and_no_other(watch: Start, jobs: str) -> None:
    watching = watch("--to", "html,txt", "--jobs", jobs)
    before = Path("dist/b/b.txt").stat().st_mtime_ns
    article("source/a.md", "Other words.")
    assert watching.until("source/a.md: html, txt")[:-1] == []
    assert "Other words." in text("a")
    assert Path("dist/b/b.txt").stat().st_mtime_ns == before


def in_place() -> None:
    article("source/a.md", "Other words.")


def renamed_over() -> None:
    article("source/.a.md.tmp", "Other words.").replace("source/a.md")


def as_vim_does() -> None:
    Path("source/4913").touch()
    Path("source/4913").unlink()
    Path("source/a.md").rename("source/a.md~")
    article("source/a.md", "Other words.")
    Path("source/a.md~").unlink()


def bit_by_bit() -> None:
    whole = article("elsewhere.md", "Other words.").read_bytes()
    with Path("source/a.md").open("r+b", buffering=0) as file:
        file.truncate()
        for byte in whole:
            file.write(bytes([byte]))
    os.utime("source/a.md")


@pytest.mark.parametrize("save", [in_place, renamed_over, as_vim_does, bit_by_bit])
def test_a_save_is_one_change_however_an_editor_goes_about_it(watch: Start, save: Callable[[], None]) -> None:
    watching = watch("--to", "txt")
    save()
    watching.until("source/a.md: txt")
    article("source/b.md", "A mark.")
    assert [line.partition(" ")[2].partition(",")[0] for line in watching.until("source/b.md: txt")] == [
        "source/b.md: txt"
    ]
    assert "Other words." in text("a")


def test_a_file_that_is_touched_and_says_the_same_is_not_made_again(watch: Start) -> None:
    watching = watch("--to", "txt")
    os.utime("source/a.md")
    article("source/b.md", "A mark.")
    assert len(watching.until("source/b.md: txt")) == 1


def test_a_new_article_that_an_issue_finds_is_taken_into_it(watch: Start) -> None:
    article("desk/a.md")
    Path("source/issues").mkdir()
    Path("source/issues/7.toml").write_text(
        'id = "7"\ntitle = "The Paper"\ndate = 2026-11-30\nlanguage = "en"\n'
        '[[section]]\narticles = ["../../desk/*.md"]\n',
        encoding="utf-8",
    )
    watching = watch("source/issues/7.toml", "--to", "txt", ready="Watching source, source/issues/7.toml.")
    for number in range(3):  # until no build is left that is made to be sure
        article("source/b.md", f"Mark {number}.")
        watching.until("source/b.md: txt")
    article("desk/c.md", "Words of c.")
    watching.until("source/issues/7.toml: txt")
    assert "Words of c." in text("issue-7")


def test_a_new_article_in_a_new_folder_is_found(watch: Start) -> None:
    watching = watch("--to", "txt")
    article("source/week/day/c.md")
    watching.until("source/week/day/c.md: txt")
    report = json.loads(Path("dist/build-report.json").read_bytes())
    assert [each["path"] for each in report["articles"]] == ["source/a.md", "source/b.md", "source/week/day/c.md"]


def test_an_article_that_fails_is_told_and_mended(watch: Start) -> None:
    watching = watch("--to", "txt")
    article("source/a.md", "![A square](no.png)")
    assert "'no.png' does not exist" in "\n".join(watching.until("source/a.md: no edition, failed"))
    assert not Path("dist/a").exists()
    article("source/a.md", "Good words.")
    watching.until("source/a.md: txt")
    assert "Good words." in text("a")


def test_force_makes_all_again_once(watch: Start) -> None:
    watch("--to", "txt").ended()
    watching = watch("--to", "txt", "--force")
    assert "unchanged: 0" in watching.lines[-2]
    article("source/a.md", "Other words.")
    assert len(watching.until("source/a.md: txt")) == 1


# --- What is gone -----------------------------------------------------------------------------


def test_the_editions_of_a_source_that_is_gone_are_removed(watch: Start) -> None:
    watching = watch("--to", "txt")
    Path("source/a.md").unlink()
    watching.until("source/a.md: is gone. Removed its editions in dist/a.")
    assert [path.name for path in Path("dist").glob("[ab]")] == ["b"]


def test_a_renamed_article_is_made_under_its_new_name_alone(watch: Start) -> None:
    watching = watch("--to", "txt")
    Path("source/a.md").rename("source/c.md")
    watching.until("source/c.md: txt")
    assert sorted(path.name for path in Path("dist").glob("[abc]")) == ["b", "c"]


def test_a_folder_that_goes_and_comes_back_is_watched_on(watch: Start) -> None:
    watching = watch("--to", "txt")
    Path("source").rename("away")
    watching.until("exporter: source: nothing is there any more. Put something there.")
    Path("away").rename("source")
    watching.until("2 articles: 2 editions")
    article("source/a.md", "Other words.")
    watching.until("source/a.md: txt")


# --- What editions are made of beside their source --------------------------------------------


def test_a_picture_that_changes_or_comes_makes_its_article_again(watch: Start) -> None:
    article("source/a.md", "![A square](below/square.png) in a text.")
    watching = watch("--to", "html")
    Path("source/below").mkdir()
    Image.new("RGB", (8, 8), "red").save("source/below/square.png")
    watching.until("source/a.md: html")
    Image.new("RGB", (8, 8), "blue").save("source/below/square.png")
    assert len(watching.until("source/a.md: html")) == 1


def test_a_mistake_in_the_settings_is_told_and_mended(watch: Start) -> None:
    watching = watch("--to", "txt")
    Path("source/exporter.toml").write_text("[txt]\nfloewd = true\n", encoding="utf-8")
    assert "source/exporter.toml:2" in watching.until("floewd")[-1]
    Path("source/exporter.toml").write_text("[txt]\nflowed = true\n", encoding="utf-8")
    watching.until("2 articles: 2 editions")


@pytest.mark.parametrize("jobs", ["0", "1"])
def test_templates_and_themes_are_taken_as_they_are_now(watch: Start, jobs: str) -> None:
    Path("looks/themes").mkdir(parents=True)
    theme = Path("looks/themes/ours.toml")
    theme.write_text('[light]\nlink = "#123456"\n', encoding="utf-8")
    Path("exporter.toml").write_text('[theme]\nname = "ours"\ntemplates = "looks"\n', encoding="utf-8")
    watching = watch("--to", "html", "--jobs", jobs)
    assert "#123456" in Path("dist/a/a.html").read_text(encoding="utf-8")
    theme.write_text('[light]\nlink = "#654321"\n', encoding="utf-8")
    watching.until("2 articles: 2 editions")
    assert "#654321" in Path("dist/a/a.html").read_text(encoding="utf-8")
    own = (builtin_templates() / "article.css").read_text(encoding="utf-8")
    Path("looks/article.css").write_text(f"{own}\np {{ margin: 1.2345em 0 }}\n", encoding="utf-8")
    watching.until("2 articles: 2 editions")
    assert "1.2345em" in Path("dist/a/a.html").read_text(encoding="utf-8")


def test_a_reference_document_that_changes_makes_all_again(watch: Start) -> None:
    document = Document(str(builtin_templates() / "reference.docx"))
    document.save("ours.docx")
    watching = watch("--to", "docx", "--reference-doc", "ours.docx")
    document.sections[0].header.paragraphs[0].text = "Our house"
    document.save("ours.docx")
    watching.until("2 articles: 2 editions")


# --- The folder of editions -------------------------------------------------------------------


@pytest.mark.parametrize("out", ["source/editions", "source"])
def test_editions_in_the_watched_folder_are_no_change(watch: Start, out: str) -> None:
    watching = watch("--to", "txt", "--out", out)
    for words in ("first", "second", "third"):
        article("source/a.md", f"The {words} words.")
        assert len(watching.until("source/a.md: txt")) == 1
        assert f"The {words} words." in text("a", out)


def test_another_build_in_the_folder_is_waited_for(watch: Start) -> None:
    watching = watch("--to", "txt")
    with publishing.locked(Path("dist")):
        article("source/a.md", "Other words.")
        watching.until("dist")
        assert "Other words." not in text("a")
    assert len(watching.until("source/a.md: txt")) == 1


# --- The end ----------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["0", "2"])
def test_ctrl_c_ends_it_with_a_status_of_its_own(watch: Start, jobs: str) -> None:
    watching = watch("--to", "txt", "--jobs", jobs)
    assert watching.ended() == 130
    assert watching.until("ending") == ["exporter: ending."]


def test_a_program_is_told_in_lines_of_json(watch: Start) -> None:
    watching = watch("--to", "txt", "--json-lines", ready='"finished"')
    article("source/a.md", "Other words.")
    again = [json.loads(line) for line in watching.until('"finished"')]
    Path("source/b.md").unlink()
    gone = json.loads(watching.until('"withdrawn"')[-1])
    assert [event["event"] for event in again] == ["started", "article", "finished"]
    assert gone == {"event": "withdrawn", "path": "source/b.md", "folders": ["dist/b"]}
    assert [broken("build-events.schema.json", event) for event in (*again, gone)] == [[], [], [], []]


# --- What is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["memory://articles"], "'memory://articles' is in a store; --watch watches files of this machine."),
        (["source", "--out", "memory://editions"], "'memory://editions' is in a store; --watch writes to a folder"),
        (["source", "--json"], "--watch and --json exclude each other."),
        (["source", "--fail-fast"], "--watch and --fail-fast exclude each other."),
        (["source", "--check-reproducible"], "--watch and --check-reproducible exclude each other."),
        (["source", "--cluster", "tcp://here:8786"], "--watch and --cluster exclude each other."),
        (["source", "--to", "odt"], "No format 'odt'."),
    ],
)
def test_what_cannot_be_watched_is_refused(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(main, ["build", "--watch", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_without_the_library_the_command_that_brings_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = CliRunner().invoke(main, ["build", "source", "--watch"])
    assert (result.exit_code, result.stdout) == (69, "")
    assert result.stderr == "exporter: --watch needs watchfiles. Run: pip install 'article-exporter[watch]'\n"


def test_a_build_that_does_not_watch_imports_nothing_for_it() -> None:
    code = (
        "import sys; from exporter.cli import main; main(['build', 'source', '--to', 'txt'], standalone_mode=False);"
        "sys.exit(any('watch' in name for name in sys.modules))"
    )
    shutil.rmtree("dist", ignore_errors=True)
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
