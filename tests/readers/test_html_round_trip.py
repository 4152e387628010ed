"""Our own HTML, read back by the HTML reader, says what the article says; and the witness agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings

from exporter import labels, walk
from exporter.article import Article, Figure, Image, Inline, Link, Note, Paragraph, Section, Text
from exporter.coverage import coverage
from exporter.edition import RenderContext, Source
from exporter.errors import RenderError, SourceError
from exporter.loading import loader
from exporter.readers.html.reader import HtmlReader
from exporter.renderers.html import Dialect, body, document
from exporter.settings import Settings
from exporter.templating import search_path
from exporter.text import said
from exporter.witnesses.html.witness import HtmlWitness
from tests.articles import EVERYTHING, article, paragraph, with_picture
from tests.strategies import articles

SAMPLES = sorted((Path(__file__).parents[2] / "source").glob("*.md"))


def page(made: Article) -> Source:
    """The HTML edition, its pictures under their own names rather than inside."""
    context = RenderContext(labels=labels.load(made.metadata.language, search_path()))
    content = body(made, Dialect(labels=context.labels, picture=lambda source: source))
    known = {"identifier": made.metadata.identifier or "x", "style": ""}
    written = document("article.html.j2", made, content, context, **known)
    return Source("a.html", written.encode("utf-8"))


Entry = tuple[str, str, Mapping[str, str]]


def entries(made: Article) -> list[Entry]:
    return [(entry.kind, entry.text, entry.attributes) for entry in said(made)]


def read_back(made: Article) -> list[Entry]:
    source = page(made)
    found = HtmlReader().read(source)
    assert coverage(found, source, HtmlWitness().testify(source)) == ()
    return entries(found)


def test_an_article_of_every_construct_comes_back() -> None:
    assert read_back(EVERYTHING) == entries(EVERYTHING)


def test_pictures_come_back() -> None:
    made = with_picture("a.png")
    assert read_back(made) == entries(made)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_come_back(path: Path) -> None:
    made = loader.load(path, Settings()).article
    assert read_back(made) == entries(made)


# --- Any article ------------------------------------------------------------------------------


def _is_without_text(made: Article) -> bool:
    """The reader refuses a page that says nothing but its head: most such pages are filled in by a script."""
    return {entry.kind for entry in said(made)} <= {"title", "subtitle", "byline", "dateline"}


def _has_heads_inside(made: Article) -> bool:
    """A part with a head of its own is an issue's; in an article its title is a heading, its byline a paragraph."""
    return any(isinstance(block, Section) and block.metadata for block in walk.blocks(made.blocks))


def _calls_a_note_in_a_link(made: Article) -> bool:
    """HTML has no link inside a link: such a call is a number."""
    links = [inline for part in walk.parts(made) for inline in walk.all_inlines(part) if isinstance(inline, Link)]
    return any(isinstance(inline, Note) for link in links for inline in walk.inlines(link.children))


def _has_paragraphs_of_pictures(made: Article) -> bool:
    """A picture alone in its paragraph is a figure."""
    paragraphs = [b for part in walk.parts(made) for b in walk.blocks(part) if isinstance(b, Paragraph)]
    return any(all(map(_is_picture_or_blank, each.children)) for each in paragraphs)


def _titles_a_picture_without_a_caption(made: Article) -> bool:
    """The title of a picture that stands alone, without a caption, is its caption: so Markdown has it."""
    figures = [b for part in walk.parts(made) for b in walk.blocks(part) if isinstance(b, Figure)]
    return any(figure.image.title and not figure.caption for figure in figures)


def _is_picture_or_blank(inline: Inline) -> bool:
    return isinstance(inline, Image) or (isinstance(inline, Text) and not inline.text.strip())


def _names_an_author_twice(made: Article) -> bool:
    """A page's head may name an author in several ways; each is one author."""
    names = [walk.normalise(name) for name in made.metadata.authors]
    return len(set(names)) < len(names)


EXCEPTIONS = (
    _is_without_text,
    _has_heads_inside,
    _calls_a_note_in_a_link,
    _has_paragraphs_of_pictures,
    _titles_a_picture_without_a_caption,
    _names_an_author_twice,
)


def without_levels(found: list[Entry]) -> list[Entry]:
    """Levels of headings inside lists and quotes may skip in what is generated; readers skip none."""
    return [(kind, text, {k: v for k, v in facts.items() if k != "level"}) for kind, text, facts in found]


@settings(suppress_health_check=list(HealthCheck))
@given(made=articles())
def test_property_any_article_comes_back(made: Article) -> None:
    assume(not any(excepted(made) for excepted in EXCEPTIONS))
    try:
        written = page(made)
    except RenderError:
        return  # what HTML cannot hold is refused by the renderer
    found = HtmlReader().read(written)
    assert coverage(found, written, HtmlWitness().testify(written)) == ()
    assert without_levels(entries(found)) == without_levels(entries(made))


@pytest.mark.parametrize(
    ("excepted", "made"),
    [
        (_is_without_text, article()),
        (_names_an_author_twice, article(paragraph("a"), authors=("A", "A"))),
        (
            _calls_a_note_in_a_link,
            article(Paragraph((Link((Text("a"), Note((paragraph("n"),), "n")), "https://e.org/"),))),
        ),
        (_has_paragraphs_of_pictures, article(Paragraph((Image("a.png", "A"), Text(" "), Image("b.png", "B"))))),
        (_titles_a_picture_without_a_caption, article(paragraph("a"), Figure(Image("a.png", "A", "T")))),
    ],
)
def test_what_is_excepted_does_not_come_back(excepted: Callable[[Article], bool], made: Article) -> None:
    assert excepted(made)
    try:
        assert read_back(made) != entries(made)
    except SourceError as error:
        assert error.code == "S004"  # noqa: PT017 - one of the ways not to come back
