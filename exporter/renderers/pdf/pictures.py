"""The only addresses the page layout can open: the article's pictures, by a scheme of our own."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote
from xml.etree.ElementTree import Element

from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError

_SCHEME = "picture:"


def url(source: str, resources: Mapping[str, Resource]) -> str:
    """The address of the picture ``source``; raises RenderError where it was not loaded."""
    if source not in resources:
        raise RenderError(f"No picture '{source}' was loaded.")
    return _SCHEME + quote(source, safe="")


def cover_url(context: RenderContext) -> str | None:
    """The address of the picture that is planned as the cover; None where none is."""
    return url(context.cover.source, resources_of(context)) if context.cover else None


def resources_of(context: RenderContext) -> Mapping[str, Resource]:
    """The article's pictures and the one on its cover, by their sources."""
    return {**context.resources, context.cover.source: context.cover} if context.cover else context.resources


def is_wide(address: str, resources: Mapping[str, Resource]) -> bool:
    """Whether the picture at ``address`` is at least twice as wide as high: too small in a narrow column."""
    picture = find(address, resources)
    return picture.width >= 2 * picture.height


_SIGN = 22
"""Pixels; a picture no higher than that fits a line of text."""


def mark_signs(root: Element, resources: Mapping[str, Resource]) -> None:
    """Give the class ``sign`` to pictures below ``root`` that fit a line: they are set without widening it.

    A picture a template has given a class, such as a logo, is its own.
    """
    for image in root.iter("img"):
        if not image.get("class") and find(image.get("src", ""), resources).height <= _SIGN:
            image.set("class", "sign")


def find(address: str, resources: Mapping[str, Resource]) -> Resource:
    """The picture at ``address``; ValueError for anything else: no file, no network, no data."""
    source = unquote(address.removeprefix(_SCHEME))
    if not address.startswith(_SCHEME) or source not in resources:
        raise ValueError("only the article's own pictures can be opened")
    return resources[source]
