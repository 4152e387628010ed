"""Pages look as they did when somebody last looked at them, and the comparison sees what a reader would."""

from __future__ import annotations

from random import Random

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.looks.likeness import difference
from tests.looks.pages import ARTICLES, GOLDENS, THEMES, coarse, drawn, golden


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("article", ARTICLES)
def test_a_page_looks_as_it_did(article: str, theme: str) -> None:
    pages = drawn(article, theme)
    kept = sorted(file.name for file in GOLDENS.glob(f"{article}-{theme}-*.png"))
    assert kept == [golden(article, theme, number).name for number in range(1, len(pages) + 1)]
    for number, page in enumerate(pages, 1):
        found = difference(Image.open(golden(article, theme, number)), page)
        assert found is None, f"page {number}; see it and run: make goldens"


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return drawn("the-last-proof", "default")[0]


def moved(page: Image.Image, box: tuple[int, int, int, int], down: int) -> Image.Image:
    """``page`` with what stands in ``box`` set lower."""
    changed = page.copy()
    changed.paste(255, box)
    changed.paste(page.crop(box), (box[0], box[1] + down))
    return changed


PARAGRAPH = (80, 190, 290, 245)
WORD = (80, 190, 110, 200)


def test_a_paragraph_that_moved_by_a_third_of_a_line_is_seen(page: Image.Image) -> None:
    assert difference(page, moved(page, PARAGRAPH, 3)) is not None


def test_a_word_that_is_missing_is_seen(page: Image.Image) -> None:
    changed = page.copy()
    changed.paste(255, WORD)
    assert difference(page, changed) is not None


def test_a_bolder_face_is_seen(page: Image.Image) -> None:
    changed = page.copy()
    changed.paste(page.crop(PARAGRAPH).filter(ImageFilter.MinFilter(3)), PARAGRAPH[:2])
    assert difference(page, changed) is not None


def test_a_page_of_another_size_is_seen(page: Image.Image) -> None:
    assert difference(page, page.crop((0, 0, page.width, page.height - 1))) is not None


def test_edges_drawn_a_shade_otherwise_are_not_seen(page: Image.Image) -> None:
    random = Random(3)
    noise = Image.frombytes("L", page.size, bytes(random.randrange(14) for _ in range(page.width * page.height)))
    assert difference(page, ImageChops.subtract(page, noise)) is None


def test_the_greys_of_a_golden_are_few_and_do_not_count(page: Image.Image) -> None:
    assert difference(page, coarse(page)) is None
