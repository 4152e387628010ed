"""Pages in two columns: what keeps to a column, what spans the page, and that nothing is lost on the way."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from PIL import Image as Pillow

from exporter import images
from exporter.article import Article, Block, Cell, Figure, Heading, Image, Link, Note, Paragraph, Row, Table, Text
from exporter.edition import Resource
from exporter.errors import RenderError
from exporter.loading import load
from exporter.pdfstructure import Block as Drawn
from exporter.pdfstructure import read
from exporter.settings import Settings
from tests.articles import EVERYTHING, article, cells, paragraph
from tests.extractors.pdfs import codes, findings, redrawn, rendered

CASES = Path(__file__).parent.parent / "cases" / "columns"
MIDDLE = 595.3 / 2
"""Points; half the width of an A4 page."""
LONG = paragraph("Words that run on from one column to the next, and there go on as if nothing had happened. " * 24)


def heading(text: str) -> Heading:
    return Heading((Text(text),), 2, text.lower().replace(" ", "-"))


def noted(number: int, words: str) -> Paragraph:
    note = Note((paragraph(f"What note {number} says. " * 6),), str(number))
    return Paragraph((Text(words), note, Text(" and goes on.")))


def table(rows: int, *texts: str) -> Table:
    head = cells(*(f"Head {at}" for at, _ in enumerate(texts)), header=True)
    return Table((head,), tuple(cells(f"{row}", *texts[1:]) for row in range(rows)), (None,) * len(texts))


@lru_cache(maxsize=2)
def picture(width: int) -> Resource:
    target = io.BytesIO()
    Pillow.new("RGB", (width, 300), (30, 90, 200)).save(target, "PNG")
    return images.resource("picture", target.getvalue())


def drawn(source: Article, resources: dict[str, Resource] | None = None) -> tuple[Drawn, ...]:
    return read(rendered(source, resources, columns=2)).blocks


def block(blocks: tuple[Drawn, ...], words: str) -> Drawn:
    return next(each for each in blocks if words in each.text.replace("\n", " ") and each.kind != "furniture")


def sides(found: Drawn) -> set[str]:
    """In which halves of the page ``found`` stands."""
    return {
        half
        for piece in found.pieces
        for half, here in (("left", piece.box.left < MIDDLE), ("right", piece.box.right > MIDDLE))  # type: ignore[union-attr]
        if here
    }


# --- What keeps to a column -------------------------------------------------------------------


def test_a_text_goes_on_in_the_next_column_as_one_text() -> None:
    found = [each for each in drawn(article(LONG)) if each.kind == "paragraph"]
    assert [each.text.count("Words that run") for each in found] == [24]
    assert sides(found[0]) == {"left", "right"}
    assert all(len({piece.box.left < MIDDLE, piece.box.right < MIDDLE}) == 1 for piece in found[0].fragments)


def test_the_columns_of_the_last_page_are_even() -> None:
    (found,) = [each for each in drawn(article(LONG)) if each.kind == "paragraph"]
    left = {round(piece.box.top) for piece in found.fragments if piece.box.left < MIDDLE}
    right = {round(piece.box.top) for piece in found.fragments if piece.box.left > MIDDLE}
    assert abs(len(left) - len(right)) <= 1


def test_the_right_column_comes_first_in_an_article_set_right_to_left() -> None:
    source = article(paragraph("تقرأ المصححة الصفحة كلمة كلمة قبل الطباعة. " * 40), language="ar", direction="rtl")
    (found,) = [each for each in drawn(source) if each.kind == "paragraph"]
    assert found.fragments[0].box.left > MIDDLE
    assert found.fragments[-1].box.right < MIDDLE
    assert findings(source, rendered(source, columns=2)) == ()


@pytest.mark.parametrize("lines", range(4, 16))
def test_no_heading_stands_alone_at_the_foot_of_a_column(lines: int) -> None:
    blocks = drawn(article(paragraph("Some words to a line. " * 2 * lines), heading("A heading"), LONG))
    head, text = block(blocks, "A heading"), block(blocks, "Words that run")
    assert (head.page, sides(head)) == (text.page, sides(head) & sides(text))


def test_a_narrow_table_keeps_to_its_column() -> None:
    blocks = drawn(article(LONG, table(3, "One", "two", "three"), LONG))
    assert len(sides(block(blocks, "Head 0")) | sides(block(blocks, "Head 2"))) == 1


def test_a_table_longer_than_a_column_is_proved_with_its_head_set_again() -> None:
    address = Cell((Link((Text("Address"),), "https://example.org/"),), header=True)
    head = Row((Cell((Text("Name"),), header=True), address))
    rows = tuple(cells(f"Row {row}", "a word") for row in range(90))
    source = article(LONG, Table((head,), rows, (None, None)))
    assert findings(source, rendered(source, columns=2)) == ()


# --- What spans the page ----------------------------------------------------------------------


def test_the_opening_spans_both_columns() -> None:
    title = "A title that is far too long to stand in one column of a page that has two of them"
    assert sides(block(drawn(article(LONG, title=title)), "A title that")) == {"left", "right"}


SPANNING: dict[str, tuple[Block, str]] = {
    "a table of five columns": (table(2, "1", "2", "3", "4", "5"), "Head 4"),
    "a table of long words": (table(2, "1", *("Donaudampfschifffahrtsgesellschaft",) * 2), "Head 2"),
    "a picture twice as wide as high": (Figure(Image("picture", "Blue"), (Text("Below it."),)), "Below it"),
}


@pytest.mark.parametrize("name", SPANNING)
def test_what_is_wide_spans_both_columns_and_takes_its_heading_with_it(name: str) -> None:
    wide, words = SPANNING[name]
    source = article(LONG, heading("On it"), wide, LONG)
    blocks = drawn(source, {"picture": picture(600)})
    head, below = block(blocks, "On it"), block(blocks, words)
    assert head.fragments[0].box.left < MIDDLE
    assert 0 < head.fragments[0].box.bottom - below.fragments[0].box.top < 300
    assert findings(source, rendered(source, {"picture": picture(600)}, columns=2), {"picture": picture(600)}) == ()


def test_a_picture_of_usual_shape_keeps_to_its_column() -> None:
    figure = Figure(Image("picture", "Blue"), (Text("Below it."),))
    blocks = drawn(article(LONG, figure), {"picture": picture(450)})
    (shown,) = [each for each in blocks if each.kind == "image"]
    assert len(sides(shown)) == 1


# --- Notes ------------------------------------------------------------------------------------


def test_notes_stand_below_both_columns_and_over_none() -> None:
    blocks = [noted(number, "A text that calls a note " * 9) for number in range(12)]
    source = article(
        *blocks, table(4, "1", "2", "3", "4", "5"), *(noted(20 + at, "More of it " * 30) for at in range(6))
    )
    assert findings(source, rendered(source, columns=2)) == ()


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_no_note_is_lost_that_was_put_off_to_the_next_page(case: Path) -> None:
    """Set by WeasyPrint alone, each of these loses notes."""
    source = load(case, Settings()).article
    assert findings(source, rendered(source, columns=2)) == ()


SENTENCE = "All human beings are born free and equal in dignity and rights; they act so. "


@pytest.mark.parametrize("sentences", [28, 32])
def test_a_page_may_put_off_all_its_notes(sentences: int) -> None:
    note = Note((paragraph(SENTENCE * 8), paragraph(SENTENCE * 2)), "n")
    head = (cells(SENTENCE * 4, header=True), Row((Cell((Text(SENTENCE), note), True),)))
    rows = (cells(SENTENCE * 32), cells(""), cells(SENTENCE * 5))
    source = article(paragraph(SENTENCE * sentences), Table(head, rows, (None,)), title="A")
    assert findings(source, rendered(source, columns=2)) == ()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_row_goes_on_in_the_next_column(direction: str) -> None:
    rows = (cells(*[SENTENCE * 30] * 3), cells("a", "b", "c"))
    source = article(paragraph(SENTENCE * 8), Table((), rows, (None,) * 3), direction=direction)
    assert findings(source, rendered(source, columns=2)) == ()


# --- All of it --------------------------------------------------------------------------------


def test_an_article_with_everything_is_proved() -> None:
    assert findings(EVERYTHING, rendered(EVERYTHING, columns=2)) == ()


def test_another_number_of_columns_is_refused() -> None:
    with pytest.raises(RenderError, match=r"Pages are set in 1 or 2 columns, not in 3\."):
        rendered(article(LONG), columns=3)


# --- The proof --------------------------------------------------------------------------------

_PLACE = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")


def places(stream: bytes) -> Iterator[tuple[float, bytes, int]]:
    """Where each text object of a page stands: its left edge, the operator, its position in the stream."""
    for match in _PLACE.finditer(stream):
        yield float(match[1]), match[0], match.start()


def exchanged(stream: bytes, one: int, other: int) -> bytes:
    """``stream`` with two text objects set in each other's place."""
    found = list(places(stream))
    (_, first, at), (_, second, there) = found[one], found[other]
    return stream[:at] + second + stream[at + len(first) : there] + first + stream[there + len(second) :]


def columns_changed_over(stream: bytes) -> bytes:
    """The text of the left column set in the right one, and the other way round."""
    lefts = sorted({left for left, _, _ in places(stream)})
    edges = lefts[0], next(left for left in lefts if left > lefts[-1] / 2)

    def moved(match: re.Match[bytes]) -> bytes:
        left = float(match[1])
        by = edges[1] - edges[0]
        there = left - by if left >= edges[1] else left + by
        return b"1 0 0 -1 %f %s Tm" % (there, match[2])

    before, mark, after = stream.partition(b"/MCID 1>>")
    return before + mark + _PLACE.sub(moved, after)


def test_columns_changed_over_are_found() -> None:
    source = article(LONG)
    assert "P008" in codes(source, redrawn(rendered(source, columns=2), columns_changed_over))


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, -3), (-3, -2)])
def test_lines_changed_over_are_found_within_and_across_columns(one: int, other: int) -> None:
    source = article(LONG)
    content = rendered(source, columns=2)
    assert "P008" in codes(source, redrawn(content, lambda stream: exchanged(stream, one, other)))


def test_a_line_of_a_single_column_is_not_taken_for_the_next_one() -> None:
    """Set to the right of the line before and above it, where no column is."""
    source = article(LONG)

    def lifted(stream: bytes) -> bytes:
        _, third, at = list(places(stream))[3]
        _, x, y = (float(part) for part in (0, *_PLACE.match(third).groups()))  # type: ignore[union-attr]
        return stream[:at] + b"1 0 0 -1 %f %f Tm" % (x + 420, y - 60) + stream[at + len(third) :]

    assert "P008" in codes(source, redrawn(rendered(source), lifted))
