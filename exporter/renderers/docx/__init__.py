"""The DOCX edition: a Word document an editor can work in, made with python-docx.

Every look is a style of ``reference.docx``; code names styles and never a size, a font or a colour.
"""

from __future__ import annotations

from pathlib import Path

from docx.oxml.ns import qn

from exporter import templating
from exporter.article import Article
from exporter.edition import RenderContext, Resource
from exporter.renderers.docx import divisions, leaves, notes, package, properties
from exporter.renderers.docx.around import Around
from exporter.renderers.docx.blocks import BlockWriter
from exporter.renderers.docx.contents import ContentsWriter
from exporter.renderers.docx.manuscript import Manuscript, Story
from exporter.renderers.docx.reference import Reference, of_theme
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
        first = _first_page(reference)
        contents = _write_stories(manuscript, article, context.cover)
        divisions.write(reference.part, manuscript.divisions, manuscript.number())
        properties.write(reference.part.package, article.metadata, context)
        content = package.packed(reference.document)
        if contents is None or first is None or not callable(paginate := context.options.get("paginate")):
            return content
        contents.number({bookmark: page + first - 1 for bookmark, page in paginate(content).items()})
        return package.packed(reference.document)


def _first_page(reference: Reference) -> int | None:
    """The number a house gives its first page; None where it counts in other figures than ours."""
    numbers = reference.section.find(qn("w:pgNumType"))
    if numbers is None:
        return 1
    return int(numbers.get(qn("w:start"), "1")) if numbers.get(qn("w:fmt"), "decimal") == "decimal" else None


def _reference(context: RenderContext) -> Reference:
    """The document that was asked for; else the first of that name in the folders of templates."""
    match context.options.get("reference"):
        case Path() as chosen:
            styles = context.options.get("styles")
            return Reference(chosen, styles if isinstance(styles, tuple) else None)
        case _:
            return of_theme(templating.theme_of(context), context.templates or templating.search_path())


def _write_stories(manuscript: Manuscript, article: Article, cover: Resource | None) -> ContentsWriter | None:
    """Body and notes; the contents, where the article is a publication."""
    reference, metadata = manuscript.reference, article.metadata
    around = Around(metadata.language, metadata.direction)
    story = Story(reference.part, set())
    if metadata.direction == "rtl":
        reference.mirror()
    if manuscript.publication.listed:
        contents = _write_publication(manuscript, article, cover, story)
    else:
        contents = None
        _write_article(manuscript, article, story)
    notes.write(manuscript, notes_of(article), around, story.called)
    return contents


def _write_article(manuscript: Manuscript, article: Article, story: Story) -> None:
    reference, metadata = manuscript.reference, article.metadata
    around = Around(metadata.language, metadata.direction)
    writer = BlockWriter(manuscript, story)
    reference.body[0:0] = writer.header(metadata, "Title", around) + writer.blocks(article.blocks, around)
    if metadata.direction == "rtl":
        leaves.turn(reference.section)


def _write_publication(
    manuscript: Manuscript, article: Article, cover: Resource | None, story: Story
) -> ContentsWriter:
    """Cover; contents, and below them what stands before the first article; then each on pages of its own."""
    reference, metadata = manuscript.reference, article.metadata
    around = Around(metadata.language, metadata.direction)
    writer, contents = BlockWriter(manuscript, story), ContentsWriter(manuscript, story, around)
    front, title = manuscript.publication.leaf, writer.cover(metadata, cover, around)
    text = leaves.parted(writer.blocks(article.blocks, around), front)
    front.content[:0] = [*title, contents.contents(manuscript.publication.entries)]
    reference.body[0:0] = leaves.bound(text, reference.part, reference.section, contents.end([]))
    return contents
