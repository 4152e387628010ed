"""No edition gets out with another picture, nor with one that viewers show otherwise."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from exporter import fonts
from exporter.building import production
from exporter.building.production import Plan
from exporter.edition import Edition
from exporter.loading import loader
from exporter.loading.loaded import Loaded
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


SILENT = SOURCE.replace("A photograph", "").replace("Blocks of colour", "")
"""The same with pictures that only decorate."""


@lru_cache(maxsize=2)
def article(source: str = SOURCE) -> Loaded:
    with TemporaryDirectory() as name:
        folder = Path(name)
        photograph(320, 240).save(folder / "a.jpg", quality=90)
        photograph(24, 18, seed=2).save(folder / "b.png")
        (folder / "a.md").write_text(source, encoding="utf-8")
        return loader.load(folder / "a.md", Settings())


@lru_cache(maxsize=1)
def plan() -> Plan:
    return Plan(base=Path(), fonts=fonts.library())


@lru_cache(maxsize=None)
def sound(format_: str, source: str = SOURCE) -> bytes:
    made = production.make(article(source), format_, "a", plan())
    assert isinstance(made, production.Made), made
    return made.content


def codes(content: bytes, format_: str, source: str = SOURCE) -> list[str]:
    """What ``exporter verify`` finds in an edition; [""] where it cannot even be read back."""
    try:
        return [
            each.code
            for each in production.inspect(article(source), Edition(format_, "a", content), plan()).discrepancies
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


@pytest.mark.parametrize("format_", ["docx", "epub"])
@pytest.mark.parametrize("name", pictures.HELD)
def test_a_falsified_file_of_a_decorative_picture_is_found(name: str, format_: str) -> None:
    assert "V009" in codes(pictures.HELD[name](sound(format_, SILENT)), format_, SILENT)


@pytest.mark.parametrize("name", pictures.PAINTED)
def test_a_falsified_decorative_picture_of_a_page_is_found(name: str) -> None:
    assert codes(pictures.PAINTED[name](sound("pdf", SILENT)), "pdf", SILENT)


@pytest.mark.parametrize("format_", ["pdf", "docx", "epub", "html"])
def test_decorative_pictures_of_a_sound_edition_are_found_sound(format_: str) -> None:
    assert codes(sound(format_, SILENT), format_, SILENT) == []


@pytest.mark.parametrize("hidden", [b'alt=""', b'alt="Words" aria-hidden="true"'])
def test_a_picture_that_is_put_in_without_words_is_found(hidden: bytes) -> None:
    picture = b64encode(pictures.saved(photograph(8, 8, seed=3), "PNG"))
    page = sound("html").replace(
        b"</article>", b'<p><img src="data:image/png;base64,%s" %s></p></article>' % (picture, hidden)
    )
    assert "V009" in codes(page, "html")


def test_a_decorative_picture_that_is_left_out_is_found() -> None:
    page = re.sub(rb'<img [^>]*alt=""[^>]*>', b"", sound("html", SILENT), count=1)
    assert "V009" in codes(page, "html", SILENT)


def test_a_page_painted_with_tiles_that_hold_a_picture_is_refused() -> None:
    assert codes(pictures.tiled(sound("pdf")), "pdf")


@pytest.mark.parametrize("name", pictures.BEHIND)
def test_what_lies_behind_the_pages_is_found(name: str) -> None:
    assert codes(pictures.BEHIND[name](sound("docx")), "docx") == ["C001"]
