"""The documents of an EPUB: the article's, the notes' and the navigation."""

from __future__ import annotations

from dataclasses import dataclass

from exporter import templating
from exporter.article import Article
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.renderers import html
from exporter.renderers.epub.division import Division, divide
from exporter.renderers.epub.metadata import properties
from exporter.renderers.epub.navigation import Entry, outline
from exporter.renderers.epub.package import Item, write
from exporter.renderers.xml import checked
from exporter.text import identifier, said_metadata
from exporter.walk import pictures

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}
_XHTML = "application/xhtml+xml"


class EpubRenderer:
    """An EPUB with one document for the article, or one for each section that has metadata, and one for the notes."""

    suffix = "epub"
    media_type = "application/epub+zip"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The EPUB's bytes; raises RenderError for a picture or a character it cannot hold."""
        for value in said_metadata(article.metadata).values():
            checked(value)
        documents = _Documents(article, context, divide(article), _picture_names(article, context))
        return write(
            title=article.metadata.title,
            identifier=identifier(article.metadata),
            language=article.metadata.language,
            direction=article.metadata.direction,
            properties=properties(article),
            modified=context.date,
            items=(*documents.texts(), documents.navigation(), documents.style(), *documents.pictures()),
        )


def _picture_names(article: Article, context: RenderContext) -> dict[str, str]:
    """File name for each source; numbered, so that no two pictures share one and no name needs escaping."""
    sources = dict.fromkeys(image.source for image in pictures(article))
    return {source: f"pictures/{n}.{_suffix(source, context)}" for n, source in enumerate(sources, 1)}


def _suffix(source: str, context: RenderContext) -> str:
    media_type = html.resource(source, context).media_type
    if media_type not in _SUFFIXES:
        raise RenderError(
            f"The picture '{source}' is {media_type}, which an EPUB edition does not carry. Use PNG or JPEG."
        )
    return _SUFFIXES[media_type]


@dataclass(frozen=True, slots=True)
class _Documents:
    """What goes into one EPUB."""

    article: Article
    context: RenderContext
    division: Division
    names: dict[str, str]

    def texts(self) -> tuple[Item, ...]:
        """The documents to read, in reading order."""
        dialect = html.Dialect(
            labels=self.context.labels, picture=self.names.__getitem__, address=self.division.address, epub=True
        )
        written = html.parts(self.article, self.division.groups, dialect)
        return tuple(
            Item(name, _XHTML, self._page("epub.xhtml.j2", content), in_spine=True)
            for name, content in self.division.named(written)
        )

    def navigation(self) -> Item:
        """The navigation document: the table of contents and the landmarks."""
        entries = outline(self.article, self.division.address)
        return Item("nav.xhtml", _XHTML, self._navigation(entries), properties=("nav",))

    def _navigation(self, entries: tuple[Entry, ...]) -> bytes:
        return self._page(
            "epub-nav.xhtml.j2", "", entries=entries, start=self.division.names[0], notes=self.division.notes
        )

    def style(self) -> Item:
        """The style sheet, from the first template folder that has one."""
        folders = self.context.templates or templating.search_path()
        return Item("style.css", "text/css", templating.find("epub.css", folders).read_bytes())

    def pictures(self) -> tuple[Item, ...]:
        """The pictures as loaded, byte for byte."""
        resources = [(name, html.resource(source, self.context)) for source, name in self.names.items()]
        return tuple(Item(name, resource.media_type, resource.content) for name, resource in resources)

    def _page(self, template: str, content: str, **more: object) -> bytes:
        return html.document(template, self.article, content, self.context, **more).encode("utf-8")
