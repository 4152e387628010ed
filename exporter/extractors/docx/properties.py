"""What the file's own metadata say."""

from __future__ import annotations

from lxml import etree

from exporter.extractors.docx.archive import Archive, Part, W, on
from exporter.walk import normalise

_CORE = {
    "title": "title",
    "creator": "authors",
    "keywords": "tags",
    "description": "summary",
    "language": "language",
    "identifier": "identifier",
}
_CUSTOM = ("subtitle", "published", "updated", "publisher", "rights")


def metadata(archive: Archive, main: Part) -> dict[str, str]:
    """By the names of ``text.said_metadata``; "" where the file does not say."""
    core, custom = archive.properties("core-properties"), archive.properties("custom-properties")
    found = {etree.QName(each).localname: each.text or "" for each in _elements(core)}
    named = {each.get("name", ""): "".join(map(str, each.itertext())) for each in _elements(custom)}
    section = main.root.find(f"{W}body/{W}sectPr")
    return {
        **{name: normalise(found.get(key, "")) for key, name in _CORE.items()},
        **{name: normalise(named.get(name, "")) for name in _CUSTOM},
        "direction": "rtl" if on(section, "bidi") else "ltr",
    }


def _elements(part: Part | None) -> tuple[etree._Element, ...]:
    return tuple(part.root.iterchildren("{*}*")) if part else ()
