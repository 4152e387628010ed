"""Reads the plain text body of an email: the text edition in flowing lines, between a greeting and a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.email.slotting import around, marked
from exporter.extractors.html import decoded
from exporter.extractors.text import TextExtractor
from exporter.text import Said

_SIGNATURE: Final = "-- "
_LEADING: Final = re.compile(r"(?P<words>.+): (?P<address>\ufdd0.*\ufdd1|[a-z][a-z0-9+.-]*:\S+)")
"""A line of the signature that leads somewhere."""


class EmailTextExtractor:
    """What the plain text body of an email says."""

    def extract(self, content: bytes) -> Extraction:
        """Everything the body says; raises ExtractionError where ``content`` does not follow the grammar."""
        lines = marked(decoded(content)).split("\n")
        if _SIGNATURE not in lines or lines[-1]:
            raise ExtractionError("The email has no signature, or no end: it is cut off. Render it again.")
        title = next((at for at, line in enumerate(lines) if line.startswith("#")), 0)
        end = lines.index(_SIGNATURE)
        if lines[end - 1]:
            raise ExtractionError("No empty line stands before the signature. Render it again.")
        article = TextExtractor().extract("\n".join([*lines[title : end - 1], ""]).encode())
        before = tuple(said for line in _whole(lines[: max(title - 1, 0)]) for said in around("greeting", line))
        foot = tuple(_whole(lines[end + 1 : -1]))
        after = tuple(said for line in foot for said in _foot(line))
        metadata = {**article.metadata, "publisher": "".join(foot[:1]), "canonical_url": _canonical(after)}
        return replace(article, entries=(*before, *article.entries, *after), metadata=metadata)


def _canonical(foot: Sequence[Said]) -> str:
    """Where the last line leads that leads anywhere but out of the list."""
    links = [said.attributes.get("links", "") for said in foot if "slots" not in said.attributes]
    return next(filter(None, reversed(links)), "")


def _foot(line: str) -> Iterator[Said]:
    found = _LEADING.fullmatch(line)
    return around("foot", found["words"], found["address"]) if found else around("foot", line)


def _whole(lines: Sequence[str]) -> Iterator[str]:
    """``lines`` without the breaks that are none of the text's (RFC 3676, 4.4)."""
    pending = ""
    for line in lines:
        said = line.removeprefix(" ")
        if said.endswith(" "):
            pending += said[:-1]
        else:
            yield pending + said
            pending = ""
    if pending:
        raise ExtractionError("The last line goes on in a line that is missing: the text is cut off. Render it again.")
