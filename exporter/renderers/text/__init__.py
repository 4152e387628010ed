"""Plain text: UTF-8, wrapped for a terminal or a letter, to be read with the eyes or aloud.

``docs/plain-text.md`` is the grammar. It loses looks, and nothing else of what the article says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from exporter import labels, templating
from exporter.article import Article, Block, Heading, Metadata, Section
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.labels import Labels
from exporter.renderers.text.blocks import BlockWriter, Chunk, stacked
from exporter.renderers.text.flowing import flowed
from exporter.renderers.text.marks import Marks, label, marks
from exporter.walk import (
    OBJECT,
    blocks,
    contents,
    contents_numbers,
    heading_ordinals,
    normalise,
    notes,
    openings,
    parts,
    plain,
)

_WIDTH = 72


class TextRenderer:
    """One text file; ``options["width"]`` is its width in columns, 72 unless told.

    With ``options["flowed"]`` its lines flow (RFC 3676, ``format=flowed; delsp=yes``).
    """

    suffix = "txt"
    media_type = "text/plain; charset=utf-8"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as plain text; raises RenderError for a width it cannot write."""
        found = marks(article, context.labels)
        flowing = bool(context.options.get("flowed"))
        writer = BlockWriter(found, context.labels, flowing, separated(article), _words(article, context))
        chunks = [
            *_body(article, writer, context),
            *_apparatus(article, writer, found, context),
        ]
        written = stacked(chunks)[2:]
        lines = flowed(written, _width(context)) if flowing else written
        return ("\n".join(lines) + "\n").encode("utf-8")


def _words(article: Article, context: RenderContext) -> Callable[[str], Labels] | None:
    """How a publication finds the labels of an article in it; None for an article by itself, which has one language."""
    folders = context.templates or templating.search_path()
    return lru_cache(lambda language: labels.beside(language, context.labels, folders)) if contents(article) else None


def separated(article: Article) -> frozenset[int]:
    """The sections that stand behind a separator; the contents have one behind them already."""
    first = article.blocks[0] if article.blocks else None
    return frozenset(id(section) for section in openings(article) if section is not first)


def _width(context: RenderContext) -> int:
    match context.options.get("width", _WIDTH):
        case bool():
            raise RenderError("The width of plain text is a number of columns, 20 or more.")
        case int() as width if width >= 20:
            return width
        case other:
            raise RenderError(f"The width of plain text is a number of columns, 20 or more, not '{other}'.")


def _body(article: Article, writer: BlockWriter, context: RenderContext) -> Iterator[Chunk]:
    width = _width(context)
    yield from writer.header(article.metadata, 1, width)
    if listed := contents(article):
        yield Chunk("heading", [f"# {label(context.labels.contents)}"])
        titles = [section.metadata.title for section in listed if section.metadata]
        yield Chunk("other", list(writer.contents(contents_numbers(article), titles, width)))
        yield writer.separator(width)
    yield from writer.blocks(article.blocks, width)


def _apparatus(article: Article, writer: BlockWriter, found: Marks, context: RenderContext) -> Iterator[Chunk]:
    """Notes and links, each part under a heading of level 1, which nothing else has but the title."""
    width = _width(context)
    if called := notes(article):
        yield Chunk("heading", [f"# {label(context.labels.notes)}"])
        yield from writer.notes(called, width)
    if found.links:
        yield Chunk("heading", [f"# {label(context.labels.links)}"])
        yield Chunk("other", list(writer.links(_titles(article), width)))


def _titles(article: Article) -> dict[str, str]:
    """By target ``#identifier``: the heading's place among all headings, and its text."""
    ordinals = heading_ordinals(article)
    texts = dict(reversed([pair for part in parts(article) for block in blocks(part) for pair in _title(block)]))
    return {f"#{name}": f"#{ordinals[name]} {text}" for name, text in texts.items() if name in ordinals}


def _title(block: Block) -> Iterator[tuple[str, str]]:
    """The identifier and the title of ``block``, where it has both."""
    match block:
        case Heading(identifier=str() as name):
            yield name, normalise(plain(block.children).replace(OBJECT, ""))
        case Section(identifier=str() as name, metadata=Metadata(title=title)):
            yield name, normalise(title)
