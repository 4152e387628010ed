"""A house's own templates and readers: what they drop fails the build, and nothing of it is written."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter import registry
from exporter.article import Article, Block, Paragraph, Table, Text
from exporter.cli import main
from exporter.edition import Reader, Source
from exporter.readers.markdown import MarkdownReader
from exporter.templating import builtin_templates, environment

ARTICLE = """---
title: A title
language: en
---

Some words.

<aside>
A pull quote in HTML.
</aside>

| Country | Capital |
|---------|---------|
| Peru    | Lima    |
| Chad    | N'Djamena |
"""


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with an article and settings that name a folder of templates, still empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    Path("a.md").write_text(ARTICLE, encoding="utf-8")
    Path("looks").mkdir()
    Path("exporter.toml").write_text('[theme]\ntemplates = "looks"\n', encoding="utf-8")


def failures(to: str) -> tuple[int, list[Mapping[str, object]]]:
    """The exit status of a build, and what stood against it."""
    result = CliRunner().invoke(main, ["build", "a.md", "--to", to, "--json"])
    document = json.loads(result.stdout)
    return result.exit_code, document["articles"][0]["failures"]


def own_template(name: str, old: str, new: str) -> None:
    text = (builtin_templates() / name).read_text(encoding="utf-8")
    assert old in text
    Path("looks", name).write_text(text.replace(old, new), encoding="utf-8")


def place_of_body(name: str) -> str:
    """File and line of ``{{ body }}``."""
    before = (builtin_templates() / name).read_text(encoding="utf-8").split("{{ body }}")[0]
    return f"{Path('looks', name).resolve()}:{before.count(chr(10)) + 1}"


# --- Templates --------------------------------------------------------------------------------

PAGES = {"html": "article.html.j2", "pdf": "print.html.j2", "epub": "epub.xhtml.j2"}


@pytest.mark.parametrize(("to", "name"), PAGES.items())
def test_a_template_that_keeps_everything_is_taken(to: str, name: str) -> None:
    own_template(name, "<main>", '<main data-house="ours">')
    assert failures(to) == (0, [])


@pytest.mark.parametrize(("to", "name"), PAGES.items())
def test_a_template_without_the_body_fails_the_build(to: str, name: str) -> None:
    own_template(name, "{{ body }}", "")
    status, found = failures(to)
    assert (status, "V001" in {failure["code"] for failure in found}) == (1, True)
    assert not Path("dist/a").exists()


@pytest.mark.parametrize(("to", "name"), PAGES.items())
def test_a_template_that_drops_one_block_fails_the_build_by_its_line(to: str, name: str) -> None:
    own_template(name, "{{ body }}", "{{ body | string | replace('Some words.', '') | safe }}")
    status, found = failures(to)
    assert (status, [failure["line"] for failure in found if failure["code"] == "V001"]) == (1, [6])


@pytest.mark.parametrize(("to", "name"), PAGES.items())
def test_a_template_that_says_more_than_the_article_fails_the_build(to: str, name: str) -> None:
    own_template(name, "{{ body }}", "{{ body }}<p>Read more of us.</p>")
    status, found = failures(to)
    assert (status, "V002" in {failure["code"] for failure in found}) == (1, True)


def test_a_stylesheet_that_hides_a_block_fails_the_build() -> None:
    own_template("print.css", "@page", "p { display: none }\n@page")
    status, found = failures("pdf")
    assert (status, "V001" in {failure["code"] for failure in found}) == (1, True)


@pytest.mark.parametrize(("to", "name"), PAGES.items())
def test_a_template_with_a_slip_fails_its_format_in_one_line(to: str, name: str) -> None:
    own_template(name, "{{ body }}", "{{ bodi }}")
    status, found = failures(to)
    assert (status, [failure["message"] for failure in found]) == (
        1,
        [f"{place_of_body(name)}: 'bodi' is undefined. Mend the template."],
    )


def test_a_template_that_is_none_is_named_by_line() -> None:
    own_template("article.html.j2", "{{ body }}", "{% if %}")
    assert str(failures("html")[1][0]["message"]).startswith(f"{place_of_body('article.html.j2')}: Expected an")


def test_a_reference_document_without_a_style_fails_the_build_by_its_name() -> None:
    own_reference(lambda styles: styles.replace(b'w:val="List Bullet"', b'w:val="Bullet of the house"'))
    Path("a.md").write_text(f"{ARTICLE}\n- one\n", encoding="utf-8")
    status, found = failures("docx")
    assert (status, len(found)) == (1, 1)
    assert "List Bullet" in str(found[0]["message"])


def own_reference(alter: Callable[[bytes], bytes]) -> None:
    """The built-in reference document with other styles."""
    with (
        zipfile.ZipFile(builtin_templates() / "reference.docx") as given,
        zipfile.ZipFile("looks/reference.docx", "w") as made,
    ):
        for name in given.namelist():
            content = given.read(name)
            changed = alter(content) if name == "word/styles.xml" else content
            made.writestr(name, changed)
            assert name != "word/styles.xml" or changed != content


# --- Readers ----------------------------------------------------------------------------------


class Dropping:
    """Reads Markdown and leaves out what ``drop`` leaves out of the blocks."""

    def __init__(self, drop: Callable[[Block], tuple[Block, ...]]) -> None:
        self._drop = drop

    def read(self, source: Source) -> Article:
        """What is left."""
        article = MarkdownReader().read(source)
        return replace(article, blocks=tuple(kept for block in article.blocks for kept in self._drop(block)))


def without_the_aside(block: Block) -> tuple[Block, ...]:
    aside = Paragraph((Text("A pull quote in HTML."),))
    return () if aside in (block, *getattr(block, "children", ())) else (block,)


def without_the_last_row(block: Block) -> tuple[Block, ...]:
    return (replace(block, body=block.body[:-1]),) if isinstance(block, Table) else (block,)


def everything(block: Block) -> tuple[Block, ...]:
    return (block,)


def install(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    monkeypatch.setattr(registry, "reader", lambda suffix: reader)


@pytest.mark.parametrize(("drop", "line"), [(without_the_aside, 9), (without_the_last_row, 15)])
def test_a_reader_that_drops_something_fails_the_build(
    monkeypatch: pytest.MonkeyPatch, drop: Callable[[Block], tuple[Block, ...]], line: int
) -> None:
    install(monkeypatch, Dropping(drop))
    status, found = failures("html,txt")
    assert (status, {failure["code"] for failure in found}) == (1, {"S001"})
    assert line in [failure["line"] for failure in found]
    assert not Path("dist/a").exists()


def test_a_reader_that_drops_nothing_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, Dropping(everything))
    assert failures("html,txt") == (0, [])


# --- A process that lives long ----------------------------------------------------------------


def test_a_template_is_taken_from_where_it_is_now(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    (tmp_path / "second/a.txt").write_text("second", encoding="utf-8")
    folders = (tmp_path / "first", tmp_path / "second")
    assert environment(folders).get_template("a.txt").render() == "second"
    (tmp_path / "first/a.txt").write_text("first", encoding="utf-8")
    assert environment(folders).get_template("a.txt").render() == "first"
    (tmp_path / "first/a.txt").unlink()
    assert environment(folders).get_template("a.txt").render() == "second"


def test_a_template_that_changed_is_taken_anew_whatever_its_time_says(tmp_path: Path) -> None:
    template = tmp_path / "a.txt"
    template.write_text("before", encoding="utf-8")
    times = template.stat()
    assert environment((tmp_path,)).get_template("a.txt").render() == "before"
    template.write_text("afterwards", encoding="utf-8")
    os.utime(template, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert environment((tmp_path,)).get_template("a.txt").render() == "afterwards"
