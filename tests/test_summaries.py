"""The sentences on how accessible a publication is."""

from __future__ import annotations

import pytest

from exporter import summaries
from exporter.summaries import summary


@pytest.mark.parametrize(
    ("language", "chosen"),
    [("de-AT", "de"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hans"), ("no", "nb"), ("am", "en"), ("und", "en")],
)
def test_the_nearest_language_is_taken(language: str, chosen: str) -> None:
    assert summary(language, headings=True, pictures="described")[0] == chosen


@pytest.mark.parametrize("language", summaries._sentences())
def test_every_language_has_every_sentence(language: str) -> None:
    words = summaries._sentences()[language]
    assert set(words) == {"headings", "no_headings", "no_pictures", "described", "undescribed"}
    assert len(set(words.values())) == 5


def test_what_is_true_is_put_together() -> None:
    told = summary("en", headings=False, pictures="no_pictures")[1]
    assert told == "The text has a table of contents and a reading order. There are no pictures in the text."
