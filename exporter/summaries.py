"""How accessible a publication is, in a sentence or two of its language (``schema:accessibilitySummary``).

The sentences stand in ``templates/epub-summaries.toml``. Who writes one and who checks it share these words and
nothing else: each finds out by itself which of them are true.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from exporter.templating import builtin_templates

Pictures: TypeAlias = Literal["no_pictures", "described", "undescribed"]

_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_SPACELESS: Final = ("ja", "zh-Hans", "zh-Hant")


def summary(language: str, *, headings: bool, pictures: Pictures) -> tuple[str, str]:
    """The language (BCP 47) of the summary for a publication in ``language``, and the summary."""
    chosen = _chosen(language)
    return chosen, _written(chosen, headings, pictures)


def summaries(*, headings: bool, pictures: Pictures) -> frozenset[str]:
    """The summary in every language there is."""
    return frozenset(_written(language, headings, pictures) for language in _sentences())


def _written(language: str, headings: bool, pictures: Pictures) -> str:
    words = _sentences()[language]
    parts = (words["headings" if headings else "no_headings"], words[pictures])
    return ("" if language in _SPACELESS else " ").join(parts)


def _chosen(language: str) -> str:
    """The language itself, the one it is a variety of, or English."""
    tag = language.lower()
    primary = tag.partition("-")[0]
    if primary == "zh":
        return "zh-Hant" if tag.startswith(_TRADITIONAL) else "zh-Hans"
    primary = {"no": "nb"}.get(primary, primary)
    return primary if primary in _sentences() else "en"


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((builtin_templates() / "epub-summaries.toml").read_text(encoding="utf-8"))
