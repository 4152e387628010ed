"""Fonts as a PDF embeds them: from the codes of a string to glyph ids, widths and characters."""

from __future__ import annotations

import re
import struct
from binascii import unhexlify
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pikepdf

from exporter.errors import ExtractionError

_T = TypeVar("_T")

_HEX = rb"<([0-9A-Fa-f\s]*)>"
_SINGLE = re.compile(_HEX + rb"\s*" + _HEX)
_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(?:" + _HEX + rb"|\[(.*?)\])", re.DOTALL)
_CID_SINGLE = re.compile(_HEX + rb"\s*(\d+)")
_CID_RANGE = re.compile(_HEX + rb"\s*" + _HEX + rb"\s*(\d+)")
_BLANKS = b" \t\n\r\f\v"
_OTHERWISE = re.compile(rb"\busecmap\b|/WMode\s+[1-9]")
"""What makes a CMap depend on another one, or set text downwards."""
_STRING_OR_REMARK = re.compile(rb"\((?:\\.|[^()\\])*\)|%[^\r\n]*")
_PROGRAMS = {"/CIDFontType2": "/FontFile2", "/CIDFontType0": "/FontFile3"}
"""Under which key a font of a kind is embedded (ISO 32000-1, 9.9)."""


@dataclass(frozen=True, slots=True, eq=False)
class Font:
    """One font of a file. ``name`` is its BaseFont with the subset's tag, ``program`` the embedded file.

    ``characters`` is the ToUnicode map: what the file claims each code to mean.
    """

    name: str
    composite: bool
    characters: Mapping[int, str]
    cids: Mapping[int, int] | None
    gids: bytes | None
    widths: Mapping[int, float]
    default_width: float
    program: bytes | None
    scale: float
    _known: dict[int, tuple[int, float, str | None]] = field(default_factory=dict, init=False, repr=False)

    @property
    def family(self) -> str:
        """BaseFont without the six-letter tag of a subset."""
        return re.sub(r"^[A-Z]{6}\+", "", self.name)

    def codes(self, content: bytes) -> Iterable[int]:
        """The character codes of a shown string: two bytes each in a composite font."""
        if not self.composite:
            return content
        count = len(content) // 2
        return struct.unpack_from(f">{count}H", content)

    def shown(self, code: int) -> tuple[int, float, str | None]:
        """What ``code`` shows: glyph id, advance width in em, text by ToUnicode. Each code is looked up once."""
        found = self._known.get(code)
        if found is None:
            found = self._known[code] = self.gid(code), self.width(code), self.characters.get(code)
        return found

    def gid(self, code: int) -> int:
        """The glyph id that ``code`` draws in the embedded font; 0 is the missing glyph."""
        cid = self._cid(code)
        if self.gids is None:
            return cid
        return int.from_bytes(self.gids[2 * cid : 2 * cid + 2], "big")

    def width(self, code: int) -> float:
        """Advance width of ``code``, in em."""
        return self.widths.get(self._cid(code), self.default_width) * self.scale

    def _cid(self, code: int) -> int:
        return code if self.cids is None else self.cids.get(code, 0)


def read_font(source: pikepdf.Object) -> Font:
    """A font dictionary as a Font; raises ExtractionError for an encoding that is not understood."""
    unicode_map = source.get("/ToUnicode")
    characters = _characters(unicode_map.read_bytes()) if isinstance(unicode_map, pikepdf.Stream) else {}
    name = str(source.get("/BaseFont", source.get("/Name", ""))).lstrip("/")
    if source.get("/Subtype") == pikepdf.Name.Type0:
        return _composite(source, name, characters)
    first = int(source.get("/FirstChar", 0))
    widths = {first + index: float(width) for index, width in enumerate(source.get("/Widths", []))}
    scale = float(source["/FontMatrix"][0]) if source.get("/Subtype") == pikepdf.Name.Type3 else 0.001
    return Font(name, False, characters, None, None, widths, 0.0, _program(source), scale)


def _composite(source: pikepdf.Object, name: str, characters: Mapping[int, str]) -> Font:
    descendant = source["/DescendantFonts"][0]
    encoding = source.get("/Encoding")
    if not isinstance(encoding, pikepdf.Stream) and encoding != pikepdf.Name("/Identity-H"):
        raise ExtractionError(f"Font {name}: the encoding {encoding} is not read back. Embed it with Identity-H.")
    if isinstance(encoding, pikepdf.Stream) and (encoding.get("/WMode", 0) != 0 or "/UseCMap" in encoding):
        raise ExtractionError(f"Font {name}: text is set downwards, or by another map. Embed it with Identity-H.")
    cids = _cids(encoding.read_bytes()) if isinstance(encoding, pikepdf.Stream) else None
    to_gid = descendant.get("/CIDToGIDMap")
    gids = to_gid.read_bytes() if isinstance(to_gid, pikepdf.Stream) else None
    widths = dict(_composite_widths(list(descendant.get("/W", []))))
    default = float(descendant.get("/DW", 1000))
    return Font(name, True, characters, cids, gids, widths, default, _program(descendant), 0.001)


def _composite_widths(entries: list[pikepdf.Object]) -> Iterable[tuple[int, float]]:
    """The W array (9.7.4.3): ``first [w w …]`` or ``first last w``."""
    at = 0
    while at < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if isinstance(second, pikepdf.Array):
            yield from ((first + index, float(width)) for index, width in enumerate(second))
            at += 2
        else:
            width = float(entries[at + 2])
            yield from ((cid, width) for cid in range(first, int(second) + 1))
            at += 3


def _program(source: pikepdf.Object) -> bytes | None:
    descriptor = source.get("/FontDescriptor")
    if descriptor is None:
        return None
    keys = [key for key in ("/FontFile2", "/FontFile3", "/FontFile") if key in descriptor]
    if len(keys) > 1:
        raise ExtractionError("A font of the PDF is embedded more than once: programs differ in which they draw.")
    if keys and _PROGRAMS.get(str(source.get("/Subtype")), keys[0]) != keys[0]:
        raise ExtractionError("A font of the PDF is embedded as one of another kind. Embed it again.")
    return bytes(descriptor[keys[0]].read_bytes()) if keys else None


# --- CMaps (9.7.5, 9.10.3) --------------------------------------------------------------------


def _plain(content: bytes) -> bytes:
    """A CMap without strings and remarks, which map nothing."""
    plain = _STRING_OR_REMARK.sub(b" ", content)
    if _OTHERWISE.search(plain):
        raise ExtractionError("A font of the PDF is set downwards, or by another map. Embed it with Identity-H.")
    return plain


def _sections(plain: bytes, name: bytes) -> Iterable[bytes]:
    """What stands in the sections ``name`` of a plain CMap."""
    return re.findall(b"begin" + name + b"(.*?)end" + name, plain, re.DOTALL)


def _utf16(digits: bytes) -> str:
    return unhexlify(digits.translate(None, _BLANKS)).decode("utf-16-be", "replace")


def _add(found: dict[int, _T], mapped: Iterable[tuple[int, _T]]) -> None:
    """Add what codes are mapped to; raises ExtractionError where one is mapped twice, to different things."""
    for code, value in mapped:
        if found.setdefault(code, value) != value:
            raise ExtractionError(f"A font of the PDF maps the code {code} twice: programs differ in which they take.")


def _characters(content: bytes) -> dict[int, str]:
    found: dict[int, str] = {}
    plain = _plain(content)
    for section in _sections(plain, b"bfchar"):
        _add(found, ((int(code, 16), _utf16(text)) for code, text in _SINGLE.findall(section)))
    for section in _sections(plain, b"bfrange"):
        for first, last, start, array in _RANGE.findall(section):
            codes = range(int(first, 16), int(last, 16) + 1)
            texts = map(_utf16, re.findall(_HEX, array)) if array else _successors(_utf16(start), len(codes))
            _add(found, zip(codes, texts, strict=False))
    return found


def _successors(text: str, count: int) -> Iterable[str]:
    return (text[:-1] + chr(ord(text[-1]) + step) for step in range(count))


def _cids(content: bytes) -> dict[int, int]:
    found: dict[int, int] = {}
    plain = _plain(content)
    for section in _sections(plain, b"cidchar"):
        _add(found, ((int(code, 16), int(cid)) for code, cid in _CID_SINGLE.findall(section)))
    for section in _sections(plain, b"cidrange"):
        for first, last, cid in _CID_RANGE.findall(section):
            codes = range(int(first, 16), int(last, 16) + 1)
            _add(found, ((code, int(cid) + index) for index, code in enumerate(codes)))
    return found
