"""The plain text body: the text edition in flowing lines (RFC 3676), between a greeting and a signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from exporter import slots
from exporter.article import Article
from exporter.edition import RenderContext
from exporter.renderers.email import letterhead
from exporter.renderers.email.options import Options, options
from exporter.renderers.text import TextRenderer
from exporter.renderers.text.wrapping import pieces
from exporter.walk import normalise

_WIDTH: Final = 70
SIGNATURE: Final = "-- "
"""The line that parts the signature from the text (RFC 3676, 4.3)."""


class EmailTextRenderer:
    """The plain text body of an email; ``renderers.email.options`` has its options."""

    suffix = "email.txt"
    media_type = "text/plain; charset=utf-8; format=flowed; delsp=yes"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as a body with slots; raises RenderError for options it cannot take."""
        asked = options(context)
        text = TextRenderer().render(article, replace(context, options={"flowed": True})).decode("utf-8")
        lines = [*_greeting(asked), *_guarded(text).removesuffix("\n").split("\n"), "", SIGNATURE]
        return "\n".join([*lines, *_foot(article, context, asked), ""]).encode("utf-8")


def _greeting(asked: Options) -> Iterator[str]:
    if found := letterhead.greeting(asked):
        name = letterhead.value(found.slot, asked) if found.slot else ""
        yield f"{_stuffed(_guarded(found.before))}{name}{_guarded(found.after)}"
        yield ""


def _foot(article: Article, context: RenderContext, asked: Options) -> Iterator[str]:
    """Who sends this, in a line that may be empty, and why; how to leave, and where to read it."""
    labels, metadata = context.labels, article.metadata
    yield from _flowed(normalise(metadata.publisher or ""))
    for line in letterhead.imprint(asked):
        yield from _flowed(line)
    if asked.unsubscribe:
        yield from _flowed(labels.subscribed)
        yield f"{labels.unsubscribe}: {letterhead.value(slots.UNSUBSCRIBE, asked)}"
    if metadata.canonical_url:
        yield f"{labels.online}: {_guarded(metadata.canonical_url)}"


def _flowed(line: str) -> Iterator[str]:
    *parts, last = pieces(line, _WIDTH)
    yield from (_guarded(f"{_stuffed(part)} ") for part in parts)
    yield _guarded(_stuffed(last))


def _stuffed(line: str) -> str:
    return f" {line}" if line.startswith((" ", ">", "From ")) else line


def _guarded(text: str) -> str:
    """``text`` with a break that flows in whatever would be taken for a slot: it is read as it was."""
    return text.replace(slots.OPENING, f"{slots.OPENING[:1]} \n{slots.OPENING[1:]}")
