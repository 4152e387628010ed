"""Finished editions changed by hand: what becomes of one file in an archive, and what the verifier says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from exporter import registry
from exporter.article import Article
from exporter.edition import Edition
from exporter.verifier import verify
from tests.articles import EVERYTHING, with_picture
from tests.extractors.xhtml_cases import DIGESTS, RED, context

SUBJECT = Article(EVERYTHING.metadata, (*EVERYTHING.blocks, *with_picture(RED.source).blocks), "test.md")
"""One of every construct, pictures too."""

Change = tuple[str, str]
"""What to replace by what, once."""


def edition(name: str) -> bytes:
    """The subject in a format, as it should be."""
    return registry.renderer(name).render(SUBJECT, context(SUBJECT))


def codes(name: str, content: bytes) -> set[str]:
    """What the verifier finds in an edition of the subject."""
    return {found.code for found in verify(SUBJECT, Edition(name, "a-title", content), DIGESTS).discrepancies}


def replaced(content: bytes, *changes: Change) -> bytes:
    """``content`` with each change made where it fits first."""
    text = content.decode("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text.encode("utf-8")


def repacked(content: bytes, parts: Mapping[str, Callable[[bytes], bytes]], *more: tuple[str, str]) -> bytes:
    """The archive with some of its files changed, and ``more`` files at its end."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, parts.get(entry.filename, bytes)(old.read(entry)))
        for name, text in more:
            new.writestr(name, text)
    return target.getvalue()
