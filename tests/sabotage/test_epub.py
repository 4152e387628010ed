"""Each broken EPUB is caught by the verifier, or is known to be a judge's to catch (tests/conformance)."""

from __future__ import annotations

import pytest

from exporter.edition import Edition
from exporter.verifier import Beside, verify
from tests.extractors.forgeries import SUBJECT
from tests.extractors.xhtml_cases import DIGESTS
from tests.sabotage.epub import JUDGED, VARIANTS, cover, good


def codes(content: bytes) -> set[str]:
    """What the verifier finds."""
    found = verify(SUBJECT, Edition("epub", "x", content), DIGESTS, beside=Beside(cover=cover().content))
    return {each.code for each in found.discrepancies}


def test_the_epub_that_is_broken_was_whole() -> None:
    assert codes(good()) == set()


@pytest.mark.parametrize("name", [name for name in VARIANTS if name not in JUDGED])
def test_the_verifier_catches(name: str) -> None:
    assert codes(VARIANTS[name](good()))


@pytest.mark.parametrize("name", JUDGED)
def test_what_is_left_to_a_judge_says_what_the_article_says(name: str) -> None:
    assert codes(VARIANTS[name](good())) == set()
