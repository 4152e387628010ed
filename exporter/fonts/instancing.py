"""Makes a static face from a variable font: HarfBuzz cuts it, fontTools names it.

The same input gives the same bytes. Every glyph keeps its number, so that what a page draws can be
compared with what HarfBuzz shapes; only the table of characters (cmap) is cut down.
"""

from __future__ import annotations

import copy
import hashlib
import io
import unicodedata
from pathlib import Path
from typing import Any, assert_never

import uharfbuzz
from fontTools.ttLib import TTFont, newTable
from fontTools.unicodedata import script, script_extension

from exporter.fonts.emoji import part_sequences
from exporter.fonts.faces import EUROPEAN, Face

_ALWAYS = frozenset({0x20, 0xA0, 0x200B, 0x200C, 0x200D, 0x2060, 0xFE0E, 0xFE0F})
# A space, joiner or variation selector is set in its neighbour's font: without it that font draws .notdef.

_KEYS = frozenset("#*0123456789")
# A keycap is drawn from its digit on; digits elsewhere come from the faces that stand before the emoji's.

_STYLE_NAMES = {
    (400, "normal"): "Regular",
    (400, "italic"): "Italic",
    (700, "normal"): "Bold",
    (700, "italic"): "Bold Italic",
}
_UNUSED_TABLES = ("STAT", "avar", "MVAR", "HVAR", "DSIG", "MATH")
"""What tells of variations, or lays out formulas: HarfBuzz 6 makes no subset of "⇔" that has a MATH table."""
_WINDOWS, _UNICODE_BMP, _ENGLISH = 3, 1, 0x409


def static_face(face: Face, source: Path) -> bytes:
    """``face`` as an OpenType font, made from the font file ``source``."""
    content = _instance(source, dict(face.axes))
    font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    font.flavor = None  # vendored ones are WOFF 2.0
    _name(font, face, hashlib.sha256(content).hexdigest()[:12])
    _set_weight(font, face)
    _keep(font, face)
    _add_no_break_space(font)
    if face.scripts == EUROPEAN:
        _separate(font)
    if face.characters == "emoji":
        part_sequences(font)
    for table in _UNUSED_TABLES:
        if table in font:
            del font[table]
    target = io.BytesIO()
    font.save(target, reorderTables=False)
    return target.getvalue()


def characters(content: bytes) -> list[int]:
    """The code points the font ``content`` has glyphs for, in order."""
    return sorted(uharfbuzz.Face(content).unicodes)


def _instance(source: Path, axes: dict[str, float]) -> bytes:
    if not axes:
        return source.read_bytes()
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(source)))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    flags = uharfbuzz.SubsetFlags
    # CFF2 is no font format PDF knows; hints are for screens of another age.
    wanted.flags = flags.RETAIN_GIDS | flags.NOTDEF_OUTLINE | flags.DOWNGRADE_CFF2 | flags.NO_HINTING
    for axis, value in axes.items():
        if not wanted.pin_axis_location(face, axis, value):
            raise ValueError(f"{source.name} has no axis '{axis}'")
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def _name(font: Any, face: Face, unique: str) -> None:
    """New names: fonts under the OFL may not keep a reserved name once changed. Licence and version stay."""
    old, names = font["name"], newTable("name")
    names.names = []
    style = _STYLE_NAMES[face.weight, face.style]
    postscript = f"{face.family}-{style}".replace(" ", "")
    kept = {number: old.getDebugName(number) or "" for number in (0, 5, 13, 14)}
    given = {1: face.family, 2: style, 3: f"{postscript};{unique}", 4: f"{face.family} {style}", 6: postscript}
    for number, text in sorted({**kept, **given}.items()):
        names.setName(text, number, _WINDOWS, _UNICODE_BMP, _ENGLISH)
    font["name"] = names


def _set_weight(font: Any, face: Face) -> None:
    bold, italic = face.weight == 700, face.style == "italic"
    table = font["OS/2"]
    table.usWeightClass = face.weight
    regular = not bold and not italic
    table.fsSelection = (table.fsSelection & ~0b1100001) | italic | (bold << 5) | (regular << 6)
    font["head"].macStyle = bold | (italic << 1)


def _keep(font: Any, face: Face) -> None:
    """Cut the table of characters down to those ``face`` is there for."""
    if face.characters == "all":
        return
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap = {code: glyph for code, glyph in table.cmap.items() if code in _ALWAYS or _kept(code, face)}


def _add_no_break_space(font: Any) -> None:
    """Draw U+00A0 as the space in fonts that lack it: HarfBuzz does, but not where a selector follows."""
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14 and 0x20 in table.cmap:
            table.cmap.setdefault(0xA0, table.cmap[0x20])


def _separate(font: Any) -> None:
    """Give characters that share a glyph a copy each: a PDF can say of a glyph only one character.

    Source Serif draws "-" and the hyphen of hyphenation (U+2010) with one.
    """
    order = list(font.getGlyphOrder())
    for glyph, codes in sorted(_shared(font.getBestCmap()).items()):
        for code in codes[1:]:
            own = f"uni{code:04X}.own"
            order.append(own)
            font["glyf"][own] = copy.deepcopy(font["glyf"][glyph])
            font["hmtx"][own] = font["hmtx"][glyph]
            for table in font["cmap"].tables:
                if table.isUnicode() and table.format != 14 and code in table.cmap:
                    table.cmap[code] = own
    font.setGlyphOrder(order)


def _shared(characters_to_glyphs: dict[int, str]) -> dict[str, list[int]]:
    """The code points of each glyph that stands for several texts; spaces and format characters aside."""
    found: dict[str, list[int]] = {}
    for code, glyph in sorted(characters_to_glyphs.items()):
        if unicodedata.category(chr(code)) not in ("Zs", "Cf"):
            found.setdefault(glyph, []).append(code)
    return {glyph: codes for glyph, codes in found.items() if len({_nfc(code) for code in codes}) > 1}


def _is_private(code: int) -> bool:
    return unicodedata.category(chr(code)) == "Co"


def _nfc(code: int) -> str:
    return unicodedata.normalize("NFC", chr(code))


def _kept(code: int, face: Face) -> bool:
    match face.characters:
        case "all":
            return True
        case "script":
            return script(chr(code)) in ("Zyyy", "Zinh") or not script_extension(chr(code)).isdisjoint(face.scripts)
        case "symbols":
            category = unicodedata.category(chr(code))
            return code >= 0x2000 and category[0] != "M" and category != "Co" and code != 0x25CC
        case "emoji":
            return chr(code) in _KEYS or (code > 0x2000 and code not in (0x2122, 0x2139) and not _is_private(code))
        case "letters":
            return 0x20 <= code <= 0x7E or 0xC0 <= code <= 0x24F or 0x370 <= code <= 0x52F
        case _:
            assert_never(face.characters)
