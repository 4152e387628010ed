"""The PDF edition: typeset pages, tagged as PDF/UA-1 asks."""

from __future__ import annotations

from functools import partial

from exporter import fonts
from exporter.article import Article
from exporter.edition import RenderContext
from exporter.renderers import html
from exporter.renderers.pdf import environment, pictures, typefaces


class PdfRenderer:
    """Typeset by WeasyPrint with the project's own fonts, tags and metadata.

    ``options["columns"]``, 1 unless told, is in how many columns the text runs: 1 or 2.
    """

    suffix = "pdf"
    media_type = "application/pdf"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as PDF/UA-1.

        Raises RenderError where no font has a character, a picture was not loaded, a link leads to
        no heading, or the style sheet asks for what WeasyPrint does not know.
        """
        folder = context.fonts or fonts.library()
        environment.prepare(folder)
        typefaces.require(article, folder)
        # Not before: WeasyPrint reads the machine's font configuration when it is imported.
        from exporter.renderers.pdf import engine

        picture = partial(pictures.url, resources=context.resources)
        body = html.body(article, html.Dialect(labels=context.labels, picture=picture, notes="foot"))
        chosen = typefaces.choose(article, folder)
        page = html.document("print.html.j2", article, body, context, typefaces=chosen)
        return engine.typeset(page, article, context, folder)
