"""Names of one article made to mean the same within an issue: its headings, its links, its pictures."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote

from exporter.article import Article, Block, Figure, Heading, Image, Inline, Link, Section
from exporter.issues.compose import Piece
from exporter.rewriting import rewrite
from exporter.walk import heading_ordinals


def scoped(piece: Piece, pieces: Mapping[str, Piece]) -> Article:
    """The article of ``piece`` with identifiers no other has; links to others of ``pieces``, by path, lead to them."""
    own = heading_ordinals(piece.article)

    def named(block: Block) -> tuple[Block, ...]:
        match block:
            case Heading(identifier=str() as name) | Section(identifier=str() as name):
                return (replace(block, identifier=within(piece, name)),)
            case _:
                return (block,)

    def led(inline: Inline) -> tuple[Inline, ...]:
        match inline:
            case Link(target=target) if target.startswith("#") and target[1:] in own:
                return (replace(inline, target=f"#{within(piece, target[1:])}"),)
            case Link():
                return (replace(inline, target=_target(inline.target, piece, pieces)),)
            case _:
                return (inline,)

    return rewrite(piece.article, block=named, inline=led)


def within(piece: Piece, name: str) -> str:
    """The identifier of what ``piece`` calls ``name``."""
    return f"{piece.identifier}--{name}"


def _target(target: str, piece: Piece, pieces: Mapping[str, Piece]) -> str:
    """Where in the issue ``target`` leads, if it is the path of another article of it; else as written."""
    path, _, fragment = target.partition("#")
    place = posixpath.normpath(posixpath.join(posixpath.dirname(piece.entry.path), unquote(path)))
    other = pieces.get(place) if path else None
    if other is None:
        return target
    known = fragment in heading_ordinals(other.article)
    return f"#{within(other, fragment)}" if known else f"#{other.identifier}"


def illustrated(article: Article, piece: Piece) -> Article:
    """``article`` with names of pictures that no other article of the issue has."""

    def framed(block: Block) -> tuple[Block, ...]:
        match block:
            case Figure():
                return (replace(block, image=_named(block.image, piece)),)
            case _:
                return (block,)

    def renamed(inline: Inline) -> tuple[Inline, ...]:
        match inline:
            case Image():
                return (_named(inline, piece),)
            case _:
                return (inline,)

    return rewrite(article, block=framed, inline=renamed)


def _named(image: Image, piece: Piece) -> Image:
    return replace(image, source=picture(piece, image.source))


def picture(piece: Piece, source: str) -> str:
    """The name in the issue of the picture that ``piece`` calls ``source``."""
    return f"{piece.identifier}/{source}"
