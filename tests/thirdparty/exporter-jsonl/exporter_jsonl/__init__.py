"""A format in a package of its own: what an article says, one JSON record a line.

``mute`` is the same renderer under a name that has no extractor, to see it refused.
"""

from __future__ import annotations

import json

from exporter.article import Article
from exporter.edition import Extraction, RenderContext
from exporter.errors import ExtractionError
from exporter.text import Said, said, said_metadata


class JsonLinesRenderer:
    """Writes the records."""

    suffix = "jsonl"
    media_type = "application/jsonl"

    def render(self, article: Article, context: RenderContext) -> bytes:
        digests = {source: resource.digest for source, resource in context.resources.items()}
        records = [[e.path, e.kind, e.text, dict(e.attributes)] for e in said(article, digests)]
        return "\n".join(map(json.dumps, [said_metadata(article.metadata), *records])).encode()


class JsonLinesExtractor:
    """Reads them back."""

    def extract(self, content: bytes) -> Extraction:
        try:
            metadata, *records = map(json.loads, content.decode().split("\n"))
        except ValueError as error:
            raise ExtractionError(f"Not JSON Lines: {error}.") from error
        entries = tuple(Said(path, kind, text, 0, facts) for path, kind, text, facts in records)
        carries = {name for entry in entries for name in entry.attributes}
        return Extraction(entries, frozenset(carries) | {"level", "links", "whitespace"}, metadata)
