"""An issue as the email that carries it says it: in full, or in summaries with links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from exporter.article import Block, Link, Paragraph, Text
from exporter.issues.compose import Composed, Piece, compose, overridden
from exporter.issues.issue import Content, Issue
from exporter.walk import blocks

Words: TypeAlias = Callable[[str], str]
"""The words of a link to an article on the web, in a language (BCP 47)."""


def _address(_language: str) -> str:
    return ""


def compose_mail(
    issue: Issue,
    pieces: Sequence[Piece],
    note: Sequence[Block] = (),
    *,
    subtitle: str | None = None,
    online: Words = _address,
) -> Composed:
    """What the email of ``issue`` says; both its bodies are held to it. ``pieces`` and ``note`` as for ``compose``.

    Of an article on the web a summary ends with a link to it: ``online`` in the article's language, "" for the address.
    """
    content: Content = issue.email.content if issue.email else "full"
    match content:
        case "full":
            return compose(issue, pieces, note, subtitle=subtitle)
        case "summaries":
            return compose(issue, tuple(_summarised(piece, online) for piece in pieces), note, subtitle=subtitle)
        case _:
            assert_never(content)


def _summarised(piece: Piece, online: Words) -> Piece:
    return replace(piece, article=replace(piece.article, blocks=tuple(_summary(piece, online))))


def _summary(piece: Piece, online: Words) -> Iterator[Block]:
    """The summary of an article, or its first paragraph; then the way to it on the web, where it has an address."""
    metadata = overridden(piece)
    if metadata.summary:
        yield Paragraph((Text(metadata.summary),))
    elif first := next((each for each in blocks(piece.article.blocks) if isinstance(each, Paragraph)), None):
        yield first
    if address := metadata.canonical_url:
        yield Paragraph((Link((Text(online(metadata.language) or address),), address),))
