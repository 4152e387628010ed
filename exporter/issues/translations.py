"""Articles of an issue that say the same in two languages, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from exporter.article import Link, Metadata, Paragraph, Span, Text
from exporter.autonyms import autonym
from exporter.issues.issue import Email, Issue, Part, Translation
from exporter.readers.languages import direction_of

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


# --- An issue in another language -------------------------------------------------------------


def languages(issue: Issue) -> tuple[str, ...]:
    """The languages ``issue`` has sets of editions in, its own first; none where it has one set."""
    others = tuple(each.language for each in issue.translations)
    return (issue.language, *others) if others else ()


def translated(issue: Issue, language: str) -> Issue:
    """``issue`` as its set of editions in ``language``, one of its ``languages``, has it."""
    if language == issue.language:
        return issue
    into = next(each for each in issue.translations if each.language == language)
    return replace(
        issue,
        language=language,
        direction=direction_of(language),
        edition=language,
        title=into.title or issue.title,
        subtitle=into.subtitle or issue.subtitle,
        publisher=into.publisher or issue.publisher,
        summary=into.summary or issue.summary,
        note=into.note or issue.note,
        cover=into.cover or issue.cover,
        parts=tuple(_part(part, into) for part in issue.parts),
        email=_email(issue.email, into) if issue.email else None,
    )


def _part(part: Part, into: Translation) -> Part:
    return replace(part, title=into.sections.get(part.title, part.title) if part.title else None)


def _email(email: Email, into: Translation) -> Email:
    return replace(
        email,
        subject=into.subject or email.subject,
        preheader=into.preheader or email.preheader,
        greeting=into.greeting or email.greeting,
    )


def chosen(pieces: Sequence[Piece], language: str) -> tuple[Piece, ...]:
    """Of ``pieces`` that say the same the one in ``language``, else the first; all others."""
    return tuple(piece for piece in pieces if _is_first(piece, pieces, language))


def _is_first(piece: Piece, pieces: Sequence[Piece], language: str) -> bool:
    """Whether ``piece`` stands for all that say the same."""
    original = names_of(piece)
    same = [each for each in pieces if each is piece or _are_one(piece, original, each)]
    best = next((each for each in same if each.article.metadata.language == language), same[0])
    return best is piece
