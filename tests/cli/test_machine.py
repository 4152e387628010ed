"""``exporter formats``, ``doctor``, ``new`` and the group itself."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from exporter import doctor, fonts
from exporter.cli import main
from exporter.cli.group import COMMANDS
from exporter.doctor import Finding, System
from exporter.errors import ToolError

DOCS = Path(__file__).parent.parent.parent / "docs"


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env=environment)


# --- The group --------------------------------------------------------------------------------


def test_help_lists_every_command() -> None:
    text = run("--help").output
    assert [name for name in COMMANDS if f"\n  {name}" not in text] == []


def test_every_command_has_its_module_and_tells_what_it_does() -> None:
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in COMMANDS}
    assert [name for name, command in commands.items() if not command or not command.help] == []


def test_an_unknown_command_is_wrong_usage() -> None:
    result = run("biuld")
    assert result.exit_code == 2
    assert "No such command 'biuld'." in result.stderr


def test_every_command_and_option_is_documented() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    context = click.Context(main)
    options = {
        option
        for name in COMMANDS
        if (command := main.get_command(context, name))
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert [name for name in (*(f"exporter {name}" for name in COMMANDS), *sorted(options)) if name not in text] == []


def test_every_setting_is_documented() -> None:
    from exporter.settingsfile import _KEYS

    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    wanted = [*(f"[{table}]" for table in _KEYS), *(f"`{key}`" for keys in _KEYS.values() for key in keys)]
    assert [name for name in wanted if name not in text] == []


def test_listing_formats_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom exporter.cli import main\nmain(['formats'], standalone_mode=False)\n"
        "print([name for name in ('weasyprint', 'docx', 'ebooklib', 'lxml', 'PIL', 'babel', 'rich', 'jinja2')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# --- formats ----------------------------------------------------------------------------------


def test_formats_are_listed_with_who_brings_them_and_what_judges_them() -> None:
    lines = run("formats").output.splitlines()
    assert "Reads" in lines
    assert any(line.split()[:2] == [".md", "article-exporter"] for line in lines)
    assert any(line.startswith("  pdf ") and line.endswith("read back and proved") for line in lines)


# --- doctor -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "release", "expected"),
    [
        ("linux", 'PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n', "debian"),
        ("linux", "ID=ubuntu\nID_LIKE=debian\n", "debian"),
        ("linux", 'ID="linuxmint"\nID_LIKE="ubuntu debian"\n', "debian"),
        ("linux", "ID=fedora\n", "fedora"),
        ("linux", 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("linux", "ID=alpine\n", "other"),
        ("linux", "", "other"),
        ("darwin", "", "macos"),
        ("win32", "", "windows"),
    ],
)
def test_the_system_is_known_by_its_release(platform: str, release: str, expected: System) -> None:
    assert doctor.system(platform, release) == expected


def examined(*findings: Finding) -> object:
    return lambda on, search_path: iter(findings)


PRESENT = Finding(name="Python", ok=True, detail="3.11.2")


def test_a_missing_requirement_is_status_69_with_the_command_that_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Finding(name="Pango", ok=False, detail="not found", mend="sudo apt-get install -y libpango-1.0-0")
    monkeypatch.setattr(doctor, "examine", examined(PRESENT, lost))
    result = run("doctor")
    assert (result.exit_code, result.output) == (
        69,
        "Python: ok (3.11.2)\nPango: MISSING (not found)\n  Run: sudo apt-get install -y libpango-1.0-0\n",
    )


def test_a_missing_option_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Finding(name="qpdf", ok=False, detail="not found", required=False, mend="brew install qpdf")
    monkeypatch.setattr(doctor, "examine", examined(PRESENT, lost))
    result = run("doctor")
    assert (result.exit_code, result.output.splitlines()[1]) == (0, "qpdf: missing, optional (not found)")


@pytest.fixture
def no_font_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """A font library that is there."""
    monkeypatch.setattr(fonts, "library", lambda: Path("fonts"))


@pytest.mark.usefixtures("no_font_build")
@pytest.mark.parametrize(
    ("on", "mend"),
    [
        ("debian", "sudo apt-get install -y qpdf"),
        ("fedora", "sudo dnf install -y qpdf"),
        ("macos", "brew install qpdf"),
        ("windows", "In WSL: sudo apt-get install -y qpdf"),
        ("other", "Install qpdf by your system's packages."),
    ],
)
def test_each_system_has_its_own_command(on: System, mend: str) -> None:
    found = {finding.name: finding for finding in doctor.examine(on, "")}
    assert (found["qpdf"].ok, found["qpdf"].mend) == (False, mend)


@pytest.mark.usefixtures("no_font_build")
def test_a_library_that_cannot_be_loaded_is_found_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> object:
        raise OSError(f"cannot load library '{name}'\nmore")

    monkeypatch.setattr("ctypes.CDLL", refuse)
    monkeypatch.setattr(importlib, "import_module", refuse)
    found = {finding.name: finding for finding in doctor.examine("debian", "")}
    assert found["Pango, for PDF"].detail == "cannot load library 'weasyprint'"
    assert found["libharfbuzz-subset, for PDF"].mend == (
        "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )


def test_missing_fonts_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Path:
        raise ToolError("Fonts are missing: package x. Run: pip install x")

    monkeypatch.setattr(fonts, "library", refuse)
    found = {finding.name: finding for finding in doctor.examine("debian", "")}
    assert not found["font library"].ok
    assert found["font library"].required


# --- new --------------------------------------------------------------------------------------


def test_a_new_article_builds_as_it_is() -> None:
    assert run("new", "mine").output == "mine.md is written. Next: exporter build mine.md\n"
    result = run("build", "mine.md", "--to", "html,txt", "--accept-losses", "L011,L014,L020")
    assert (result.exit_code, result.stderr) == (0, "mine.md: html, txt in dist/mine, verified.\n")


def test_a_new_article_never_overwrites() -> None:
    Path("mine.md").write_text("Mine.", encoding="utf-8")
    result = run("new", "mine")
    assert (result.exit_code, result.stderr) == (
        1,
        "exporter: mine.md exists and is left as it is. Choose another name.\n",
    )
    assert Path("mine.md").read_text(encoding="utf-8") == "Mine."


def test_a_name_no_edition_can_bear_is_refused() -> None:
    result = run("new", "a:b")
    assert result.exit_code == 2
    assert "'a:b' cannot name an edition; try 'a-b'." in result.stderr


@pytest.mark.parametrize("name", ["", ".", "..", "/"])
def test_a_new_article_needs_a_name(name: str) -> None:
    result = run("new", name)
    assert result.exit_code == 2
    assert "That names no file. Give the article a name." in result.stderr


def test_a_new_article_where_no_file_can_be_is_one_line() -> None:
    Path("taken").write_bytes(b"")
    result = run("new", "taken/article")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("exporter: taken")
