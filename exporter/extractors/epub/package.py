"""The package document of an EPUB: its metadata, and which documents are read in which order (EPUB 3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from exporter.errors import ExtractionError
from exporter.extractors.epub.archive import Archive, joined
from exporter.extractors.xhtml import Node
from exporter.walk import normalise

_ELEMENTS = {
    "published": "dc:date",
    "publisher": "dc:publisher",
    "rights": "dc:rights",
    "summary": "dc:description",
    "canonical_url": "dc:source",
    "language": "dc:language",
}
_NCX = "application/x-dtbncx+xml"
_CLAIMS = ("schema:access", "dcterms:conformsTo", "a11y:")
_XHTML = "application/xhtml+xml"
_ROLE = "{http://www.idpf.org/2007/opf}role"
_SAID = frozenset(
    ("title", "creator", "contributor", "date", "publisher", "rights", "description", "source", "subject", "identifier")
) | {"language"}
"""Elements of Dublin Core that are compared, or tell who saved the file."""
_PROPERTIES = ("dcterms:modified", "title-type", "role", "display-seq", "identifier-type", *_CLAIMS)
_DATED = ("schema:dateModified", "schema:articleSection", "schema:translationOfWork")
_PLACED = frozenset(("page-spread-left", "page-spread-right"))
_INSTEAD = ("fallback", "media-overlay")
"""What an item names to be shown or heard in its place."""


@dataclass(frozen=True)
class Package:
    """The package document: its name, and its root element."""

    name: str
    root: Node

    @classmethod
    def read(cls, archive: Archive) -> Package:
        """The package the container names."""
        container = archive.document("META-INF/container.xml")
        names = [unquote(file.get("full-path")) for file in container.below("rootfile")]
        if len(names) != 1:
            raise ExtractionError(f"META-INF/container.xml names {len(names)} package documents, not one.")
        return cls(names[0], archive.document(names[0]))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Names of the documents to read: those of the spine in order, then the one that says what is where."""
        items = {item.get("id"): item for item in self._items}
        references = [reference.get("idref") for reference in self.root.below("itemref")]
        if missing := [reference for reference in references if reference not in items]:
            raise ExtractionError(f"The spine names '{missing[0]}', which the manifest does not have.")
        navigation = [item for item in self._items if "nav" in item.get("properties").split()]
        read = [items[reference] for reference in references] + navigation
        return tuple(dict.fromkeys(joined(self.name, item.get("href")) for item in read))

    @property
    def outlines(self) -> tuple[str, ...]:
        """Names of the contents in the form of EPUB 2 (NCX)."""
        return tuple(joined(self.name, i.get("href")) for i in self._items if i.get("media-type") == _NCX)

    @property
    def files(self) -> frozenset[str]:
        """Names of the files the package names, its own document among them."""
        return frozenset((self.name, *(joined(self.name, item.get("href")) for item in self._items)))

    @property
    def covers(self) -> tuple[str, ...]:
        """Addresses of the pictures that are the cover: as EPUB 3 says it, and as EPUB 2 readers did."""
        named = {each.get("content") for each in self._metadata_elements("meta") if each.get("name") == "cover"}
        found = [i for i in self._items if "cover-image" in i.get("properties").split() or i.get("id") in named]
        return tuple(item.get("href") for item in found)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Addresses of the style sheets."""
        return tuple(item.get("href") for item in self._items if item.get("media-type") == "text/css")

    @property
    def labels(self) -> tuple[str, ...]:
        """What the guide of EPUB 2 calls things. Other programs have their own words there, which few show."""
        if self.producer:
            return ()
        return tuple(normalise(reference.get("title")) for reference in self.root.below("reference"))

    @property
    def claims(self) -> Mapping[str, tuple[str, ...]]:
        """What the package says of its accessibility, by the property's name."""
        names = sorted({meta.get("property") for meta in self._metadata_elements("meta")})
        return {name: tuple(self._properties(name)) for name in names if name.startswith(_CLAIMS)}

    def alterations(self) -> Iterator[str]:
        """What makes a program show other documents than those read here, or in another order."""
        identifiers = Counter(item.get("id") for item in self._items)
        yield from (f"two items have the id '{i}'" for i, count in identifiers.items() if count > 1)
        for item in self._items:
            yield from (f"'{item.get('href')}' has a {name}" for name in _INSTEAD if item.get(name))
            if item.get("media-type") != _XHTML and joined(self.name, item.get("href")) in self.documents:
                yield f"'{item.get('href')}' is not called a document"
        references = Counter(reference.get("idref") for reference in self.root.below("itemref"))
        yield from (f"'{i}' is read twice" for i, count in references.items() if count > 1)
        for reference in self.root.below("itemref"):
            if reference.get("linear") == "no":
                yield f"'{reference.get('idref')}' is left out of the reading order"
            for name in set(reference.get("properties").split()) - _PLACED:
                yield f"'{reference.get('idref')}' is shown as {name}"
        for meta in self._metadata_elements("meta"):
            if meta.get("property").startswith(("rendition:", "media:")):
                yield f"the book is shown as {meta.get('property')} says: '{normalise(meta.text())}'"
        for name in ("collection", "bindings"):
            yield from (f"the package has <{name}>" for _ in self.root.below(name))

    def unread(self) -> Iterator[str]:
        """What the package says that nobody compares: titles of other kinds, people, series, records elsewhere."""
        kinds = {normalise(meta.text()) for meta in self._refining("title-type")} - {"main", "subtitle"}
        yield from (f"a title of the kind '{kind}'" for kind in sorted(kinds))
        for element in self._metadata:
            name, told = element.name.removeprefix("dc:"), element.get("property") or element.get("name")
            if element.name.startswith("dc:") and name not in _SAID:
                yield f"<{element.name}> '{normalise(element.text())}'"
            elif name == "contributor" and not self.producer:
                yield f"the contributor '{normalise(element.text())}'"
            elif name == "meta" and element.get("property") and not told.startswith((*_PROPERTIES, *_DATED)):
                yield f"{told} '{normalise(element.text())}'"
            elif name == "meta" and element.get("name") and told not in ("generator", "cover") and not self.producer:
                yield f"{told} '{element.get('content')}'"
            elif name == "link":
                yield f"a record of its own at '{element.get('href')}'"

    @cached_property
    def _items(self) -> tuple[Node, ...]:
        return tuple(self.root.below("item"))

    @property
    def direction(self) -> str:
        """The direction of the pages, "" where the package leaves it open."""
        shown = next((spine.get("page-progression-direction") for spine in self.root.below("spine")), "")
        return shown if shown in ("ltr", "rtl") else ""

    @property
    def producer(self) -> str:
        """The program that says it made the book (role ``bkp`` of MARC), or that it saved it; "" where none does."""
        roles = {meta.get("refines") for meta in self._refining("role") if normalise(meta.text()) == "bkp"}
        makers = [
            normalise(each.text()).partition(" [")[0]
            for each in self._metadata_elements("dc:contributor")
            if each.get(_ROLE) == "bkp" or f"#{each.get('id')}" in roles
        ]
        named = {meta.get("name"): meta.get("content") for meta in self._metadata_elements("meta")}
        sigil = named.get("Sigil version")
        return next(filter(None, (*makers, sigil and f"Sigil {sigil}")), "")

    def metadata(self) -> dict[str, str]:
        """What the package says, by the field of ``said_metadata``."""
        return {
            **{field: self.one(name) for field, name in _ELEMENTS.items()},
            "title": self._title(lambda kind: kind in ("", "main")),
            "subtitle": self._title(lambda kind: kind == "subtitle"),
            "authors": "; ".join(self._all("dc:creator")),
            "tags": "; ".join(self._all("dc:subject")),
            "identifier": self._identifier(),
            "updated": "; ".join(self._properties("schema:dateModified")),
            "section": "; ".join(self._properties("schema:articleSection")),
            "translation_of": "; ".join(self._properties("schema:translationOfWork")),
            "direction": self.direction or "ltr",
        }

    def one(self, name: str) -> str:
        """What the elements ``name`` say, "" without one."""
        return "; ".join(self._all(name))

    def _all(self, name: str) -> list[str]:
        return [normalise(node.text()) for node in self._metadata_elements(name)]

    def _metadata_elements(self, name: str) -> Iterator[Node]:
        return (node for node in self._metadata if node.name == name)

    @cached_property
    def _metadata(self) -> tuple[Node, ...]:
        """Every element below the metadata."""
        return tuple(node for metadata in self.root.below("metadata") for node in metadata.inside())

    def _identifier(self) -> str:
        wanted = self.root.get("unique-identifier")
        found = [node for node in self._metadata_elements("dc:identifier") if node.get("id") == wanted]
        return normalise(found[0].text()) if found else ""

    def _title(self, wanted: Callable[[str], bool]) -> str:
        """The titles of a kind; one no ``title-type`` refines is of the kind ""."""
        kinds = {meta.get("refines"): normalise(meta.text()) for meta in self._refining("title-type")}
        titles = [t for t in self._metadata_elements("dc:title") if wanted(kinds.get(f"#{t.get('id')}", ""))]
        return "; ".join(normalise(title.text()) for title in titles)

    def _refining(self, name: str) -> Iterator[Node]:
        return (meta for meta in self._metadata_elements("meta") if meta.get("property") == name)

    def _properties(self, name: str) -> Iterator[str]:
        return (normalise(meta.text()) for meta in self._refining(name))
