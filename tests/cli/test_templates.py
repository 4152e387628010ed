"""``exporter templates``: which templates there are, copies of them, and what has changed since."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exporter import overrides
from exporter.cli import main
from exporter.templating import builtin_templates

SETTINGS = '[theme]\ntemplates = "looks"\n'


def templates(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["templates", *arguments])


def listed(name: str) -> dict[str, Any]:
    result = templates("list", "--json")
    assert result.exit_code == 0, result.stderr
    return next(each for each in json.loads(result.stdout)["templates"] if each["name"] == name)


@pytest.fixture
def house() -> None:
    """Settings that name a folder of templates, still empty."""
    Path("looks").mkdir()
    Path("exporter.toml").write_text(SETTINGS, encoding="utf-8")


@pytest.mark.parametrize("name", overrides.names())
def test_the_list_says_what_each_template_shapes(name: str) -> None:
    assert listed(name)["shapes"] != ""


def test_without_a_folder_all_templates_are_built_in() -> None:
    result = templates("list")
    assert result.exit_code == 0
    assert "no folder of the house's own ([theme] templates) is named" in result.stdout
    assert "  print.css " in result.stdout


@pytest.mark.usefixtures("house")
def test_a_copy_is_exactly_the_built_in_one() -> None:
    result = templates("copy", "print.css", "themes/report.toml", "reference.docx")
    assert result.exit_code == 0, result.stderr
    for name in ("print.css", "themes/report.toml", "reference.docx"):
        assert Path("looks", name).read_bytes() == (builtin_templates() / name).read_bytes()


@pytest.mark.usefixtures("house")
def test_a_copy_says_what_to_do_next() -> None:
    assert templates("copy", "print.css").stdout == (
        "looks/print.css is written, as exporter 0.1.0 has it.\n"
        "Next: change it and build; editions are verified as before. exporter templates list tells what changed.\n"
    )


def test_a_copy_to_a_folder_no_settings_name_says_how_to_name_it() -> None:
    result = templates("copy", "cover.css", "--to", "new/looks")
    assert Path("new/looks/cover.css").is_file()
    assert 'write templates = "new/looks" under [theme] in exporter.toml' in result.stdout


def test_a_copy_to_nowhere_is_refused() -> None:
    result = templates("copy", "print.css")
    assert (result.exit_code, result.stderr.startswith("exporter: No folder to copy to")) == (2, True)


@pytest.mark.usefixtures("house")
def test_a_copy_never_overwrites() -> None:
    Path("looks/print.css").write_text("mine", encoding="utf-8")
    result = templates("copy", "cover.css", "print.css")
    assert result.exit_code == 1
    assert result.stderr == "exporter: looks/print.css exists and is left as before. Use --force to write over.\n"
    assert Path("looks/print.css").read_text(encoding="utf-8") == "mine"
    assert not Path("looks/cover.css").exists()


@pytest.mark.usefixtures("house")
def test_a_copy_overwrites_when_told_to() -> None:
    Path("looks/print.css").write_text("mine", encoding="utf-8")
    assert templates("copy", "print.css", "--force").exit_code == 0
    assert Path("looks/print.css").read_bytes() == (builtin_templates() / "print.css").read_bytes()


def test_a_command_that_is_misspelt_is_one_sentence() -> None:
    assert templates("lst").stderr.startswith("exporter: No such command 'lst'. Did you mean 'list'? See: ")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("name", ["prnt.css", "../pyproject.toml", "catalogue.toml", ""])
def test_a_name_that_no_template_has_is_refused(name: str) -> None:
    result = templates("copy", name)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert f"No built-in template '{name}'." in result.stderr
    assert list(Path("looks").iterdir()) == []


def test_the_nearest_name_is_offered() -> None:
    assert "Did you mean 'print.css'?" in templates("copy", "prnt.css", "--to", "looks").stderr


@pytest.mark.usefixtures("house")
def test_the_list_tells_a_copy_that_is_the_same_from_one_that_is_changed() -> None:
    templates("copy", "print.css", "cover.css")
    with Path("looks/cover.css").open("a", encoding="utf-8") as file:
        file.write("/* ours */\n")
    assert (listed("print.css")["state"], listed("cover.css")["state"]) == ("same", "changed")
    assert "looks/cover.css: changed by the house, copied from exporter 0.1.0" in templates("list").stdout


@pytest.mark.usefixtures("house")
def test_the_list_tells_that_the_built_in_one_has_changed_since() -> None:
    copied_from_another_version("cover.css")
    assert listed("cover.css")["state"] == "outdated"
    assert "looks/cover.css: the built-in one has changed since it was copied from exporter 0.0.9." in (
        templates("list").stdout
    )


@pytest.mark.usefixtures("house")
def test_what_was_merged_is_no_longer_told() -> None:
    copied_from_another_version("cover.css")
    assert templates("merged", "cover.css").exit_code == 0
    assert listed("cover.css")["state"] == "changed"


def copied_from_another_version(name: str) -> None:
    """The house's copy of a template, as an earlier version of this project had it, changed since."""
    before = (builtin_templates() / name).read_bytes() + b"/* before */\n"
    Path("looks", name).write_bytes(before + b"/* ours */\n")
    digest = hashlib.sha256(before).hexdigest()
    Path("looks/copied.toml").write_text(f'["{name}"]\nversion = "0.0.9"\nsha256 = "{digest}"\n', encoding="utf-8")


@pytest.mark.usefixtures("house")
def test_a_copy_made_by_other_means_is_of_unknown_origin() -> None:
    Path("looks/cover.css").write_text("body {}", encoding="utf-8")
    assert listed("cover.css")["state"] == "unknown"


@pytest.mark.usefixtures("house")
def test_a_name_that_stands_in_place_of_nothing_is_told() -> None:
    Path("looks/artikle.css").write_text("", encoding="utf-8")
    Path("looks/themes").mkdir()
    Path("looks/themes/house.toml").write_text("", encoding="utf-8")
    lines = templates("list").stdout.splitlines()
    assert any("artikle.css" in line and "Did you mean 'article.css'?" in line for line in lines)
    assert any("themes/house.toml" in line and "a theme: colours" in line for line in lines)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("content", ["[x", "x = 1\n", '["print.css"]\nversion = "1"\n'])
def test_a_record_that_is_damaged_is_named(content: str) -> None:
    Path("looks/copied.toml").write_text(content, encoding="utf-8")
    result = templates("list")
    assert (result.exit_code, "looks/copied.toml" in result.stderr) == (2, True)


def test_a_folder_that_is_not_there_is_named() -> None:
    Path("exporter.toml").write_text(SETTINGS, encoding="utf-8")
    result = templates("list")
    assert (result.exit_code, "[theme] templates: no folder" in result.stderr) == (2, True)
