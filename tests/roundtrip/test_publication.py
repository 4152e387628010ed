"""The sample issue's Word document through the LibreOffice installed here, and its page numbers by it."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
from pathlib import Path

import docx
import pypdfium2
import pytest

from exporter import fonts
from tests.roundtrip import exporter, said, verified
from tests.roundtrip.conftest import Run

ISSUE = next((Path(__file__).parents[2] / "source" / "issues").glob("*.toml"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The DOCX edition of the sample issue."""
    folder = tmp_path_factory.mktemp("editions")
    result = exporter("build", ISSUE, "--to", "docx", "--out", folder)
    assert result.returncode == 0, result.stderr
    return next(folder.glob("*/*.docx"))


def entries(document: Path) -> list[tuple[str, int]]:
    """Titles of the contents, and the pages behind them."""
    lines = (each for each in docx.Document(str(document)).element.body.iter(f"{W}p") if each.style in ("TOC1", "TOC2"))
    return [(title, int(page)) for title, _, page in (line.text.rpartition("\t") for line in lines)]


def test_a_publication_libreoffice_saved_says_the_same(document: Path, libreoffice: Run, tmp_path: Path) -> None:
    libreoffice("docx:MS Word 2007 XML", tmp_path, document)
    found = verified(ISSUE, tmp_path / document.name)
    assert (found["verdict"], said(found)) == ("same", [])
    assert found["producer"].startswith("LibreOffice")


def test_an_entry_changed_in_what_libreoffice_saved_is_named(document: Path, libreoffice: Run, tmp_path: Path) -> None:
    libreoffice("docx:MS Word 2007 XML", tmp_path, document)
    saved = docx.Document(str(tmp_path / document.name))
    texts = [each for each in saved.element.body.iter(f"{W}t") if each.text == entries(document)[1][0]]
    texts[0].text = "Another title"
    saved.save(str(tmp_path / "changed.docx"))
    assert [code for code, _ in said(verified(ISSUE, tmp_path / "changed.docx"))] == ["V003"]


def test_entries_have_the_pages_that_libreoffice_shows_their_titles_on(document: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(document)]
    library = {"FONTCONFIG_FILE": str(fonts.library() / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, timeout=600, env={**os.environ, **library})
    pages = pypdfium2.PdfDocument(io.BytesIO((tmp_path / f"{document.stem}.pdf").read_bytes()))
    shown = ["".join(page.get_textpage().get_text_bounded().split()) for page in pages]
    listed = entries(document)
    assert len(listed) > 5
    latin = [(title, page) for title, page in listed if title.isascii()]
    assert [page for title, page in latin if "".join(title.split()) not in shown[page - 1]] == []


def test_pages_are_numbered_alike_each_time(document: Path, tmp_path: Path) -> None:
    assert exporter("build", ISSUE, "--to", "docx", "--out", tmp_path).returncode == 0
    again = next(tmp_path.glob("*/*.docx"))
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(document.read_bytes()).digest()
