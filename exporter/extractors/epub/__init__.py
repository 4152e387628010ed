"""Reads an EPUB: the package document, then the documents of the spine in order (EPUB 3.3, OCF 3.3)."""

from __future__ import annotations

from functools import partial

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.epub.archive import Archive
from exporter.extractors.epub.package import Package
from exporter.extractors.xhtml import CARRIES, Walk
from exporter.walk import normalise

__all__ = ["EpubExtractor"]


class EpubExtractor:
    """What an EPUB says, and what its lists of contents call it."""

    def extract(self, content: bytes) -> Extraction:
        """Everything its documents say; raises ExtractionError where ``content`` is no EPUB."""
        try:
            return _extraction(Archive(content))
        except RecursionError as error:
            raise ExtractionError("The EPUB edition is nested too deep to be read. Render it again.") from error


def _extraction(archive: Archive) -> Extraction:
    package = Package.read(archive)
    walk = Walk(archive.digest)
    for name in package.documents:
        root = archive.page(name)
        walk.read(name, root, package.one("dc:language"), package.direction or "ltr")
        walk.inspect(name, root, partial(archive.sheet, name))
    for fault in (*package.alterations(), *archive.alterations()):
        walk.alter(package.name, fault)
    for name in package.outlines:
        for label in archive.document(name).below("text"):
            walk.label(name, normalise(label.text()))
    return Extraction(walk.said(), CARRIES, package.metadata())
