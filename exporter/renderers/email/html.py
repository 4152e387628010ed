"""The HTML body: what today's mail clients show, with its looks laid into the elements."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import css_inline
from markupsafe import Markup

from exporter import slots, templating
from exporter.article import Article
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.renderers.email import letterhead
from exporter.renderers.email.options import Options, options
from exporter.renderers.email.pictures import address
from exporter.renderers.html import Dialect, body, document, resource, words
from exporter.text import identifier, said_metadata

_WIDTH: Final = 600
"""Pixels of the column: what Outlook, which knows no greatest width, gives a picture at most."""

_PIXELS: Final = 96 / 25.4
"""Pixels of CSS to a millimetre."""

_MARKS: Final = "\ufdd0", "\ufdd1"
"""Noncharacters, which no text has: they stand around the name of a slot until the page is finished."""
_MARKED: Final = re.compile("{}([a-z0-9_-]+){}".format(*_MARKS))
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_KEPT: Final = ' data-css-inline="keep"'


class EmailRenderer:
    """The HTML body of an email; ``renderers.email.options`` has its options."""

    suffix = "email.html"
    media_type = "text/html"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as a body with slots; raises RenderError for options and pictures it cannot take."""
        asked = options(context)
        content = body(article, _dialect(context, asked))
        _refuse_marks(content, article, asked)
        page = document(
            "email.html.j2",
            article,
            content,
            context,
            identifier=identifier(article.metadata),
            asked=asked,
            kept=Markup(_COMMENT.sub("", _sheet("email-kept.css", context)).strip()),
            greeting=letterhead.greeting(asked),
            logo=_logo(context, asked),
            imprint=letterhead.imprint(asked),
            label_language=letterhead.label_language(context.labels, article.metadata.language),
            slot=_marked,
            names={"name": slots.NAME, "unsubscribe": slots.UNSUBSCRIBE},
        )
        inlined = _inliner(_sheet("email.css", context)).inline(page).replace(_KEPT, "", 1)
        return _slotted(slots.guarded(inlined), asked).encode("utf-8")


def _logo(context: RenderContext, asked: Options) -> dict[str, str] | None:
    """The house's logo: its address, how wide it is in pixels of CSS, and the words for it; None without one."""
    if context.logo is None or context.logo.light is None:
        return None
    width = float(templating.theme_of(context).value("logo-width").removesuffix("mm")) * _PIXELS
    return {"src": address(context.logo.light, asked), "width": str(round(width)), "alt": context.logo.name}


def _dialect(context: RenderContext, asked: Options) -> Dialect:
    return Dialect(
        labels=context.labels,
        picture=lambda source: address(resource(source, context), asked),
        width=lambda source: str(min(_WIDTH, resource(source, context).width)),
        contents=True,
        words=words(context),
    )


def _sheet(name: str, context: RenderContext) -> str:
    """A style sheet, a template as the page is, with the theme's values."""
    folders = context.templates or templating.search_path()
    sheet = templating.environment(folders).get_template(name).render()
    return templating.theme_of(context).style(sheet)


@lru_cache(maxsize=8)
def _inliner(sheet: str) -> css_inline.CSSInliner:
    """Lays ``sheet`` into elements; fetches nothing."""
    return css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True, extra_css=sheet)


def _refuse_marks(content: str, article: Article, asked: Options) -> None:
    texts = (content, *said_metadata(article.metadata).values(), asked.preheader, asked.greeting, asked.imprint)
    if any(mark in text for mark in _MARKS for text in texts):
        raise RenderError("The text has a noncharacter (U+FDD0 or U+FDD1), which no text has. Take it out. [S002]")


def _marked(name: str) -> str:
    return f"{_MARKS[0]}{name}{_MARKS[1]}"


def _slotted(page: str, asked: Options) -> str:
    """The page with slots where they are marked: the parser that inlines styles would have seen none in them."""
    return _MARKED.sub(lambda found: letterhead.value(found[1], asked), page)
