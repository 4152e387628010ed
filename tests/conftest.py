"""How hypothesis runs: the same examples every time in the suite; fresh ones, EXAMPLES of them, when asked."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = os.environ.get("EXAMPLES")

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=40)
settings.register_profile(
    "fuzz", deadline=None, max_examples=int(EXAMPLES or 1), suppress_health_check=list(HealthCheck), print_blob=True
)
settings.load_profile("fuzz" if EXAMPLES else "suite")


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build stays in its process unless a test asks for more: many tests reach into it."""
    monkeypatch.setenv("EXPORTER_JOBS", "0")
