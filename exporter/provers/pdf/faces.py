"""The font library as the prover sees it: which original file an embedded font claims to be, and whether it is."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

from exporter.fonts import Entry, entries
from exporter.pdfstructure import Font
from exporter.provers.pdf import harfbuzz
from exporter.provers.pdf.memory import Memory
from exporter.provers.pdf.outlines import Drawing, Outlines

_STYLES = {
    "": (400, "normal"),
    "bold": (700, "normal"),
    "italic": (400, "italic"),
    "bolditalic": (700, "italic"),
}


class Face:
    """An original font file of the library, read once.

    ``advances`` tell how wide a glyph is, in em; ``marks`` whether it is set on the one before it (GDEF).
    """

    def __init__(self, path: Path, entry: Entry) -> None:
        self._path = path
        self.entry = entry
        self.advances: Memory[int, float] = Memory(self._advance)
        self.marks: Memory[int, bool] = Memory(self._is_mark)
        self._nominal: Memory[str, int] = Memory(lambda character: self.font.get_nominal_glyph(ord(character)) or 0)

    @cached_property
    def _content(self) -> bytes:
        return self._path.read_bytes()

    @cached_property
    def font(self) -> hb.Font:
        """The file as HarfBuzz reads it."""
        return hb.Font(hb.Face(self._content))

    @cached_property
    def outlines(self) -> Outlines:
        """What its glyphs look like."""
        return Outlines(self.font, self._content)

    @cached_property
    def shaper(self) -> harfbuzz.Font:
        """The file as Pango's HarfBuzz reads it."""
        return harfbuzz.Font(self._content)

    def _advance(self, gid: int) -> float:
        return float(self.font.get_glyph_h_advance(gid) / self.font.face.upem)

    def _is_mark(self, gid: int) -> bool:
        return bool(self.font.face.get_layout_glyph_class(gid) == hb.OTLayoutGlyphClass.MARK)

    def nominal(self, character: str) -> int:
        """The glyph of ``character`` alone; 0 without one."""
        return self._nominal[character]

    @cached_property
    def dotted_circle(self) -> int:
        """The glyph that stands for a missing letter under a mark; -1 without one."""
        return self.nominal("\u25cc") or -1

    @cached_property
    def is_genuine(self) -> bool:
        """Whether the file is the one the manifest lists."""
        return hashlib.sha256(self._content).hexdigest() == self.entry.sha256

    def reach(self, gid: int) -> float:
        """How far right of its place the ink of a glyph ends, in em."""
        extents = self.font.get_glyph_extents(gid)
        return float((extents.x_bearing + extents.width) / self.font.face.upem) if extents else 0.0

    def drawing(self, gid: int) -> Drawing:
        """The outline of a glyph; empty without ink."""
        return self.outlines.drawings[gid]


class Faces:
    """The faces of one library by the names a PDF gives them."""

    def __init__(self, folder: Path) -> None:
        self._faces = {
            (_letters(entry.family), entry.weight, entry.style): Face(folder / entry.file, entry)
            for entry in entries(folder)
        }
        self._families = sorted({family for family, _, _ in self._faces}, key=len, reverse=True)
        self._found: dict[str, Face | None] = {}

    def of(self, font: Font) -> Face | None:
        """The face ``font`` claims to be; None for a stranger's."""
        if font.name not in self._found:
            self._found[font.name] = self._named(font.family)
        return self._found[font.name]

    def _named(self, name: str) -> Face | None:
        """The face a BaseFont without its tag (``Ed-Serif-Bold-Italic``) names."""
        letters = _letters(name)
        for family in self._families:
            if letters.startswith(family) and letters[len(family) :] in _STYLES:
                weight, style = _STYLES[letters[len(family) :]]
                return self._faces.get((family, weight, style)) or self._nearest(family, weight, style)
        return None

    def _nearest(self, family: str, weight: int, style: str) -> Face | None:
        """A family without bold or italics is set in what it has."""
        for key in ((family, weight, "normal"), (family, 400, style), (family, 400, "normal")):
            if key in self._faces:
                return self._faces[key]
        return None


def embedded(font: Font) -> Outlines | None:
    """The outlines of the font program inside the PDF; None without one HarfBuzz can read."""
    if font.program is None:
        return None
    face = hb.Face(font.program)
    return Outlines(hb.Font(face), font.program) if face.glyph_count else None


def _letters(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
