"""What PDF/A-3a adds to a file, which may be there as it has to be and not otherwise (part of P006).

A profile that turns colours, labels that count pages otherwise, a file hidden behind the one that is shown: each would
make a reader see something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

import pikepdf
from lxml import etree

SRGB: Final = "384b832de3412066743b52a75ee906b6fb9fb8d9e09e936fc2c43223815c6e0a"
"""SHA-256 of the profile of sRGB (sRGB2014.icc, International Color Consortium)."""

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DUBLIN_CORE: Final = (
    *("format", "title", "creator", "description", "subject", "publisher", "rights", "identifier"),
    *("source", "language", "date"),
)
_PROPERTIES: Final = {
    *(f"{{http://purl.org/dc/elements/1.1/}}{name}" for name in _DUBLIN_CORE),
    *(f"{{http://ns.adobe.com/xap/1.0/}}{name}" for name in ("CreateDate", "ModifyDate", "CreatorTool")),
    *(f"{{http://ns.adobe.com/pdf/1.3/}}{name}" for name in ("Keywords", "Producer")),
    *(f"{{http://www.aiim.org/pdfa/ns/id/}}{name}" for name in ("part", "conformance")),
    "{http://www.aiim.org/pdfua/ns/id/}part",
    "{http://www.aiim.org/pdfa/ns/extension/}schemas",
}
_INTENT: Final = {"/Type", "/S", "/OutputConditionIdentifier", "/Info", "/DestOutputProfile"}
_PROFILE: Final = {"/N", "/Alternate", "/Length", "/Filter"}
_SPECIFICATION: Final = {"/Type", "/F", "/UF", "/Desc", "/EF", "/AFRelationship"}
_EMBEDDED: Final = {"/Type", "/Subtype", "/Params", "/Length", "/Filter"}


def strange(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Places in the file, and what is there that should not be."""
    yield from _of_colours(pdf.Root.get("/OutputIntents", pikepdf.Array()))
    yield from _of_labels(pdf.Root.get("/PageLabels"))
    yield from _of_files(pdf)
    yield from _of_metadata(pdf.Root.get("/Metadata"))


def _of_colours(intents: pikepdf.Object) -> Iterator[tuple[str, str]]:
    if len(intents) > 1:
        yield "Output intents", f"{len(intents)} of them"
    for intent in intents:
        yield from (("Output intent", key) for key in _others(intent, _INTENT))
        if (profile := intent.get("/DestOutputProfile")) is None:
            yield "Output intent", "no profile"
            continue
        yield from (("Output profile", key) for key in _others(profile, _PROFILE))
        if hashlib.sha256(profile.read_bytes()).hexdigest() != SRGB:
            yield "Output profile", "a profile that is not that of sRGB"


def _of_labels(labels: pikepdf.Object | None) -> Iterator[tuple[str, str]]:
    """Pages are called 1, 2, 3 …, as their feet say."""
    if labels is not None and _plain(labels) != {"/Nums": [0, {"/S": "/D"}]}:
        yield "Page labels", "other numbers than 1, 2, 3"


def _of_metadata(packet: pikepdf.Object | None) -> Iterator[tuple[str, str]]:
    """XMP has the properties an article and its two standards need, each once; others nobody would look at."""
    if not isinstance(packet, pikepdf.Stream):
        return
    found = [str(each.tag) for each in _described(packet.read_bytes())]
    yield from (("XMP", name) for name in found if name not in _PROPERTIES)
    yield from (("XMP", f"{name} twice") for name in sorted(set(found)) if found.count(name) > 1)


def _described(packet: bytes) -> Iterator[etree._Element]:
    parsed = etree.fromstring(packet, etree.XMLParser(resolve_entities=False, no_network=True))
    for about in parsed.iterfind(f"{_RDF}RDF/{_RDF}Description"):
        yield from about
        yield from (etree.Element(name) for name in about.attrib if name != f"{_RDF}about")


def _of_files(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Each embedded file is named once, and associated with the document as its source."""
    tree = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
    named = dict(pikepdf.NameTree(tree)) if tree is not None and len(tree) else {}
    if not named and (tree is not None or "/AF" in pdf.Root):
        yield "Embedded files", "a place for some, and none"
    associated = {each.objgen for each in pdf.Root.get("/AF", pikepdf.Array())}
    if {each.objgen for each in named.values()} != associated:
        yield "Associated files", "others than the embedded ones"
    for name, specification in named.items():
        yield from _of_file(name, specification)
    yield from _of_parts(pdf, associated)


def _of_parts(pdf: pikepdf.Pdf, known: set[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """A file goes along with the document, not with a part of it, where nobody would look for one."""
    for made in pdf.objects:
        if isinstance(made, pikepdf.Dictionary | pikepdf.Stream) and made.objgen != pdf.Root.objgen:
            keys = made.keys()
            if "/AF" in keys:
                yield f"Object {made.objgen[0]}", "/AF"
            if "/EF" in keys and made.objgen not in known:
                yield f"Object {made.objgen[0]}", "/EF"


def _of_file(name: str, specification: pikepdf.Object) -> Iterator[tuple[str, str]]:
    place = f"File '{name}'"
    yield from ((place, key) for key in _others(specification, _SPECIFICATION))
    if {str(specification.get("/F")), str(specification.get("/UF"))} != {name}:
        yield place, "another name beside it"
    if specification.get("/AFRelationship") != pikepdf.Name.Source:
        yield place, f"the relationship {specification.get('/AFRelationship')}"
    for stream in dict(specification.get("/EF", pikepdf.Dictionary())).values():
        yield from ((place, key) for key in _others(stream, _EMBEDDED))
        checksum = bytes(stream.get("/Params", pikepdf.Dictionary()).get("/CheckSum", b""))
        if checksum != hashlib.md5(stream.read_bytes(), usedforsecurity=False).digest():
            yield place, "the checksum of another"


def _others(made: pikepdf.Object, known: set[str]) -> list[str]:
    """The keys of a dictionary or stream that are not ``known``."""
    return sorted(set(made.keys()) - known)


def _plain(made: pikepdf.Object) -> object:
    """``made`` as lists, dictionaries, numbers and names."""
    match made:
        case pikepdf.Dictionary():
            return {key: _plain(value) for key, value in made.items()}
        case pikepdf.Array():
            return [_plain(value) for value in made]
        case pikepdf.Name():
            return str(made)
        case _:
            return made
