"""No edition gets out with another picture, nor with one that viewers show otherwise."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from exporter import fonts
from exporter.building import production
from exporter.building.production import Plan
from exporter.edition import Edition
from exporter.loading import loader
from exporter.loading.loader import Loaded
from exporter.settings import Settings
from tests.sabotage import pictures
from tests.test_images import photograph

SOURCE = """---
title: Pictures
language: en
---

![A photograph](a.jpg)

Words.

![Blocks of colour](b.png)
"""


@lru_cache(maxsize=1)
def article() -> Loaded:
    with TemporaryDirectory() as name:
        folder = Path(name)
        photograph(320, 240).save(folder / "a.jpg", quality=90)
        photograph(24, 18, seed=2).save(folder / "b.png")
        (folder / "a.md").write_text(SOURCE, encoding="utf-8")
        return loader.load(folder / "a.md", Settings())


@lru_cache(maxsize=1)
def plan() -> Plan:
    return Plan(base=Path(), fonts=fonts.library())


@lru_cache(maxsize=None)
def sound(format_: str) -> bytes:
    made = production.make(article(), format_, "a", plan())
    assert isinstance(made, production.Made), made
    return made.content


def codes(content: bytes, format_: str) -> list[str]:
    """What ``exporter verify`` finds in an edition; [""] where it cannot even be read back."""
    try:
        return [
            each.code for each in production.inspect(article(), Edition(format_, "a", content), plan()).discrepancies
        ]
    except production.ExporterError:
        return [""]


@pytest.mark.parametrize("format_", ["pdf", "docx", "epub"])
def test_the_pictures_of_the_sound_edition_are_found_sound(format_: str) -> None:
    assert codes(sound(format_), format_) == []


@pytest.mark.parametrize("format_", ["docx", "epub"])
@pytest.mark.parametrize("name", pictures.HELD)
def test_a_falsified_file_of_a_picture_is_found(name: str, format_: str) -> None:
    assert "V009" in codes(pictures.HELD[name](sound(format_)), format_)


@pytest.mark.parametrize("name", pictures.DRAWINGS)
def test_a_frame_that_shows_a_picture_otherwise_is_found(name: str) -> None:
    assert codes(pictures.DRAWINGS[name](sound("docx")), "docx")


@pytest.mark.parametrize("name", pictures.PAINTED)
def test_a_falsified_picture_of_a_page_is_found(name: str) -> None:
    assert codes(pictures.PAINTED[name](sound("pdf")), "pdf")
