"""The sample issue: five articles in four languages, in four editions and an email, whose contents say the same."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from lxml import etree

from exporter.cli import main

ROOT = Path(__file__).parents[2]
ISSUE = ROOT / "source" / "issues" / "1.toml"
CONTENTS = [
    "The desk",
    "The last proof",
    "最後の校正",
    "Margins",
    "La marge",
    "الحاشية التي أنقذت المتن",
    "In praise of the asterisk",
]
"""Parts and articles, in their order."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
H = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issue's set."""
    out = tmp_path_factory.mktemp("sample")
    result = CliRunner().invoke(main, ["build", str(ISSUE), "--out", str(out), "--jobs", "0"])
    assert result.exit_code == 0, result.stderr
    return out / "issue-1"


def test_every_edition_and_both_bodies_are_verified_block_by_block(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    found = {each["format"]: (each["verified"], each["discrepancies"]) for each in manifest["editions"]}
    assert found == dict.fromkeys(("docx", "email.html", "email.txt", "epub", "pdf", "txt"), (True, []))


def test_the_outline_of_the_pdf_lists_parts_and_articles(folder: Path) -> None:
    with pikepdf.open(folder / "issue-1.pdf") as pdf, pdf.open_outline() as outline:
        titles = [title for item in outline.root for title in titles_below(item)]
    assert [title for title in titles if title in CONTENTS] == CONTENTS


def titles_below(item: pikepdf.OutlineItem) -> list[str]:
    return [item.title, *(title for child in item.children for title in titles_below(child))]


def test_the_navigation_of_the_epub_lists_parts_and_articles(folder: Path) -> None:
    with zipfile.ZipFile(folder / "issue-1.epub") as book:
        name = next(each for each in book.namelist() if each.endswith("nav.xhtml"))
        nav = etree.parse(BytesIO(book.read(name)))
    toc = next(each for each in nav.iter(f"{H}nav") if "toc" in each.get("{http://www.idpf.org/2007/ops}type", ""))
    titles = ["".join(link.itertext()) for link in toc.iter(f"{H}a")]
    assert [title for title in titles if title in CONTENTS] == CONTENTS


def test_the_contents_of_the_docx_list_parts_and_articles(folder: Path) -> None:
    with zipfile.ZipFile(folder / "issue-1.docx") as document:
        body = etree.parse(BytesIO(document.read("word/document.xml")))
    listed = [paragraph for paragraph in body.iter(f"{W}p") if style(paragraph).startswith("TOC")]
    texts = ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in listed]
    found = [next((title for title in CONTENTS if text.startswith(title)), "") for text in texts]
    assert [title for title in found if title] == CONTENTS


def style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def test_the_plain_text_lists_parts_and_articles_before_it_says_them(folder: Path) -> None:
    _, _, text = (folder / "issue-1.txt").read_text(encoding="utf-8").partition("Contents")
    assert [text.index(title) for title in CONTENTS] == sorted(text.index(title) for title in CONTENTS)
    assert all(text.count(title) >= 2 for title in CONTENTS)


def test_pictures_of_one_name_are_both_in_the_epub(folder: Path) -> None:
    with zipfile.ZipFile(folder / "issue-1.epub") as book:
        pictures = [book.read(name) for name in book.namelist() if name.endswith((".png", ".jpg"))]
    carets = [ROOT / "source" / "images" / "caret.png", ROOT / "source" / "marginalia" / "images" / "caret.png"]
    assert carets[0].read_bytes() != carets[1].read_bytes()
    assert len(set(pictures)) == 7  # six of the articles and the cover
