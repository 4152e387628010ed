"""Broken Word documents that neither ``exporter verify`` nor a judge from pip catches: the Open XML SDK does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from exporter.judges.judge import Tools
from tests.sabotage.docx import VARIANTS
from tests.sabotage.test_docx import UNSEEN
from tests.sabotage.trial import caught, sound


@pytest.fixture(scope="module")
def tools() -> Tools:
    """The programs of this machine, and the npm packages that were installed for this."""
    return Tools(dict(os.environ), (Path(os.environ["EXPORTER_NODE_MODULES"]),))


@pytest.mark.parametrize("name", UNSEEN)
def test_the_open_xml_sdk_catches_it(name: str, tools: Tools, tmp_path: Path) -> None:
    found = caught(VARIANTS[name](sound("docx")), "docx", tmp_path, tools)
    assert [each for each in found if each.startswith("openxml-sdk ")], found


def test_the_sound_document_is_found_sound_by_all(tools: Tools, tmp_path: Path) -> None:
    assert caught(sound("docx"), "docx", tmp_path, tools) == ()
