"""An article's pictures, loaded from where ``lookup`` finds them, and what is said of those that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from exporter import images
from exporter.article import Article, Block, Figure, Image, Inline, Paragraph, Text
from exporter.edition import Discrepancy, Loss, Resource
from exporter.images import SCREEN, Frame, Prepared
from exporter.loading import lookup
from exporter.loading.lookup import Refusal
from exporter.rewriting import rewrite
from exporter.settings import MissingImages
from exporter.walk import pictures

_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """An article whose pictures are in ``resources``, by ``Image.source``.

    ``findings`` (S010 to S012) say which could not be loaded; in placeholder mode their words stand
    in the article instead and ``losses`` (L001) say so. L002 tells which were changed, and how.
    """

    article: Article
    resources: Mapping[str, Resource]
    findings: tuple[Discrepancy, ...] = ()
    losses: tuple[Loss, ...] = ()


Taken: TypeAlias = Mapping[str, bytes | Refusal]
"""The files of pictures, by ``Image.source``: so taken, they can be loaded where the article's folder is not."""

_Outcome: TypeAlias = Prepared | Refusal


def take(article: Article, folder: Path, root: Path | None = None) -> Taken:
    """The files of the pictures of ``article``, whose source lies in ``folder``; they lie below it, or ``root``."""
    return {image.source: _take(image.source, folder, root) for image in called(article)}


def load(article: Article, place: Path | Taken, missing: MissingImages, frame: Frame = SCREEN) -> Pictures:
    """The pictures of ``article``, none larger than ``frame``, from ``place``: its source's folder, or their files.

    ``missing`` says what becomes of those that cannot be loaded.
    """
    calls = called(article)
    outcomes = {source: _load(source, place, frame) for source in dict.fromkeys(image.source for image in calls)}
    loaded = {source: outcome for source, outcome in outcomes.items() if isinstance(outcome, Prepared)}
    resources = {source: outcome.resource for source, outcome in loaded.items()}
    refused = {source: outcome for source, outcome in outcomes.items() if isinstance(outcome, Refusal)}
    converted = _changes(calls, loaded)
    if missing == "placeholder":
        losses = tuple(_placeholder_loss(image, refused[image.source]) for image in calls if image.source in refused)
        article = _with_placeholders(article, frozenset(refused))
        return Pictures(article=article, resources=resources, losses=(*losses, *converted))
    findings = tuple(_finding(image, refused[image.source]) for image in calls if image.source in refused)
    return Pictures(article=article, resources=resources, findings=findings, losses=converted)


def called(article: Article) -> list[Image]:
    """Every call of a picture in ``article``, that of its cover last."""
    return [*pictures(article), *_cover(article)]


def _cover(article: Article) -> tuple[Image, ...]:
    """The cover as if it were called on no line; its words are the title."""
    cover = article.metadata.cover
    return (Image(cover, ""),) if cover else ()


def _take(source: str, folder: Path, root: Path | None = None) -> bytes | Refusal:
    try:
        found = lookup.find(source, folder.resolve(), root)
        return found.read_bytes() if isinstance(found, Path) else found
    except OSError as error:
        return Refusal("S011", f"cannot be read ({error.strerror})", "Put it where the article says.")


def _load(source: str, place: Path | Taken, frame: Frame) -> _Outcome:
    taken = _take(source, place) if isinstance(place, Path) else place[source]
    if isinstance(taken, Refusal):
        return taken
    try:
        return images.prepare(source, taken, frame)
    except images.TooLarge as error:
        return Refusal("S012", f"is {error}", "Make it smaller: editions show few of them.")
    except ValueError as error:
        return Refusal("S012", f"is {error}", "Put a PNG or JPEG file in its place.")


# --- What is said of them ---------------------------------------------------------------------


def _finding(image: Image, refusal: Refusal) -> Discrepancy:
    message = f"{_place(image.position.line)}: the picture '{_shown(image.source)}' {refusal.reason}. {refusal.cure}"
    return Discrepancy(refusal.code, message, image.position.line)


def _shown(source: str) -> str:
    """``source`` as a message can show it: pictures written out in the page are long."""
    return source if len(source) <= _LONGEST_SHOWN else f"{source[:_LONGEST_SHOWN]}…"


def _placeholder_loss(image: Image, refusal: Refusal) -> Loss:
    instead = "its alternative text stands instead" if image.alt else "it is left out, having no alternative text"
    message = f"{_place(image.position.line)}: the picture '{_shown(image.source)}' {refusal.reason}; {instead}."
    return Loss("L001", message, image.position.line)


def _changes(calls: list[Image], loaded: Mapping[str, Prepared]) -> tuple[Loss, ...]:
    lines = {image.source: image.position.line for image in reversed(calls)}
    return tuple(
        changed(source, lines[source], prepared.change, prepared.source_bytes, len(prepared.resource.content))
        for source, prepared in loaded.items()
        if prepared.change
    )


def changed(source: str, line: int, change: str, before: int, after: int) -> Loss:
    """The loss (L002) of a picture that ``change``, the end of a sentence; with its sizes in bytes."""
    message = f"{_place(line)}: the picture '{source}' {change}; {before:,} bytes became {after:,}."
    return Loss("L002", message, line)


def _place(line: int) -> str:
    return f"Line {line}" if line else "Front matter"


# --- Placeholders -----------------------------------------------------------------------------


def _with_placeholders(article: Article, refused: frozenset[str]) -> Article:
    """``article`` with the words of each refused picture in its place."""
    if not refused:
        return article

    def words(inline: Inline) -> tuple[Inline, ...]:
        match inline:
            case Image() if inline.source in refused:
                return (Text(inline.alt, position=inline.position),) if inline.alt else ()
            case _:
                return (inline,)

    def paragraphs(block: Block) -> tuple[Block, ...]:
        match block:
            case Figure() if block.image.source in refused:
                return _figure_words(block)
            case _:
                return (block,)

    if article.metadata.cover in refused:
        article = replace(article, metadata=replace(article.metadata, cover=None))
    return rewrite(article, block=paragraphs, inline=words)


def _figure_words(figure: Figure) -> tuple[Block, ...]:
    alt = (Text(figure.image.alt, position=figure.image.position),) if figure.image.alt else ()
    return tuple(
        Paragraph(children, language=figure.language, direction=figure.direction, position=figure.position)
        for children in (alt, figure.caption, figure.credit)
        if children
    )
