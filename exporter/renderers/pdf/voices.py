"""Text that others can copy, search and read aloud: ToUnicode maps and /ActualText (ISO 32000-1, 9.10.3, 14.9.4).

A ToUnicode map gives a glyph one text for the whole file. WeasyPrint writes the one it meets first,
which misleads where letters join, stack, mirror or change places. Here a glyph means its own
character where it has one, and a word that the map still misreads has its text beside it. Words
written from right to left have none: readers turn them round themselves, and would do so twice.
The prover holds every such text to what is drawn (P005).
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import pydyf
import uharfbuzz as hb
from fontTools.unicodedata import mirrored

from exporter.characters import has_right_to_left

# WeasyPrint's font and an operation of a pydyf stream: neither ships types.
PdfFont: TypeAlias = Any
Operation: TypeAlias = Any

_Shown: TypeAlias = tuple[int, str]
"""A glyph's place among the items, and its text by the font's map."""

_SPACES = (" ", "\u00a0")
_SPACE = re.compile("([ \u00a0])")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STRING = re.compile(rb"<([0-9a-fA-F]+)>")
_PART = re.compile(rb"<([0-9a-fA-F]+)>|([-+.\de]+)")


# --- ToUnicode --------------------------------------------------------------------------------


def mend_maps(fonts: Iterable[PdfFont], said: Iterable[str]) -> None:
    """Let each glyph that is a character's own mean that character, where the map of its font says otherwise.

    ``said`` are the characters of the page: a map is told nothing of a letter that is drawn in several glyphs, where
    the last of them is known already.
    """
    known = _letters(said)
    for font in fonts:
        if not font.bitmap:
            font.to_unicode.update(_mended(font, {" "} | known | _letters(font.to_unicode.values())))


def _letters(texts: Iterable[str]) -> set[str]:
    """The characters of ``texts``, and those they are made of."""
    return {each for text in texts for each in text + unicodedata.normalize("NFD", text)}


def _mended(font: PdfFont, characters: set[str]) -> Iterator[tuple[int, str]]:
    partners = {other for character in characters if (other := partner(character))}
    own = _own_glyphs(font, characters | partners)
    for glyph, text in font.to_unicode.items():
        character = own.get(glyph)
        if character is not None and (len(text) != 1 or partner(character) == text or text.isspace()):
            yield glyph, character


def partner(character: str) -> str:
    """The character drawn for ``character`` from right to left, as ``)`` is for ``(``; "" for most."""
    code = mirrored(ord(character))
    return "" if code is None else chr(code)


def _own_glyphs(font: PdfFont, characters: Iterable[str]) -> dict[int, str]:
    """The glyph of each of ``characters``; not of ligature characters and the like, which stand for several."""
    program = hb.Font(hb.Face(font.file_content, font.index))
    glyphs = ((program.get_nominal_glyph(ord(c)), c) for c in sorted(characters, reverse=True))
    return {glyph: c for glyph, c in glyphs if glyph and not unicodedata.decomposition(c).startswith("<compat>")}


# --- ActualText -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Glyph:
    code: bytes
    text: str


@dataclass(frozen=True, slots=True)
class _Adjustment:
    by: bytes


_Item: TypeAlias = _Glyph | _Adjustment | Operation


def voiced(operations: Sequence[Operation], text: str, fonts: Mapping[bytes, Mapping[int, str]]) -> list[Operation]:
    """``operations``, which draw ``text``, with ``/ActualText`` around each word their fonts' maps misread.

    ``fonts`` are the maps by the names the operations set them by. As they were, where nothing is
    misread, or where ``text`` has letters written from right to left.
    """
    if _reads_as(text, operations, fonts) or has_right_to_left(text):
        return list(operations)
    items = list(_items(operations, fonts))
    words = {start: (end, word) for start, end, word in _misread(items, text)}
    return list(_written(items, words)) if words else list(operations)


def _reads_as(text: str, operations: Iterable[Operation], fonts: Mapping[bytes, Mapping[int, str]]) -> bool:
    """Whether the fonts' maps give ``text``, glyph by glyph: most lines, told apart at a glance."""
    shown: list[str] = []
    texts: Mapping[int, str] = {}
    for operation in operations:
        if isinstance(operation, bytes) and operation.endswith(b" Tf"):
            texts = fonts.get(operation.split()[0].lstrip(b"/"), {})
        elif isinstance(operation, bytes) and operation.endswith(b"] TJ"):
            if not texts:
                return False
            shown += [texts.get(code, "") for code in _codes(operation)]
    return all(shown) and "".join(shown) in (text, text.rstrip(" "))


def _codes(operation: bytes) -> tuple[int, ...]:
    """The codes a TJ operation shows, two bytes each."""
    codes = bytes.fromhex(b"".join(_STRING.findall(operation)).decode("ascii"))
    return struct.unpack(f">{len(codes) // 2}H", codes)


def _items(operations: Iterable[Operation], fonts: Mapping[bytes, Mapping[int, str]]) -> Iterator[_Item]:
    texts: Mapping[int, str] = {}
    for operation in operations:
        if isinstance(operation, bytes) and operation.endswith(b" Tf"):
            texts = fonts.get(operation.split()[0].lstrip(b"/"), {})
        if isinstance(operation, bytes) and operation.endswith(b"] TJ"):
            yield from _parts(operation, texts)
        else:
            yield operation


def _parts(operation: bytes, texts: Mapping[int, str]) -> Iterator[_Item]:
    for match in _PART.finditer(operation, 0, len(operation) - len(b"] TJ")):
        codes, number = match.groups()
        if number is not None:
            yield _Adjustment(number)
            continue
        for at in range(0, len(codes), 4):
            code = codes[at : at + 4]
            yield _Glyph(code, texts.get(int(code, 16), ""))


def _misread(items: Sequence[_Item], text: str) -> Iterator[tuple[int, int, str]]:
    """Where words of ``text`` that are misread begin and end among ``items``, and what they are.

    A glyph without a text of its own counts: PDFium takes its number for a character.
    """
    glyphs = [(place, item.text) for place, item in enumerate(items) if isinstance(item, _Glyph)]
    for word, drawn in _parted(glyphs, text):
        shown = [each for _, each in drawn]
        if drawn and word not in _SPACES and ("".join(shown) != word or not all(shown)):
            yield drawn[0][0], drawn[-1][0], word


def _parted(glyphs: Sequence[_Shown], text: str) -> list[tuple[str, list[_Shown]]]:
    """Each word, and each space, with its glyphs; all of ``text`` as one where they do not go together one by one.

    A word that leaves no ink has no glyphs: it goes with those of the space before it, else of the one behind it.
    """
    drawn, words = _drawn_words(glyphs), _SPACE.split(text)
    while len(words) > len(drawn) and words[-2:] == [" ", ""]:  # at the end of a line no space is drawn
        words = words[:-2]
    pairs = list(zip(words, drawn, strict=False))
    if len(words) == len(drawn) and all(word or not some for word, some in pairs) and not _TURNING.search(text):
        return _with_spaces(pairs)
    shown = [at for at, (_, mark) in enumerate(glyphs) if mark not in _SPACES]
    if not shown:
        return [(text, list(glyphs))]
    word = _without_edges(text, shown[0] > 0, shown[-1] < len(glyphs) - 1)
    return [(word, list(glyphs[shown[0] : shown[-1] + 1]))]


def _without_edges(text: str, begins: bool, ends: bool) -> str:
    """``text`` without spaces at its edges; a no-break space that has no glyph there has another's, and stays."""
    every = "".join(_SPACES)
    return text.lstrip(every if begins else " ").rstrip(every if ends else " ")


def _drawn_words(glyphs: Iterable[_Shown]) -> list[list[_Shown]]:
    """The glyphs of each word, and of each space between two; a word may have none."""
    words: list[list[_Shown]] = [[]]
    for glyph in glyphs:
        if glyph[1] in _SPACES:
            words += [[glyph], []]
        else:
            words[-1].append(glyph)
    return words


def _with_spaces(pairs: Sequence[tuple[str, list[_Shown]]]) -> list[tuple[str, list[_Shown]]]:
    """``pairs``, words and spaces in turns, with words that have no glyphs put to the spaces beside them."""
    found: list[tuple[str, list[_Shown]]] = []
    before = ""
    for at, (word, drawn) in enumerate(pairs):
        if word and not drawn and at:
            space, its = found.pop()
            found.append((space + word, its))
        elif word and not drawn:
            before = word
        else:
            found.append((before + word, drawn))
            before = ""
    return found


def _written(items: Sequence[_Item], words: Mapping[int, tuple[int, str]]) -> Iterator[Operation]:
    """``items`` as operations again, with ``words`` (end and text by beginning) in marked content of their own."""
    shown = b""
    ends: set[int] = set()
    for place, item in enumerate(items):
        if place in words or not isinstance(item, _Glyph | _Adjustment):
            yield from _shown(shown)
            shown = b""
        if place in words:
            end, word = words[place]
            ends.add(end)
            yield from ("/Span", pydyf.Dictionary({"ActualText": pydyf.String(word)}), b"BDC")
        match item:
            case _Glyph(code=code):
                shown += b"<" + code + b">"
            case _Adjustment(by=by):
                shown += b" " + by + b" "
            case operation:
                yield operation
        if place in ends:
            yield from (*_shown(shown), b"EMC")
            shown = b""
    yield from _shown(shown)


def _shown(parts: bytes) -> Iterator[bytes]:
    if parts:
        yield b"[" + parts.replace(b"><", b"") + b"] TJ"
