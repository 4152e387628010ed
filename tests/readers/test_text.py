"""Plain text to an article: title, standfirst, paragraphs, marks, the author's ruling, positions."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter import registry
from exporter.article import Article, HardBreak, Heading, Paragraph, Text
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.text import TextReader
from exporter.text import said
from exporter.witnesses.text import TextWitness

FIRST = "The council voted on Tuesday night to close three of its eleven branch libraries, ending a long debate."
SECOND = "The vote was 31 to 24, with two members absent. The doors will close for good in March, its leader said."
THIRD = "Residents had raised a tenth of that sum by the time of the vote, and had asked the council for a year."
STORY = f"Council closes libraries\nCampaigners will go to court\n{FIRST}\nA costly building\n{SECOND}\n{THIRD}"


def read(text: str, **sidecar: Any) -> Article:
    return TextReader().read(Source("story.txt", text.encode(), sidecar))


def kinds(article: Article) -> list[tuple[str, str]]:
    return [(entry.kind, entry.text) for entry in said(article)]


def refusal(text: str, **sidecar: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(text, **sidecar)
    return caught.value


# --- What a text says -------------------------------------------------------------------------


def test_title_standfirst_paragraphs_and_sub_headings() -> None:
    assert kinds(read(STORY)) == [
        ("title", "Council closes libraries"),
        ("subtitle", "Campaigners will go to court"),
        ("paragraph", FIRST),
        ("heading", "A costly building"),
        ("paragraph", SECOND),
        ("paragraph", THIRD),
    ]


def test_reader_and_witness_are_found_by_the_suffix() -> None:
    assert isinstance(registry.reader("txt"), TextReader)
    assert isinstance(registry.witness("txt"), TextWitness)


def test_a_title_alone_is_an_article() -> None:
    assert kinds(read("\n\n  Council closes libraries  \n")) == [("title", "Council closes libraries")]


@pytest.mark.parametrize("text", ["", "\n", " \t\n\n"])
def test_a_file_without_text_is_refused(text: str) -> None:
    assert refusal(text).code == "S004"


def test_the_language_is_left_open_where_nobody_says() -> None:
    assert read(STORY).metadata.language == "und"


def test_bylines_and_dates_are_text_never_metadata() -> None:
    article = read(f"Title\nBy Jane Holloway\n4 March 2026\n{FIRST}\n{SECOND}\n{THIRD}")
    assert article.metadata.authors == ()
    assert article.metadata.published is None
    assert kinds(article)[1:3] == [("paragraph", "By Jane Holloway"), ("paragraph", "4 March 2026")]


def test_sub_headings_have_level_2_and_names_of_their_own() -> None:
    article = read("\n".join(("Title", FIRST, "Why now?", SECOND, THIRD, "Why now? ", SECOND)), headings=[3, 6])
    assert [(b.level, b.identifier) for b in article.blocks if isinstance(b, Heading)] == [
        (2, "why-now"),
        (2, "why-now-1"),
    ]


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u200b", "\u00ad", "\u3000", "\u202f", "\u200c"])
def test_spaces_and_joiners_an_author_chose_stay(space: str) -> None:
    line = f"{SECOND[:40]}{space}{SECOND[40:]}"
    assert ("paragraph", line) in kinds(read(f"Title\n{FIRST}\n{line}\n{THIRD}"))


def test_markup_of_other_formats_is_text() -> None:
    line = "*Not* emphasis, {{ nor }} a [link](x) &amp; <b>nothing</b> 2 * 3 * 4, the council's own website says."
    assert ("paragraph", line) in kinds(read(f"Title\n{FIRST}\n{line}\n{THIRD}"))


# --- Marks ------------------------------------------------------------------------------------


def test_a_line_with_number_signs_is_a_sub_heading_and_nothing_else_is_guessed() -> None:
    article = read(f"Title\n{FIRST}\n## He said no.\n{SECOND}\nA costly building\n{THIRD}")
    assert [text for kind, text in kinds(article) if kind == "heading"] == ["He said no."]


def test_number_signs_nest_and_no_level_is_skipped() -> None:
    article = read(f"Title\n{FIRST}\n## One\n{SECOND}\n#### Two\n{THIRD}\n### Three\n{THIRD}\n## Four\n{THIRD}")
    assert [b.level for b in article.blocks if isinstance(b, Heading)] == [2, 3, 3, 2]


@pytest.mark.parametrize("line", ["#1 in the charts", "# A single sign", "##Without a space", "####### Seven signs"])
def test_other_number_signs_are_text(line: str) -> None:
    assert line in [text for _, text in kinds(read(f"Title\n{FIRST}\n{line}\n{SECOND}"))]


def test_a_backslash_and_a_space_keep_a_line_a_paragraph() -> None:
    assert ("paragraph", "A costly building") in kinds(read(STORY.replace("A costly", "\\ A costly")))


def test_a_backslash_keeps_the_line_below_the_title_from_being_a_standfirst() -> None:
    article = read(STORY.replace("Campaigners", "\\ Campaigners"))
    assert article.metadata.subtitle is None
    assert kinds(article)[1] == ("paragraph", "Campaigners will go to court")


def test_a_backslash_lets_a_paragraph_begin_with_number_signs() -> None:
    assert ("paragraph", "## is a mark") in kinds(read(f"Title\n{FIRST}\n\\ ## is a mark\n{SECOND}"))


def test_a_backslash_before_a_word_is_text() -> None:
    assert "\\alpha is a Greek letter" in [
        text for _, text in kinds(read(f"T\n{FIRST}\n\\alpha is a Greek letter\n{THIRD}"))
    ]


# --- The sidecar ------------------------------------------------------------------------------


def test_headings_lists_the_sub_headings_exactly() -> None:
    assert [k for k, _ in kinds(read(STORY, headings=[5]))] == [
        "title",
        "subtitle",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_an_empty_list_means_no_sub_headings() -> None:
    assert "heading" not in [kind for kind, _ in kinds(read(STORY, headings=[]))]


@pytest.mark.parametrize("standfirst", [True, 2])
def test_a_standfirst_can_be_ordered(standfirst: bool | int) -> None:
    assert read(f"Title\n{FIRST}\n{SECOND}\n{THIRD}", standfirst=standfirst).metadata.subtitle == FIRST


def test_a_standfirst_can_be_ruled_out() -> None:
    article = read(STORY, standfirst=False)
    assert article.metadata.subtitle is None
    assert kinds(article)[1] == ("paragraph", "Campaigners will go to court")


def test_a_standfirst_in_words_that_the_file_repeats_is_said_once() -> None:
    texts = [text for _, text in kinds(read(STORY, standfirst="Campaigners will go to court"))]
    assert texts.count("Campaigners will go to court") == 1


def test_a_standfirst_in_other_words_leaves_the_file_its_paragraph() -> None:
    assert kinds(read(STORY, subtitle="Three branches go"))[1:3] == [
        ("subtitle", "Three branches go"),
        ("paragraph", "Campaigners will go to court"),
    ]


def test_the_rest_of_the_sidecar_is_metadata() -> None:
    metadata = read(STORY, language="en-GB", authors=["Jane Holloway"], headings=[], standfirst=True).metadata
    assert (metadata.language, metadata.authors) == ("en-GB", ("Jane Holloway",))


def test_the_sidecar_may_repeat_the_title() -> None:
    article = read(STORY, title="Council closes libraries")
    assert (article.metadata.title, article.metadata.title_position.line) == ("Council closes libraries", 1)


def test_two_titles_are_refused() -> None:
    error = refusal(STORY, title="Another title")
    assert (error.code, error.line) == ("S004", 1)


@pytest.mark.parametrize(
    ("sidecar", "message"),
    [
        ({"headings": "4"}, "a list of line numbers"),
        ({"headings": [True]}, "a list of line numbers"),
        ({"headings": [4.0]}, "a list of line numbers"),
        ({"headings": [99]}, "no paragraph of the body begins on line 99"),
        ({"headings": [1]}, "no paragraph of the body begins on line 1"),
        ({"standfirst": 3}, "line 3 is not the paragraph below the title"),
        ({"standfirst": [2]}, "true, false or a line number"),
    ],
)
def test_a_ruling_that_does_not_fit_is_refused(sidecar: dict[str, Any], message: str) -> None:
    error = refusal(STORY, **sidecar)
    assert error.code == "S009"
    assert message in str(error)


def test_a_standfirst_ordered_where_there_is_only_a_title_is_refused() -> None:
    assert "there is none" in str(refusal("Title", standfirst=True))


def test_marks_and_a_list_that_disagree_are_refused() -> None:
    error = refusal(f"Title\n{FIRST}\n## Marked\n{SECOND}\nListed\n{THIRD}", headings=[5])
    assert (error.code, error.line) == ("S009", 3)


# --- Positions, and that nothing is lost ------------------------------------------------------

SAMPLES = [
    STORY,
    STORY.replace("\n", "\r\n"),
    STORY.replace("\n", "\n\n"),
    f"\ufeff\n\n  Title \n\t{FIRST}  \n## One\n\\ Two\n\\alpha\n#5\n{SECOND}",
    "標題\n這是一個句子。\n小標題\n另一個句子，比較長一點的句子，還要更長一點。",
    f"A title\n\n{FIRST[:60]}\n{FIRST[60:]}\n\n{SECOND[:60]}\n{SECOND[60:]}\n\nO rose\nthou art\nsick\n",
]


@pytest.mark.parametrize("text", SAMPLES)
def test_the_article_says_what_the_witness_says(text: str) -> None:
    source = Source("story.txt", text.encode())
    shown = re.sub(r"[ \t\n]", "", "".join(entry.text for entry in said(TextReader().read(source))))
    assert shown == TextWitness().testify(source)


LINES = st.text('aZ. .,?#\\"”。漢글\u00a0\u0301\t-:9', max_size=90)


@given(st.lists(LINES, min_size=1, max_size=12))
def test_no_text_at_all_makes_reader_and_witness_disagree(lines: list[str]) -> None:
    source = Source("story.txt", "\n".join(["Title", *lines]).encode())
    shown = re.sub(r"[ \t\n]", "", "".join(entry.text for entry in said(TextReader().read(source))))
    assert shown == TextWitness().testify(source)


@pytest.mark.parametrize("lost", ["A costly", "court", "."])
def test_the_witness_misses_what_a_reader_would_drop(lost: str) -> None:
    article = read(STORY.replace(lost, "", 1))
    shown = re.sub(r"[ \t\n]", "", "".join(entry.text for entry in said(article)))
    assert shown != TextWitness().testify(Source("story.txt", STORY.encode()))


def test_the_witness_reads_utf_16_on_its_own() -> None:
    assert TextWitness().testify(Source("story.txt", "Eine Überschrift".encode("utf-16"))) == "EineÜberschrift"


@pytest.mark.parametrize("text", [s for s in SAMPLES if "\r" not in s and "\ufeff" not in s])
def test_every_position_is_where_the_text_stands(text: str) -> None:
    article = read(text)
    metadata = article.metadata
    assert text[metadata.title_position.start : metadata.title_position.end] == metadata.title
    for block in article.blocks:
        assert isinstance(block, Paragraph | Heading)
        for inline in block.children:
            assert isinstance(inline, Text | HardBreak)
            if isinstance(inline, Text):
                assert text[inline.position.start : inline.position.end] == inline.text.rstrip(" ")
            assert inline.position.line == text.count("\n", 0, inline.position.start) + 1
            assert block.position.start <= inline.position.start < inline.position.end <= block.position.end


def test_positions_count_characters_after_line_ends_became_one() -> None:
    assert [block.position.line for block in read("Title\r\n\r\nOne.\r\rTwo.").blocks] == [3, 5]
