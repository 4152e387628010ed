"""The HTML edition: a page of its own, pictures inside."""

from __future__ import annotations

import base64
from collections.abc import Callable

from markupsafe import Markup

from exporter import labels, templating
from exporter.article import Article, Section
from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError
from exporter.labels import Labels
from exporter.renderers.html.body import body
from exporter.renderers.html.dialect import Dialect
from exporter.text import identifier
from exporter.walk import contents


class HtmlRenderer:
    """A page of its own, pictures inside."""

    suffix = "html"
    media_type = "text/html"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as one HTML file, UTF-8."""
        dialect = Dialect(
            labels=context.labels,
            picture=lambda source: _data_url(resource(source, context)),
            contents=True,
            words=words(context),
        )
        page = document(
            "article.html.j2",
            article,
            body(article, dialect),
            context,
            identifier=identifier(article.metadata),
            style=_style(context, contents(article)),
        )
        return page.encode("utf-8")


def _style(context: RenderContext, parts: tuple[Section, ...]) -> Markup:
    """The style sheets, templates as the page is, with the theme's values; ``parts`` are listed as contents."""
    environment = templating.environment(context.templates or templating.search_path())
    names = ("article.css", "article-publication.css") if parts else ("article.css",)
    sheet = "\n".join(environment.get_template(name).render() for name in names)
    return Markup(templating.theme_of(context).style(sheet))


def document(template: str, article: Article, content: str, context: RenderContext, **more: object) -> str:
    """``content`` set in a page template, which also gets the metadata, labels and ``more`` by name."""
    page = templating.environment(context.templates or templating.search_path()).get_template(template)
    return page.render(metadata=article.metadata, labels=context.labels, body=Markup(content), **more)


def words(context: RenderContext) -> Callable[[str], Labels]:
    """Which labels a section of an article has, by its language."""
    folders = context.templates or templating.search_path()
    return lambda language: labels.beside(language, context.labels, folders)


def resource(source: str, context: RenderContext) -> Resource:
    """The picture ``source`` as loaded; raises RenderError where it was not."""
    found = context.resources.get(source)
    if found is None:
        raise RenderError(f"The picture '{source}' was not loaded. Check its path and that it is a picture.")
    return found


def _data_url(picture: Resource) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode('ascii')}"
