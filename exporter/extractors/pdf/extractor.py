"""What a finished PDF says: its structure tree in order, its glyphs by ToUnicode.

Text that ToUnicode cannot tell (right to left, joining or stacking scripts) is marked with
``edition.UNREADABLE``: the prover judges it from the glyphs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

import pikepdf

from exporter.comparison import COVER
from exporter.edition import UNREADABLE, Extraction
from exporter.extractors.pdf.attachments import attached
from exporter.extractors.pdf.metadata import read_metadata
from exporter.extractors.pdf.pictures import digest, file_of
from exporter.extractors.pdf.printed import printed
from exporter.pdfstructure import Block, Document, Picture, opened, read
from exporter.text import Said
from exporter.walk import normalise

CARRIES = frozenset(
    {"level", "list", "task", "depth", "quote", "note", "calls", "links", "foreign"}
    | {"row", "column", "header", "picture", "language", "looks"}
)


_OWN: Final = ("WeasyPrint", "article-exporter")
"""How the producer and the creator of this project's PDFs begin."""


class PdfExtractor:
    """Reads PDF editions back."""

    def extract(self, content: bytes) -> Extraction:
        """What ``content`` says; of another program's PDF the lines of its pages.

        Raises ExtractionError where it is no PDF, or one of this project's that is not tagged.
        """
        if producer := _stranger(content):
            return printed(content, producer)
        reading = read(content)
        covers = {
            id(block): file_of(block.picture) for block in reading.blocks if block.kind == COVER and block.picture
        }
        files = {key: hashlib.sha256(content).hexdigest() for key, content in covers.items()}
        entries = tuple(_said(block, files.get(id(block), "")) for block in reading.blocks)
        return Extraction(
            entries,
            CARRIES,
            read_metadata(reading.document),
            "lines",
            attachments=attached(reading.document.file),
            decorations=tuple(_ornaments(reading.document)),
            covers={files[key]: content for key, content in covers.items()},
        )


def _stranger(content: bytes) -> str:
    """The program that made ``content``, by its own account; "" where that is this project, or nobody says."""
    try:
        named = {key: normalise(str(value)) for key, value in opened(content).docinfo.items()}
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError):
        return ""
    makers = [named.get("/Producer", ""), named.get("/Creator", "")]
    own = any(maker.startswith(_OWN) for maker in makers)
    return "" if own else next(filter(None, makers), "")


def _ornaments(document: Document) -> Iterator[str]:
    """Digests of pictures that no element of the document's structure has."""
    for _, drawn in document.unreferenced:
        yield from (digest(each.source) for each in drawn if isinstance(each, Picture))


def _said(block: Block, file: str = "") -> Said:
    """``block`` as an entry; ``file`` is the digest of the picture on a cover."""
    attributes = dict(block.attributes)
    if block.kind == COVER:
        attributes |= {"file": file} if file else {}
    elif block.picture is not None:
        attributes["picture"] = digest(block.picture)
    if block.unreadable:
        attributes[UNREADABLE] = block.unreadable
    return Said(block.path, block.kind, block.text, block.page, attributes)
