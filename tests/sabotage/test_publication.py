"""Whatever is changed in the cover, the contents or a running head of a Word document is told, by its code."""

from __future__ import annotations

from functools import lru_cache

import pytest

from exporter.edition import Edition
from exporter.renderers.docx import DocxRenderer
from exporter.verifier import Beside, verify
from tests.publications import COVER, ISSUE, context, cover
from tests.sabotage.publication import VARIANTS


@lru_cache(maxsize=1)
def sound() -> bytes:
    return DocxRenderer().render(ISSUE, context(ISSUE))


def codes(content: bytes) -> set[str]:
    edition = Edition("docx", "issue", content)
    found = verify(ISSUE, edition, {COVER: cover().digest}, beside=Beside(cover=cover().content))
    return {each.code for each in found.discrepancies}


def test_the_sound_publication_is_found_sound() -> None:
    assert codes(sound()) == set()


@pytest.mark.parametrize("name", VARIANTS)
def test_a_broken_publication_is_told(name: str) -> None:
    variant, code = VARIANTS[name]
    assert code in codes(variant(sound()))
