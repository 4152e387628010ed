"""WeasyPrint, kept to what it is given: our fonts, our style sheet, the article's pictures.

Nothing is fetched from files or the network, and whatever WeasyPrint would only log is an error.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2
import weasyprint
import weasyprint.pdf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from exporter import fonts, templating
from exporter.article import Article
from exporter.edition import RenderContext, Resource
from exporter.errors import RenderError
from exporter.renderers.pdf import (
    balancing,
    breaking,
    codes,
    columns,
    columnwidths,
    heads,
    justifying,
    markup,
    metadata,
    notes,
    overhangs,
    pagenumbers,
    painting,
    pictures,
    room,
    shortcuts,
    spaces,
    tablebreaks,
    tableheads,
    trailing,
    turning,
    typefaces,
    voices,
    writing,
)
from exporter.renderers.pdf.structure import write_structure
from exporter.text import said

_ONE_AT_A_TIME = threading.Lock()
# Pango's font map is shared by all documents, and the seam for tags is WeasyPrint's module.


class _Page(weasyprint.HTML):  # type: ignore[misc]
    """A page parsed by ``markup`` instead of WeasyPrint's HTML parser."""

    def __init__(self, page: ElementTree.Element, fetch: object) -> None:
        self.base_url = None
        self.url_fetcher = fetch
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(page)
        self.etree_element = self.wrapper_element.etree_element


_OUTLINE = "h1, h2, h3, h4, h5, h6 { bookmark-label: attr(data-label) }"


class _Pictures(URLFetcher):  # type: ignore[misc]
    """Opens the article's pictures and nothing else: it is made without what opens files and the network."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        self._fail_on_errors = False  # WeasyPrint's own, said to be a warning, which is an error here
        self._resources = resources

    def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
        """The picture at ``url``; ValueError for anything else."""
        picture = pictures.find(url, self._resources)
        return URLFetcherResponse(url, picture.content, {"Content-Type": picture.media_type})


def typeset(page: str, article: Article, context: RenderContext, folder: Path) -> bytes:
    """``page`` as PDF/UA-1, set with the font library ``folder``; raises RenderError for whatever is not right.

    Where a cover does not fit its page, the error's code is P003.
    """
    fetch = _Pictures(pictures.resources_of(context))
    with _ONE_AT_A_TIME, _no_warnings("the page"), _own_tags(frozenset(page)), _seams():
        styles = (_style(name, context) for name in _style_names(context))
        sheets = [_style_sheet(_OUTLINE, folder), *(_style_sheet(style, folder) for style in styles)]
        layout = {"font_config": _font_configuration(folder), "stylesheets": sheets, "presentational_hints": True}
        document = _Page(_parsed(page, context), fetch).render(**layout)
        if _is_cover(context):
            room.require(document)
        _link_once(document)
        pagenumbers.fill(document)
        document.metadata = metadata.of_document(article.metadata, context)
        content: bytes = document.write_pdf(
            pdf_tags=True,
            pdf_version="1.7",
            uncompressed_pdf=_is_cover(context),  # which is proved, drawn and thrown away
            pdf_identifier=metadata.file_identifier(article.metadata),
            finisher=partial(metadata.finish, article=article.metadata, context=context),
        )
    _require_glyphs(document, article)
    _require_own_fonts(document, folder)
    return content


@contextmanager
def _seams() -> Iterator[None]:
    """Let WeasyPrint do what it does otherwise by itself, or not at all; each module says what and why."""
    with (
        balancing.balanced(),
        breaking.between_words(),
        columnwidths.by_words(),
        heads.once(),
        justifying.measured(),
        trailing.closed(),
        painting.pictures_first(),
        notes.none_forgotten(),
        overhangs.cleared(),
        shortcuts.taken(),
        spaces.drawn(),
        tableheads.kept(),
        tablebreaks.begun_where_they_fit(),
        writing.once(),
    ):
        yield


def _parsed(page: str, context: RenderContext) -> ElementTree.Element:
    root = markup.parse(page)
    pictures.mark_signs(root, pictures.resources_of(context))
    if _columns(context) > 1:
        columns.part(root, lambda picture: pictures.is_wide(picture.get("src", ""), context.resources))
    turning.turn(root)
    return root


def _is_cover(context: RenderContext) -> bool:
    return context.options.get("page") == "cover"


def _columns(context: RenderContext) -> int:
    """In how many columns the pages are to be set; raises RenderError for another number than 1 and 2."""
    wanted = context.options.get("columns", 1)
    if wanted not in (1, 2):
        raise RenderError(f"Pages are set in 1 or 2 columns, not in {wanted}.")
    return int(wanted == 2) + 1


# What is made once in a process


@lru_cache(maxsize=4)
def _font_configuration(_folder: Path) -> FontConfiguration:
    """Reads the fonts ``environment.prepare`` has named."""
    return FontConfiguration()


@lru_cache(maxsize=8)
def _style_sheet(style: str, folder: Path) -> weasyprint.CSS:
    with _no_warnings("the style sheet"):
        return weasyprint.CSS(string=style, font_config=_font_configuration(folder), url_fetcher=_Pictures({}))


def _style_names(context: RenderContext) -> tuple[str, ...]:
    """The style sheets asked for, each laid over the one before."""
    if _is_cover(context):
        return ("cover.css",)
    return ("print.css",) if _columns(context) == 1 else ("print.css", "print-columns.css")


def _style(name: str, context: RenderContext) -> str:
    folders = context.templates or templating.search_path()
    return templating.theme_of(context).style(templating.find(name, folders).read_text(encoding="utf-8"))


# WeasyPrint's seams


@contextmanager
def _own_tags(said: frozenset[str]) -> Iterator[None]:
    """Let ``write_structure`` do the tagging; ``codes`` and ``voices`` mend the fonts' maps before they are written.

    ``said`` are the characters of the page.

    WeasyPrint 70.0, which is pinned, has no public door for any of these.
    """
    tags, dictionary = weasyprint.pdf.add_tags, weasyprint.pdf.build_fonts_dictionary

    def mended(pdf: Any, used: Mapping[str, Any], *rest: Any) -> Any:
        fonts = tuple(used.values())
        given = codes.assign(pdf, fonts)
        voices.mend_maps((font for font in fonts if font.hash not in given), said)
        made = dictionary(pdf, used, *rest)
        codes.write(pdf, made, given, fonts)
        return made

    weasyprint.pdf.add_tags, weasyprint.pdf.build_fonts_dictionary = write_structure, mended
    try:
        with codes.listening():
            yield
    finally:
        weasyprint.pdf.add_tags, weasyprint.pdf.build_fonts_dictionary = tags, dictionary


def _link_once(document: Any) -> None:
    """One annotation for each line of a link, not another for each element inside it; none in a head set again."""
    heads: dict[Any, Any] = {}
    for page in document.pages:
        found = [box for box in page._page_box.descendants() if box.element_tag == "thead" and box.is_header]
        again = [head for head in found if heads.setdefault(head.element, head) is not head]
        repeated = {id(box) for head in again for box in head.descendants()}
        pictures = [link for link in page.links if link[3].element_tag == "img"]
        once = [link for link in page.links if link[3].element_tag == "a" and id(link[3]) not in repeated]
        page.links = [_around(link, pictures) for link in once] if pictures else once


def _around(link: Any, pictures: Iterable[Any]) -> Any:
    """``link`` with the areas of the ``pictures`` in it: they are higher than the line, which is all its box has."""
    kind, target, area, box = link
    inside = {id(each) for each in box.descendants()}
    areas = [area, *(place for _, _, place, picture in pictures if id(picture) in inside)]
    lefts, tops, rights, bottoms = zip(*areas, strict=True)
    return kind, target, (min(lefts), min(tops), max(rights), max(bottoms)), box


@contextmanager
def _no_warnings(subject: str) -> Iterator[None]:
    """Make an error of whatever WeasyPrint logs, missing glyphs aside: those are told with their lines."""
    messages: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: _note(record, messages)  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    level, propagate, logger.propagate = logger.level, logger.propagate, False
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate
    if messages:
        raise RenderError(f"The page layout did not follow {subject}: {'; '.join(messages).rstrip('.')}.")


def _note(record: logging.LogRecord, messages: list[str]) -> None:
    message = record.getMessage()
    if message not in messages and not message.startswith(".notdef"):
        messages.append(message)


# What must hold of the outcome


def _require_glyphs(document: Any, article: Article) -> None:
    """A second look: ``typefaces.require`` has refused what no font has before anything was set."""
    missing = sorted(chr(code) for code in {code for font in document.fonts.values() for code in font.missing})
    if missing:
        raise RenderError(typefaces.refusal(missing, _line_of(missing[0], article)), code="P001")


def _line_of(character: str, article: Article) -> int:
    return next((entry.line for entry in said(article) if character in entry.text and entry.line), 0)


def _require_own_fonts(document: Any, folder: Path) -> None:
    strange = {font.family for font in document.fonts.values()} - _families(fonts.entries(folder))
    if strange:
        raise RenderError(f"Fonts from outside the library were used: {', '.join(sorted(strange))}.", code="P002")


def _families(entries: Iterable[fonts.Entry]) -> set[str]:
    return {entry.family for entry in entries}
