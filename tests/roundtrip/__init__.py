"""Editions through other programs and back; run by ``make roundtrip``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

EXPORTER = Path(sys.executable).parent / "exporter"


def exporter(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(EXPORTER), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=3000)


def verified(article: Path, edition: Path, *options: str) -> dict[str, Any]:
    """What ``exporter verify`` says of one edition."""
    result = exporter("verify", article, edition, "--json", "--missing-images", "placeholder", *options)
    found: dict[str, Any] = json.loads(result.stdout)["editions"][0]
    assert found["ok"] == (result.returncode == 0)
    return found


def said(found: dict[str, Any]) -> list[tuple[str, int]]:
    """Codes and lines of what is said otherwise."""
    return [(each["code"], each["line"]) for each in found["discrepancies"] if each["level"] == "text"]
