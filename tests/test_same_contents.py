"""The project's own sample issue: its editions list the same entries in the same order, each read by other means."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from lxml import etree

from exporter.cli import main
from tests.renderers.test_pdf_publication import outline

ISSUE = Path(__file__).parent.parent / "source" / "issues" / "1.toml"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XHTML = "{http://www.w3.org/1999/xhtml}"

Entry = tuple[int, str]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its editions."""
    out = tmp_path_factory.mktemp("dist")
    built = CliRunner().invoke(main, ["build", str(ISSUE), "--out", str(out), "--to", "pdf,epub,docx"])
    assert built.exit_code == 0, built.output
    return out / "issue-1"


def part(file: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(file) as archive:
        return etree.fromstring(archive.read(name))


def navigation(file: Path) -> list[Entry]:
    """Depth from 1, and title, of each entry of an EPUB's navigation."""
    contents = next(part(file, "EPUB/nav.xhtml").iter(f"{XHTML}nav"))
    return [
        (len(list(link.iterancestors(f"{XHTML}ol"))), "".join(link.itertext())) for link in contents.iter(f"{XHTML}a")
    ]


def field(file: Path) -> list[Entry]:
    """Depth from 1, and title, of each line of a DOCX's contents; the number behind a tab is no part of it."""
    return [
        (int(style.get(f"{WORD}val", "")[-1]), title(paragraph))
        for paragraph in part(file, "word/document.xml").iter(f"{WORD}p")
        for style in paragraph.iter(f"{WORD}pStyle")
        if style.get(f"{WORD}val", "")[:-1] == "TOC"
    ]


def title(paragraph: etree._Element) -> str:
    words = ("\t" if each.tag == f"{WORD}tab" else each.text or "" for each in paragraph.iter(f"{WORD}t", f"{WORD}tab"))
    return "".join(words).strip("\t").partition("\t")[0]


def test_the_sample_issue_lists_the_same_in_pdf_epub_and_docx(editions: Path) -> None:
    with pikepdf.open(editions / "issue-1.pdf") as pdf:
        listed = outline(pdf)
    assert navigation(editions / "issue-1.epub") == listed
    assert field(editions / "issue-1.docx") == listed
    assert len(listed) == 7
