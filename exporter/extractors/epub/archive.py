"""The files of an EPUB (OCF 3.3)."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from exporter.errors import ExtractionError
from exporter.extractors.xhtml import Node, tree
from exporter.images import pixel_digest

_NAMED_NOWHERE = frozenset(("mimetype", "META-INF/container.xml", "META-INF/encryption.xml"))
_MEDIA_TYPE = b"application/epub+zip"
_XHTML = "{http://www.w3.org/1999/xhtml}html"


class Archive:
    """The files of an EPUB by their names; raises ExtractionError where ``content`` is none."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise ExtractionError(f"The EPUB edition is no zip archive ({error}). Render it again.") from error
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
        """The root of an XML file; nothing is fetched, and a document type with words of its own is refused."""
        return tree(self._parsed(name))

    def page(self, name: str) -> Node:
        """The root of a document to read; raises ExtractionError where it is no XHTML."""
        root = self._parsed(name)
        if root.tag != _XHTML:
            raise ExtractionError(f"'{name}' in the EPUB edition is no XHTML: no reader shows it. Render it again.")
        return tree(root)

    def digest(self, document: str, address: str) -> str:
        """The digest of the picture at ``address`` in ``document``; "" where there is none."""
        try:
            return pixel_digest(self.content(joined(document, address)))
        except (ExtractionError, ValueError):
            return ""

    def picture(self, document: str, address: str) -> bytes:
        """The file at ``address`` in ``document``; b"" where there is none."""
        try:
            return self.content(joined(document, address))
        except ExtractionError:
            return b""

    def sheet(self, document: str, address: str) -> str | None:
        """The style sheet at ``address`` in ``document``; None where there is none."""
        try:
            return self.content(joined(document, address)).decode("utf-8-sig")
        except (ExtractionError, UnicodeDecodeError):
            return None

    def alterations(self) -> Iterator[str]:
        """What makes programs disagree about what a file of the archive is."""
        names = Counter(self._archive.namelist())
        alike = Counter(name.lower() for name in self._archive.namelist())
        yield from (f"the archive has two files '{name}'" for name, count in alike.items() if count > 1)
        if "META-INF/encryption.xml" in names:
            yield "files of the archive are encrypted"

    def oddities(self, declared: Collection[str]) -> Iterator[str]:
        """What no reader is told of by the package, which names the files ``declared``, or is told of too late."""
        first = self._archive.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
            yield "'mimetype' is not the first file, uncompressed: some readers take the archive for no EPUB"
        for name in dict.fromkeys(self._archive.namelist()):
            if name not in declared and name not in _NAMED_NOWHERE and not name.endswith("/"):
                yield f"the archive has a file '{name}' that the package does not name"

    def _parsed(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            root = etree.fromstring(self.content(name), parser)
        except etree.XMLSyntaxError as error:
            raise ExtractionError(f"'{name}' in the EPUB edition is not well-formed: {error}.") from error
        document_type: Any = root.getroottree().docinfo.internalDTD
        if document_type is not None and any(document_type.iterentities()):
            raise ExtractionError(f"'{name}' in the EPUB edition declares entities. Render it again.")
        if root.getroottree().xpath("//processing-instruction()"):
            raise ExtractionError(f"'{name}' in the EPUB edition has processing instructions. Render it again.")
        return root


def joined(document: str, address: str) -> str:
    """The name of the file at ``address``, as written in ``document``."""
    path = unquote(address.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(document), path))
