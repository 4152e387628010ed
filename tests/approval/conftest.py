"""Every test of the last hour has a newsdesk of its own, and works there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approval.newsdesk import Newsdesk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsdesk:
    """An empty one; it is the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return Newsdesk(tmp_path)
