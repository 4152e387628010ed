"""The DOCX edition: a Word document an editor can work in, made with python-docx.

Every look is a style of ``reference.docx``; code names styles and never a size, a font or a colour.
"""

from __future__ import annotations

from pathlib import Path

from docx.oxml.ns import qn

from exporter import templating
from exporter.article import Article
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.renderers.docx import divisions, notes, package, properties
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.blocks import BlockWriter
from exporter.renderers.docx.elements import Element, w
from exporter.renderers.docx.manuscript import Manuscript, Story
from exporter.renderers.docx.reference import Reference, find
from exporter.walk import notes as notes_of

__all__ = ["DocxRenderer"]


class DocxRenderer:
    """An Office Open XML document (ISO/IEC 29500, transitional)."""

    suffix = "docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as a Word document; raises RenderError for what Word cannot hold, or a missing style."""
        reference = _reference(context)
        reference.speak(article.metadata.language)
        manuscript = Manuscript(article, context, reference)
        _write_stories(manuscript, article, reference)
        divisions.write(reference.part, manuscript.divisions, manuscript.number())
        properties.write(reference.part.package, article.metadata, context)
        return package.packed(reference.document)


def _reference(context: RenderContext) -> Reference:
    """The document that was asked for; else the first of that name in the folders of templates."""
    match context.options.get("reference"):
        case Path() as chosen:
            styles = context.options.get("styles")
            return Reference(chosen, styles if isinstance(styles, tuple) else None)
        case _:
            return Reference(_found(context))


def _found(context: RenderContext) -> Path:
    try:
        return find(templating.theme_of(context), context.templates or templating.search_path())
    except FileNotFoundError as error:
        raise RenderError(f"{error} Reinstall article-exporter.") from error


def _write_stories(manuscript: Manuscript, article: Article, reference: Reference) -> None:
    metadata = article.metadata
    around = Around(metadata.language, metadata.direction)
    called: set[str] = set()
    writer = BlockWriter(manuscript, Story(reference.part, called))
    content = writer.header(metadata, "Title", around) + writer.blocks(article.blocks, around)
    reference.body[0:0] = content
    if metadata.direction == "rtl":
        reference.mirror()
        _turn(reference.section)
    notes.write(manuscript, notes_of(article), around, called)


def _turn(section: Element) -> None:
    """Lay the section out from the right: ``w:bidi`` stands before the last two a ``w:sectPr`` may have."""
    after = [child for child in section if child.tag in (qn("w:rtlGutter"), qn("w:docGrid"), qn("w:printerSettings"))]
    section.insert(list(section).index(after[0]) if after else len(section), w("bidi"))
