"""Tables on pages: columns as wide as their words, and heads that are never lost."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache

import pikepdf
import pytest
from PIL import Image as Pillow
from weasyprint.layout import block as weasyprint_blocks
from weasyprint.layout import preferred as weasyprint_widths
from weasyprint.layout import table as weasyprint_tables

from exporter import images
from exporter.article import Article, Block, Cell, Emphasis, Heading, Image, Note, Row, Strong, Table, Text
from exporter.edition import Resource
from exporter.pdfstructure import Block as Drawn
from exporter.pdfstructure import read
from exporter.renderers.pdf import columnwidths, tableheads, tablenotes
from tests.articles import article, cells, paragraph
from tests.extractors.pdfs import elements, findings, rendered

LONG = "What an author has to say at some length, and what takes a good many lines wherever it is said. " * 4
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADDRESS = "https://example.org/" + "a-directory-that-has-a-long-name/" * 6


def table(*rows: Row, head: Row | None = None) -> Table:
    return Table((head,) if head else (), rows, (None,) * len(rows[0].cells))


def proved(made: Article) -> tuple[Drawn, ...]:
    """What stands on the pages of ``made``, which must be proved."""
    content = rendered(made)
    assert findings(made, content) == ()
    return read(content).blocks


def cells_of(made: Article) -> list[str]:
    """Each cell as it stands on the page, line by line; a head that is set again is no cell."""
    return [block.text for block in proved(made) if block.kind == "cell"]


def times(blocks: tuple[Drawn, ...], words: str) -> int:
    """How often ``words`` stand on the pages."""
    return sum(block.text.count(words) for block in blocks)


# --- Columns ----------------------------------------------------------------------------------


def test_a_column_of_short_words_beside_long_texts_has_them_whole() -> None:
    narrow = ("Responsibility", "Administration")
    made = article(table(*(cells(words, LONG, LONG) for words in narrow)))
    assert [text for text in cells_of(made) if len(text) < 30] == list(narrow)


def test_a_word_is_divided_by_a_hyphen_only_where_there_is_no_room_for_it() -> None:
    made = article(table(cells(*["Administration"] * 4)), table(cells(*["Administration"] * 10)))
    four, ten = cells_of(made)[:4], cells_of(made)[4:]
    assert four == ["Administration"] * 4
    assert all("\u2010\n" in text for text in ten)


def test_a_long_address_leaves_the_text_beside_it_half_of_the_room() -> None:
    left, right = cells_of(article(table(cells(ADDRESS, LONG))))
    assert left.count("\n") < 12
    assert right.count("\n") < 12


def test_a_long_word_behind_other_letters_makes_no_table_wider_than_the_page() -> None:
    torn = Cell((Text("and/or "), Emphasis((Text("pre"),)), Strong((Text(WORD),))))
    assert len(cells_of(article(table(Row((*cells(LONG, LONG).cells, torn)))))) == 3


@lru_cache(maxsize=1)
def square() -> Resource:
    target = io.BytesIO()
    Pillow.new("RGB", (300, 300), (30, 90, 200)).save(target, "PNG")
    return images.resource("square", target.getvalue())


def test_a_picture_is_not_squeezed_by_the_texts_beside_it() -> None:
    made = article(table(Row((Cell((Image("a.png", "A square"),)), *cells(LONG, LONG).cells))))
    content = rendered(made, {"a.png": square()})
    assert findings(made, content, {"a.png": square()}) == ()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        left, _, right, _ = elements(pdf, "Figure")[0].A.BBox
    assert right - left >= 48


# --- Heads ------------------------------------------------------------------------------------


def test_a_head_that_leaves_no_room_for_its_first_row_is_set_all_the_same() -> None:
    made = article(table(cells("short", LONG * 16), head=cells("Head", "LAST", header=True)))
    assert cells_of(made).count("LAST") == 1


def test_a_head_higher_than_a_page_goes_on_over_the_next() -> None:
    made = article(table(*[cells("a", "b")] * 40, head=cells("Head", LONG * 20 + "LAST", header=True)))
    assert times(proved(made), "LAST") == 1


@pytest.mark.parametrize(("lines", "is_repeated"), [(2, True), (6, False)])
def test_a_head_is_repeated_where_it_takes_no_more_than_a_third_of_each_page(lines: int, is_repeated: bool) -> None:
    head = cells("Head", LONG * lines + "LAST", header=True)
    assert (times(proved(article(table(*[cells("a", "b")] * 90, head=head))), "LAST") > 1) == is_repeated


def test_columns_are_as_wide_as_their_words_from_right_to_left_where_a_head_goes_over_pages() -> None:
    made = table(cells("a", LONG, LONG), head=cells("Administration", "b", LONG * 20, header=True))
    turned = Article(article().metadata, (replace(made, direction="rtl"),))
    lines = [[text.count("\n") for text in cells_of(each)] for each in (article(made), turned)]
    assert lines[0] == lines[1]


def test_the_notes_of_a_head_that_is_set_in_another_way_stand_once() -> None:
    note = Note((paragraph("What the note says."),), "n")
    head = Row((Cell((Text("Head"), note), True), Cell((Text(LONG * 12),), True)))
    assert times(proved(article(table(*[cells("a", "b")] * 60, head=head))), "What the note says.") == 1


# --- Where they begin -------------------------------------------------------------------------


def begins(*blocks: Block) -> list[int]:
    """The pages on which what stands before a table, its caption, and each of its cells begin."""
    return [block.page for block in proved(article(*blocks)) if block.kind != "furniture"][1:]


CAPTION = (Text("A caption"),)


@pytest.mark.parametrize("head", [(), (cells("Head", "b", header=True),)])
def test_a_table_that_no_page_holds_begins_where_it_stands(head: tuple[Row, ...]) -> None:
    long = Table(head, (cells(LONG * 2, "b"),) * 10, (None, None), CAPTION)
    found = begins(paragraph(LONG), Heading((Text("A heading"),), 2, "h"), long)
    assert set(found[: 4 + 2 * len(head)]) == {1}


@pytest.mark.parametrize("head", [(), (cells("Head", "b", header=True),)])
def test_a_row_that_no_page_holds_begins_where_it_stands(head: tuple[Row, ...]) -> None:
    high = Table(head, (cells(LONG * 22, "b"),), (None, None), CAPTION)
    assert set(begins(paragraph(LONG), Heading((Text("A heading"),), 2, "h"), high)) == {1}


def test_a_table_that_a_page_holds_stands_on_the_next_as_a_whole() -> None:
    whole = Table((), (cells(LONG, "b"),) * 8, (None, None), CAPTION)
    assert begins(paragraph(LONG * 6), whole) == [1, *[2] * 17]


def test_a_row_that_no_page_holds_begins_on_the_next_where_little_room_is_left() -> None:
    high = Table((), (cells(LONG * 22, "b"),), (None, None), CAPTION)
    assert begins(paragraph(LONG * 6), Heading((Text("A heading"),), 2, "h"), high) == [1, 2, 2, 2, 2]


# --- Notes ------------------------------------------------------------------------------------


def noting(text: str, *notes: str) -> Cell:
    """A cell that calls ``notes`` behind its text."""
    return Cell((Text(text), *(Note((paragraph(each),), each[:12]) for each in notes)))


@pytest.mark.parametrize("lines", range(8, 20, 2))
def test_no_note_is_printed_over_the_cells_beside_the_one_that_calls_it(lines: int) -> None:
    row = Row((*cells(LONG * 9, LONG * lines).cells, noting(LONG, "1. " + LONG, "2. " + LONG * 2)))
    assert times(proved(article(table(row))), "2. What an author") == 1


def test_a_note_whose_head_found_no_room_on_the_page_before_stands_once() -> None:
    note = Note((paragraph("What the note says."),), "n")
    head = (cells("", header=True), Row((Cell((note, Text(LONG * 44)), True),)))
    made = article(Table(head, (cells(""), cells(LONG * 48)), (None,), (Text("A caption"),)))
    assert times(proved(made), "What the note says.") == 1


def test_the_seams_are_taken_out_again() -> None:
    assert weasyprint_blocks.block_container_layout is tablenotes._fill
    before = weasyprint_blocks.table_layout, weasyprint_tables.auto_table_layout, weasyprint_widths.split_first_line
    with tableheads.kept(), columnwidths.by_words():
        assert weasyprint_blocks.table_layout is not before[0]
        assert weasyprint_tables.auto_table_layout is not before[1]
    rendered(article(table(cells(LONG, LONG))))
    assert weasyprint_blocks.block_container_layout is tablenotes._fill
    assert before == (
        weasyprint_blocks.table_layout,
        weasyprint_tables.auto_table_layout,
        weasyprint_widths.split_first_line,
    )
