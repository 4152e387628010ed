"""Articles of an issue that say the same in two languages, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from exporter.article import Link, Metadata, Paragraph, Span, Text
from exporter.autonyms import autonym

if TYPE_CHECKING:
    from exporter.issues.compose import Piece


def linked(piece: Piece, pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    """A paragraph that leads to each translation of ``piece`` among ``pieces``, in its own language."""
    original = names_of(piece)
    for other in pieces:
        if other is not piece and _are_one(piece, original, other):
            yield _link(other)


def _are_one(piece: Piece, original: frozenset[str], other: Piece) -> bool:
    """Whether one is the other's translation, or both are of one original."""
    mine, theirs = piece.article.metadata.translation_of, other.article.metadata.translation_of
    return theirs in original or mine in names_of(other) or (mine is not None and mine == theirs)


def names_of(piece: Piece) -> frozenset[str]:
    """What a translation may call ``piece`` as its original: its address, identifier, slug or file."""
    return known_as(piece.article.metadata, piece.entry.path)


def known_as(metadata: Metadata, path: str) -> frozenset[str]:
    """What a translation may call the article with ``metadata`` at ``path``."""
    names: Iterable[str | None] = (metadata.canonical_url, metadata.identifier, metadata.slug, PurePath(path).name)
    return frozenset(name for name in names if name)


def _link(other: Piece) -> Paragraph:
    metadata = other.article.metadata
    title = other.entry.title or metadata.title
    words = Text(f"{autonym(metadata.language)}: {title}")
    return Paragraph((Link((Span((words,), metadata.language, metadata.direction),), f"#{other.identifier}"),))
