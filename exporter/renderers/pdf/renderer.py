"""The PDF edition: typeset pages, tagged as PDF/UA-1 asks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache, partial
from types import ModuleType

from exporter import fonts, templating
from exporter.article import Article
from exporter.colours import contrast
from exporter.edition import Logo, RenderContext
from exporter.renderers import html
from exporter.renderers.pdf import environment, pictures, sharedlibraries, spared, typefaces
from exporter.walk import normalise


class PdfRenderer:
    """Typeset by WeasyPrint with the project's own fonts, tags and metadata.

    ``options["columns"]``, 1 unless told, is in how many columns the text runs: 1 or 2.
    ``options["page"]`` "cover" sets the head of the article alone, with ``cover.html.j2`` and ``cover.css``; those
    get ``options``: "size", how large the title is set, "tone", and "pictured", whether a picture stands below.
    """

    suffix = "pdf"
    media_type = "application/pdf"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as PDF/UA-1.

        Raises RenderError where no font has a character, a picture was not loaded, a link leads to
        no heading, the style sheet asks for what WeasyPrint does not know, or (P003) a cover does
        not fit its page.
        """
        folder = context.fonts or fonts.library()
        environment.prepare(folder)
        typefaces.require(article, folder)
        engine = _engine()
        picture = partial(pictures.url, resources=context.resources)
        dialect = html.Dialect(
            labels=context.labels,
            picture=picture,
            notes="foot",
            contents=True,
            cover=pictures.cover_url(context),
            running=_running,
            words=html.words(context),
        )
        body = html.body(article, dialect)
        chosen = typefaces.choose(article, folder)
        template = "cover.html.j2" if context.options.get("page") == "cover" else "print.html.j2"
        running = _running(article.metadata.title)
        page = html.document(
            template,
            article,
            body,
            context,
            typefaces=chosen,
            running=running,
            options=context.options,
            logo=_logo(context),
        )
        content: bytes = engine.typeset(page, article, context, folder)
        return content


def _logo(context: RenderContext) -> dict[str, str]:
    """The addresses of the house's logo on a light ground, on a dark one and on the cover's, "" where there is none."""
    logo = context.logo or Logo()
    ground = templating.theme_of(context).value("cover-ground")
    is_dark = contrast("#ffffff", ground) > contrast("#000000", ground)
    found = {"light": logo.light, "dark": logo.dark, "cover": logo.dark if is_dark else logo.light}
    return {on: pictures.url(each.source, context.resources) if each else "" for on, each in found.items()}


@lru_cache(maxsize=1)
def _engine() -> ModuleType:
    """The engine, once fonts are known: WeasyPrint reads the machine's font configuration when it is imported."""
    with sharedlibraries.by_full_names(), spared.until_called():
        from exporter.renderers.pdf import engine
    return engine


_COLUMNS = 80
"""How wide a running head may be, in narrow characters: one line, with room at its ends."""


def _running(title: str) -> str:
    """``title`` as a running head: cut after a word, with an ellipsis, where it is too wide for one line."""
    words = normalise(title).split(" ")
    ends = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
    return next(
        (f"{cut}…" if cut != ends[0] else cut for cut in ends if _columns(cut) <= _COLUMNS), _shortened(ends[-1])
    )


def _shortened(word: str) -> str:
    """As much of ``word`` as fits, without a no-break space at its end: some scripts have no spaces."""
    fits = next(word[:end] for end in range(len(word), -1, -1) if _columns(word[:end]) < _COLUMNS)
    return f"{fits.rstrip()}…"


def _columns(text: str) -> int:
    """The columns of ``text``, as a terminal counts them: East Asian characters are two wide, marks none."""
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
