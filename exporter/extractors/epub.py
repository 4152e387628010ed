"""Reads an EPUB: the package document, then the documents of the spine in order (EPUB 3.3, OCF 3.3)."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.xhtml import CARRIES, Node, Walk, tree
from exporter.images import pixel_digest
from exporter.walk import normalise

_MEDIA_TYPE = b"application/epub+zip"
_ELEMENTS = {
    "published": "dc:date",
    "publisher": "dc:publisher",
    "rights": "dc:rights",
    "summary": "dc:description",
    "language": "dc:language",
}


class EpubExtractor:
    """What an EPUB says, its navigation document left out."""

    def extract(self, content: bytes) -> Extraction:
        """Everything the spine says; raises ExtractionError where ``content`` is no EPUB."""
        archive = _Archive(_open(content))
        package = _Package.read(archive)
        walk = Walk(archive.digest)
        language = package.one("dc:language")
        for name in package.spine:
            walk.read(name, archive.document(name), language, package.direction or "ltr")
        return Extraction(walk.said(), CARRIES, package.metadata())


def _open(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise ExtractionError(f"The EPUB edition is no zip archive ({error}). Render it again.") from error


class _Archive:
    """The files of an EPUB by their names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        if self.content("mimetype").strip() != _MEDIA_TYPE:
            raise ExtractionError("The archive's 'mimetype' is not application/epub+zip: it is no EPUB.")

    def content(self, name: str) -> bytes:
        """The bytes of a file; raises ExtractionError where it is missing or damaged."""
        try:
            return self._archive.read(name)
        except KeyError:
            raise ExtractionError(f"The EPUB edition has no file '{name}'. Render it again.") from None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise ExtractionError(f"'{name}' in the EPUB edition cannot be read ({error}). Render it again.") from error

    def document(self, name: str) -> Node:
        """The root of an XML file; entities are not expanded and nothing is fetched."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            return tree(etree.fromstring(self.content(name), parser))
        except etree.XMLSyntaxError as error:
            raise ExtractionError(f"'{name}' in the EPUB edition is not well-formed: {error}.") from error

    def digest(self, document: str, address: str) -> str:
        """The digest of the picture at ``address`` in ``document``; "" where there is none."""
        try:
            return pixel_digest(self.content(_joined(document, address)))
        except (ExtractionError, ValueError):
            return ""


def _joined(document: str, address: str) -> str:
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), path))


@dataclass(frozen=True, slots=True)
class _Package:
    """The package document: its name, and its root element."""

    name: str
    root: Node

    @classmethod
    def read(cls, archive: _Archive) -> _Package:
        """The package the container names first."""
        container = archive.document("META-INF/container.xml")
        name = next((unquote(file.get("full-path")) for file in container.below("rootfile")), "")
        if not name:
            raise ExtractionError("META-INF/container.xml names no package document: it is no EPUB.")
        return cls(name, archive.document(name))

    @property
    def spine(self) -> tuple[str, ...]:
        """Names of the documents to read in order, the navigation document left out."""
        items = {item.get("id"): item for item in self.root.below("item")}
        references = [reference.get("idref") for reference in self.root.below("itemref")]
        if missing := [reference for reference in references if reference not in items]:
            raise ExtractionError(f"The spine names '{missing[0]}', which the manifest does not have.")
        read = [items[reference] for reference in references]
        return tuple(
            _joined(self.name, item.get("href")) for item in read if "nav" not in item.get("properties").split()
        )

    @property
    def direction(self) -> str:
        """The direction of the pages, "" where the package leaves it open."""
        shown = next((spine.get("page-progression-direction") for spine in self.root.below("spine")), "")
        return shown if shown in ("ltr", "rtl") else ""

    def metadata(self) -> dict[str, str]:
        """What the package says, by the field of ``said_metadata``."""
        return {
            **{field: self.one(name) for field, name in _ELEMENTS.items()},
            "title": self._title(lambda kind: kind in ("", "main")),
            "subtitle": self._title(lambda kind: kind == "subtitle"),
            "authors": "; ".join(self._all("dc:creator")),
            "tags": "; ".join(self._all("dc:subject")),
            "identifier": self._identifier(),
            "updated": next(self._properties("schema:dateModified"), ""),
            "direction": self.direction or "ltr",
        }

    def one(self, name: str) -> str:
        """The first element ``name``, ""  without one."""
        return next(iter(self._all(name)), "")

    def _all(self, name: str) -> list[str]:
        return [normalise(node.text()) for node in self._metadata_elements(name)]

    def _metadata_elements(self, name: str) -> Iterator[Node]:
        for metadata in self.root.below("metadata"):
            yield from metadata.below(name)

    def _identifier(self) -> str:
        wanted = self.root.get("unique-identifier")
        found = [node for node in self._metadata_elements("dc:identifier") if node.get("id") == wanted]
        return normalise(found[0].text()) if found else ""

    def _title(self, wanted: Callable[[str], bool]) -> str:
        """The first title of a kind; one no ``title-type`` refines is of the kind ""."""
        kinds = {meta.get("refines"): normalise(meta.text()) for meta in self._refining("title-type")}
        titles = [t for t in self._metadata_elements("dc:title") if wanted(kinds.get(f"#{t.get('id')}", ""))]
        return normalise(titles[0].text()) if titles else ""

    def _refining(self, name: str) -> Iterator[Node]:
        return (meta for meta in self._metadata_elements("meta") if meta.get("property") == name)

    def _properties(self, name: str) -> Iterator[str]:
        return (normalise(meta.text()) for meta in self._refining(name))
