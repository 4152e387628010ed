"""Every test of issues has a newsroom of its own, and runs in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.issues.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """An empty one; it is the working directory."""
    monkeypatch.chdir(tmp_path)
    return Newsroom(tmp_path)
