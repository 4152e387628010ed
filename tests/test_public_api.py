"""What ``import exporter`` offers, and that it costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import exporter


@pytest.mark.parametrize("name", exporter.__all__)
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(exporter, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'pandoc'"):
        exporter.pandoc  # noqa: B018


def test_importing_the_package_imports_no_library() -> None:
    code = "import exporter, sys; print({'lxml', 'PIL', 'jinja2', 'weasyprint', 'babel'} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "set()\n"


def test_an_article_is_built_and_verified_from_python(tmp_path: Path) -> None:
    source = tmp_path / "short.md"
    source.write_text("---\ntitle: Short\nlanguage: en\n---\n\nTwo words.\n", encoding="utf-8")
    settings = exporter.Settings().with_defaults(to=("epub", "txt"), out=tmp_path / "out")
    report = exporter.build([source], exporter.Plan(base=tmp_path, settings=settings))
    assert report.ok
    assert [(e.format, e.verified) for e in report.articles[0].editions] == [("epub", True), ("txt", True)]


def test_an_edition_is_held_to_its_article_from_python(tmp_path: Path) -> None:
    source = tmp_path / "short.md"
    source.write_text("---\ntitle: Short\nlanguage: en\n---\n\nTwo words.\n", encoding="utf-8")
    loaded = exporter.load(source, exporter.Settings())
    edition = exporter.Edition("txt", "short", b"# Short\n\nThree words.\n")
    assert [found.code for found in exporter.verify(loaded.article, edition).discrepancies] == ["V003"]
