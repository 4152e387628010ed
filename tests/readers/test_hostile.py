"""Sources made to hang, crash or slip past the readers: read in one go, or refused by line."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.article import Article
from exporter.coverage import coverage
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.markdown import MarkdownReader
from exporter.readers.outline import unique
from exporter.readers.text import TextReader
from exporter.text import said
from exporter.witnesses.markdown import MarkdownWitness
from exporter.witnesses.text import TextWitness

MANY = 200_000
"""So many that whatever looks through the rest of the text for each of them takes hours."""


def markdown(text: str) -> Source:
    return Source("a.md", text.encode(), {"title": "T"})


def refusal(text: str) -> SourceError:
    with pytest.raises(SourceError) as caught:
        MarkdownReader().read(Source("a.md", text.encode()))
    return caught.value


def findings(source: Source, article: Article) -> tuple[str, ...]:
    return tuple(found.message for found in coverage(article, source, None))


# --- Front matter -----------------------------------------------------------------------------


def test_a_value_that_holds_itself_is_refused_by_line() -> None:
    error = refusal("---\ntitle: T\nauthors: &all [*all]\n---\n")
    assert (error.line, error.code) == (3, "S008")


def test_aliases_that_multiply_are_refused() -> None:
    names = "abcdefghij"
    lines = [f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]" for before, after in pairwise(names)]
    assert refusal("\n".join(["---", "title: T", "a: &a [x]", *lines, "tags: *j", "---", ""])).code == "S008"


@pytest.mark.parametrize("head", ["---\ntitle: T\nx: {deep}\n---\n", '+++\ntitle = "T"\nx = {deep}\n+++\n'])
def test_facts_nested_without_end_are_refused(head: str) -> None:
    assert refusal(head.format(deep="[" * 2000 + "]" * 2000)).code == "S008"


def test_an_isolate_may_be_opened_in_emphasis_and_closed_behind_it() -> None:
    article = MarkdownReader().read(markdown("*\u2067a* b\u2069"))
    assert [entry.text for entry in said(article)][1:] == ["\u2067a b\u2069"]


# --- HTML -------------------------------------------------------------------------------------


def test_a_list_that_starts_beyond_any_counter_is_refused() -> None:
    error = refusal(f"---\ntitle: T\n---\n\n<ol start='{'9' * 5000}'><li>a</li></ol>\n")
    assert (error.line, error.code) == (5, "S003")


def test_a_list_starts_at_digits_html_knows() -> None:
    article = MarkdownReader().read(markdown("<ol start='\u0663'><li>a</li></ol>\n"))
    assert [entry.attributes.get("list") for entry in said(article)][1:] == ["0"]


def test_a_declaration_without_its_end_is_refused() -> None:
    assert refusal("---\ntitle: T\n---\n\n<!DOCTYPE" + "<!x" * MANY).code == "S003"


def test_lines_in_a_block_of_html_are_counted_from_tag_to_tag() -> None:
    rows = "\n".join(f"<tr><td>{number}</td></tr>" for number in range(20))
    article = MarkdownReader().read(markdown(f"<table>\n{rows}\n</table>\n"))
    assert [(entry.text, entry.line) for entry in said(article)][1:] == [(str(n), n + 2) for n in range(20)]


# --- What only looks like markup --------------------------------------------------------------


@pytest.mark.parametrize("opening", ["<!--", "<!", "<?", "<a ", '[x]: "', "[a](", "<a '\""])
def test_openings_without_end_are_looked_at_once(opening: str) -> None:
    source = markdown(f"```\n{opening * MANY}\n```\n")
    assert findings(source, MarkdownReader().read(source)) == ()


def test_a_definition_of_quotation_marks_is_looked_at_once() -> None:
    source = markdown("[x]: " + '\\"' * MANY + " b\n")
    assert findings(source, MarkdownReader().read(source)) == ()


def test_spaces_inside_a_heading_are_looked_at_once() -> None:
    source = markdown(f"## a{' ' * MANY}b\n")
    article = MarkdownReader().read(source)
    assert coverage(article, source, MarkdownWitness().testify(source)) == ()


def test_directions_opened_without_end_are_looked_at_once() -> None:
    source = markdown("\u202a" * MANY + "\u2069" * MANY + "\u202c" * MANY)
    assert findings(source, MarkdownReader().read(source)) == ()


def test_closing_an_isolate_closes_what_was_opened_in_it() -> None:
    assert MarkdownReader().read(markdown("\u202a\u2067\u202b\u2067\u2069\u2069\u202c")).blocks


def test_headings_of_one_name_are_counted_on() -> None:
    assert unique(["a"] * 3, ["a-1"]) == ("a", "a-2", "a-3")
    assert len(set(unique(["example"] * MANY))) == MANY


def test_lines_that_repeat_are_found_in_one_reading() -> None:
    story = "\n".join(f"Line {number} is said by somebody who has no more to say" for number in range(20_000))
    assert len(TextReader().read(Source("a.txt", f"Title\n{story}".encode())).blocks) == 20_000


def test_definitions_in_a_row_are_looked_at_once() -> None:
    source = markdown("Term\n" + ": a\n" * 20_000)
    assert MarkdownWitness().testify(source) == "Term" + ":a" * 20_000


# --- Whatever is written ----------------------------------------------------------------------

_PIECES = (
    *("# ", "- ", "> ", "1. ", "\n", "\n\n", "*", "**", "_", "`", "~~", "|", "| - | - |\n", "    ", "\\", "[", "< "),
    *("> ", "&", "\n***\n", "\n---\n", "\n===\n", " ", "  \n", "\t", "+ ", "\n\n    ", "\n|-|-|\n|", "$", "\u00a0"),
    *("![", "(", "!", "{", "\n: ", "\n\n: ", "- [ ] ", "\u00a0\n", "\u00a0|"),
)


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=12))
def test_no_word_is_lost_among_marks_of_markdown(pieces: list[str]) -> None:
    words = [f"wq{number}." for number in range(len(pieces))]
    text = "".join(piece + word for piece, word in zip(pieces, words, strict=True))
    try:
        article = MarkdownReader().read(markdown(text))
    except SourceError:
        return
    shown = "".join(entry.text for entry in said(article))
    assert [word for word in words if word not in shown] == []


@given(st.text("ab \n\t#*_`~|-+>[]()!&;:<\"'/\\{}^=.1\u00a0\u3000é字\u200d", max_size=60))
def test_whatever_is_written_in_markdown_is_read_or_refused_by_line(text: str) -> None:
    source = markdown(text)
    refused, testimony = 1, MarkdownWitness().testify(source)
    try:
        coverage(MarkdownReader().read(source), source, testimony)
    except SourceError as error:
        refused = error.line
    assert refused > 0


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_no_character_of_a_plain_text_is_lost(text: str) -> None:
    source = Source("a.txt", text.encode())
    try:
        article = TextReader().read(source)
    except SourceError:
        return
    assert coverage(article, source, TextWitness().testify(source)) == ()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("\u00a0|a\n---\nb", ["\u00a0|a", "b"]),
        ("|a\n---\nb", ["|a", "b"]),
        ("\u00a0\na", ["\u00a0 a"]),
        ("|a|\n|-|\n|b|", ["a", "b"]),
    ],
)
def test_a_table_begins_where_github_sees_one(written: str, says: list[str]) -> None:
    source = markdown(written)
    article = MarkdownReader().read(source)
    assert [entry.text for entry in said(article)][1:] == says
    assert coverage(article, source, MarkdownWitness().testify(source)) == ()
