"""Words are divided as pyphen divides them, though it takes its dictionaries apart at once."""

from __future__ import annotations

import pyphen
import pytest

from exporter.renderers.pdf.shortcuts import hyphenation


@pytest.mark.parametrize("language", ["bg_BG", "de_DE", "en_US", "hu_HU", "mn_MN", "nl_NL", "th_TH"])
def test_a_dictionary_has_the_same_patterns(language: str) -> None:
    path = pyphen.LANGUAGES[language]
    at_length, read = pyphen.HyphDict(path), pyphen.HyphDict.__new__(pyphen.HyphDict)
    hyphenation.read(read, path)
    assert {letters: read.patterns.get(letters) for letters in read.patterns} == at_length.patterns
    assert read.maxlen == at_length.maxlen


def test_letters_without_a_pattern_have_none() -> None:
    path = pyphen.LANGUAGES["en_US"]
    read = pyphen.HyphDict.__new__(pyphen.HyphDict)
    hyphenation.read(read, path)
    assert read.patterns.get("qqqq") is None
