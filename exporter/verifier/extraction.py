"""Reads an edition back, once: what it says is compared, and what it carries goes into the ledger."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from exporter import registry
from exporter.edition import Extraction


def read_back(format_: str, content: bytes) -> Extraction:
    """What the edition ``content`` says; raises FormatError, and ExtractionError where it is not that format."""
    return _extracted(registry.extractor(format_).extract, content)


@lru_cache(maxsize=2)
def _extracted(extract: Callable[[bytes], Extraction], content: bytes) -> Extraction:
    return extract(content)
