"""Page numbers behind the entries of a Word document's contents: whose they are, and that their lack is told.

With the LibreOffice that is installed: ``tests/roundtrip``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from exporter.building import paging
from exporter.cli import main
from exporter.judges.judge import Tools
from tests.issues.newsroom import Newsroom


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    newsroom = Newsroom(tmp_path)
    newsroom.article("a")
    newsroom.article("b")
    monkeypatch.chdir(tmp_path)
    return newsroom.of("a", "b")


def programs(folder: Path, script: str) -> Path:
    """A folder of programs whose soffice is ``script``, a shell's."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program.parent


def paginate(folder: Path) -> paging.Paginate:
    found = paging.paginate(Tools({"PATH": f"{folder}:/bin:/usr/bin"}), None)
    assert found is not None
    return found


def losses(issue: Path, *options: str) -> tuple[int, list[str]]:
    """The status of a build, and the codes of what its DOCX edition lost."""
    result = CliRunner().invoke(main, ["build", str(issue), "--to", "docx", *options])
    manifest = Path("dist/issue-7/manifest.json")
    if not manifest.is_file():
        return result.exit_code, []
    (edition,) = json.loads(manifest.read_bytes())["editions"]
    return result.exit_code, [each["code"] for each in edition["losses"]]


def test_without_libreoffice_the_missing_numbers_are_a_loss(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert losses(issue) == (0, ["L017"])


def test_a_libreoffice_that_breaks_down_costs_the_numbers_alone(
    issue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{programs(tmp_path, 'exit 1')}:/bin")
    assert losses(issue) == (0, ["L017"])


def test_strict_builds_are_refused_without_numbers(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert losses(issue, "--strict") == (1, [])


def test_a_strict_build_may_accept_their_lack(issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert losses(issue, "--strict", "--accept-losses", "L017") == (0, ["L017"])


def test_an_article_without_contents_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Newsroom(tmp_path).article("a")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{programs(tmp_path, f'touch {tmp_path}/asked')}:/bin:/usr/bin")
    assert CliRunner().invoke(main, ["build", str(path), "--to", "docx"]).exit_code == 0
    assert not (tmp_path / "asked").exists()


def test_another_libreoffice_makes_editions_again(issue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = programs(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", f"{folder}:/bin")

    def built() -> str:
        return CliRunner().invoke(main, ["build", str(issue), "--to", "docx"]).output

    built()
    again = built()
    (folder / "versionrc").write_text("buildid=2", encoding="utf-8")
    assert ["unchanged: 1" in told for told in (again, built())] == [True, False]


def test_pages_are_those_of_the_destinations_named_for_entries(tmp_path: Path) -> None:
    laid_out = pikepdf.new()
    for _ in range(3):
        laid_out.add_blank_page()
    places = {"/5FToc000000001": 1, "/_Toc000000002": 2, "/other": 0}
    named = {name: pikepdf.Array([laid_out.pages[page].obj, pikepdf.Name.Fit]) for name, page in places.items()}
    laid_out.Root.Dests = pikepdf.Dictionary(named)
    laid_out.save(tmp_path / "made.pdf")
    found = paginate(programs(tmp_path, f"cp {tmp_path / 'made.pdf'} edition.pdf"))
    assert found(b"") == {"_Toc000000001": 2, "_Toc000000002": 3}


def test_a_file_that_is_no_pdf_numbers_nothing(tmp_path: Path) -> None:
    assert paginate(programs(tmp_path, "echo nonsense > edition.pdf"))(b"") == {}
