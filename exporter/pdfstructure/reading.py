"""A file read once for all who judge it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from exporter.pdfstructure.blocks import Block, read_blocks
from exporter.pdfstructure.document import Document, open_document


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what it says, block by block."""

    document: Document
    blocks: tuple[Block, ...]


@lru_cache(maxsize=1)
def read(content: bytes) -> Reading:
    """The PDF ``content``; raises ExtractionError. The last file read is kept: an extractor and a prover both ask."""
    document = open_document(content)
    return Reading(document, read_blocks(document))
