"""A tagged PDF read back: what is drawn, in which order, under which element of the structure tree.

    content    a page's content stream as glyphs, pictures and fills in page space (ISO 32000-1, 8 and 9)
    showing    the strings of text-showing operators as glyphs along a line
    drawn      runs of glyphs, pictures and fills as values
    fonts      an embedded font: codes, glyph ids, widths, ToUnicode
    tree       the structure tree (14.7): elements, marked content, link annotations
    document   a whole file
    lines      which drawn fragments share a line, and where a gap between two is a space
    contents   the entries of a table of contents, and the page numbers beside them
    blocks     the tree as blocks: what kind, which attributes, which fragments
    reading    a document and its blocks, read once
    readability where ToUnicode tells the text

Reading and proving both start here. Nothing here knows what wrote the file.
"""

from exporter.pdfstructure.blocks import ENTRY, NUMBER, Block
from exporter.pdfstructure.document import Document, Page, open_document, opened
from exporter.pdfstructure.drawn import Colour, Fill, Glyph, Look, Picture, Run, Spoken
from exporter.pdfstructure.fonts import Font
from exporter.pdfstructure.geometry import Box, Point
from exporter.pdfstructure.inlines import references
from exporter.pdfstructure.lines import (
    COLUMN_GAP,
    Empty,
    Fragment,
    Gap,
    Piece,
    Placeholder,
    Shown,
    Step,
    baseline,
    extent,
    joined,
    text_of,
    white_between,
)
from exporter.pdfstructure.readability import unreadable_script
from exporter.pdfstructure.reading import Reading, read
from exporter.pdfstructure.tree import Element, Marked, Reference, elements

__all__ = [
    "COLUMN_GAP",
    "ENTRY",
    "NUMBER",
    "Block",
    "Box",
    "Colour",
    "Document",
    "Element",
    "Empty",
    "Fill",
    "Font",
    "Fragment",
    "Gap",
    "Glyph",
    "Look",
    "Marked",
    "Page",
    "Picture",
    "Piece",
    "Placeholder",
    "Point",
    "Reading",
    "Reference",
    "Run",
    "Shown",
    "Spoken",
    "Step",
    "baseline",
    "elements",
    "extent",
    "joined",
    "open_document",
    "opened",
    "read",
    "references",
    "text_of",
    "unreadable_script",
    "white_between",
]
