"""The one place that knows EbookLib: from finished documents to the bytes of an EPUB.

EbookLib parses and pretty-prints documents given as ``EpubHtml`` (it adds spaces between inline
elements and drops text before the first one), so they are given as plain items, which it copies
byte for byte. It dates zip entries by the clock, so its files are taken before they are in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ebooklib import epub

from exporter.article import Direction
from exporter.renderers import archive
from exporter.renderers.epub.metadata import Property

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NCX = "application/x-dtbncx+xml"


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the EPUB: its name in the package, and whether it is read in the order of the items."""

    name: str
    media_type: str
    content: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """Where a reading system of EPUB 2 finds the "cover" or the "text" (OPF 2.0.1 §2.6)."""

    kind: str
    title: str
    address: str


def write(
    *,
    title: str,
    identifier: str,
    language: str,
    direction: Direction,
    properties: Iterable[Property],
    modified: datetime,
    items: Sequence[Item],
    guide: Sequence[Guide] = (),
) -> bytes:
    """The EPUB's bytes, the same for the same arguments wherever and whenever they are made."""
    book = epub.EpubBook()
    book.set_identifier(identifier)
    book.title = title
    book.set_language(language)
    book.set_direction(direction)
    for each in properties:
        _add(book, each)
    for number, item in enumerate(items, 1):
        _place(book, f"item-{number}", item)
    book.guide = [{"type": each.kind, "title": each.title, "href": each.address} for each in guide]
    modified = modified.astimezone(UTC) if modified.tzinfo else modified
    files = _Writer("", book, {"mtime": modified, "package_direction": True}).files()
    return archive.packed({"mimetype": b"application/epub+zip", **files})


def _add(book: Any, each: Property) -> None:
    attributes = {name.replace("xml:lang", _XML_LANG): value for name, value in each.attributes.items()}
    match each.name.split(":"):
        case ["dc", name]:
            book.add_metadata("DC", name, each.value, attributes)
        case _:
            book.add_metadata(None, "meta", each.value, {"property": each.name, **attributes})


def _place(book: Any, identifier: str, item: Item) -> None:
    made = epub.EpubItem(identifier, item.name, item.media_type, item.content)
    made.properties = list(item.properties)
    book.add_item(made)
    if item.in_spine:
        book.spine.append(made)
    if "cover-image" in item.properties:
        # EPUB 3 has the property; Kindle and readers of EPUB 2 look for this.
        book.add_metadata(None, "meta", "", {"name": "cover", "content": identifier})


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """Sets what EbookLib's interface has no way to: the package's language, and which item is the NCX."""

    def files(self) -> dict[str, bytes]:
        """The files of the book but for the media type, by name."""
        self.out = _Files()
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self.book.language)
        contents = next(item for item in root.iter("item") if item.get("media-type") == _NCX)
        root.find("spine").set("toc", contents.get("id"))
        super()._write_opf_file(root)


class _Files(dict[str, bytes]):
    """Takes what EbookLib writes into an archive."""

    def writestr(self, name: str, content: str | bytes) -> None:
        """Take the file ``name``."""
        self[name] = content.encode("utf-8") if isinstance(content, str) else content
