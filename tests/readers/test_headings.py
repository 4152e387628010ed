"""Sub-headings and standfirsts of plain text, told from paragraphs by their form."""

from __future__ import annotations

import pytest

from exporter.edition import Source
from exporter.readers.subheadings import BARS, CUES, THRESHOLD, Setting, explain, score
from exporter.readers.text import TextReader
from exporter.text import said
from tests.readers.labelled import LETTERS, articles, plain, read

TOO_HARD = {
    # An interviewer's short question looks like a sub-heading that asks.
    "a long interview",
}


CASES = articles("headings.txt")


def test_there_are_enough_articles_in_enough_scripts() -> None:
    assert len(CASES) >= 50
    assert {"Japanese", "Thai", "Arabic", "Amharic", "Greek", "Hindi"} <= set(CASES)


@pytest.mark.parametrize("name", sorted(set(CASES) - TOO_HARD))
def test_an_article_is_read_as_it_was_labelled(name: str) -> None:
    assert read(plain(CASES[name])) == CASES[name]


@pytest.mark.parametrize("name", sorted(set(CASES) - TOO_HARD))
def test_blank_lines_between_all_lines_change_nothing(name: str) -> None:
    assert read(plain(CASES[name], "\n\n")) == CASES[name]


@pytest.mark.parametrize("name", sorted(TOO_HARD))
def test_what_form_cannot_tell_the_author_settles(name: str) -> None:
    labelled = CASES[name]
    assert read(plain(labelled)) != labelled
    lines = [number for number, (kind, _) in enumerate(labelled, 1) if kind == "H"]
    sidecar = {"headings": lines, "standfirst": labelled[1][0] == "S"}
    article = TextReader().read(Source("story.txt", plain(labelled).encode(), sidecar))
    assert [(LETTERS[entry.kind], entry.text) for entry in said(article)] == labelled


def test_extra_blank_lines_above_a_line_speak_for_a_heading() -> None:
    body = "The vote was close, and the doors will close for good in March, the council's leader told reporters."
    line = "He had been warned."
    assert ("P", line) in read("\n\n".join(("Title", body, body, line, body, body)))
    assert ("H", line) in read("\n\n".join(("Title", body, body, f"\n{line}", body, body)))


BEFORE = "The vote was close, and the doors will close for good in March, the council's leader told reporters."


def setting(text: str, *, before: str = BEFORE, after: str = BEFORE) -> Setting:
    return Setting(text, before, after, punctuated=True, typical=100.0)


def test_a_plain_cross_head_passes() -> None:
    assert score(setting("Withdrawal almost finished")) >= THRESHOLD


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a whistle for the walk", "a list item"),
        ("Photo: Jane Doe/Archive", "an address, a credit or a call"),
        ("Read more: Ten ways to mend a roof", "an address, a credit or a call"),
        ("Mehr zum Thema", "an address, a credit or a call"),
        ("Lea también", "an address, a credit or a call"),
        ("Update, 14:30: The council has changed the date", "an address, a credit or a call"),
        ("Correction: an earlier version named the wrong street", "an address, a credit or a call"),
        ("A man in the rain. (AFP)", "an address, a credit or a call"),
        ("Write to news@example.org", "an address, a credit or a call"),
        ("“You will hear from us,” he said", "speech"),
        ("and that was what the law required", "begins small"),
        ("He said no.", "closed by a full stop"),
        ("Here is what they found:", "leads in with a colon"),
        ("Q: Do you miss it?", "a speaker's turn"),
        ("***", "no letters"),
        ("United 3-2 Rovers", "a result"),
        ("Nobody knows what the last word means,", "goes on"),
        ("Tel 0800 123 456 789", "mostly figures"),
        ("The vote was close. The doors will close in the spring", "several sentences"),
    ],
)
def test_what_speaks_against_a_heading_is_named_and_decides(text: str, reason: str) -> None:
    assert reason in explain(setting(text))
    assert score(setting(text)) < THRESHOLD


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Opposition Wins More Money for Hospitals but Gives Way on the Pension Age Until Next Year", "in capitals"),
        ("2. Close the doors.", "numbered"),
        ("What it means for you.", "asks without the mark"),
        ("Was Reisende jetzt wissen müssen.", "asks without the mark"),
        ("Is that allowed?", "asks or calls"),
        ("No. 1 in the north", "not closed, where the others are"),
        ("iPhone sales fall", "not closed, where the others are"),
        ("Back to the U.S.", "not closed, where the others are"),
        ("'Nothing left to catch'", "not closed, where the others are"),
    ],
)
def test_what_speaks_for_a_heading_is_named_and_decides(text: str, reason: str) -> None:
    assert reason in explain(setting(text))
    assert score(setting(text, after=BEFORE + BEFORE)) >= THRESHOLD


def test_the_last_line_heads_nothing() -> None:
    assert score(setting("Withdrawal almost finished", after="")) == 0


def test_a_line_below_a_lead_in_is_worth_less() -> None:
    line = "Withdrawal almost finished"
    assert score(setting(line, before="They found this:")) < score(setting(line))


def test_cues_have_names_of_their_own() -> None:
    names = [cue.name for cue in (*CUES, *BARS)]
    assert len(names) == len(set(names))
