"""The documents tell the truth: commands, options, formats, links and the README's Python."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from exporter import registry
from exporter.cli.group import COMMANDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert f"exporter {name}" in CLI
    found = dict(commands(f"exporter {name}", importlib.import_module(f"exporter.cli.{name}").command))
    assert [each for each in found if each not in CLI] == []
    params = [param for each in found.values() for param in each.params]
    options = [option for param in params for option in param.opts if isinstance(param, click.Option)]
    assert [option for option in options if option not in CLI] == []


def commands(called: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """A command and those within it, as they are called."""
    yield called, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            within = command.get_command(context, name)
            assert within
            yield from commands(f"{called} {name}", within)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    prose = re.sub(r"```.*?```|`[^`]*`", "", document.read_text(encoding="utf-8"), flags=re.S)
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", prose)
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_format_the_readme_promises_is_installed() -> None:
    installed = {found.name for found in registry.installed("renderers")}
    assert {"pdf", "docx", "epub", "txt"} <= installed


def test_the_readmes_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.S)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.md").write_text("---\ntitle: A\nlanguage: en\n---\n\nWords.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})  # the README is ours
    assert "('pdf', " in capsys.readouterr().out
    assert (tmp_path / "dist" / "a" / "a.pdf").is_file()
