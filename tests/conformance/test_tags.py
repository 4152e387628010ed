"""What the tags of a PDF say against what its pages show, by poppler, which shares no line with the proof.

poppler passes over text in marked content inside of marked content, where words carry ``/ActualText``, and knows no
running head for what it is. So both are taken out of a copy, and the copy is measured: ``pdfinfo -struct-text`` against
``pdftotext``, white space apart. Run by ``make conformance``.
"""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.conformance.test_judges import SOURCES

TOLERANCE = 0.03


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every PDF, the novel aside: poppler takes minutes over its tags."""
    target = tmp_path_factory.mktemp("dist")
    sources = [str(source) for source in SOURCES if source.name != "long"]
    options = ("--to", "pdf", "--missing-images", "placeholder", "--no-verify", "--out", str(target))
    subprocess.run([sys.executable, "-m", "exporter", "build", *sources, *options], check=False, capture_output=True)
    return sorted(target.rglob("*.pdf"))


def bare(file: Path, target: Path) -> Path:
    """A copy without text in artifacts, and without marks inside of marks."""
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(list(kept(page))))
        pdf.save(target)
    return target


def kept(page: pikepdf.Page) -> Iterator[pikepdf.ContentStreamInstruction]:
    marks: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BDC", "BMC"):
            marks.append("inner" if marks else "artifact" if operands[0] == "/Artifact" else "tag")
        mark = marks[-1] if marks else ""
        if operator == "EMC":
            marks.pop()
        if mark == "inner" and operator in ("BDC", "BMC", "EMC"):
            continue
        if not ("artifact" in marks and operator in ("Tj", "TJ")):
            yield instruction  # type: ignore[misc]


def ink(text: str) -> int:
    return sum(not each.isspace() and unicodedata.category(each) not in ("Cc", "Cf", "Co") for each in text)


def read(*command: str | Path) -> str:
    words = [str(part) for part in command]
    return subprocess.run(words, capture_output=True, encoding="utf-8", errors="replace", check=True).stdout


def test_tags_hold_the_text_of_the_pages(files: list[Path], tmp_path: Path) -> None:
    ratios = {}
    for file in files:
        copy = bare(file, tmp_path / "copy.pdf")
        lines = [line.strip() for line in read("pdfinfo", "-struct-text", copy).split("\n")]
        tagged = sum(ink(line[1:-1]) for line in lines if len(line) > 1 and line[0] == line[-1] == '"')
        ratios[file.name] = tagged / ink(read("pdftotext", "-nopgbrk", copy, "-"))
    print(f"{len(ratios)} files, {min(ratios.values()):.3f} to {max(ratios.values()):.3f}")
    assert len(ratios) >= 4
    assert {name: ratio for name, ratio in ratios.items() if abs(ratio - 1) > TOLERANCE} == {}
