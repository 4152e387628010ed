"""Reads an HTML edition as a browser would: by the parsing algorithm of the HTML standard."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes

import tinyhtml5

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.xhtml import CARRIES, Entries, Node, Walk, decorations, tree
from exporter.images import pixel_digest
from exporter.walk import normalise

_NAMES = {
    "summary": "description",
    "published": "article:published_time",
    "updated": "article:modified_time",
    "identifier": "dcterms.identifier",
    "publisher": "dcterms.publisher",
    "rights": "dcterms.rights",
}
"""The ``meta`` elements that hold one value each, by the field of metadata."""


class HtmlExtractor:
    """What a page of HTML says."""

    def extract(self, content: bytes) -> Extraction:
        """Everything the page says; raises ExtractionError where ``content`` is no HTML in UTF-8."""
        try:
            return _extraction(tree(parsed(decoded(content))))
        except RecursionError as error:
            raise ExtractionError("The HTML edition is nested too deep to be read. Render it again.") from error


def _extraction(page: Node) -> Extraction:
    entries = Entries(_digest)
    walk = Walk(entries)
    for body in page.below("body"):
        walk.read("", Node(page.name, page.attributes, (body,)))
    entries.inspect("page", page, lambda _address: None)
    if not any(meta.get("charset").lower() == "utf-8" for meta in page.below("meta")):
        entries.alter("page", "the page does not say that it is UTF-8")
    silent = tuple(_digest("", address) for address in decorations(page))
    return Extraction(entries.said(), CARRIES, metadata(page), decorations=silent)


def decoded(content: bytes) -> str:
    """``content`` as text; raises ExtractionError where it is not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExtractionError(f"The edition is not UTF-8 ({error}). Render it again.") from error


def parsed(text: str) -> Any:
    """The root element of a page; raises ExtractionError where there is none."""
    if "<html" not in text[:2000].lower():
        raise ExtractionError("The HTML edition has no <html> element. Render it again.")
    return tinyhtml5.parse(text, namespace_html_elements=False)


def _digest(_document: str, address: str) -> str:
    """The digest of the picture in a ``data:`` URL (RFC 2397); "" for another URL or what is no picture."""
    head, comma, payload = address.partition(",")
    if not comma or not head.lower().startswith("data:"):
        return ""
    try:
        content = base64.b64decode(payload, validate=True) if head.endswith(";base64") else unquote_to_bytes(payload)
        return pixel_digest(content)
    except (ValueError, binascii.Error):
        return ""


def metadata(page: Node) -> Mapping[str, str]:
    """Fields of metadata; HTML has no place for the subtitle but the page itself."""
    found = {field: "; ".join(_values(page, name)) for field, name in _NAMES.items()}
    return {
        **found,
        "title": normalise("".join(title.text() for head in page.below("head") for title in head.below("title"))),
        "authors": "; ".join(_values(page, "author")),
        "tags": "; ".join(_values(page, "article:tag")),
        "canonical_url": "; ".join(_canonical(page)),
        "language": page.language,
        "direction": page.get("dir") or "ltr",
    }


def _canonical(page: Node) -> list[str]:
    links = [link for head in page.below("head") for link in head.below("link")]
    return [link.get("href") for link in links if link.get("rel") == "canonical"]


def _values(page: Node, name: str) -> list[str]:
    metas = [meta for head in page.below("head") for meta in head.below("meta")]
    return [normalise(meta.get("content")) for meta in metas if name in (meta.get("name"), meta.get("property"))]
