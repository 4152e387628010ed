"""Reads an EPUB: the package document, then the documents of the spine in order (EPUB 3.3, OCF 3.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.epub.archive import Archive
from exporter.extractors.epub.claims import false_claims
from exporter.extractors.epub.covers import cover_of
from exporter.extractors.epub.package import Package
from exporter.extractors.xhtml import CARRIES, Entries, Node, Walk, decorations
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
    entries, shown = Entries(archive.digest), _Covers(archive)
    walk = Walk(entries)
    pages = {name: archive.page(name) for name in package.documents}
    covers = {name: cover for name, root in pages.items() if (cover := cover_of(root))}
    for name, root in pages.items():
        cover = covers.get(name)
        if cover:
            entries.cover(name, cover.words, shown.add(name, cover.address))
        else:
            walk.read(name, root, package.one("dc:language"), package.direction or "ltr")
        if not (cover and cover.drawn):
            entries.inspect(name, root, partial(archive.sheet, name))
    for address in package.covers:
        entries.cover(package.name, "", shown.add(package.name, address))
    if covers.keys() - set(package.documents[:1]):
        entries.leave_open(package.name, "the cover is not the first that is read")
    _beside(entries, archive, package)
    for claim in false_claims(package.claims, tuple(pages.values()), _sheets(archive, package)):
        entries.leave_open(package.name, claim)
    silent = tuple(
        archive.digest(name, address)
        for name, root in pages.items()
        if name not in covers
        for address in decorations(root)
    )
    return Extraction(
        entries.said(),
        CARRIES,
        package.metadata(),
        producer=package.producer,
        decorations=silent,
        covers=shown.files,
    )


class _Covers:
    """The pictures that are shown as covers, by the SHA-256 of their files."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.files: dict[str, bytes] = {}

    def add(self, document: str, address: str) -> str:
        """Add the picture at ``address`` in ``document``: its digest, "" where there is none."""
        content = self._archive.picture(document, address)
        if not content:
            return ""
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        return digest


def _beside(entries: Entries, archive: Archive, package: Package) -> None:
    """What reading systems show of the package itself, and of its contents in the form of EPUB 2."""
    for fault in (*package.alterations(), *archive.alterations()):
        entries.alter(package.name, fault)
    for oddity in (*archive.oddities(package.files), *(f"the package has {said}" for said in package.unread())):
        entries.leave_open(package.name, oddity)
    for label in package.labels:
        entries.label(package.name, label)
    for name in package.outlines:
        outline = archive.document(name)
        for label in _labels(outline, package):
            entries.label(name, label)
        for point in outline.below("navPoint"):
            words = next((normalise(text.text()) for text in point.below("text")), "")
            entries.list(name, words, next((content.get("src") for content in point.below("content")), ""))


def _sheets(archive: Archive, package: Package) -> tuple[str, ...]:
    return tuple(archive.sheet(package.name, address) or "" for address in package.sheets)


def _labels(outline: Node, package: Package) -> Iterator[str]:
    """What an NCX calls things; that it calls the book what the package does, the package's title answers for."""
    titles = {id(text) for title in outline.below("docTitle") for text in title.below("text")}
    for text in outline.below("text"):
        words = normalise(text.text())
        if id(text) not in titles or words != package.one("dc:title"):
            yield words
