"""Where the corpora are."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of the corpora; a run without it fails rather than prove nothing."""
    folder = os.environ.get("CORPORA")
    if not folder or not Path(folder).is_dir():
        pytest.fail("CORPORA does not name a folder of sample texts. Run: make corpora CORPORA=/path/to/corpora")
    return Path(folder)
