"""Tables of many columns stand on pages turned on their side."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from exporter.article import Article, Block, BlockQuote, BulletList, Cell, Heading, Image, Note, Row, Table, Text
from exporter.pdfstructure import read
from tests import weekly
from tests.articles import article, cells, item, paragraph
from tests.extractors.pdfs import findings, rendered

AROUND = paragraph("What stands around it. " * 12)
WEEKS = 52


def table(columns: int, rows: int = 3, word: str = "125") -> Table:
    head = cells(*(f"W{number}" for number in range(columns)), header=True)
    return Table((head,), (cells(*[word] * columns),) * rows, (None,) * columns)


def turned(content: bytes) -> str:
    """An L for each page that lies on its side, a P for each upright one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        boxes = [[float(edge) for edge in page.mediabox] for page in pdf.pages]
    return "".join("L" if right > top else "P" for _, _, right, top in boxes)


def proved(made: Article, columns: int = 1) -> str:
    """How the pages of ``made`` lie, which must be proved."""
    content = rendered(made, columns=columns)
    assert findings(made, content) == ()
    return turned(content)


@pytest.mark.parametrize(("columns", "pages"), [(24, "P"), (25, "PLP"), (WEEKS, "PLP")])
def test_a_table_of_more_than_two_dozen_columns_stands_on_a_turned_page(columns: int, pages: str) -> None:
    assert proved(article(AROUND, table(columns), AROUND)) == pages


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("columns", [1, 2])
def test_so_it_does_however_the_text_is_set(language: str, columns: int) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    made = article(AROUND, table(WEEKS), AROUND, language=language, direction=direction)
    assert proved(made, columns) == "PLP"


@pytest.mark.parametrize(
    "holder", [BlockQuote((table(WEEKS),)), BulletList((item(AROUND, table(WEEKS), AROUND), item(AROUND)))]
)
def test_a_table_in_a_list_or_a_quotation_is_turned_too(holder: Block) -> None:
    assert proved(article(AROUND, holder, AROUND)) == "PLP"


def test_the_heading_above_it_goes_with_it() -> None:
    made = article(AROUND, Heading((Text("All weeks"),), 2, "weeks"), table(WEEKS), AROUND)
    assert [block.page for block in read(rendered(made)).blocks if block.kind == "heading"] == [2]


def test_a_long_one_goes_on_over_turned_pages_with_its_notes_below_it() -> None:
    noted = Row((Cell((Text("x"), Note((AROUND,), "n"))), *cells(*["125"] * (WEEKS - 1)).cells))
    long = table(WEEKS, 60)
    made = article(AROUND, replace(long, body=(noted, *long.body)), AROUND)
    assert proved(made) == "PLLLP"


def test_a_word_longer_than_its_column_is_torn_and_not_lost() -> None:
    assert proved(article(table(WEEKS, word="Abrechnungsstelle"))) == "PL"


def test_in_an_issue_its_page_has_the_head_of_its_article() -> None:
    council = weekly.section("The council meets", paragraph("Words."), table(WEEKS, 60), name="council", level=2)
    made = replace(weekly.ISSUE, blocks=(council, weekly.FISH))
    assert weekly.findings(weekly.rendered(made), made) == []
    assert "LLL" in turned(weekly.rendered(made))


def test_columns_of_pictures_count_for_two() -> None:
    picture = weekly.picture()
    made = [article(Table((), (Row((Cell((Image("cover.png", "A picture"),)),) * n),), (None,) * n)) for n in (12, 13)]
    found = [rendered(each, {"cover.png": picture}) for each in made]
    assert [turned(content) for content in found] == ["P", "PL"]
    assert [findings(*each, {"cover.png": picture}) for each in zip(made, found, strict=True)] == [(), ()]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_table_in_a_list_is_no_wider_than_its_item(columns: int) -> None:
    made = article(AROUND, BulletList((item(BlockQuote((table(12, word="Abrechnungsstelle"),))),)))
    assert proved(made, columns) == "P"


def test_what_no_page_holds_is_found_by_the_proof_once() -> None:
    made = article(AROUND, table(150))
    (found,) = findings(made, rendered(made))
    assert (found.code, found.path) == ("P003", "table[2]")
    assert found.message == "table[2]: the table of 150 columns is wider than its page. Make two tables of it."
