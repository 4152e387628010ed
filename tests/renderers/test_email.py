"""The two bodies of an email: what mail clients need of them, and slots that nothing else can be taken for."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import registry, slots
from exporter.article import Article, CodeBlock, Figure, Heading, Image, Link, Metadata, Paragraph, Section, Text
from exporter.edition import Edition, RenderContext
from exporter.errors import RenderError
from exporter.extractors.email import EmailExtractor
from exporter.renderers.email import content_id, file_name, pictures
from exporter.slots import OPENING, Slot
from exporter.verifier import Beside, Letterhead, verify
from tests.articles import EVERYTHING, article, paragraph, with_picture
from tests.extractors.xhtml_cases import BLUE, DIGESTS, ISSUE, PICTURES, RED, RIGHT_TO_LEFT, context

BODIES = ("email.html", "email.txt")


def asked(made: Article, **options: object) -> RenderContext:
    """The context of ``made``, with options."""
    return replace(context(made), options=options)


def rendered(made: Article, name: str = "email.html", **options: object) -> str:
    """A body as text."""
    return registry.renderer(name).render(made, asked(made, **options)).decode("utf-8")


def found_in(body: str) -> list[str]:
    """The names of the slots in ``body``, in order."""
    return [piece.name for piece in slots.cut(body) if isinstance(piece, Slot)]


# --- HTML -------------------------------------------------------------------------------------


def test_every_rule_that_is_kept_stands_under_a_condition() -> None:
    (sheet,) = re.findall(r"<style>(.*?)</style>", rendered(EVERYTHING), re.DOTALL)
    outside = re.sub(r"@media [^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", sheet)
    assert outside.strip() == ""


def test_every_declaration_that_is_kept_goes_over_those_in_the_elements() -> None:
    (sheet,) = re.findall(r"<style>(.*?)</style>", rendered(EVERYTHING), re.DOTALL)
    declarations = [each for block in re.findall(r"\{([^{}]*)\}", sheet) for each in block.split(";") if each.strip()]
    assert declarations
    assert [each for each in declarations if not each.strip().endswith("!important")] == []


def test_no_class_is_needed_to_look_right() -> None:
    body = re.sub(r"<!--.*?-->", "", rendered(EVERYTHING).partition("</head>")[2])
    bare = re.findall(r"<(?:h[1-6]|p|blockquote|pre|table|th|td|li)\b(?![^>]*style=)[^>]*>", body)
    assert bare == []


def test_the_preheader_is_the_first_thing_in_the_body() -> None:
    body = rendered(EVERYTHING, preheader="What it is about").partition("<body")[2].partition(">")[2]
    assert re.match(r'\s*<div class="preheader furniture" style="display:none;[^"]*">What it is about', body)


def test_behind_a_preheader_nothing_of_the_text_is_shown_in_lists_of_mails() -> None:
    found = re.search(r"What it is about(.*?)</div>", rendered(EVERYTHING, preheader="What it is about"))
    assert found
    assert len(found[1]) >= 150
    assert set(found[1]) == {"\u034f", "\u2007"}


def test_language_and_direction_stand_inside_the_body_too() -> None:
    body = rendered(RIGHT_TO_LEFT).partition("<body")[2].partition(">")[2]
    assert re.search(r'<div class="page"(?=[^>]* lang="ar")(?=[^>]* dir="rtl")', body)


def test_what_runs_from_right_to_left_has_its_borders_on_the_right() -> None:
    from exporter.article import BlockQuote

    quoted = BlockQuote((paragraph("قال"),), language="ar", direction="rtl")
    assert re.search(r'<blockquote(?=[^>]* dir="rtl")[^>]*border-right:3px', rendered(article(quoted)))


def test_a_picture_has_a_width_for_outlook_and_shrinks_for_others() -> None:
    (image,) = re.findall(r"<img[^>]*>", rendered(article(Figure(Image(RED.source, "Red")))))
    assert 'width="8"' in image
    assert "max-width:100%" in image


def test_pictures_are_parts_of_the_message() -> None:
    assert f'src="cid:{content_id(RED)}"' in rendered(with_picture(RED.source))


def test_pictures_by_url_lie_below_their_base() -> None:
    page = rendered(with_picture(RED.source), pictures="url", picture_base="https://e.org/p/")
    assert f'src="https://e.org/p/{file_name(RED)}"' in page


def shown(made: Article) -> list[str]:
    """The Content-IDs of what the body of ``made`` shows."""
    return list(pictures(rendered(made).encode(), PICTURES.values()))


def test_pictures_are_listed_as_the_body_names_them_each_once() -> None:
    made = article(*(Paragraph((Image(each, "x"),)) for each in (RED.source, BLUE.source, RED.source)))
    assert shown(made) == [content_id(RED), content_id(BLUE)]


def test_a_picture_the_body_does_not_show_is_not_listed() -> None:
    assert shown(with_picture(RED.source)) == [content_id(RED)]


def test_an_address_in_the_text_is_no_picture() -> None:
    assert shown(article(paragraph(f"cid:{content_id(RED)}"))) == []


def test_a_picture_that_is_gone_is_refused() -> None:
    with pytest.raises(RenderError, match="shows a picture there is no longer"):
        pictures(rendered(with_picture(RED.source)).encode(), (BLUE,))


def test_parts_are_listed_in_contents_with_their_language_and_direction() -> None:
    arabic = Metadata(title="الجزء", language="ar", direction="rtl")
    made = article(
        Section((paragraph("One"),), Metadata(title="First"), identifier="first"),
        Section((paragraph("واحد"),), arabic, identifier="second", language="ar", direction="rtl"),
    )
    (contents,) = re.findall(r"<nav.*?</nav>", rendered(made), re.DOTALL)
    entries = re.findall(r'<a href="([^"]*)"[^>]*><span class="listed"([^>]*)>([^<]*)</span></a>', contents)
    assert [(anchor, 'lang="ar"' in facts, 'dir="rtl"' in facts, title) for anchor, facts, title in entries] == [
        ("#first", False, False, "First"),
        ("#second", True, True, "الجزء"),
    ]


def test_an_article_without_parts_has_no_contents() -> None:
    assert "<nav" not in rendered(EVERYTHING)


def test_colours_are_the_themes() -> None:
    from exporter import templating
    from exporter.themes import load

    plain = replace(asked(EVERYTHING), theme=load("plain", "A4", templating.search_path()))
    page = registry.renderer("email.html").render(EVERYTHING, plain).decode("utf-8")
    assert "background-color:#ffffff" in page
    assert "#fffdfa" not in page


def test_a_body_that_gmail_would_cut_off_names_its_largest_parts() -> None:
    long = article(
        Heading((Text("Short"),), 2),
        paragraph("word " * 100),
        Heading((Text("Long"),), 2),
        *(paragraph("word " * 200) for _ in range(110)),
        title="A long one",
    )
    (loss,) = EmailExtractor().extract(rendered(long).encode()).losses
    assert loss.code == "L016"
    assert re.search(r"The largest parts: 'Long' \(1[0-9]{2},[0-9]{3} bytes\); ", loss.message)


def test_of_an_issue_that_gmail_would_cut_off_the_largest_articles_are_named() -> None:
    def part(title: str, count: int, level: int = 3) -> Section:
        return Section((*(paragraph("word " * 200) for _ in range(count)),), Metadata(title=title), level=level)

    issue = article(
        Section((part("Small", 5), part("Large", 60)), Metadata(title="Part")), part("Middle", 40, 2), title="Issue"
    )
    (loss,) = EmailExtractor().extract(rendered(issue).encode()).losses
    assert re.findall(r"'([^']*)' \(", loss.message) == ["Large", "Middle", "Small"]


def test_a_body_that_gmail_shows_as_a_whole_loses_nothing() -> None:
    assert EmailExtractor().extract(rendered(EVERYTHING).encode()).losses == ()


# --- Plain text -------------------------------------------------------------------------------


def test_the_signature_says_who_sends_this_and_why_and_how_to_leave() -> None:
    assert rendered(EVERYTHING, "email.txt", imprint="1 Main St").partition("\n-- \n")[2] == (
        "The Sample\n1 Main St\nYou receive this email because you subscribed.\n"
        "Unsubscribe: [[exporter:unsubscribe-url]]\nRead on the web: https://example.org/everything\n"
    )


def test_a_greeting_stands_before_the_text() -> None:
    assert rendered(EVERYTHING, "email.txt", greeting="Dear #,").startswith("Dear [[exporter:recipient-name]],\n\n# Ev")


def test_the_media_type_says_that_lines_flow() -> None:
    assert registry.renderer("email.txt").media_type == "text/plain; charset=utf-8; format=flowed; delsp=yes"


# --- Slots ------------------------------------------------------------------------------------

FORGED = f"a {OPENING}unsubscribe-url]] b {OPENING}recipient-name]], {OPENING}x"
SAYS_SLOTS = article(
    paragraph(FORGED),
    CodeBlock(FORGED),
    Heading((Text(FORGED),), 2),
    Paragraph((Link((Text(FORGED),), f"https://e.org/{OPENING}recipient-name]]"),)),
    title=FORGED,
    subtitle=FORGED,
    authors=(FORGED,),
    summary=FORGED,
    publisher=FORGED,
    published=date(2026, 10, 5),
)


@pytest.mark.parametrize("name", BODIES)
def test_a_body_has_a_slot_for_the_link_to_leave_and_no_other(name: str) -> None:
    assert found_in(rendered(EVERYTHING, name)) == ["unsubscribe-url"]


@pytest.mark.parametrize("name", BODIES)
def test_a_greeting_has_a_slot_for_the_name(name: str) -> None:
    assert found_in(rendered(EVERYTHING, name, greeting="Dear #")) == ["recipient-name", "unsubscribe-url"]


@pytest.mark.parametrize("name", BODIES)
def test_nothing_an_article_or_a_house_says_is_taken_for_a_slot(name: str) -> None:
    body = rendered(SAYS_SLOTS, name, preheader=FORGED, greeting=f"{FORGED} #", imprint=FORGED)
    assert found_in(body) == ["recipient-name", "unsubscribe-url"]


@pytest.mark.parametrize("name", BODIES)
def test_what_looks_like_a_slot_is_read_as_it_was_written(name: str) -> None:
    letterhead = Letterhead(preheader=FORGED if name == "email.html" else None)
    body = rendered(SAYS_SLOTS, name, preheader=FORGED, greeting=f"{FORGED} #", imprint=FORGED)
    beside = Beside(house=(FORGED,), letterhead=letterhead)
    assert verify(SAYS_SLOTS, Edition(name, "a", body.encode()), beside=beside).discrepancies == ()


@pytest.mark.parametrize("name", BODIES)
@given(words=st.lists(st.sampled_from(["[", "[[", "exporter", ":", "]]", OPENING, " ", "x", "unsubscribe-url", "-- "])))
def test_property_no_text_makes_a_slot(name: str, words: list[str]) -> None:
    text = "".join(words)
    made = article(paragraph(f"x{text}"), CodeBlock(text or "x"))
    body = rendered(made, name)
    assert found_in(body) == ["unsubscribe-url"]
    assert verify(made, Edition(name, "a", body.encode())).discrepancies == ()


@pytest.mark.parametrize("name", BODIES)
def test_a_sample_stands_in_the_slots_where_it_is_asked_for(name: str) -> None:
    body = rendered(EVERYTHING, name, greeting="Dear #", sample=True)
    assert found_in(body) == []
    assert "Dear \u27e6Sample Recipient\u27e7" in body


@pytest.mark.parametrize("name", BODIES)
def test_a_sample_is_not_verified_where_it_was_not_asked_for(name: str) -> None:
    edition = Edition(name, "a", rendered(EVERYTHING, name, sample=True).encode())
    assert {each.code for each in verify(EVERYTHING, edition).discrepancies} == {"V003"}


@pytest.mark.parametrize("name", BODIES)
def test_a_sample_is_verified_where_it_was_asked_for(name: str) -> None:
    edition = Edition(name, "a", rendered(EVERYTHING, name, sample=True).encode())
    assert verify(EVERYTHING, edition, beside=Beside(letterhead=Letterhead(sample=True))).discrepancies == ()


@pytest.mark.parametrize("name", BODIES)
def test_no_link_to_leave_is_shown_where_none_is_wanted(name: str) -> None:
    assert "nsubscribe" not in rendered(EVERYTHING, name, unsubscribe=False)


@pytest.mark.parametrize("name", BODIES)
def test_an_issue_is_held_to_its_article(name: str) -> None:
    edition = Edition(name, "a", rendered(ISSUE, name).encode())
    assert verify(ISSUE, edition, DIGESTS).discrepancies == ()


# --- Options ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"colour": "red"}, "Emails have no option 'colour'. There are: preheader, "),
        ({"unsubscribe": "yes"}, "The option 'unsubscribe' of emails cannot be 'yes'."),
        ({"pictures": "inline"}, "The option 'pictures' of emails cannot be 'inline'."),
        ({"pictures": "url"}, "Set picture_base to 'https://…'."),
    ],
)
def test_an_option_that_is_none_is_refused(name: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(RenderError, match=re.escape(message)):
        rendered(EVERYTHING, name, **options)


def test_a_noncharacter_that_marks_slots_is_refused() -> None:
    with pytest.raises(RenderError, match="noncharacter"):
        rendered(article(paragraph("a \ufdd0unsubscribe-url\ufdd1")))
