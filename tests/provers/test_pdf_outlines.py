"""Outlines of embedded fonts changed by hand: each change is found, whichever table of the file it is made in."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from exporter.edition import Discrepancy
from tests.articles import article, paragraph
from tests.extractors.pdfs import findings, rendered, tampered

TEXT = article(paragraph("The minister did not sign the paper at the café on Monday."), title="A quiet Monday")


def point_moved(font: TTFont) -> None:
    for name in drawn(font):
        font["glyf"][name].coordinates[0] = (0, 0)


def contour_left_out(font: TTFont) -> None:
    for name in drawn(font):
        glyph = font["glyf"][name]
        del glyph.endPtsOfContours[0]
        glyph.numberOfContours -= 1


def moved_aside(font: TTFont) -> None:
    """Programs that draw set an outline as far from its origin as its bearing tells, wherever its points lie."""
    for name in drawn(font):
        advance, bearing = font["hmtx"][name]
        font["hmtx"][name] = (advance, bearing + 300)


def emptied(font: TTFont) -> None:
    for name in drawn(font):
        font["glyf"][name].numberOfContours = 0


def unread(font: TTFont) -> None:
    """No program knows how to read outlines of another kind."""
    font["head"].glyphDataFormat = 9


def drawn(font: TTFont) -> list[str]:
    return [name for name in font.getGlyphOrder() if font["glyf"][name].numberOfContours > 0]


CHANGES = (point_moved, contour_left_out, moved_aside, emptied, unread)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: str(change.__name__))
def test_outlines_that_are_not_the_library_s_are_found(change: Callable[[TTFont], None]) -> None:
    assert any("glyphs differ from" in finding.message for finding in found(change))


def test_outlines_written_anew_are_the_same() -> None:
    assert found(lambda font: None) == ()


def found(change: Callable[[TTFont], None]) -> tuple[Discrepancy, ...]:
    def exchange(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            descriptor.FontFile2 = pdf.make_stream(_changed(descriptor.FontFile2.read_bytes(), change))

    return tuple(finding for finding in findings(TEXT, tampered(rendered(TEXT), exchange)) if finding.code == "P002")


def _changed(program: bytes, change: Callable[[TTFont], None]) -> bytes:
    font, target = TTFont(io.BytesIO(program), recalcBBoxes=False), io.BytesIO()
    change(font)
    font.save(target)
    return target.getvalue()
