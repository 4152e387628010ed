"""Every broken Word document is caught: by ``exporter verify``, or by a judge that needs no program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sabotage.docx import VARIANTS
from tests.sabotage.trial import caught, sound

UNSEEN = {
    "an id on two drawings": "The Open XML SDK finds it, which needs Node (make conformance). Word itself bears it."
}
"""What neither catches, and why."""


def test_the_sound_edition_is_found_sound(tmp_path: Path) -> None:
    assert caught(sound("docx"), "docx", tmp_path) == ()


@pytest.mark.parametrize("name", VARIANTS)
def test_a_broken_word_document_is_caught(name: str, tmp_path: Path) -> None:
    found = caught(VARIANTS[name](sound("docx")), "docx", tmp_path)
    assert bool(found) is (name not in UNSEEN), found


def test_there_are_enough() -> None:
    assert len(VARIANTS) >= 22
