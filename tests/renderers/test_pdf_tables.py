"""Tables on pages: columns are as wide as their words."""

from __future__ import annotations

import io
from functools import lru_cache

import pikepdf
from PIL import Image as Pillow
from weasyprint.layout import preferred as weasyprint_widths
from weasyprint.layout import table as weasyprint_tables

from exporter import images
from exporter.article import Article, Cell, Emphasis, Image, Row, Strong, Table, Text
from exporter.edition import Resource
from exporter.pdfstructure import Block, read
from exporter.renderers.pdf import columnwidths
from tests.articles import article, cells
from tests.extractors.pdfs import elements, findings, rendered

LONG = "What an author has to say at some length, and what takes a good many lines wherever it is said. " * 4
WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADDRESS = "https://example.org/" + "a-directory-that-has-a-long-name/" * 6


def table(*rows: Row, head: Row | None = None) -> Table:
    return Table((head,) if head else (), rows, (None,) * len(rows[0].cells))


def proved(made: Article) -> tuple[Block, ...]:
    """What stands on the pages of ``made``, which must be proved."""
    content = rendered(made)
    assert findings(made, content) == ()
    return read(content).blocks


def cells_of(made: Article) -> list[str]:
    """Each cell as it stands on the page, line by line; a head that is set again is no cell."""
    return [block.text for block in proved(made) if block.kind == "cell"]


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


def test_the_seam_is_taken_out_again() -> None:
    before = weasyprint_tables.auto_table_layout, weasyprint_widths.split_first_line
    with columnwidths.by_words():
        assert weasyprint_tables.auto_table_layout is not before[0]
    rendered(article(table(cells(LONG, LONG))))
    assert (weasyprint_tables.auto_table_layout, weasyprint_widths.split_first_line) == before
