"""The house's logo, as its theme names it: pictures ready to be set, on light grounds and on dark ones."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from exporter import images
from exporter.edition import Logo, Resource
from exporter.errors import SettingsError
from exporter.themes import Theme

LIGHT: Final = "logo:light"
DARK: Final = "logo:dark"
"""What stands for the pictures among an article's own, none of which can be called so: it is no path."""

_FRAME: Final = images.Frame(800, 800)
"""Pixels of a logo: some centimetres wide on a page, at twice the dots of a screen."""


def logo(theme: Theme, publisher: str | None) -> Logo | None:
    """The logo of ``theme``, for which the publisher's name stands where no picture is seen; None without one.

    Raises SettingsError where a file is no picture.
    """
    light, dark = _resource(LIGHT, theme.logo), _resource(DARK, theme.logo_dark)
    return Logo(light=light, dark=dark, name=publisher or "") if light or dark else None


def shown(found: Logo | None, format_: str) -> dict[str, Resource]:
    """The pictures of a logo that an edition in ``format_`` may show, by the names that stand for them."""
    match format_:
        case "pdf":
            return resources(found)
        case "email.html" if found and found.light:
            return {found.light.source: found.light}
        case _:
            return {}


def resources(found: Logo | None) -> dict[str, Resource]:
    """The pictures of a logo by the names that stand for them."""
    pictures = (found.light, found.dark) if found else ()
    return {picture.source: picture for picture in pictures if picture}


def _resource(source: str, path: Path | None) -> Resource | None:
    return _prepared(source, path, path.read_bytes()) if path else None


@lru_cache(maxsize=4)
def _prepared(source: str, path: Path, content: bytes) -> Resource:
    try:
        return images.prepare(source, content, _FRAME).resource
    except ValueError as error:
        raise SettingsError(f"The logo {path} {error}. Name a file in SVG, PNG or JPEG under [logo].") from error
