"""A house's own Word document: what its headers and footers say, and whether an edition made of it can be verified."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from exporter import labels, registry, templating, themes
from exporter.article import Article, Metadata
from exporter.comparison import ALTERED, OPEN
from exporter.edition import RenderContext
from exporter.errors import ExporterError, SettingsError
from exporter.folders import file_in
from exporter.settings import Settings
from exporter.themes import Theme

Styles: TypeAlias = tuple[tuple[str, str], ...] | None


def reference(settings: Settings) -> Path | None:
    """The house's own Word document: the one named, else the one for the theme, or for all, among its templates."""
    chosen, folder = theme(settings), settings.theme.templates
    names = (f"reference-{chosen.name}-{chosen.page}.docx", "reference.docx")
    own = (file_in(folder, name) for name in names) if folder else ()
    return settings.docx.reference or next(filter(None, own), None)


def theme(settings: Settings) -> Theme:
    """The theme that is asked for; raises SettingsError, naming the line, for what cannot be set or read."""
    asked = settings.theme
    return themes.load(asked.name, asked.page, templating.search_path(asked.templates))


def beside(settings: Settings, format_: str) -> frozenset[str]:
    """What stands at the head and foot of each page of an edition because the house wants it there.

    Raises SettingsError where the house's document cannot be taken.
    """
    path = reference(settings) if format_ == "docx" else None
    if path is None:
        return frozenset()
    try:
        return _beside(path, path.read_bytes(), settings.docx.styles)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}). Name another [docx] reference.") from error


@lru_cache(maxsize=4)
def _beside(path: Path, content: bytes, styles: Styles) -> frozenset[str]:  # noqa: ARG001 - another content is another
    """What an edition of nothing says; raises SettingsError for what no edition of it could be held to."""
    try:
        edition = registry.renderer("docx").render(_nothing(), _context(path, styles))
        entries = registry.extractor("docx").extract(edition).entries
    except ExporterError as error:
        raise SettingsError(str(error)) from error
    if faults := [entry.text for entry in entries if entry.kind in (ALTERED, OPEN)]:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise SettingsError(f"{path}: no edition could be verified with it: {faults[0]}{more}. Take it out in Word.")
    return frozenset(entry.text for entry in entries if entry.attributes.get("place") == "running")


def _nothing() -> Article:
    """Says as little as an article can, and needs what nearly every article needs."""
    return Article(Metadata(title="-", language="en", authors=("-",)), (), "")


def _context(path: Path, styles: Styles) -> RenderContext:
    folders, options = templating.search_path(), {"reference": path, "styles": styles}
    return RenderContext(labels=labels.load("en", folders), templates=folders, options=options)
