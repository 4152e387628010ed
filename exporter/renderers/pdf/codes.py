"""One glyph, several letters: a code for each (ISO 32000-1, 9.7.5 and 9.10.3).

Arabic fonts draw ب, ت and ث as one shape and dots, but ToUnicode gives a code one text. WeasyPrint (70.0) takes
glyph ids for codes, and for each the text it meets first, so that most of an Arabic page was read as other letters.
Here each text a glyph stands for has a code of its own, and the font a CMap that takes codes back to glyphs. Fonts of
scripts that run from left to right need none: ``voices`` puts their words beside the glyphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pydyf
import uharfbuzz as hb
import weasyprint.pdf.stream

from exporter.errors import RenderError
from exporter.renderers.pdf.voices import partner

# WeasyPrint's and pydyf's own objects: neither ships types.
PdfFont: TypeAlias = Any
Pdf: TypeAlias = Any

_Told: TypeAlias = tuple[int, str]
"""A glyph that was drawn, and what WeasyPrint says it stands for: "" for all of a cluster's but the leftmost."""

_LETTERS = "\u05d0\u0627\u0710\u0780\u07ca\u0800\u0840"
"""A letter of each script that runs from right to left and whose fonts may share shapes between letters."""
_CIRCLE = "\u25cc"
"""What HarfBuzz puts under a mark without a letter."""
_CODES = re.compile(rb"<([0-9a-f]+)>")
_LAST = 0xFFFF
_SILENT = (*range(0xFE00, 0xFE10), *range(0x2060, 0x2065), *range(0x206A, 0x2070))
"""Codes for glyphs that mean nothing, being the dots of a letter. PDFium, the reader in Chrome, takes a code without
text for a character: those of these numbers nobody sees (variation selectors, joiners)."""
_BATCH = 100
"""How many entries a section of a CMap may have."""


# --- What is drawn ----------------------------------------------------------------------------


class _Map(dict[int, str]):
    """A font's map while pages are drawn: it claims to know no glyph, and so is told each time what one stands for."""

    def __init__(self, told: list[_Told]) -> None:
        super().__init__()
        self.told = told

    def __contains__(self, _glyph: object) -> bool:
        return False

    def __setitem__(self, glyph: int, text: str) -> None:
        self.told.append((glyph, text))
        self.setdefault(glyph, text)


@contextmanager
def listening() -> Iterator[None]:
    """Let fonts of scripts that run from right to left remember all they draw, in the order it is drawn."""
    original = weasyprint.pdf.stream.Font
    told: dict[str, list[_Told]] = {}

    class _Listening(original):  # type: ignore[misc,valid-type]
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            if not self.bitmap and any(map(_program(self).get_nominal_glyph, map(ord, _LETTERS))):
                self.to_unicode = _Map(told.setdefault(self.hash, []))

    weasyprint.pdf.stream.Font = _Listening
    try:
        yield
    finally:
        weasyprint.pdf.stream.Font = original


def _program(font: PdfFont) -> hb.Font:
    return hb.Font(hb.Face(font.file_content, font.index))


# --- Codes ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Codes:
    """The codes of one font: ``texts`` what each means, ``glyphs`` what those draw that are no glyph ids."""

    told: Iterator[_Told]
    count: int
    texts: dict[int, str] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    _known: dict[_Told, int] = field(default_factory=dict)

    def again(self, shown: re.Match[bytes]) -> bytes:
        """A string of glyph ids as one of codes; what is drawn is what was told, one by one."""
        digits = shown[1]
        glyphs = (int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))
        return b"<" + b"".join(b"%04x" % self._code(glyph) for glyph in glyphs) + b">"

    def by_glyph(self) -> dict[int, str]:
        """What each glyph means that is drawn by its own number; "" for others that are drawn."""
        return {glyph: self.texts.get(glyph, "") for glyph in (self.glyphs.get(code, code) for code in self.texts)}

    def _code(self, glyph: int) -> int:
        told = next(self.told, None)
        if told is None or told[0] != glyph:
            raise RenderError("The page layout drew letters in another order than it told. Simplify print.css.")
        if told not in self._known:
            self._known[told] = self._made(*told)
        return self._known[told]

    def _made(self, glyph: int, text: str) -> int:
        code = self._chosen(glyph, text)
        if code != glyph:
            self.glyphs[code] = glyph
        self.texts.setdefault(code, text)
        return code

    def _chosen(self, glyph: int, text: str) -> int:
        """The glyph's own number for its first text, one that is free for others, a silent one for none."""
        silent = (code for code in _SILENT if code not in self.texts and code >= self.count)
        free = (
            code
            for code in range(self.count + len(self.texts), _LAST + 1)
            if code not in _SILENT and code not in self.texts
        )
        own = glyph if text and glyph not in self.texts else None
        return next(filter(None, (own, next(silent, None) if not text else None, next(free, None))), glyph)


def assign(pdf: Pdf, fonts: Iterable[PdfFont]) -> Mapping[str, _Codes]:
    """Write the pages' strings in codes that mean one text each; the codes of each font, by its hash.

    The fonts' own maps are then what WeasyPrint expects: a text for each glyph that is drawn.
    """
    listeners = [font for font in fonts if isinstance(font.to_unicode, _Map)]
    codes = {font.hash: _Codes(_settled(font), font.glyph_count) for font in listeners}
    for made in pdf.objects if codes else ():
        if isinstance(made, weasyprint.pdf.stream.Stream):
            made.stream[:] = _recoded(made.stream, codes)
    for font in listeners:
        font.to_unicode = codes[font.hash].by_glyph()
    return codes


def _recoded(operations: Iterable[Any], codes: Mapping[str, _Codes]) -> Iterator[Any]:
    current: _Codes | None = None
    for operation in operations:
        if isinstance(operation, bytes) and operation.endswith(b" Tf"):
            current = codes.get(operation.split()[0].decode().lstrip("/"))
        if current and isinstance(operation, bytes) and operation.endswith(b"] TJ"):
            yield _CODES.sub(current.again, operation)
        else:
            yield operation


# --- What each glyph stands for ---------------------------------------------------------------


def _settled(font: PdfFont) -> Iterator[_Told]:
    """Each glyph ``font`` drew with the text it is to mean."""
    program, told = _program(font), font.to_unicode.told
    characters = sorted({character for _, text in told for character in text})
    marks = {program.get_nominal_glyph(ord(each)): each for each in characters if unicodedata.combining(each)}
    known: dict[tuple[_Told, ...], Sequence[_Told]] = {}
    for cluster in _clusters(told, marks):
        if cluster not in known:
            known[cluster] = list(_shared(cluster, marks, font.widths, program))
        yield from known[cluster]


def _clusters(told: Iterable[_Told], marks: Mapping[int, str]) -> Iterator[tuple[_Told, ...]]:
    """Glyphs that stand for one text together: of those set right to left the leftmost was told it, else the last."""
    cluster: list[_Told] = []
    for each in told:
        if each[1]:
            own = _own(cluster, each[1], marks)
            if own:
                yield tuple(cluster[:own])
            cluster = cluster[own:]
        cluster.append(each)
    if cluster:
        yield tuple(cluster)


def _own(cluster: Sequence[_Told], following: str, marks: Mapping[int, str]) -> int:
    """How many of ``cluster`` are its own: marks at its end that its text has not belong to the ``following`` text."""
    text = "".join(each for _, each in cluster)
    count = len(cluster)
    while count and (mark := marks.get(cluster[count - 1][0], "")) and mark in following:
        if sum(marks.get(glyph) == mark for glyph, _ in cluster[:count]) <= text.count(mark):
            break
        count -= 1
    return count


def _shared(
    cluster: Sequence[_Told], marks: Mapping[int, str], widths: Mapping[int, float], program: hb.Font
) -> Iterator[_Told]:
    """A cluster's text among its glyphs: marks to their own, the rest to the widest; dots mean nothing.

    Nor does a dotted circle, which may belong to the marks of the next text.
    """
    glyphs = [glyph for glyph, _ in cluster]
    text = "".join(each for _, each in cluster)
    if len(glyphs) == 1:
        yield glyphs[0], _turned(glyphs[0], text, program)
        return
    given = [""] * len(glyphs)
    for at, glyph in enumerate(glyphs):
        mark = marks.get(glyph, "")
        if mark and mark in text and len(text) > 1:
            given[at], text = mark, text.replace(mark, "", 1)
    bases = [at for at, mark in enumerate(given) if not mark] or [len(glyphs) - 1]
    bases = [at for at in bases if glyphs[at] != _circle(program, text)] or bases
    given[max(bases, key=lambda at: (widths.get(glyphs[at], 0), at))] += text
    yield from zip(glyphs, given, strict=True)


def _circle(program: hb.Font, text: str) -> int | None:
    """The glyph of a dotted circle that ``text`` has not; None where it has one, or the font has none."""
    return None if _CIRCLE in text else program.get_nominal_glyph(ord(_CIRCLE))


def _turned(glyph: int, text: str, program: hb.Font) -> str:
    """``text``, or its partner where the glyph is that one's: readers turn brackets round themselves."""
    if text.isspace() and program.get_nominal_glyph(ord(" ")) == glyph:
        return " "
    other = partner(text) if len(text) == 1 else ""
    return other if other and program.get_nominal_glyph(ord(other)) == glyph else text


# --- In the file ------------------------------------------------------------------------------


def write(pdf: Pdf, made: Mapping[str, bytes], codes: Mapping[str, _Codes], fonts: Iterable[PdfFont]) -> None:
    """Give the fonts ``made``, references by hash, the CMap and the texts of their further codes."""
    for name, own in codes.items():
        dictionary = _at(pdf, made[name])
        if own.glyphs:
            encoding = _encoding(own)
            pdf.add_object(encoding)
            dictionary["Encoding"] = encoding.reference
            lines = _at(pdf, dictionary["ToUnicode"]).stream
            end = lines.index(b"endcmap")
            lines[end:end] = _sections("bfchar", [f"<{code:04x}> <{_utf16(own.texts[code])}>" for code in own.glyphs])
    for font in fonts:
        if font.hash in codes:
            font.to_unicode = codes[font.hash].texts


def _at(pdf: Pdf, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _utf16(text: str) -> str:
    return text.encode("utf-16-be").hex()


_SYSTEM = {"Registry": pydyf.String("Adobe"), "Ordering": pydyf.String("Identity"), "Supplement": 0}
_NAME = "Letters-H"
_HEAD = (
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def /Supplement 0 def end def",
    f"/CMapName /{_NAME} def",
    "/CMapType 1 def",
    "/WMode 0 def",
    "1 begincodespacerange",
    "<0000> <ffff>",
    "endcodespacerange",
)
_FOOT = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")


def _encoding(codes: _Codes) -> Any:
    """A CMap: each code that is used, and the glyph it draws."""
    facts = {"Type": "/CMap", "CMapName": f"/{_NAME}", "CIDSystemInfo": pydyf.Dictionary(_SYSTEM), "WMode": 0}
    entries = [f"<{code:04x}> {codes.glyphs.get(code, code)}" for code in sorted(codes.texts)]
    lines = [*(line.encode() for line in _HEAD), *_sections("cidchar", entries), *(line.encode() for line in _FOOT)]
    return pydyf.Stream(lines, facts, compress=True)


def _sections(name: str, entries: Sequence[str]) -> Iterator[bytes]:
    for start in range(0, len(entries), _BATCH):
        batch = entries[start : start + _BATCH]
        yield from (line.encode() for line in (f"{len(batch)} begin{name}", *batch, f"end{name}"))
