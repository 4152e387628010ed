"""The plain text edition, as its reader sees it."""

from __future__ import annotations

import pytest
from wcwidth import wcwidth

from exporter import labels, templating
from exporter.article import (
    Article,
    BlockQuote,
    BulletList,
    CodeBlock,
    Figure,
    HardBreak,
    Heading,
    Image,
    Link,
    OrderedList,
    Paragraph,
    Row,
    Table,
    Text,
)
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.renderers.text import TextRenderer
from tests.articles import EVERYTHING, NOTE, article, cells, item, paragraph

ENGLISH = labels.load("en", templating.search_path())


def rendered(made: Article, width: object = 72) -> str:
    context = RenderContext(labels=ENGLISH, options={"width": width})
    return TextRenderer().render(made, context).decode("utf-8")


def body(*blocks: object, width: int = 72) -> str:
    """What stands under the title."""
    return rendered(article(*blocks), width).removeprefix("# A title\n\n")  # type: ignore[arg-type]


class TestLines:
    def test_no_line_is_wider_than_told(self) -> None:
        lines = body(paragraph("some words of a text " * 20), width=40).split("\n")
        assert max(len(line) for line in lines) <= 40

    def test_wide_characters_count_two_columns(self) -> None:
        lines = body(paragraph("文字" * 60), width=40).split("\n")
        assert max(sum(wcwidth(c) for c in line) for line in lines) == 40

    def test_combining_marks_count_none(self) -> None:
        assert body(paragraph("e\u0301" * 10 + " " + "o\u0308" * 9), width=20) == (
            "e\u0301" * 10 + " " + "o\u0308" * 9 + "\n"
        )

    def test_a_long_address_is_never_cut(self) -> None:
        address = "https://example.org/" + "very-long-" * 12
        assert f"\n{address}\n" in body(paragraph(f"See {address} for more."), width=40)

    def test_words_are_not_parted_at_their_hyphens(self) -> None:
        assert "well-known-to-everyone" in body(paragraph("This is a very well-known-to-everyone fact."), width=30)

    def test_thai_is_broken_at_its_spaces_only(self) -> None:
        sentence = "ภาษาไทยไม่มีช่องว่างระหว่างคำแต่มีระหว่างประโยค"
        assert body(paragraph(f"{sentence} {sentence}"), width=30) == f"{sentence}\n{sentence}\n"

    def test_no_line_begins_with_closing_punctuation(self) -> None:
        lines = body(paragraph("漢字、「かな」。" * 30), width=31).split("\n")
        assert not [line for line in lines if line[:1] in tuple("、。」")]

    def test_no_line_ends_with_opening_punctuation(self) -> None:
        lines = body(paragraph("漢字、「かな」。" * 30), width=31).split("\n")
        assert not [line for line in lines if line[-1:] == "「"]

    def test_no_break_spaces_are_no_place_to_break(self) -> None:
        tied = "\u00a0".join(["tied"] * 10)
        assert tied in body(paragraph(f"a {tied} b"), width=30)

    def test_a_line_break_of_the_author_ends_a_line(self) -> None:
        assert body(Paragraph((Text("One"), HardBreak(), Text("Two")))) == "One\nTwo\n"

    def test_the_width_must_be_a_number(self) -> None:
        with pytest.raises(RenderError, match="not 'wide'"):
            rendered(EVERYTHING, "wide")

    def test_a_width_of_few_columns_is_refused(self) -> None:
        with pytest.raises(RenderError, match="20 or more"):
            rendered(EVERYTHING, 5)


class TestBlocks:
    def test_title_authors_and_dates_stand_one_a_line(self) -> None:
        assert rendered(EVERYTHING).startswith(
            "# Everything: a <rich> sample & more\n\n"
            "   A standfirst that says what it is about\n\n"
            "     By\u00a0Ana Pérez\n     By\u00a0Bo Li\n"
            "     Published:\u00a0October 5, 2026\n     Updated:\u00a0October 7, 2026\n\n"
        )

    def test_two_empty_lines_stand_before_a_heading(self) -> None:
        made = body(paragraph("Before."), Heading((Text("Next"),), 2), paragraph("After."))
        assert made == "Before.\n\n\n## Next\n\nAfter.\n"

    def test_nested_lists_hang(self) -> None:
        inner = OrderedList((item(paragraph("in")),), start=7)
        assert body(BulletList((item(paragraph("out"), inner),))) == "  - out\n      7. in\n"

    def test_the_lines_of_an_item_are_aligned(self) -> None:
        made = body(BulletList((item(paragraph("words of an item that is long")),)), width=20)
        assert made == "  - words of an item\n    that is long\n"

    def test_a_task_shows_its_box(self) -> None:
        made = body(BulletList((item(paragraph("a"), checked=True), item(paragraph("b"), checked=False))))
        assert made == "  [x] a\n  [ ] b\n"

    def test_quotes_are_marked_line_by_line(self) -> None:
        made = body(BlockQuote((paragraph("One."), paragraph("Two."))))
        assert made == "  > One.\n  >\n  > Two.\n"

    def test_code_is_never_wrapped(self) -> None:
        code = "x = 1  \n\n\n" + "long " * 40 + "\t"
        assert body(CodeBlock(code)) == "  ```\n  x = 1  \n\n\n  " + "long " * 40 + "\t\n  ```\n"

    def test_fences_are_longer_than_those_in_the_code(self) -> None:
        assert body(CodeBlock("````")) == "  `````\n  ````\n  `````\n"

    def test_a_figure_says_what_it_shows(self) -> None:
        made = body(Figure(Image("a.png", "A red square"), (Text("Caption"),), (Text("Ana"),)))
        assert made == "  [Image] A red square\n\n  ~ Caption\n\n  (Credit) Ana\n"

    def test_a_decorative_picture_leaves_no_trace(self) -> None:
        assert body(paragraph("a"), Figure(Image("a.png", ""))) == "a\n"


class TestMarks:
    def test_links_are_listed_at_the_end(self) -> None:
        link = Link((Text("a page"),), "https://example.org/")
        assert body(Paragraph((Text("See "), link, Text(".")))) == (
            "See a page\u00a0[1].\n\n\n# Links\n\n  [1] https://example.org/\n"
        )

    def test_one_target_has_one_number(self) -> None:
        links = [Paragraph((Link((Text(word),), "https://example.org/"),)) for word in ("a", "b")]
        assert body(*links).count("[1] https://example.org/") == 1

    def test_a_link_to_a_heading_names_it(self) -> None:
        made = body(Heading((Text("There"),), 2, "x"), Paragraph((Link((Text("see"),), "#x"),)))
        assert made.endswith("  [1] #1 There\n")

    def test_notes_stand_at_the_end(self) -> None:
        made = body(Paragraph((Text("Fact"), NOTE)))
        assert made == ("Fact\u00a0[Note\u00a01]\n\n\n# Notes\n\n  [Note\u00a01] The first note, with some words.\n")

    def test_a_picture_in_a_text_is_described_under_it(self) -> None:
        made = body(Paragraph((Text("See "), Image("a.png", "A cat"), Text("!"))))
        assert made == "See [Image\u00a01]!\n\n  [Image\u00a01] A cat\n"

    def test_other_brackets_are_taken_where_the_author_has_written_marks(self) -> None:
        made = body(Paragraph((Text("tied\u00a0[1] {1} "), Link((Text("link"),), "https://example.org/"))))
        assert "link\u00a0{1}" in made

    def test_numbers_an_author_puts_in_brackets_take_none_away(self) -> None:
        made = body(Paragraph((Text("free [1] (1) "), Link((Text("link"),), "https://example.org/"))))
        assert "link\u00a0[1]" in made

    def test_a_label_with_brackets_is_refused(self) -> None:
        values = dict.fromkeys(ENGLISH.__slots__, "a") | {"note": "[Note]"}
        with pytest.raises(RenderError, match="brackets"):
            TextRenderer().render(EVERYTHING, RenderContext(labels=labels.Labels(**values)))


class TestTables:
    def test_columns_are_as_wide_as_their_cells(self) -> None:
        table = Table((cells("A", "Long", header=True),), (cells("bb", "1"),), (None, "right"))
        assert body(table) == "  ---+------+\n  A  | Long |\n  ===+======+\n  bb |    1 |\n"

    def test_wide_characters_are_aligned(self) -> None:
        table = Table((), (cells("漢字", "x"), cells("ab", "y")), (None, None))
        assert body(table) == "  -----+---+\n  漢字 | x |\n  ab   | y |\n"

    def test_long_cells_are_wrapped_in_their_columns(self) -> None:
        table = Table((), (cells("one two three four", "five six seven"), cells("a", "b")), (None, None))
        assert body(table, width=24) == (
            "  ============+========+\n"
            "  one two     | five   |\n"
            "  three four  | six    |\n"
            "              | seven  |\n"
            "  ------------+--------+\n"
            "  a           | b      |\n"
        )

    def test_a_header_of_a_row_has_a_double_line(self) -> None:
        row = Row((*cells("Laos", header=True).cells, *cells("yes").cells))
        assert body(Table((), (row,), (None, None))) == "  -----+-----+\n  Laos ‖ yes |\n"

    def test_a_table_that_does_not_fit_is_listed_under_its_headings(self) -> None:
        address = "https://example.org/" + "x" * 60
        table = Table((cells("Where", "What", header=True),), (cells(address, ""),), (None, None))
        assert body(table) == f"  +=\n  | Where\n  | What\n  +\n  | Where:\n    {address}\n  | What:\n"

    def test_a_cell_with_a_border_in_it_lists_the_table(self) -> None:
        assert body(Table((), (cells("a | b", "c"),), (None, None))) == "  +\n  | a | b\n  | c\n"
