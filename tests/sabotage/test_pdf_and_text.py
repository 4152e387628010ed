"""Every broken PDF and every broken text is caught: by ``exporter verify``, or by a judge that needs no program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sabotage import pdf, txt
from tests.sabotage.trial import caught, sound

UNSEEN: dict[str, str] = {}
"""What neither catches, and why."""


@pytest.mark.parametrize("suffix", ["pdf", "txt"])
def test_the_sound_edition_is_found_sound(suffix: str, tmp_path: Path) -> None:
    assert caught(sound(suffix), suffix, tmp_path) == ()


@pytest.mark.parametrize("name", pdf.VARIANTS)
def test_a_broken_pdf_is_caught(name: str, tmp_path: Path) -> None:
    found = caught(pdf.VARIANTS[name](sound("pdf")), "pdf", tmp_path)
    assert bool(found) is (name not in UNSEEN), found


@pytest.mark.parametrize("name", txt.VARIANTS)
def test_a_broken_text_is_caught(name: str, tmp_path: Path) -> None:
    assert caught(txt.VARIANTS[name](sound("txt")), "txt", tmp_path)


def test_there_are_enough_of_each() -> None:
    assert min(len(pdf.VARIANTS), len(txt.VARIANTS)) >= 20
