"""Reads an EPUB: the package document, then the documents of the spine in order (EPUB 3.3, OCF 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.epub.archive import Archive
from exporter.extractors.epub.package import Package, is_cover
from exporter.extractors.xhtml import CARRIES, Node, Walk
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
        if is_cover(root):
            walk.leave_open(name, "a cover is shown, a picture that is not compared")
            continue
        walk.read(name, root, package.one("dc:language"), package.direction or "ltr")
        walk.inspect(name, root, partial(archive.sheet, name))
    for fault in (*package.alterations(), *archive.alterations()):
        walk.alter(package.name, fault)
    for name in package.outlines:
        for label in _labels(archive.document(name), package):
            walk.label(name, label)
    return Extraction(walk.said(), CARRIES, package.metadata(), producer=package.producer)


def _labels(outline: Node, package: Package) -> Iterator[str]:
    """What an NCX calls things; that it calls the book what the package does, the package's title answers for."""
    titles = {id(text) for title in outline.below("docTitle") for text in title.below("text")}
    for text in outline.below("text"):
        words = normalise(text.text())
        if id(text) not in titles or words != package.one("dc:title"):
            yield words
