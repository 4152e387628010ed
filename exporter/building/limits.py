"""What a format cannot carry by its nature: recorded for each edition, never silent."""

from __future__ import annotations

from typing import Final

from exporter.article import Article
from exporter.edition import Loss
from exporter.walk import pictures

_WITHOUT_PICTURES: Final = frozenset({"txt"})
"""Formats in which a picture's alternative text stands for it."""


def losses(format_: str, article: Article) -> tuple[Loss, ...]:
    """The losses (L010) of ``article`` as ``format_``, in reading order."""
    if format_ not in _WITHOUT_PICTURES:
        return ()
    return tuple(
        Loss("L010", _sentence(image.source, image.alt, image.position.line), image.position.line)
        for image in pictures(article)
    )


def _sentence(source: str, alt: str, line: int) -> str:
    instead = "its alternative text stands for it" if alt else "it is decorative and left out"
    return f"Line {line}: this format shows no pictures; '{source}': {instead}."
