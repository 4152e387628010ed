"""Many articles as one: what each says, and nothing of one taken for another's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter import walk
from exporter.article import Article, Heading, Image, Link, Note, Section
from exporter.issues import Entry, Issue, Part, Piece, compose, compose_mail, identified
from exporter.issues.issue import Email
from exporter.issues.scope import illustrated, scoped
from exporter.text import Said, said
from tests.issues.newsroom import Newsroom, entries, load, sections, texts
from tests.strategies.articles import articles

ISSUE = Issue(id="7", title="The Paper", language="en", direction="ltr", date=date(2026, 11, 30))


# --- Any articles -----------------------------------------------------------------------------


def pieces_of(made: list[Article]) -> tuple[Piece, ...]:
    return identified((Entry(path=f"{n}.md"), article, 0) for n, article in enumerate(made))


def in_issue(made: list[Article]) -> Article:
    pieces = pieces_of(made)
    own = tuple(Piece(piece.entry, illustrated(scoped(piece, {}), piece), 0, piece.identifier) for piece in pieces)
    return compose(Issue(**{**_facts(), "parts": (Part(),)}), own).article


def _facts() -> dict[str, object]:
    return {name: getattr(ISSUE, name) for name in ("id", "title", "language", "direction", "date")}


@settings(max_examples=60)
@given(made=st.lists(articles(written=True), min_size=1, max_size=3))
def test_property_an_issue_says_what_its_articles_say_in_their_order(made: list[Article]) -> None:
    own = [each for article in made for each in said(article)]
    assert spoken(said(in_issue(made))[1:], notes=False)[1:] == spoken(own, notes=False)


@settings(max_examples=60)
@given(made=st.lists(articles(written=True), min_size=1, max_size=3))
def test_property_an_issue_has_the_notes_of_its_articles(made: list[Article]) -> None:
    own = [each for article in made for each in said(article)]
    assert sorted(spoken(said(in_issue(made)), notes=True)) == sorted(spoken(own, notes=True))


def spoken(every: Iterable[Said], *, notes: bool) -> list[tuple[str, str]]:
    """The kinds and texts of what is said in notes, or outside of them; a title is an issue's heading."""
    chosen = [each for each in every if ("note" in each.attributes) == notes]
    return [("heading" if each.kind == "title" else each.kind, each.text) for each in chosen]


@settings(max_examples=60)
@given(made=st.lists(articles(written=True), min_size=2, max_size=3))
def test_property_no_two_articles_share_a_note_a_heading_or_a_picture(made: list[Article]) -> None:
    whole = in_issue(made)
    every = [names(article) for article in made]
    notes, headings, pictures = (sum(each[kind] for each in every) for kind in range(3))
    assert names(whole) == [notes, headings + len(made), pictures]


def names(article: Article) -> list[int]:
    """How many notes, identifiers of headings and pictures an article has."""
    found = walk.blocks(block for part in walk.parts(article) for block in part)
    headings = {block.identifier for block in found if isinstance(block, Heading | Section) and block.identifier}
    pictures = {image.source for image in walk.pictures(article)}
    return [len(walk.notes(article)), len(headings), len(pictures)]


# --- Its form ---------------------------------------------------------------------------------


def test_headings_stand_below_their_article_and_articles_below_their_part(newsroom: Newsroom) -> None:
    newsroom.article("a", "## One\n\n### Two\n\nWords.")
    path = newsroom.issue('[[section]]\ntitle = "News"\narticles = ["../articles/a.md"]\n')
    levels = [(each.text, each.attributes["level"]) for each in entries(load(path).article, "heading")]
    assert levels == [("News", "2"), ("a", "3"), ("One", "4"), ("Two", "5")]


def test_without_a_part_articles_stand_right_below_the_issue(newsroom: Newsroom) -> None:
    newsroom.article("a", "## One\n\nWords.")
    levels = [each.attributes["level"] for each in entries(load(newsroom.of("a")).article, "heading")]
    assert levels == ["2", "3"]


def test_a_heading_deeper_than_there_are_levels_is_a_recorded_loss(newsroom: Newsroom) -> None:
    newsroom.article("a", "## 2\n\n### 3\n\n#### 4\n\n##### 5\n\nWords.")
    path = newsroom.issue('[[section]]\ntitle = "News"\narticles = ["../articles/a.md"]\n')
    (loss,) = [loss for loss in load(path).losses if loss.code == "L006"]
    assert loss.message == "../articles/a.md:12: a heading of level 7 stands at level 6, the deepest there is."


def test_the_number_is_told_in_the_issues_language(newsroom: Newsroom) -> None:
    newsroom.article("a")
    head = 'id = "7"\ntitle = "Le Journal"\ndate = 2026-11-30\nlanguage = "fr"\nnumber = 7\nsubtitle = "Novembre"\n'
    assert texts(load(newsroom.of("a", head=head)).article, "subtitle") == ["N° 7 · Novembre"]


def test_the_editors_note_comes_first_on_its_own_lines(newsroom: Newsroom) -> None:
    newsroom.article("a")
    path = newsroom.issue('note = """\nDear *reader*.\n"""\n[[section]]\narticles = ["../articles/a.md"]\n')
    first = entries(load(path).article, "paragraph")[0]
    assert (first.text, first.line) == ("Dear reader.", 6)


def test_an_override_stands_in_place_of_the_articles_own_title(newsroom: Newsroom) -> None:
    newsroom.article("a")
    path = newsroom.issue('[[section]]\n[[section.article]]\npath = "../articles/a.md"\ntitle = "Shorter"\n')
    assert texts(load(path).article, "heading") == ["Shorter"]


def test_an_article_has_its_own_language_and_direction(newsroom: Newsroom) -> None:
    newsroom.article("a", "كلمات.", language="ar")
    (heading,) = entries(load(newsroom.of("a")).article, "heading")
    assert (heading.attributes["language"], heading.attributes["direction"]) == ("ar", "rtl")


def test_a_note_has_the_language_and_direction_of_the_article_that_calls_it(newsroom: Newsroom) -> None:
    newsroom.article("ar", "كلمات.[^n]\n\n[^n]: ملاحظة", language="ar")
    newsroom.article("en", "Words.[^n]\n\n[^n]: A note")
    notes = entries(load(newsroom.of("ar", "en")).article, "note")
    assert [(each.attributes["language"], each.attributes["direction"]) for each in notes] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]


# --- Kept apart -------------------------------------------------------------------------------


def test_notes_of_the_same_name_keep_apart_and_are_numbered_through(newsroom: Newsroom) -> None:
    newsroom.article("a", "Text.[^1]\n\n[^1]: Of a.")
    newsroom.article("b", "Text.[^1]\n\n[^1]: Of b.")
    notes = entries(load(newsroom.of("a", "b")).article, "note")
    assert [(each.text, each.attributes["note"]) for each in notes] == [("Of a.", "1"), ("Of b.", "2")]


def test_pictures_of_the_same_name_keep_apart(newsroom: Newsroom) -> None:
    newsroom.picture("x/p.png", "red")
    newsroom.picture("y/p.png", "blue")
    newsroom.article("x/a", "![A](p.png)")
    newsroom.article("y/b", "![B](p.png)")
    loaded = load(newsroom.of("x/a", "y/b"))
    shown = [loaded.digests[image.source] for image in walk.pictures(loaded.article)]
    assert len(set(shown)) == 2


def test_articles_of_the_same_slug_keep_apart(newsroom: Newsroom) -> None:
    newsroom.article("x/a", "## H\n\n[to h](#h)", slug="same")
    newsroom.article("y/a", "## H\n\n[to h](#h)", slug="same")
    found = load(newsroom.of("x/a", "y/a")).article
    links = [each.attributes["links"] for each in entries(found, "paragraph")]
    assert links == ["#2", "#4"]


# --- Links ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "ordinal"), [("b.md", "#2"), ("b.md#one", "#3"), ("./b.md#gone", "#2")])
def test_a_link_to_another_articles_file_leads_to_it(newsroom: Newsroom, target: str, ordinal: str) -> None:
    newsroom.article("a", f"[See]({target}).")
    newsroom.article("b", "## One\n\nWords.")
    assert entries(load(newsroom.of("a", "b")).article, "paragraph")[0].attributes["links"] == ordinal


def test_a_link_to_an_article_that_is_not_of_the_issue_is_a_loss(newsroom: Newsroom) -> None:
    newsroom.article("a", "[See](b.md).")
    newsroom.article("b")
    (loss,) = load(newsroom.of("a")).losses
    assert (loss.code, loss.message[:23]) == ("L003", "../articles/a.md:6: the")


def test_translations_lead_to_each_other_by_language_and_title(newsroom: Newsroom) -> None:
    newsroom.article("a", slug="a", title="The page")
    newsroom.article("b", "كلمات.", language="ar", translation_of="a", title="الصفحة")
    found = load(newsroom.of("a", "b")).article
    leading = [
        (each.text, each.attributes["links"]) for each in entries(found, "paragraph") if "links" in each.attributes
    ]
    assert leading == [("العربية: الصفحة", "#2"), ("English: The page", "#1")]


# --- Languages --------------------------------------------------------------------------------

FARSI = '[[translation]]\nlanguage = "fa"\ntitle = "روزنامه"\n[translation.sections]\nNews = "خبر"\n'


def test_a_set_in_another_language_has_the_articles_in_it(newsroom: Newsroom) -> None:
    newsroom.article("a", slug="a")
    newsroom.article("b", "کلمات.", language="fa", translation_of="a")
    newsroom.article("c")
    listed = '[[section]]\ntitle = "News"\narticles = ["../articles/a.md", "../articles/b.md", "../articles/c.md"]\n'
    path = newsroom.issue(listed + FARSI)
    assert texts(load(path).article, "heading") == ["News", "a", "c"]
    farsi = load(path, "fa").article
    assert (farsi.metadata.title, texts(farsi, "heading")) == ("روزنامه", ["خبر", "b", "c"])
    assert farsi.metadata.slug == "issue-7.fa"


# --- Selected ---------------------------------------------------------------------------------


def test_a_pattern_finds_what_is_not_named_in_order_of_names(newsroom: Newsroom) -> None:
    for name in ("b", "a", "c", "_hidden", "README"):
        newsroom.article(name)
    path = newsroom.issue(
        '[[section]]\narticles = ["../articles/*.md"]\n[[section]]\narticles = ["../articles/b.md"]\n'
    )
    assert texts(load(path).article, "heading") == ["a", "c", "b"]


def test_a_selection_finds_by_tag_and_date_and_leaves_drafts(newsroom: Newsroom) -> None:
    newsroom.article("a", tags="Culture", date="2026-11-02")
    newsroom.article("b", tags="culture", date="2026-11-05")
    newsroom.article("c", tags="sports", date="2026-11-05")
    newsroom.article("d", tags="culture", date="2026-12-01")
    newsroom.article("e", tags="culture", date="2026-11-05", draft="true")
    path = newsroom.issue(
        '[[section]]\n[[section.select]]\nfrom = "../articles/*.md"\ntags = ["culture"]\n'
        'since = 2026-11-01\nuntil = 2026-11-30\norder = "-date"\n'
    )
    assert texts(load(path).article, "heading") == ["b", "a"]


def test_a_held_article_is_left_out_and_numbering_follows(newsroom: Newsroom) -> None:
    newsroom.article("a", "Text.[^1]\n\n[^1]: Of a.")
    newsroom.article("b", "Text.[^1]\n\n[^1]: Of b.")
    path = newsroom.of("a", "b")
    path.write_text('hold = ["../articles/a.md"]\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    found = load(path).article
    assert (texts(found, "heading"), [each.attributes["note"] for each in entries(found, "note")]) == (["b"], ["1"])


def test_the_same_issue_from_another_folder_says_the_same(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.article("a", "## One\n\nWords.")
    path = newsroom.of("a").resolve()
    here = said(load(path).article)
    monkeypatch.chdir(Path("articles"))
    assert said(load(path).article) == here


# --- The email --------------------------------------------------------------------------------


def mailed(piece: Article, entry: Entry, content: str) -> Article:
    issue = Issue(**{**_facts(), "parts": (Part(),), "email": Email(subject="x", content=content)})  # type: ignore[arg-type]
    return compose_mail(issue, identified([(entry, piece, 0)])).article


def test_an_email_in_full_says_what_the_editions_say(newsroom: Newsroom) -> None:
    newsroom.article("a", "One.\n\nTwo.")
    path = newsroom.issue('[[section]]\narticles = ["../articles/a.md"]\n[email]\nsubject = "x"\n')
    loaded = load(path)
    assert loaded.mail is not None
    assert said(loaded.mail) == said(loaded.article)


def test_a_summary_is_the_issues_the_articles_or_its_first_paragraph(newsroom: Newsroom) -> None:
    newsroom.article("a", summary="Of a.")
    newsroom.article("b", "First of b.\n\nSecond.")
    newsroom.article("c", summary="Of c.")
    path = newsroom.issue(
        '[[section]]\narticles = ["../articles/a.md", "../articles/b.md"]\n[[section.article]]\n'
        'path = "../articles/c.md"\nsummary = "Of the issue."\n[email]\nsubject = "x"\ncontent = "summaries"\n'
    )
    mail = load(path).mail
    assert mail is not None
    assert texts(mail, "paragraph") == ["Of a.", "First of b.", "Of the issue."]


def test_a_summary_ends_with_the_way_to_the_article_in_its_language(newsroom: Newsroom) -> None:
    newsroom.article("a", summary="Of a.", canonical_url="https://paper.example/a", language="fr")
    path = newsroom.issue(
        '[[section]]\narticles = ["../articles/a.md"]\n[email]\nsubject = "x"\ncontent = "summaries"\n'
    )
    mail = load(path).mail
    assert mail is not None
    links = [i.target for i in walk.all_inlines(sections(mail)["a"].children) if isinstance(i, Link)]
    assert links == ["https://paper.example/a"]
    assert texts(mail, "paragraph") == ["Of a.", "Lire sur le web"]


def test_every_note_and_picture_of_an_issue_belongs_to_an_article(newsroom: Newsroom) -> None:
    newsroom.picture("p.png")
    newsroom.article("a", "Text.[^n] ![A](p.png)\n\n[^n]: Of a.")
    article = load(newsroom.of("a")).article
    inlines = list(walk.all_inlines(article.blocks))
    found = [i.identifier if isinstance(i, Note) else i.source for i in inlines if isinstance(i, Note | Image)]
    assert found == ["a/n", "a/p.png"]
