"""The characters an article may hold: those a font of the library has, less those the source gate refuses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from fontTools.unicodedata import script

from exporter import fonts
from exporter.errors import SourceError
from exporter.readers.decoding import refuse_characters

SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"
"""Spaces that are not ASCII's; three of them do not break."""

INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\u034f\ufe0e\ufe0f\u200e\u200f\u061c"
"""What leaves no ink of its own and must survive where the format keeps characters."""


@lru_cache(maxsize=None)
def covered() -> str:
    """Every character with a glyph in the library that the source gate lets in, in code point order."""
    faces = [entry for entry in fonts.entries(fonts.library()) if (entry.weight, entry.style) == (400, "normal")]
    codes = {code for entry in faces for code in _codes(entry.characters)}
    characters = "".join(map(chr, sorted(codes)))
    lacking = set(fonts.coverage(characters))
    return "".join(c for c in characters if c not in lacking and _may_stand(c))


@lru_cache(maxsize=None)
def alphabets() -> dict[str, str]:
    """The covered characters of each script by its ISO 15924 code; what many scripts share is Zyyy and Zinh."""
    found: dict[str, list[str]] = {}
    for character in covered():
        found.setdefault(script(character), []).append(character)
    return {code: "".join(members) for code, members in sorted(found.items())}


@lru_cache(maxsize=None)
def marks() -> str:
    """The covered combining marks."""
    return "".join(character for character in covered() if unicodedata.category(character)[0] == "M")


def _codes(ranges: tuple[tuple[int, int], ...]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(max(first, 0), last + 1)


def _may_stand(character: str) -> bool:
    """Whether the gate lets ``character`` in; one that opens a direction needs another that closes it."""
    if character in "\t\n\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
        return False
    try:
        refuse_characters(character, "")
    except SourceError:
        return False
    return True
