"""An article as HTML: a renderer like the rest, and the body the PDF and EPUB editions call for."""

from exporter.renderers.html.body import body, parts
from exporter.renderers.html.dialect import Dialect
from exporter.renderers.html.page import HtmlRenderer, document, resource, words
from exporter.renderers.html.publication import Listed, listed

__all__ = ["Dialect", "HtmlRenderer", "Listed", "body", "document", "listed", "parts", "resource", "words"]
