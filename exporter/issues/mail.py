"""An issue as the email that carries it says it: in full, or in summaries with links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from exporter.article import Block, Link, Paragraph, Text
from exporter.issues.compose import Composed, Piece, compose, overridden
from exporter.issues.issue import Content, Issue
from exporter.walk import blocks


def compose_mail(
    issue: Issue, pieces: Sequence[Piece], note: Sequence[Block] = (), *, subtitle: str | None = None
) -> Composed:
    """What the email of ``issue`` says; both its bodies are held to it. ``pieces`` and ``note`` as for ``compose``."""
    content: Content = issue.email.content if issue.email else "full"
    match content:
        case "full":
            return compose(issue, pieces, note, subtitle=subtitle)
        case "summaries":
            return compose(issue, tuple(map(_summarised, pieces)), note, subtitle=subtitle)
        case _:
            assert_never(content)


def _summarised(piece: Piece) -> Piece:
    return replace(piece, article=replace(piece.article, blocks=tuple(_summary(piece))))


def _summary(piece: Piece) -> Iterator[Block]:
    """The summary of an article, or its first paragraph; then its address, where it has one."""
    metadata = overridden(piece)
    if metadata.summary:
        yield Paragraph((Text(metadata.summary),))
    elif first := next((each for each in blocks(piece.article.blocks) if isinstance(each, Paragraph)), None):
        yield first
    if metadata.canonical_url:
        yield Paragraph((Link((Text(metadata.canonical_url),), metadata.canonical_url),))
