"""A PDF file opened for reading back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import pikepdf

from exporter.errors import ExtractionError
from exporter.pdfstructure.content import interpret
from exporter.pdfstructure.drawn import Content, Drawn, Picture
from exporter.pdfstructure.fonts import Font
from exporter.pdfstructure.geometry import Box
from exporter.pdfstructure.tree import Element, Marked, elements, read_tree


@dataclass(frozen=True, slots=True)
class Page:
    """A page: ``box`` is what is shown of it, in points; ``ornaments`` are its decorative pictures.

    What is shown is the CropBox, as far as it lies in the MediaBox (ISO 32000-1, 14.11.2).
    """

    box: Box
    content: Content
    ornaments: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What a tagged PDF holds. ``xmp`` is its metadata packet, ``information`` its Info dictionary.

    ``tree`` has the elements at the top, ``elements`` all of them, parents first, in order; ``unreferenced`` is, page
    by page, content that none of them refers to: running heads, page numbers, repeated heads. ``file`` keeps the file
    in memory as long as its pictures may be asked for.
    """

    file: pikepdf.Pdf
    pages: tuple[Page, ...]
    tree: tuple[Element, ...]
    elements: tuple[Element, ...]
    unreferenced: tuple[tuple[int, tuple[Drawn, ...]], ...]
    fonts: tuple[Font, ...]
    language: str
    information: dict[str, str]
    xmp: bytes

    def marked(self, mark: Marked) -> tuple[Drawn, ...]:
        """What is drawn under ``mark``; nothing for white space."""
        return tuple(self.pages[mark.page].content.marked.get(mark.identifier, ()))

    def spelt(self, mark: Marked) -> str:
        """The words beside ``mark`` that stand for what it draws; "" without any."""
        beside = self.pages[mark.page].content.spoken
        return next((spoken.text for spoken in beside if spoken.identifier == mark.identifier), "")

    def reach(self, box: Box, page: int) -> Box:
        """``box`` and the decorative pictures that stand against it: what they fill is no space between words."""
        pictures = self.pages[page].ornaments
        while touching := [picture for picture in pictures if _continues(box, picture)]:
            box = Box(min(box.left, touching[0].left), box.bottom, max(box.right, touching[0].right), box.top)
        return box


def _continues(box: Box, picture: Box) -> bool:
    """Whether ``picture`` stands on the same line, and makes ``box`` longer from where it ends.

    It may stand on the end of ``box``, where that is a mark: by its font's widths a mark may be as wide as a letter.
    """
    if picture.bottom > box.top or picture.top < box.bottom:
        return False
    after = -box.height < picture.left - box.right < _TOUCHING and picture.right > box.right + _TOUCHING
    return after or (abs(picture.right - box.left) < _TOUCHING and picture.left < box.left - _TOUCHING)


_TOUCHING = 0.5
"""Points; what is no farther apart stands side by side."""

_MALFORMED = (AttributeError, LookupError, ValueError, TypeError, OverflowError, RecursionError)
"""What reading an object raises that is of another kind, or deeper, than the standard says it is there."""


@lru_cache(maxsize=1)
def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF ``content``, opened, not to be closed: the last one is kept. Raises what pikepdf raises."""
    return pikepdf.open(io.BytesIO(content))


def open_document(content: bytes) -> Document:
    """The PDF ``content``, read completely; raises ExtractionError where it is none, or untagged."""
    try:
        return _read(opened(content))
    except (pikepdf.PdfError, *_MALFORMED) as error:
        raise ExtractionError(f"The PDF cannot be read back ({type(error).__name__}: {error}).") from error


def _read(pdf: pikepdf.Pdf) -> Document:
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        raise ExtractionError("The PDF is not tagged: it has no structure tree to read back.")
    fonts: dict[tuple[int, int], Font] = {}
    pages = tuple(_page(page, fonts) for page in pdf.pages)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    metadata = pdf.Root.get("/Metadata")
    tree = read_tree(root, numbers)
    below = tuple(elements(tree))
    return Document(
        file=pdf,
        pages=pages,
        tree=tree,
        elements=below,
        unreferenced=tuple(_unreferenced(pages, below)),
        fonts=tuple(fonts.values()),
        language=str(pdf.Root.get("/Lang", "")),
        information={key.lstrip("/"): str(value) for key, value in pdf.docinfo.items()},
        xmp=bytes(metadata.read_bytes()) if isinstance(metadata, pikepdf.Stream) else b"",
    )


def _unreferenced(pages: Iterable[Page], below: Iterable[Element]) -> Iterator[tuple[int, tuple[Drawn, ...]]]:
    used = {kid for element in below for kid in element.kids if isinstance(kid, Marked)}
    for number, page in enumerate(pages):
        yield number, tuple(page.content.unmarked)
        for identifier, drawn in page.content.marked.items():
            if Marked(number, identifier) not in used:
                yield number, tuple(drawn)


def _page(page: pikepdf.Page, fonts: dict[tuple[int, int], Font]) -> Page:
    box = Box(*map(float, page.cropbox)).intersection(Box(*map(float, page.mediabox)))
    content = interpret(page, box, fonts)
    return Page(box, content, tuple(drawn.box for drawn in content.unmarked if isinstance(drawn, Picture)))
