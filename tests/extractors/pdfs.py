"""PDF editions for tests: rendered, and then tampered with."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pikepdf

from exporter import fonts, labels, templating
from exporter.article import Article
from exporter.edition import Discrepancy, Edition, RenderContext, Resource
from exporter.renderers.pdf import PdfRenderer
from exporter.verifier import verify


@lru_cache(maxsize=1)
def library() -> Path:
    """The font library's folder."""
    return fonts.library()


def rendered(article: Article, resources: Mapping[str, Resource] | None = None, columns: int = 1) -> bytes:
    """``article`` as a PDF edition set in ``columns``."""
    words = labels.load(article.metadata.language, templating.search_path())
    context = RenderContext(labels=words, fonts=library(), resources=resources or {}, options={"columns": columns})
    return PdfRenderer().render(article, context)


def findings(
    article: Article, content: bytes, resources: Mapping[str, Resource] | None = None
) -> tuple[Discrepancy, ...]:
    """What the verifier finds wrong with ``content`` as an edition of ``article``."""
    digests = {source: resource.digest for source, resource in (resources or {}).items()}
    return verify(article, Edition("pdf", "a-title", content), digests, library()).discrepancies


def codes(article: Article, content: bytes, resources: Mapping[str, Resource] | None = None) -> set[str]:
    """The codes of ``findings``."""
    return {finding.code for finding in findings(article, content, resources)}


def tampered(content: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """``content`` after ``change``."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def redrawn(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """``content`` with the first page's content stream changed; fails where ``change`` changes nothing."""

    def redraw(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        before = page.Contents.read_bytes()
        after = change(before)
        assert after != before
        page.Contents = pdf.make_stream(after)

    return tampered(content, redraw)


def elements(pdf: pikepdf.Pdf, type_: str) -> list[pikepdf.Dictionary]:
    """The structure elements of a type, in order."""
    return [element for element in _elements(pdf.Root.StructTreeRoot) if element.get("/S") == f"/{type_}"]


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)
