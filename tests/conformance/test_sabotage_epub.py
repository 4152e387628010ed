"""What the verifier leaves to judges they catch: broken EPUBs, and the whole one they are made of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter import registry
from exporter.judges import panel
from exporter.judges.judge import Tools
from tests.sabotage.epub import JUDGED, VARIANTS, good


@pytest.fixture(scope="module")
def tools() -> Tools:
    """The programs of this machine, and the npm packages that were installed for this."""
    return Tools(dict(os.environ), (Path(os.environ["EXPORTER_NODE_MODULES"]),))


def objections(content: bytes, judge: str, folder: Path, tools: Tools) -> list[str]:
    """The codes of what one judge finds."""
    file = folder / "book.epub"
    file.write_bytes(content)
    judgement = panel.judge({file: "epub"}, [each for each in registry.judges() if each.name == judge], tools)
    assert judgement.missing == ()
    return [finding.code for finding in judgement.opinions[file].findings]


@pytest.mark.parametrize("judge", ["epubcheck", "ace"])
def test_the_epub_that_is_broken_was_whole(judge: str, tmp_path: Path, tools: Tools) -> None:
    assert objections(good(), judge, tmp_path, tools) == []


@pytest.mark.parametrize(("name", "judge"), JUDGED.items())
def test_a_judge_catches(name: str, judge: str, tmp_path: Path, tools: Tools) -> None:
    assert objections(VARIANTS[name](good()), judge, tmp_path, tools)
