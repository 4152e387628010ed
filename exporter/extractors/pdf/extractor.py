"""What a finished PDF says: its structure tree in order, its glyphs by ToUnicode.

Text that ToUnicode cannot tell (right to left, joining or stacking scripts) is marked with
``edition.UNREADABLE``: the prover judges it from the glyphs.
"""

from __future__ import annotations

from exporter.edition import UNREADABLE, Extraction
from exporter.extractors.pdf.metadata import read_metadata
from exporter.extractors.pdf.pictures import digest
from exporter.pdfstructure import Block, read, unreadable_script
from exporter.text import Said

CARRIES = frozenset(
    {"level", "list", "task", "depth", "quote", "note", "calls", "links", "foreign"}
    | {"row", "column", "header", "picture", "language", "looks"}
)


class PdfExtractor:
    """Reads PDF editions back."""

    def extract(self, content: bytes) -> Extraction:
        """What ``content`` says; raises ExtractionError where it is no tagged PDF."""
        reading = read(content)
        entries = tuple(_said(block) for block in reading.blocks)
        return Extraction(entries, CARRIES, read_metadata(reading.document), "lines")


def _said(block: Block) -> Said:
    attributes = dict(block.attributes)
    if block.picture is not None:
        attributes["picture"] = digest(block.picture)
    if script := unreadable_script(block.fragments):
        attributes[UNREADABLE] = script
    return Said(block.path, block.kind, block.text, block.page, attributes)
