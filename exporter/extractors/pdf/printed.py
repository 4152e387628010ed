"""A PDF of another program's making as lines of text: what stands on its pages, and nothing on what it is.

PDFium reads it: every kind of font and encoding, words and lines by where they stand. Lines at the edge of
pages that come again, and page numbers, are probably furniture, and called so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.text import FURNITURE, Said
from exporter.walk import normalise

_EDGE = 2
"""How many lines at the top and at the bottom of a page may be running heads or feet."""

_NEAR = 4.0
"""Points by which a running head may stand higher on one page than on another."""

_WRAPPED = "\x02\ufffe"
"""What PDFium puts where it takes a hyphen at the end of a line for one of hyphenation."""

_NUMBER = re.compile(r"\W*(?:\w{1,12}\W+)?\d{1,4}(?:\W+(?:\w{1,4}\W+)?\d{1,4})?\W*")
"""A page's number, alone, with a word before it, or with how many pages there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, its page from 1, and where its letters end above and below, in points from the page's foot."""

    text: str
    page: int
    bottom: float
    top: float


def printed(content: bytes, producer: str) -> Extraction:
    """The lines of ``content``, page by page; raises ExtractionError where PDFium cannot read it."""
    try:
        document = pypdfium2.PdfDocument(content)
        pages = [list(_lines(page, number)) for number, page in enumerate(document, 1)]
    except pypdfium2.PdfiumError as error:
        raise ExtractionError(f"The PDF cannot be read ({error}).") from error
    running = _running(pages)
    entries = (
        Said(f"page {line.page}", FURNITURE if id(line) in running else "line", line.text, line.page)
        for page in pages
        for line in page
    )
    return Extraction(tuple(entries), frozenset(), {}, "text", producer)


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    signs: list[str] = []
    edges: list[tuple[float, float]] = []
    text = page.get_textpage()
    for at in range(text.count_chars()):
        sign = chr(pypdfium2.raw.FPDFText_GetUnicode(text, at))
        if sign in "\r\n" or sign in _WRAPPED:
            yield from _line([*signs, *("-" if sign in _WRAPPED else "")], edges, number)
            signs, edges = [], []
            continue
        signs.append(sign)
        if not sign.isspace():
            _, bottom, _, top = text.get_charbox(at)
            edges.append((bottom, top))
    yield from _line(signs, edges, number)


def _line(signs: Sequence[str], edges: Sequence[tuple[float, float]], number: int) -> Iterator[Line]:
    if edges:
        units = "".join(signs).encode("utf-16", "surrogatepass")  # PDFium gives halves of pairs one by one
        said = normalise(units.decode("utf-16", "replace"))
        yield Line(said, number, min(bottom for bottom, _ in edges), max(top for _, top in edges))


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[int]:
    """Identities of the lines that are probably running heads, feet and page numbers."""
    edges = [line for page in pages for line in _at_the_edge(page)]
    times = Counter(_likeness(line) for line in edges)
    enough = max(2, len(pages) // 2)
    numbers = {id(line) for page in pages for line in _outermost(page) if _NUMBER.fullmatch(line.text)}
    return frozenset(numbers | {id(line) for line in edges if times[_likeness(line)] >= enough})


def _at_the_edge(page: Sequence[Line]) -> list[Line]:
    from_the_top = sorted(page, key=lambda line: -line.top)
    return list({id(line): line for line in (*from_the_top[:_EDGE], *from_the_top[-_EDGE:])}.values())


def _outermost(page: Sequence[Line]) -> list[Line]:
    from_the_top = sorted(page, key=lambda line: -line.top)
    return [*from_the_top[:1], *from_the_top[-1:]] if len(page) > 1 else []


def _likeness(line: Line) -> tuple[str, int]:
    """Equal for lines that say the same but for numbers, at the same height."""
    return re.sub(r"\d+", "#", line.text), round(line.bottom / _NEAR)
