"""Texts nobody on the project wrote, through LibreOffice and back. Run by ``make roundtrip CORPORA=DIR``."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.roundtrip import exporter, said, verified
from tests.roundtrip.conftest import Run


def test_every_sample_text_says_the_same_after_libreoffice(libreoffice: Run, tmp_path: Path) -> None:
    folders = [Path(os.environ["CORPORA"], name) for name in ("news-ntrex", "posts-18f", "guides-opensource")]
    exporter("build", *folders, "--to", "docx", "--out", tmp_path / "dist", "--missing-images", "placeholder")
    documents = sorted(tmp_path.glob("dist/*/*.docx"))
    assert documents
    libreoffice("docx:MS Word 2007 XML", tmp_path / "saved", *documents)
    different = {}
    for document in documents:
        manifest = json.loads((document.parent / "manifest.json").read_bytes())
        name = Path(manifest["source"]["path"]).name
        article = next(each for each in (folder / name for folder in folders) if each.exists())
        if found := said(verified(article, tmp_path / "saved" / document.name)):
            different[document.name] = found
    assert different == {}
