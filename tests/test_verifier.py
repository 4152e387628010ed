"""The comparison itself: every way an edition can differ gets its code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from exporter import labels, templating
from exporter.comparison import ALTERED
from exporter.edition import UNREADABLE, Extraction
from exporter.text import FURNITURE, Said, said, said_metadata
from exporter.verifier import compare
from exporter.verifier.furniture import misnamed, strangers, vocabulary
from tests.articles import EVERYTHING

EXPECTED = said(EVERYTHING)
METADATA = said_metadata(EVERYTHING.metadata)
CARRIES = frozenset(name for entry in EXPECTED for name in entry.attributes) | {"whitespace"}

Entries = tuple[Said, ...]


def codes(
    entries: Entries, metadata: Mapping[str, str] = METADATA, carries: frozenset[str] = CARRIES, form: str = "exact"
) -> list[str]:
    """Codes of the discrepancies between everything and ``entries``, in order of report."""
    extraction = Extraction(entries, carries, metadata, form)  # type: ignore[arg-type]
    return [found.code for found in compare(EXPECTED, METADATA, extraction)]


def index(text: str) -> int:
    """Where the first entry beginning with ``text`` stands."""
    return next(number for number, entry in enumerate(EXPECTED) if entry.text.startswith(text))


def changed(beginning: str, /, **fields: object) -> Entries:
    """Everything, with the entry that begins with ``text`` changed."""
    at = index(beginning)
    return (*EXPECTED[:at], replace(EXPECTED[at], **fields), *EXPECTED[at + 1 :])  # type: ignore[arg-type]


def attribute(text: str, name: str, value: str) -> Entries:
    """Everything, with one attribute changed."""
    return changed(text, attributes={**EXPECTED[index(text)].attributes, name: value})


def without(text: str) -> Entries:
    """Everything but one entry."""
    at = index(text)
    return EXPECTED[:at] + EXPECTED[at + 1 :]


def swapped(one: str, other: str) -> Entries:
    """Everything, two entries exchanged."""
    entries = list(EXPECTED)
    i, j = index(one), index(other)
    entries[i], entries[j] = entries[j], entries[i]
    return tuple(entries)


def test_an_edition_that_says_the_same_has_no_discrepancy() -> None:
    assert codes(EXPECTED) == []


def test_furniture_is_not_compared() -> None:
    assert codes((Said("page 1", FURNITURE, "12"), *EXPECTED, Said("page 2", FURNITURE, "Notes"))) == []


MUTANTS: Mapping[str, tuple[str, Callable[[], Entries]]] = {
    "a dropped word": ("V003", lambda: changed("Last words.", text="Last.")),
    "one lost accent": ("V003", lambda: changed("Une phrase", text="Une phrase entiere.")),
    "another normal form": ("V003", lambda: changed("Une phrase", text="Une phrase entie\u0300re.")),
    "a lost no-break space": (
        "V003",
        lambda: changed("Lead with", text=EXPECTED[index("Lead with")].text.replace("\u00a0", " ")),
    ),
    "a moved note call": (
        "V003",
        lambda: changed("Lead with", text="\ufffc" + EXPECTED[index("Lead with")].text.replace("\ufffc", "", 1)),
    ),
    "a dropped block": ("V001", lambda: without("Quoted twice.")),
    "a dropped cell": ("V001", lambda: without("Lima")),
    "an added block": ("V002", lambda: (*EXPECTED, Said("x", "paragraph", "Buy now!", 0, EXPECTED[-1].attributes))),
    "a doubled note": ("V005", lambda: (*EXPECTED, EXPECTED[index("The first note")])),
    "a heading made a paragraph": ("V007", lambda: changed("Lists", kind="paragraph")),
    "another level": ("V007", lambda: attribute("Lists", "level", "3")),
    "another list number": ("V007", lambda: attribute("Restarted", "list", "5")),
    "an item out of its list": ("V007", lambda: attribute("nested", "depth", "1")),
    "a ticked box unticked": ("V007", lambda: attribute("done", "task", "unchecked")),
    "a cell in another column": ("V007", lambda: attribute("Lima", "column", "3")),
    "another href": ("V008", lambda: attribute("Vientiane", "links", "https://example.org/w")),
    "another language": ("V011", lambda: attribute("Une phrase", "language", "en")),
    "another direction": ("V011", lambda: attribute("Last words.", "direction", "rtl")),
    "another call": ("V007", lambda: attribute("Lead with", "calls", "1\n2\n2")),
    "whitespace lost from code": ("V003", lambda: changed("def f", text="def f(x):\n    return x < 1 & 2\n\n\n# end")),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_is_reported_once_with_its_code(name: str) -> None:
    code, mutant = MUTANTS[name]
    assert codes(mutant()) == [code]


@pytest.mark.parametrize(("one", "other"), [("Quoted.", "Quoted again."), ("Lima", "34.0"), ("Lists", "The end")])
def test_swapped_blocks_have_moved(one: str, other: str) -> None:
    assert set(codes(swapped(one, other))) == {"V004"}


def test_metadata_that_differ_are_reported_by_name() -> None:
    assert codes(EXPECTED, {**METADATA, "title": "Another"}) == ["V010"]


def test_metadata_a_format_cannot_hold_are_not_compared() -> None:
    assert codes(EXPECTED, {"title": METADATA["title"]}) == []


def test_attributes_a_format_cannot_carry_are_not_compared() -> None:
    assert codes(attribute("Lists", "level", "3"), carries=frozenset()) == []


def test_an_edition_with_nothing_in_it_lacks_everything() -> None:
    assert set(codes(())) == {"V001"}


def test_a_discrepancy_names_the_source_line_and_both_texts() -> None:
    heading = next(e for e in EXPECTED if e.kind == "heading")
    expected = (replace(heading, line=24),)
    found = Extraction((replace(heading, text="Lost"),), frozenset(), {})
    (discrepancy,) = compare(expected, {}, found)
    assert discrepancy.message == "Line 24: the text of this heading differs."
    assert (discrepancy.expected, discrepancy.found) == ("Lists", "Lost")


LINES = "lines"


def test_a_line_end_may_be_a_space() -> None:
    assert codes(changed("Last words.", text="Last\nwords."), form=LINES) == []


def test_a_line_end_may_follow_an_added_hyphen() -> None:
    assert codes(changed("What it means.", text="What it me\u2010\nans."), form=LINES) == []


def test_a_hyphen_within_a_line_is_no_hyphenation() -> None:
    assert codes(changed("What it means.", text="What it me\u2010ans."), form=LINES) == ["V003"]


def test_a_hyphen_minus_at_a_line_end_is_no_hyphenation() -> None:
    assert codes(changed("What it means.", text="What it me-\nans."), form=LINES) == ["V003"]


def test_a_space_lost_within_a_line_is_seen() -> None:
    assert codes(changed("Last words.", text="Lastwords."), form=LINES) == ["V003"]


def test_a_space_added_within_a_line_is_seen() -> None:
    assert codes(changed("Last words.", text="La st words."), form=LINES) == ["V003"]


def test_a_ligature_character_is_drawn_as_its_letters() -> None:
    assert codes(changed("The first note", text="The \ufb01rst note, with some words."), form=LINES) == []


def test_a_ligature_character_is_not_its_letters_where_code_points_are_kept() -> None:
    assert codes(changed("The first note", text="The \ufb01rst note, with some words.")) == ["V003"]


def test_a_doubled_letter_at_a_line_end_is_seen() -> None:
    assert codes(changed("Last words.", text="Last\ntwords."), form=LINES) == ["V003"]


def test_an_unreadable_entry_without_a_prover_fails() -> None:
    from exporter.verifier.verification import _unproved

    entry = replace(EXPECTED[0], attributes={**EXPECTED[0].attributes, UNREADABLE: "Arab"})
    assert [found.code for found in _unproved(Extraction((entry,), CARRIES, {}))] == ["V000"]


# --- Many entries -----------------------------------------------------------------------------


def reported(texts: Sequence[str], found: Sequence[str], kind: str = "cell") -> list[str]:
    """Codes where an article of ``texts`` became an edition of ``found``, in alphabetical order."""
    expected, entries = ([Said("x", kind, text) for text in each] for each in (texts, found))
    return sorted(each.code for each in compare(expected, {}, Extraction(tuple(entries), frozenset(), {})))


FEW = [str(number * number % 17) for number in range(6000)]
"""Few values again and again, as in a long table."""


def test_among_thousands_alike_one_that_is_missing_is_one_finding() -> None:
    assert reported(["0"] * 10000, ["0"] * 9999) == ["V001"]


def test_among_thousands_alike_changes_at_both_ends_are_two_findings() -> None:
    assert reported(["0"] * 5000, ["7", *["0"] * 4998, "8"]) == ["V003", "V003"]


def test_in_a_long_table_of_few_values_each_difference_is_one_finding() -> None:
    found = [*FEW[:100], *FEW[101:3000], "77", *FEW[3000:5000], "78", *FEW[5001:]]
    assert reported(FEW, found) == ["V001", "V002", "V003"]


def test_of_a_wholly_different_document_every_entry_is_reported() -> None:
    here, there = [f"here {n} " * 20 for n in range(5000)], [f"\u0436\u0448 {n} " * 20 for n in range(4000)]
    found = Counter(reported(here, there, "paragraph"))
    assert (found["V001"] + found["V003"], found["V002"] + found["V003"]) == (5000, 4000)


def test_a_document_turned_upside_down_has_moved() -> None:
    texts = [f"text {n}" for n in range(5000)]
    assert Counter(reported(texts, texts[::-1])) == {"V004": 4999}


# --- Beside the article -----------------------------------------------------------------------

LABELS = labels.load("en", templating.search_path())
WORDS = vocabulary(LABELS, EXPECTED, METADATA)


def furniture(text: str) -> Said:
    """A piece of furniture."""
    return Said("x", FURNITURE, text)


@pytest.mark.parametrize(
    "text", ["By", "Published:", "Note 1", "\u21a9\ufe0e", "12", ", ", "Lists", "Ana P\u00e9rez", ""]
)
def test_furniture_may_say_labels_numbers_and_the_article_s_own_words(text: str) -> None:
    assert list(strangers([furniture(text)], WORDS)) == []


@pytest.mark.parametrize("text", ["Buy now", "By Nobody", "Listss", "\u202eBy", "By\u200b", "\u0412y", "Notes. Not"])
def test_furniture_may_say_nothing_else(text: str) -> None:
    assert list(strangers([furniture(text)], WORDS)) == [furniture(text)]


def test_a_text_is_not_taken_for_furniture() -> None:
    assert list(strangers([Said("x", "paragraph", "Anything")], WORDS)) == []


@pytest.mark.parametrize(
    ("label", "kind", "found"),
    [
        ("By", "byline", 0),
        (",", "byline", 0),
        ("Published", "byline", 1),
        ("Published", "dateline", 0),
        ("Updated", "dateline", 1),
        ("Updated", "paragraph", 0),
        ("Figure 1", "caption", 0),
        ("Table 1", "caption", 1),
        ("By", "caption", 1),
    ],
)
def test_authors_dates_and_captions_stand_behind_their_own_labels(label: str, kind: str, found: int) -> None:
    entries = [furniture(label), Said("x", kind, "words")]
    expected = [Said("section[1]/figure[1]/caption", "caption", "words")]
    assert len(list(misnamed(entries, expected, LABELS, EVERYTHING))) == found


def test_what_can_alter_an_edition_is_reported_in_words() -> None:
    altered = Said("style.css", ALTERED, "'display: none' can hide text")
    (found,) = compare(EXPECTED, METADATA, Extraction((*EXPECTED, altered), CARRIES, METADATA))
    assert (found.code, found.message) == ("C001", "style.css: 'display: none' can hide text.")


def test_attributes_are_called_by_names_people_use() -> None:
    extraction = Extraction(attribute("Restarted", "list", "5"), CARRIES, METADATA)
    (found,) = compare(EXPECTED, METADATA, extraction)
    assert found.message.endswith("the marker of the list item differs.")
