"""Editions through the LibreOffice, calibre and Chromium installed here, and back; run by ``make roundtrip``."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.returned import ARTICLE
from tests.roundtrip import exporter, said, verified
from tests.roundtrip.conftest import Run

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "source").glob("*.md"))
SOURCES = [*SAMPLES, ARTICLE]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Editions of the samples, in a folder each."""
    folder = tmp_path_factory.mktemp("editions")
    result = exporter("build", *SOURCES, "--to", "docx,epub,html,pdf", "--out", folder)
    assert result.returncode == 0, result.stderr
    return folder


def edition(editions: Path, article: Path, format_: str) -> Path:
    """The one edition of an article."""
    for file in editions.glob("*/manifest.json"):
        if json.loads(file.read_bytes())["source"]["path"].endswith(article.name):
            return next(file.parent.glob(f"*.{format_}"))
    raise LookupError(article)


# --- LibreOffice ------------------------------------------------------------------------------


@pytest.mark.parametrize("article", SOURCES, ids=lambda path: path.stem)
def test_a_document_libreoffice_saved_says_the_same(
    article: Path, editions: Path, libreoffice: Run, tmp_path: Path
) -> None:
    document = edition(editions, article, "docx")
    libreoffice("docx:MS Word 2007 XML", tmp_path, document)
    found = verified(article, tmp_path / document.name)
    assert (found["verdict"], said(found)) == ("same", [])
    assert found["producer"].startswith("LibreOffice")


def test_one_word_changed_in_what_libreoffice_saved_is_named(
    editions: Path, libreoffice: Run, tmp_path: Path, chromium: Callable[..., str]
) -> None:
    libreoffice("docx:MS Word 2007 XML", tmp_path, edition(editions, ARTICLE, "docx"))
    saved = next(tmp_path.glob("*.docx"))
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(tmp_path / "changed.docx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"high water;", b"low water;"))
    found = verified(ARTICLE, tmp_path / "changed.docx", "--report", str(tmp_path / "report.html"))
    assert said(found) == [("V003", 18)]
    shown = chromium(tmp_path / "report.html", "--dump-dom")
    assert "[removed: </span>high<" in shown
    assert "[added: </span>low<" in shown


def test_what_was_edited_in_libreoffice_is_named(editions: Path, tmp_path: Path) -> None:
    script = Path(__file__).parent / "editing.py"
    target = tmp_path / "edited.docx"
    command = ["/usr/bin/python3", script, edition(editions, ARTICLE, "docx"), target, tmp_path / "profile"]
    subprocess.run(command, check=True, timeout=600)
    found = verified(ARTICLE, target)
    assert said(found) == [("V003", 12), ("V012", 14), ("V003", 42)]
    assert [each["code"] for each in found["discrepancies"]].count("C002") == 3


@pytest.mark.parametrize("tagged", ["true", "false"])
@pytest.mark.parametrize("article", SOURCES, ids=lambda path: path.stem)
def test_a_pdf_printed_by_libreoffice_is_compared_by_its_text(
    article: Path, tagged: str, editions: Path, libreoffice: Run, tmp_path: Path
) -> None:
    document = edition(editions, article, "docx")
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": tagged}})
    libreoffice(f"pdf:writer_pdf_Export:{options}", tmp_path, document)
    found = verified(article, tmp_path / f"{document.stem}.pdf")
    assert found["proof"] == "text"
    assert found["verdict"] == ("unproved" if article.stem == "khat-al-matbaa" else "same"), said(found)


# --- calibre ----------------------------------------------------------------------------------


@pytest.mark.parametrize("article", SOURCES, ids=lambda path: path.stem)
def test_a_book_calibre_converted_says_the_same(article: Path, editions: Path, tmp_path: Path) -> None:
    command = ["ebook-convert", edition(editions, article, "epub"), tmp_path / "back.epub", "--keep-ligatures"]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    found = verified(article, tmp_path / "back.epub")
    assert (found["verdict"], said(found)) == ("same", [])
    assert found["producer"].startswith("calibre")


@pytest.mark.parametrize("article", SOURCES, ids=lambda path: path.stem)
def test_a_book_calibre_polished_says_the_same(article: Path, editions: Path, tmp_path: Path) -> None:
    command = ["ebook-polish", "--upgrade-book", edition(editions, article, "epub"), tmp_path / "back.epub"]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    assert said(verified(article, tmp_path / "back.epub")) == []


# --- Chromium ---------------------------------------------------------------------------------


def test_a_pdf_printed_by_chromium_is_compared_by_its_text(
    editions: Path, tmp_path: Path, chromium: Callable[..., str]
) -> None:
    chromium(edition(editions, ARTICLE, "html"), f"--print-to-pdf={tmp_path / 'printed.pdf'}")
    found = verified(ARTICLE, tmp_path / "printed.pdf")
    assert (found["proof"], found["verdict"], said(found)) == ("text", "same", [])


@pytest.mark.parametrize(
    ("preference", "is_dark"), [("preferredColorScheme=1", False), ("preferredColorScheme=0", True)]
)
@pytest.mark.parametrize("size", ["1280,1600", "500,1600"])
def test_the_report_follows_the_reader_s_light_and_fits_the_window(
    preference: str, is_dark: bool, size: str, editions: Path, tmp_path: Path, chromium: Callable[..., str]
) -> None:
    other = tmp_path / "other.md"
    other.write_text(ARTICLE.read_text(encoding="utf-8").replace("the print", "the proof"), encoding="utf-8")
    verified(other, edition(editions, ARTICLE, "html"), "--report", str(tmp_path / "report.html"))
    picture = tmp_path / "report.png"
    chromium(
        tmp_path / "report.html", f"--blink-settings={preference}", f"--window-size={size}", f"--screenshot={picture}"
    )
    with Image.open(picture) as shown:
        ground = shown.convert("L").getpixel((2, 2))
        edge = shown.convert("RGB").crop((shown.width - 3, 0, shown.width, shown.height)).getcolors()
    assert (ground < 80) == is_dark
    assert edge is not None
    assert len(edge) == 1  # nothing is cut off at the right


def test_the_report_prints_with_its_marks(editions: Path, tmp_path: Path, chromium: Callable[..., str]) -> None:
    import pypdfium2

    other = tmp_path / "other.md"
    other.write_text(ARTICLE.read_text(encoding="utf-8").replace("the print", "the proof"), encoding="utf-8")
    verified(other, edition(editions, ARTICLE, "html"), "--report", str(tmp_path / "report.html"))
    chromium(tmp_path / "report.html", f"--print-to-pdf={tmp_path / 'report.pdf'}")
    pages = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    assert "Differs" in text
    assert "[-proof-]{+print+}" in text
