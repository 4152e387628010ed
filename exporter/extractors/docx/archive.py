"""The parts of a DOCX file and what they are to each other (Open Packaging Conventions, ISO/IEC 29500-2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from exporter.errors import ExtractionError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


_ONCE = ("styles", "numbering", "settings", "webSettings", "footnotes", "endnotes", "comments", "core-properties")
"""Kinds of parts a document has one of."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to: ``target`` is a part's name, or a URI where it is ``external``."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of XML: its root, and its relationships by id."""

    name: str
    root: etree._Element
    relationships: Mapping[str, Relationship]

    def related(self, kind: str) -> str | None:
        """The name of the first part it refers to as ``kind``, the last segment of the relationship's type."""
        return next((r.target for r in self.relationships.values() if r.kind == kind and not r.external), None)


class Archive:
    """An opened file. Raises ExtractionError where it is no zip, or a part in it is broken."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise ExtractionError(f"Not a DOCX file: {error}.") from error
        names = Counter(name.lower() for name in self._zip.namelist())
        if twice := sorted(name for name, count in names.items() if count > 1):
            raise ExtractionError(f"The DOCX file has '{twice[0]}' twice: programs differ in which they read.")
        self._names = frozenset(self._zip.namelist())
        self._parts: dict[str, Part] = {}
        self._related: dict[str, Mapping[str, Relationship]] = {}

    def main(self) -> Part:
        """The main document part; raises ExtractionError where the file does not call it a Word document."""
        main = self._required(self._relationships(""), "officeDocument")
        types = self._parsed("[Content_Types].xml")
        named = [each.get("ContentType", "") for each in types if each.get("PartName") == f"/{main.name}"]
        if len(named) != 1 or not named[0].endswith("wordprocessingml.document.main+xml"):
            raise ExtractionError(f"The DOCX file does not call '{main.name}' a Word document: Word does not open it.")
        return main

    def properties(self, kind: str) -> Part | None:
        """The part of properties of that kind, where the package has one."""
        found = [r.target for r in self._relationships("").values() if r.kind == kind]
        return self.part(found[0]) if found else None

    def part(self, name: str) -> Part:
        """The part ``name``, parsed once: nobody changes what is read."""
        if name not in self._parts:
            self._parts[name] = Part(name, self._parsed(name), self._relationships(name))
        return self._parts[name]

    def related(self, part: Part, kind: str) -> Part | None:
        """The part that ``part`` refers to as ``kind``, where there is one."""
        name = part.related(kind)
        return self.part(name) if name else None

    def everywhere(self) -> Iterator[tuple[str, Relationship]]:
        """Each relationship, with the name of the part that has it; "" for the package."""
        for path in sorted(self._names):
            if path.endswith(".rels"):
                folder, file = posixpath.split(path)
                name = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
                yield from ((name, relationship) for relationship in self._relationships(name).values())

    def content(self, name: str) -> bytes:
        """The bytes of a part; raises ExtractionError."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise ExtractionError(f"The DOCX file lacks a readable '{name}'.") from error

    def _required(self, relationships: Mapping[str, Relationship], kind: str) -> Part:
        found = [r.target for r in relationships.values() if r.kind == kind]
        if len(found) != 1:
            raise ExtractionError(f"Not a DOCX file: it has {len(found) or 'no'} main documents.")
        return self.part(found[0])

    def _relationships(self, name: str) -> Mapping[str, Relationship]:
        if name not in self._related:
            self._related[name] = self._relationships_of(name)
        return self._related[name]

    def _relationships_of(self, name: str) -> Mapping[str, Relationship]:
        folder, file = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self._names:
            return {}
        found = [(element.get("Id", ""), _relationship(element, folder)) for element in self._parsed(path)]
        kinds = [relationship.kind for _, relationship in found]
        if len(dict(found)) != len(found) or any(kinds.count(kind) > 1 for kind in _ONCE):
            raise ExtractionError(f"'{path}' in the DOCX file names two parts where there can be one.")
        return dict(found)

    def _parsed(self, name: str) -> etree._Element:
        parse = _parsed_once if posixpath.basename(name) in _OF_A_HOUSE else _parsed
        return parse(name, self.content(name))


_OF_A_HOUSE = frozenset(("styles.xml", "numbering.xml", "settings.xml", "theme1.xml"))
"""How parts are called that are mostly the same in all documents of a house. A wrong guess costs time alone."""


def _parsed(name: str, content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
        information: Any = root.getroottree().docinfo
        if information.doctype:
            raise ExtractionError(f"The DOCX file's '{name}' has a document type, which the format forbids.")
        return root
    except etree.XMLSyntaxError as error:
        raise ExtractionError(f"The DOCX file's '{name}' is not well-formed: {error}.") from error


_parsed_once = lru_cache(maxsize=12)(_parsed)
"""The same root for the same content: nobody changes what is read."""


def _relationship(element: etree._Element, folder: str) -> Relationship:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relationship(element.get("Type", "").rpartition("/")[2], target, external)


def value(element: etree._Element | None, path: str, name: str = "val") -> str | None:
    """The attribute ``w:name`` of what ``path`` (steps of ``w:`` names, ``/`` between) leads to below ``element``."""
    if element is None:
        return None
    found = _at(element, path)
    return None if found is None else found.get(f"{W}{name}")


def on(element: etree._Element | None, path: str) -> bool | None:
    """Whether the toggle at ``path`` is on; None where it is not said."""
    if element is None:
        return None
    found = _at(element, path)
    return None if found is None else found.get(f"{W}val", "1") not in ("0", "false", "off")


def _at(element: etree._Element, path: str) -> etree._Element | None:
    steps = _steps(path)
    return element.find(steps) if "/" in path else next(element.iterchildren(steps), None)


@lru_cache(maxsize=128)
def _steps(path: str) -> str:
    """``path`` as lxml wants it."""
    return "/".join(f"{W}{step}" for step in path.split("/"))
