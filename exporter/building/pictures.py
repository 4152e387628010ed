"""The pictures an edition shows: those of the article, on pages and in emails no larger than these need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporter import walk
from exporter.edition import Loss, Resource
from exporter.images import Frame, fitted
from exporter.loading.loaded import Loaded
from exporter.loading.pictures import changed
from exporter.settings import Settings


def shown(loaded: Loaded, settings: Settings, format_: str) -> Mapping[str, Resource]:
    """The pictures of ``loaded`` as ``format_`` shows them, by ``Image.source``."""
    widths = {"pdf": settings.images.page, "email.html": settings.images.email}
    if format_ not in widths:
        return loaded.resources
    frame = Frame.of_width(widths[format_], settings.images.quality)
    return {source: fitted(picture, frame) for source, picture in loaded.resources.items()}


def made_smaller(loaded: Loaded, shown: Mapping[str, Resource]) -> Iterator[Loss]:
    """A loss (L002) for each picture that an edition shows smaller than it was loaded."""
    lines = {image.source: image.position.line for image in reversed(tuple(walk.pictures(loaded.article)))}
    for source, picture in loaded.resources.items():
        if (made := shown[source]) != picture:
            sizes = f"from {picture.width} by {picture.height} pixels to {made.width} by {made.height}"
            change = f"was made smaller, {sizes}"
            yield changed(source, lines.get(source, 0), change, len(picture.content), len(made.content))
