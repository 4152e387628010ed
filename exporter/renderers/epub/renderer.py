"""The documents of an EPUB: the article's, the notes' and the navigation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from exporter import templating
from exporter.article import Article
from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError
from exporter.renderers import html
from exporter.renderers.epub.division import Division, Document, divide
from exporter.renderers.epub.metadata import properties
from exporter.renderers.epub.navigation import Entry, contents
from exporter.renderers.epub.package import Guide, Item, write
from exporter.renderers.xml import checked
from exporter.text import identifier, said_metadata
from exporter.walk import pictures

_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}
_XHTML = "application/xhtml+xml"
_NCX = "application/x-dtbncx+xml"
_COVER = "cover.xhtml"
_NAVIGATION = "nav.xhtml"


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
            properties=properties(article, documents.style().content.decode("utf-8")),
            modified=context.date,
            items=documents.items(),
            guide=documents.guide(),
        )


def _picture_names(article: Article, context: RenderContext) -> dict[str, str]:
    """File name for each source; numbered, so that no two pictures share one and no name needs escaping."""
    sources = dict.fromkeys(image.source for image in pictures(article))
    return {source: f"pictures/{n}.{_suffix(source, context)}" for n, source in enumerate(sources, 1)}


def _suffix(source: str, context: RenderContext) -> str:
    return _suffix_of(html.resource(source, context))


def _suffix_of(picture: Resource) -> str:
    if picture.media_type not in _SUFFIXES:
        raise RenderError(
            f"The picture '{picture.source}' is {picture.media_type}, which an EPUB edition does not carry. "
            "Use PNG or JPEG."
        )
    return _SUFFIXES[picture.media_type]


@dataclass(frozen=True, slots=True)
class _Documents:
    """What goes into one EPUB."""

    article: Article
    context: RenderContext
    division: Division
    names: dict[str, str]

    def items(self) -> tuple[Item, ...]:
        """Every file of the package, the documents to read in reading order."""
        navigation, ncx = self.contents()
        first, *texts = self.texts()
        if self.division.front:  # contents of an article made of several are read behind its title
            first, *texts = first, replace(navigation, in_spine=True), *texts
            return (*self.covers(), first, *texts, ncx, self.style(), *self.pictures())
        return (*self.covers(), first, *texts, navigation, ncx, self.style(), *self.pictures())

    def guide(self) -> tuple[Guide, ...]:
        """Landmarks for readers of EPUB 2; Kindle's converter knows by them which document is a cover."""
        cover = (Guide("cover", self.article.metadata.title, _COVER),) if self.context.cover else ()
        listed = (Guide("toc", self.context.labels.contents, _NAVIGATION),) if self.division.front else ()
        return (*cover, *listed, Guide("text", self.context.labels.start, self.division.start))

    def covers(self) -> tuple[Item, ...]:
        """The cover as a document, and the picture in it."""
        cover = self.context.cover
        if cover is None:
            return ()
        name = f"cover.{_suffix_of(cover)}"
        page = self._page("epub-cover.xhtml.j2", "", picture=name, width=cover.width, height=cover.height)
        picture = Item(name, cover.media_type, cover.content, properties=("cover-image",))
        return Item(_COVER, _XHTML, page, in_spine=True), picture

    def texts(self) -> tuple[Item, ...]:
        """The documents to read, in reading order."""
        dialect = html.Dialect(
            labels=self.context.labels,
            picture=self.names.__getitem__,
            address=self.division.address,
            epub=True,
            words=html.words(self.context),
        )
        written = html.parts(self.article, self.division.groups, dialect)
        return tuple(
            Item(each.name, _XHTML, self._text(each), in_spine=True)
            for each in self.division.named(written, self.context.labels.notes)
        )

    def _text(self, document: Document) -> bytes:
        return self._page(
            "epub.xhtml.j2",
            document.content,
            title=document.title,
            matter=document.matter,
            language=document.language or self.article.metadata.language,
            direction=document.direction or self.article.metadata.direction,
        )

    def contents(self) -> tuple[Item, Item]:
        """The navigation document, with table of contents and landmarks, and the NCX for readers of EPUB 2."""
        entries = contents(self.article, self.division, self.context.labels.notes)
        ncx = self._page("epub-toc.ncx.j2", "", entries=entries, identifier=identifier(self.article.metadata))
        return Item(_NAVIGATION, _XHTML, self._navigation(entries), properties=("nav",)), Item("toc.ncx", _NCX, ncx)

    def _navigation(self, entries: tuple[Entry, ...]) -> bytes:
        return self._page(
            "epub-nav.xhtml.j2",
            "",
            entries=entries,
            start=self.division.start,
            front=self.division.names[0] if self.division.front else "",
            notes=self.division.notes,
            cover=_COVER if self.context.cover else "",
        )

    def style(self) -> Item:
        """The style sheet, of each part from the first template folder that has it."""
        folders = self.context.templates or templating.search_path()
        names = ("epub.css", "epub-publication.css") if self.division.front else ("epub.css",)
        sheet = "\n".join(templating.find(name, folders).read_text(encoding="utf-8") for name in names)
        return Item("style.css", "text/css", templating.theme_of(self.context).style(sheet).encode("utf-8"))

    def pictures(self) -> tuple[Item, ...]:
        """The pictures as loaded, byte for byte."""
        resources = [(name, html.resource(source, self.context)) for source, name in self.names.items()]
        return tuple(Item(name, resource.media_type, resource.content) for name, resource in resources)

    def _page(self, template: str, content: str, **more: object) -> bytes:
        return html.document(template, self.article, content, self.context, **more).encode("utf-8")
