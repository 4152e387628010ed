"""The pages of the sample articles, drawn small. ``python -m tests.looks.pages`` makes goldens of them."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pypdfium2
from PIL import Image

from exporter import fonts, registry, templating, themes
from exporter.building import production
from exporter.building.production import Plan
from exporter.loading import loader
from exporter.settings import Settings
from tests.weekly import ISSUE, context, picture, with_cover

ROOT = Path(__file__).parents[2]
GOLDENS = Path(__file__).parent / "goldens"
ARTICLES = (*sorted(path.stem for path in (ROOT / "source").glob("*.md")), "issue")
"""The articles of the house's own folder, and one made of several."""
THEMES = themes.names(templating.search_path())
SCALE = 0.62
"""Pixels a point: a line of text is some 10 pixels high."""


@lru_cache(maxsize=None)
def drawn(article: str, theme: str) -> tuple[Image.Image, ...]:
    """Each page in greys."""
    return _issue(theme) if article == "issue" else _sample(article, theme)


def _issue(theme: str) -> tuple[Image.Image, ...]:
    chosen = themes.load(theme, "A4", templating.search_path())
    made = with_cover(ISSUE) if theme == "default" else ISSUE
    planned = context(made, cover=picture() if theme == "default" else None)
    return _pages(registry.renderer("pdf").render(made, replace(planned, theme=chosen)))


def _sample(article: str, theme: str) -> tuple[Image.Image, ...]:
    chosen = Settings().with_defaults(theme=theme)
    loaded = loader.load(ROOT / "source" / f"{article}.md", chosen)
    plan = Plan(base=ROOT, settings=chosen, fonts=fonts.library(), verified=False)
    made = production.make(loaded, "pdf", article, plan)
    assert isinstance(made, production.Made), made
    return _pages(made.content)


def _pages(content: bytes) -> tuple[Image.Image, ...]:
    return tuple(page.render(scale=SCALE).to_pil().convert("L") for page in pypdfium2.PdfDocument(content))


def coarse(page: Image.Image) -> Image.Image:
    """``page`` in 32 greys, which take less room."""
    return page.point(lambda value: value & 0xF8)


def golden(article: str, theme: str, number: int) -> Path:
    """The file of one page, counted from 1."""
    return GOLDENS / f"{article}-{theme}-{number}.png"


def main() -> None:
    """Draw every golden anew."""
    GOLDENS.mkdir(exist_ok=True)
    for old in GOLDENS.glob("*.png"):
        old.unlink()
    for article in ARTICLES:
        for theme in THEMES:
            for number, page in enumerate(drawn(article, theme), 1):
                coarse(page).save(golden(article, theme, number), optimize=True)


if __name__ == "__main__":
    sys.exit(main())
