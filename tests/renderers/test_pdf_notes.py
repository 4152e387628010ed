"""Notes stand at the foot of a page, every one of them."""

from __future__ import annotations

import pytest
from weasyprint.layout import LayoutContext
from weasyprint.layout import block as weasyprint_blocks

from exporter.article import Article, Note, Paragraph, Text
from exporter.renderers.pdf.notes import none_forgotten
from tests.articles import article, paragraph
from tests.extractors.pdfs import findings, rendered


def noted(lines: int) -> Article:
    """A note, so many lines, and a paragraph that calls another in its second line."""
    first = Paragraph((Text("Called"), Note((paragraph("The first note. " * 14),), "first")))
    called = Note((paragraph("The second note."),), "second")
    return article(
        first, *[paragraph("A line.")] * lines, Paragraph((Text("word " * 17), called, Text(" and more" * 60)))
    )


@pytest.mark.parametrize("lines", range(29, 37))
def test_a_note_called_in_a_line_for_which_others_make_room_is_not_lost(lines: int) -> None:
    made = noted(lines)
    assert findings(made, rendered(made)) == ()


def calling(lines: int) -> Article:
    """So many lines, and a paragraph that calls a note that calls another in its second line."""
    inner = Note((paragraph("The note that is called. " * 12),), "inner")
    outer = Note((Paragraph((Text("The note that calls. " * 8), inner)),), "outer")
    return article(*[paragraph("A line.")] * lines, Paragraph((Text("word " * 17), outer, Text(" and more" * 60))))


@pytest.mark.parametrize("lines", range(33, 39))
def test_nothing_is_printed_over_a_note_whose_caller_is_put_off(lines: int) -> None:
    made = calling(lines)
    assert findings(made, rendered(made)) == ()


def crowded(*lengths: int) -> Article:
    """A line that calls notes of so many sentences, each of which calls a short one."""
    notes = [
        Note((Paragraph((Text(f"Note {at}. " + "One more. " * length), short(at))),), f"n{at}")
        for at, length in enumerate(lengths)
    ]
    return article(Paragraph((Text("Called"), *notes)), paragraph("What follows. " * 400))


def short(number: int) -> Note:
    return Note((paragraph(f"Called by note {number}."),), f"called-{number}")


@pytest.mark.parametrize("lengths", [(150,) * 8, (10, 400, 10, 400)])
def test_notes_put_off_take_no_more_room_than_a_page_has(lengths: tuple[int, ...]) -> None:
    made = crowded(*lengths)
    assert findings(made, rendered(made)) == ()


def test_the_seams_are_taken_out_again() -> None:
    before = weasyprint_blocks._linebox_layout, LayoutContext.report_footnote
    with none_forgotten():
        assert weasyprint_blocks._linebox_layout is not before[0]
        assert LayoutContext.report_footnote is not before[1]
    assert (weasyprint_blocks._linebox_layout, LayoutContext.report_footnote) == before
