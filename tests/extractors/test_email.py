"""Bodies of emails read back, whole and spoilt: everything an edition of HTML is held to, and what mail adds to it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from exporter.article import Article
from exporter.edition import Edition
from exporter.errors import ExtractionError
from exporter.extractors.email import EmailExtractor, EmailTextExtractor
from exporter.recognition import format_of
from exporter.renderers.email import EmailRenderer
from exporter.verifier import Beside, Letterhead, verify
from tests.articles import EVERYTHING, article, paragraph
from tests.extractors.xhtml_cases import ARTICLES, DIGESTS, EDGES, ISSUE, context, replaced


def rendered(made: Article, **options: object) -> str:
    """The HTML body as text."""
    return EmailRenderer().render(made, replace(context(made), options=options)).decode("utf-8")


def codes(made: Article, body: str, beside: Beside | None = None) -> set[str]:
    """The codes of what is found."""
    found = verify(made, Edition("email.html", "a", body.encode()), DIGESTS, beside=beside)
    return {each.code for each in found.discrepancies}


def spoilt(old: str, new: str, made: Article = EVERYTHING) -> set[str]:
    """Codes found when ``old`` becomes ``new``."""
    return codes(made, replaced(rendered(made), old, new))


@pytest.mark.parametrize("made", ARTICLES.values(), ids=ARTICLES.keys())
def test_the_body_says_what_the_article_says(made: Article) -> None:
    assert codes(made, rendered(made)) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("Last words.", "Last.", "V003"),
        ("no&nbsp;break", "no break", "V003"),
        ("Une phrase entière.", "Une phrase entiere.", "V003"),
        (">Lima</td>", ">Lisbon</td>", "V003"),
        ("https://example.org/note", "https://example.com/note", "V008"),
        ('href="#lists"', 'href="#the-end"', "V008"),
        ('<ol start="3"', "<ol", "V007"),
        ("\u2610", "\u2611", "V007"),
        (' lang="fr"', ' lang="de"', "V011"),
        ("<title>Everything", "<title>Anything", "V010"),
        ('content="Bo Li"', 'content="Bo Lee"', "V010"),
    ],
)
def test_it_is_noticed_when(old: str, new: str, code: str) -> None:
    assert code in spoilt(old, new)


def test_a_lost_alternative_text_is_noticed() -> None:
    assert spoilt('alt="Red"', 'alt="Rot"', EDGES) == {"V006"}


def test_another_picture_is_noticed() -> None:
    page = rendered(EDGES)
    red, blue = re.findall(r'src="(cid:[^"]*)" alt="(?:Red|Blue[^"]*)"', page)
    assert codes(EDGES, replaced(page, f'{red}" alt="Red"', f'{blue}" alt="Red"')) == {"V009"}


def test_pictures_from_another_server_are_noticed() -> None:
    page = rendered(EDGES, pictures="url", picture_base="https://e.org/p")
    planned = Beside(letterhead=Letterhead(pictures="https://e.org/p/"))
    assert codes(EDGES, page, planned) == set()
    assert codes(EDGES, page.replace("https://e.org/p", "https://e.com/p"), planned) == {"V009"}


# --- Contents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (">First</span></a>", ">Second</span></a>", "V003"),
        ('<a href="#heading-1"', '<a href="#inside"', "V008"),
        (">Contents</span></h2>", ">First</span></h2>", "V002"),
        (' lang="fr">Deuxième</span></a>', ' lang="de">Deuxième</span></a>', "V011"),
    ],
)
def test_contents_that_differ_are_noticed(old: str, new: str, code: str) -> None:
    assert code in spoilt(old, new, ISSUE)


def test_contents_that_lack_an_entry_are_noticed() -> None:
    page = re.sub(r'<li class="listed".*?</li>', "", rendered(ISSUE), count=1, flags=re.DOTALL)
    assert codes(ISSUE, page) == {"V001"}


def test_contents_in_another_order_are_noticed() -> None:
    first, second = re.findall(r'<li class="listed".*?</li>', rendered(ISSUE), re.DOTALL)
    assert "V004" in codes(ISSUE, rendered(ISSUE).replace(f"{first}\n{second}", f"{second}\n{first}"))


def test_contents_that_nest_otherwise_are_noticed() -> None:
    first, second = re.findall(r'<li class="listed".*?</li>', rendered(ISSUE), re.DOTALL)
    nested = first.replace("</li>", f"<ol>{second}</ol></li>")
    assert codes(ISSUE, rendered(ISSUE).replace(f"{first}\n{second}", nested)) == {"V007"}


# --- Tables that place things -----------------------------------------------------------------


def test_tables_that_only_place_things_say_nothing() -> None:
    page = rendered(article(paragraph("Words.")))
    wrapped = '<table role="presentation"><tr><td><p>Words.</p></td></tr></table>'
    assert codes(article(paragraph("Words.")), re.sub(r"<p [^>]*>Words\.</p>", wrapped, page)) == set()


def test_a_table_of_data_that_says_it_places_things_is_noticed() -> None:
    assert "C001" in spoilt("<table style", '<table role="presentation" style')


# --- Files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("story.email.html", "email.html"),
        ("Story.EMAIL.TXT", "email.txt"),
        ("a.b.email.html", "email.html"),
        ("story.html", "html"),
        ("email.html", "html"),
        ("story.txt", "txt"),
    ],
)
def test_a_body_is_known_by_its_suffix(name: str, format_: str) -> None:
    assert format_of(Path(name), b"") == format_


@pytest.mark.parametrize("content", [b"", b"plain text", b"<html>\xff\xfe", "<html>\ufdd0".encode()])
def test_what_is_no_body_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractionError):
        EmailExtractor().extract(content)


@pytest.mark.parametrize("content", [b"", b"# T \n\n-- \n", b"# T \n\n\n-- \nA", b"\xff\n-- \n"])
def test_what_is_no_plain_text_body_is_refused(content: bytes) -> None:
    with pytest.raises(ExtractionError):
        EmailTextExtractor().extract(content)
