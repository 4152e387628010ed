"""All sample articles through ``build``: every edition written verifies, a second build gives the same bytes, and what
is refused is said why.

Run by ``make corpora CORPORA=DIR``. The report lists what was refused, PDFs by language.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

EXPORTER = Path(sys.executable).parent / "exporter"
FOLDERS = ("news-ntrex", "posts-18f", "guides-opensource", "long")
FORMATS = ("docx", "epub", "pdf", "txt")


@pytest.fixture(scope="module", params=FOLDERS)
def built(request: pytest.FixtureRequest, corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The JSON report of one folder's build, with ``out`` the folder of the editions."""
    out = tmp_path_factory.mktemp(request.param)
    options = ("--missing-images", "placeholder", "--check-reproducible", "--out", out, "--json")
    command = [EXPORTER, "build", corpora / request.param, *options]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    return {**json.loads(result.stdout), "out": out, "folder": request.param, "errors": result.stderr}


def test_every_edition_written_is_verified(built: dict[str, Any]) -> None:
    editions = [edition for article in built["articles"] for edition in article["editions"]]
    counts = Counter(edition["format"] for edition in editions)
    print(f"\n{built['folder']}: {len(built['articles'])} articles; editions written: {dict(sorted(counts.items()))}")
    assert editions
    assert all(edition["verified"] for edition in editions)


def test_a_second_build_elsewhere_gives_the_same_bytes(built: dict[str, Any]) -> None:
    failures = [failure for article in built["articles"] for failure in article["failures"]]
    assert [failure for failure in failures if failure["code"] == "B001"] == []


def test_only_the_source_is_a_reason_to_refuse_docx_epub_and_text(built: dict[str, Any]) -> None:
    reasons = [
        (article["path"], failure)
        for article in built["articles"]
        for failure in article["failures"]
        if failure["format"] != "pdf"
    ]
    for path, failure in reasons:
        print(f"\nrefused: {Path(path).name}: {failure['message']}")
    assert [reason for reason in reasons if not reason[1]["code"].startswith("S0")] == []


def test_no_pdf_is_refused_for_its_drawing(built: dict[str, Any]) -> None:
    refused = [
        (article["path"], failure)
        for article in built["articles"]
        for failure in article["failures"]
        if failure["format"] == "pdf"
    ]
    for path, failure in refused:
        print(f"\nno PDF: {Path(path).name}: {failure['code']} {failure['message']}")
    assert refused == []
