"""The opening of an article and its cross-heads, as newsrooms of many countries set them."""

from __future__ import annotations

import pytest

from exporter.readers.bylines import begins_anew, is_credited, is_front_matter
from exporter.readers.reports import is_attributed, refers_back, tells_the_day
from exporter.readers.sentences import begins_small
from exporter.readers.standfirst import CUES, THRESHOLD, Opening, explain, is_standfirst, score
from tests.readers.labelled import Labelled, articles, plain, read

SEEN = articles("newsrooms.txt")
HELD_BACK = articles("newsrooms_held_back.txt")

TOO_HARD = {
    # Short questions, of an interviewer and of a columnist, look like sub-headings that ask.
    "en interview magazine: intro is standfirst, names as turns",
    "en column without standfirst: question first",
}


@pytest.mark.parametrize("name", sorted(set(SEEN) - TOO_HARD))
def test_an_article_is_read_as_it_was_labelled(name: str) -> None:
    assert read(plain(SEEN[name])) == SEEN[name]


@pytest.mark.parametrize("name", sorted(TOO_HARD))
def test_what_form_cannot_tell_is_the_sub_heading_only(name: str) -> None:
    assert read(plain(SEEN[name])) != SEEN[name]
    assert _has_standfirst(read(plain(SEEN[name]))) == _has_standfirst(SEEN[name])


def test_of_the_articles_held_back_forty_in_forty_four_are_read_wholly_right() -> None:
    wholly = [name for name, labelled in HELD_BACK.items() if read(plain(labelled)) == labelled]
    assert len(HELD_BACK) == 44
    assert len(wholly) >= 40


def test_of_the_articles_held_back_none_gets_a_standfirst_it_has_not() -> None:
    given = {name for name, labelled in HELD_BACK.items() if _has_standfirst(read(plain(labelled)))}
    assert given <= {name for name, labelled in HELD_BACK.items() if _has_standfirst(labelled)}


def _has_standfirst(labelled: Labelled) -> bool:
    return any(kind == "S" for kind, _ in labelled)


TITLE = "City council bans leaf blowers"
STANDFIRST = "Gardeners will have to go back to the rake, and many of them are glad of it."
BODY = (
    "The city council has banned leaf blowers with petrol engines from September. Nine members were for it.",
    "Electric machines remain legal on weekdays. Whoever breaks the rule pays 200 for the first offence.",
    "Firms may ask for a third of the price of a new machine. The money will last until spring, the treasurer thinks.",
    "Neighbouring towns are watching closely. One of them will vote in May.",
)


def opening(first: str = STANDFIRST, following: str = BODY[0], title: str = TITLE) -> Opening:
    return Opening(title, first, (following, *BODY[1:]))


def test_a_finished_sentence_is_a_standfirst_where_the_text_begins_below_it() -> None:
    assert is_standfirst(opening())


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        ("Gardeners will have to go back to the rake on Monday, and many are glad of it.", "tells the day"),
        ("Gardeners will have to go back to the rake, said the speaker of the council.", "names a source"),
        ("They have banned it, and many of the gardeners in the city are glad.", "begins with a pronoun"),
        ("It is over.", "short and closed"),
        (f"{STANDFIRST[:-1]}, {'and so are the neighbours, ' * 8}too.", "longer than standfirsts are"),
    ],
)
def test_what_speaks_against_a_standfirst_is_named_and_counts(first: str, reason: str) -> None:
    assert reason in explain(opening(first))
    assert score(opening(first)) < score(opening())


@pytest.mark.parametrize(
    ("following", "reason"),
    [
        ("He had asked for the ban since 2015. Nobody listened to him then, he recalls today.", "refers back"),
        ("The 34-year-old was first to cheer. Nobody had listened to her for years, she recalls.", "refers back"),
        ("“At last,” said one of them. Nobody had listened to her for years, she recalls today.", "is speech"),
    ],
)
def test_what_follows_a_lead_is_named_and_makes_it_one(following: str, reason: str) -> None:
    assert f"the paragraph below {reason}" in explain(opening(following=following))
    assert not is_standfirst(opening(following=following))


def test_a_standfirst_leaves_the_titles_words_to_the_text() -> None:
    assert "leaves the title's words to the paragraph below" in explain(opening())
    assert "takes the title's words up" in explain(opening(BODY[0], STANDFIRST))


def test_the_titles_words_are_known_in_scripts_without_spaces() -> None:
    found = opening("人手不足が響く。", "市議会は落ち葉を吹く機械を禁止した。", "市議会、機械を禁止")
    assert "leaves the title's words to the paragraph below" in explain(found)


def test_where_every_paragraph_is_one_sentence_a_finished_line_is_the_lead() -> None:
    single = tuple(text.partition(".")[0] + "." for text in BODY)
    assert not is_standfirst(Opening(TITLE, STANDFIRST, single))


def test_in_a_wrapped_file_a_finished_paragraph_is_the_beginning() -> None:
    prose = opening("The rake is the oldest of all tools, and I have never owned another one.", title="My garden")
    assert is_standfirst(prose)
    assert not is_standfirst(Opening(prose.title, prose.first, prose.rest, wrapped=True))


def test_the_cues_of_a_standfirst_have_names_of_their_own() -> None:
    assert len(CUES) == len({cue.name for cue in CUES})
    assert THRESHOLD > 0


@pytest.mark.parametrize(
    "text",
    [
        "KABUL (Reuters) - Rebels took the town.",
        "ISLAMABAD: The prime minister left the capital.",
        "Madrid, 4 may (EFE).- El presidente viaja a Lima.",
        "МОСКВА, 5 мая. /ТАСС/. Мост закрыли.",
        "(AP) — The bridge is closed.",
        "新华社北京5月2日电 大桥关闭。",
    ],
)
def test_a_dateline_is_known_in_the_agencies_forms(text: str) -> None:
    assert begins_anew(text)


@pytest.mark.parametrize(
    "text", ["BBC: the plan", "首相は3日電話で会談した", "WHAT NOW: three ways out", "The plan (a good one) is ready."]
)
def test_what_only_resembles_a_dateline_is_none(text: str) -> None:
    assert not begins_anew(text)


@pytest.mark.parametrize(
    "text",
    [
        "By Jane Doe, political editor",
        "4 March 2026, 10:15 GMT",
        "Stand: 04.03.2026, 10:15 Uhr",
        "Par Luc Roy, à Paris",
    ],
)
def test_bylines_and_dates_are_credits_beyond_doubt(text: str) -> None:
    assert is_credited(text)


@pytest.mark.parametrize(
    "text", ["18:40", "By far the worst", "De Tweede Kamer wil er meer", "World Cup 2026: The groups"]
)
def test_hours_and_headings_are_no_front_matter(text: str) -> None:
    assert not is_front_matter(text)


@pytest.mark.parametrize(
    "text", ["on Monday", "am Montagabend", "le mardi", "в среду", "يوم السبت", "सोमवार को", "星期一"]
)
def test_the_day_is_known_in_many_languages(text: str) -> None:
    assert tells_the_day(text)


@pytest.mark.parametrize("text", ["Salıncak", "dimanches"])
def test_a_word_that_holds_a_days_name_is_not_the_day(text: str) -> None:
    assert not tells_the_day(text)


def test_a_report_names_its_source_and_refers_back() -> None:
    assert is_attributed("Two people died, police said.")
    assert not is_attributed("Villagers say the port will destroy the lagoon.")
    assert refers_back("Der 52-Jährige war eingeschlafen.")
    assert not refers_back("Item two is next.")


def test_a_line_that_begins_with_a_number_does_not_begin_small() -> None:
    assert not begins_small("300 yıllık yapı gelecek yaz açılacak")
    assert not begins_small("iPhone sales fall")
    assert begins_small("“and that was that")
