"""Which fonts a text is set in: by script and language, for the whole text and not letter by letter."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from exporter.fonts import debian
from exporter.fonts.faces import FAMILIES, REGIONS
from exporter.fonts.library import Entry, entries, library

Style: TypeAlias = Literal["serif", "sans", "mono"]

_EAST_ASIAN = frozenset({"Hani", "Hira", "Kana", "Hang", "Bopo"})
_SYMBOLS = ("Ed Symbols", "Ed Signs", "Ed Math", "Ed Music", "Ed Emoji")
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")


def families(text: str, language: str, style: Style = "serif", folder: Path | None = None) -> tuple[str, ...]:
    """The families to set ``text`` in, first choice first.

    The font of the text's main script leads; a face for European letters follows, chosen so that
    one face has all of them; then the other scripts that occur; then symbols; then whatever else has a
    character that is left (a baht sign in an English text). ``folder`` is a library; without it the user's.
    """
    known = _coverage(folder or library())
    european = _european(text, style, known)
    main, others = _scripts(text)
    regions = _regions(language, (main, *others)) if _is_east_asian(text, (main, *others)) else ()
    named = tuple(FAMILIES[code] for code in others if FAMILIES.get(code) in known)
    if main in _EAST_ASIAN:
        order = (*_before_east_asian(style), regions[0], *european, *regions[1:], *named)
    elif FAMILIES.get(main) in known:
        order = (FAMILIES[main], *european, *regions, *named)
    else:
        order = (*european, *regions, *named)
    chosen = (*order, *_SYMBOLS)
    return (*chosen, *_others(text, chosen, (*_regions(language, ()), *known), known))


def coverage(text: str, folder: Path | None = None) -> tuple[str, ...]:
    """The characters of ``text`` no font of the library has, each once, in code point order."""
    folder = folder or library()
    known = _united(folder, (folder / "manifest.json").stat().st_mtime_ns)
    return tuple(c for c in sorted(set(text)) if _inks(c) and (c in _UNDRAWN or not has(known, c)))


def remedy(character: str) -> str:
    """The command that gives ``character`` a font, "" where none does."""
    from fontTools.unicodedata import script

    code = script(character)
    if code not in debian.pinned() or debian.pinned()[code].installed:
        return ""
    return f"sudo apt-get install {debian.PACKAGE}={debian.VERSION}"


def has(ranges: tuple[int, ...], character: str) -> bool:
    """Whether ``character`` is in ``ranges``: first and one past the last code point of each, flattened."""
    return bisect_right(ranges, ord(character)) % 2 == 1


def _inks(character: str) -> bool:
    """Whether ``character`` needs a glyph: spaces and what is default ignorable (UAX #44) do not."""
    if character in _DRAWN_FORMATS:
        return True
    blank = unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp")
    return not blank and character not in _IGNORABLE_LETTERS and not _SELECTORS.match(character)


_DRAWN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u1680\ufff9\ufffa\ufffb\U000110bd\U000110cd"
    "\U0001bca0\U0001bca1\U0001bca2\U0001bca3"
) | frozenset(map(chr, range(0x13430, 0x13440)))
"""Format characters, and a space, that leave ink, or that Pango has no other way to draw than by their glyph."""
_UNDRAWN = frozenset("\u0890\u0891\ufff9\ufffa\ufffb")
"""Pango draws an empty box for these, whatever glyphs a font has."""
_IGNORABLE_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_SELECTORS = re.compile("[\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def _others(
    text: str, chosen: tuple[str, ...], candidates: Iterable[str], known: dict[str, tuple[int, ...]]
) -> Iterator[str]:
    """Those of ``candidates`` that have characters of ``text`` which no font ``chosen`` has."""
    left = {c for c in set(text) if not any(has(known[family], c) for family in chosen)}
    for family in candidates:
        had = {c for c in left if has(known[family], c)}
        left -= had
        if had:
            yield family


def _european(text: str, style: Style, known: dict[str, tuple[int, ...]]) -> tuple[str, ...]:
    match style:
        case "serif":
            letters = {c for c in set(text) if unicodedata.category(c)[0] in "LM" and has(known["Ed Serif"], c)}
            complete = all(has(known["Ed Text"], c) for c in letters)
            return ("Ed Text", "Ed Serif") if complete else ("Ed Serif",)
        case "sans":
            return ("Ed Sans", "Ed Serif")
        case "mono":
            return ("Ed Mono", "Ed Sans", "Ed Serif")
        case _:
            assert_never(style)


def _before_east_asian(style: Style) -> tuple[str, ...]:
    """Letters and digits go before a Chinese font, quotation marks and dots do not: those are its own."""
    match style:
        case "serif":
            return ("Ed Alnum",)
        case "sans":
            return ()
        case "mono":
            return ("Ed Mono",)
        case _:
            assert_never(style)


def _scripts(text: str) -> tuple[str, tuple[str, ...]]:
    """The script most letters are in, and the others that occur, by code."""
    from fontTools.unicodedata import script

    counted: Counter[str] = Counter()
    for character, count in Counter(text).items():
        if unicodedata.category(character)[0] in "LMN":
            counted[script(character)] += count
    for common in ("Zyyy", "Zinh", "Zzzz"):
        del counted[common]
    if not counted:
        return "Latn", ()
    main = min(counted, key=lambda code: (-_count(counted, code), code))
    return main, tuple(sorted(code for code in counted if code != main))


def _count(counted: Counter[str], code: str) -> int:
    """East Asian scripts count together: Japanese is written in three."""
    return sum(counted[each] for each in _EAST_ASIAN) if code in _EAST_ASIAN else counted[code]


def _is_east_asian(text: str, scripts: Iterable[str]) -> bool:
    """Whether ``text`` has East Asian letters, punctuation or fullwidth forms."""
    marks = any("\u3000" <= c <= "\u303f" or "\uff00" <= c <= "\uffef" for c in set(text))
    return marks or not _EAST_ASIAN.isdisjoint(scripts)


def _regions(language: str, scripts: Iterable[str]) -> tuple[str, ...]:
    """The four regional fonts, the language's own first; for any other language, what the letters tell."""
    tag = language.lower()
    if tag.startswith(_TRADITIONAL):
        own = "TC"
    elif tag.startswith("zh"):
        own = "SC"
    elif tag.split("-")[0] == "ja" or not {"Hira", "Kana"}.isdisjoint(scripts):
        own = "JP"
    elif tag.split("-")[0] == "ko" or "Hang" in scripts:
        own = "KR"
    else:
        own = "SC"
    return tuple(f"Ed CJK {region}" for region in sorted(REGIONS, key=lambda each: each != own))


def _coverage(folder: Path) -> dict[str, tuple[int, ...]]:
    return _read_coverage(folder, (folder / "manifest.json").stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _read_coverage(folder: Path, _modified: int) -> dict[str, tuple[int, ...]]:
    """For each family the bounds of its ranges of code points, in order."""
    return {entry.family: tuple(_bounds(entry.characters)) for entry in _regular(folder)}


def _regular(folder: Path) -> Iterator[Entry]:
    """The face every family has; others may have more characters, and stand for none."""
    return (entry for entry in entries(folder) if entry.weight == 400 and entry.style == "normal")


@lru_cache(maxsize=4)
def _united(folder: Path, _modified: int) -> tuple[int, ...]:
    """The bounds of the ranges any family has, in order; none touch."""
    united: list[int] = []
    for first, last in sorted(each for entry in _regular(folder) for each in entry.characters):
        if united and first <= united[-1]:
            united[-1] = max(united[-1], last + 1)
        else:
            united += [first, last + 1]
    return tuple(united)


def _bounds(ranges: Iterable[tuple[int, int]]) -> Iterable[int]:
    for first, last in ranges:
        yield first
        yield last + 1
