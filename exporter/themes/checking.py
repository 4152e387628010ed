"""Whether a theme's values can be set and read: sizes, typefaces, margins, and the contrast of text with its ground."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from exporter.colours import READABLE, contrast, is_colour, readable
from exporter.errors import SettingsError
from exporter.nearness import meant
from exporter.themes.source import ThemeFile

TYPEFACES: Final[Mapping[str, str]] = {
    "Noto Sans": "Ed Sans",
    "Noto Sans Mono": "Ed Mono",
    "Noto Serif": "Ed Serif",
    "Source Serif 4": "Ed Text",
}
"""Typefaces a theme may name, and what the font library calls them."""

CHOSEN: Final = ("var(--text)", "var(--sans)", "var(--mono)")
"""The families chosen for an article and its languages."""

_PAPER: Final = "#ffffff"
_NARROWEST: Final = 60
"""Millimetres of text a page has across at least."""

_GROUNDS: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("colour", ("ink", "soft", "detail", "quiet", "head", "link"), _PAPER),
    ("colour", ("ink", "soft"), "colour tint"),
    ("colour", ("ink", "soft"), "table head"),
    ("light", ("ink", "quiet", "link"), "light ground"),
    ("light", ("ink",), "light tint"),
    ("dark", ("ink", "quiet", "link"), "dark ground"),
    ("dark", ("ink",), "dark tint"),
    ("cover", ("ink",), "cover ground"),
    *(("tones", ("ink",), f"tones ground-{number}") for number in range(6)),
)
"""A table, the inks in it, and the ground they stand on: a colour, or the value of that table and key."""

Values = Mapping[tuple[str, str], str]


def check(values: Values, own: ThemeFile) -> None:
    """Raise SettingsError, naming the line of ``own`` that says it, for what of ``values`` cannot be set or read."""
    for (table, key), value in values.items():
        if fault := _fault(table, key, value):
            raise own.error(table, key, fault)
    for unreadable in _unreadable(values, own):
        raise unreadable


def families(value: str) -> str:
    """A list of typefaces with the font library's own names."""
    return ", ".join(each if each in CHOSEN else f'"{TYPEFACES[each]}"' for each in _listed(value))


def _fault(table: str, key: str, value: str) -> str:
    """What is wrong with one value, "" where nothing is."""
    rule = _RULES.get((table, key)) or _RULES.get((table, ""))
    return rule(value) if rule else ""


# --- Kinds of values --------------------------------------------------------------------------


def _margins(value: str) -> str:
    parts = value.split()
    if len(parts) != 3 or not all(map(_millimetres, parts)):
        return "three lengths, above, beside and below the text, like '30mm 44mm 29mm'."
    across = 210 - 2 * float(parts[1].removesuffix("mm"))
    return "" if across >= _NARROWEST else f"it leaves {across:g} mm of text across; {_NARROWEST} are the least."


def _millimetres(value: str) -> bool:
    return bool(re.fullmatch(r"[0-9]+(\.[0-9]+)?mm", value))


def _length(value: str) -> str:
    return "" if _millimetres(value) else "a length in millimetres, like '34mm'."


def _points(value: str) -> str:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?pt", value):
        return "a size in points, like '10.5pt'."
    return "" if 5 <= float(value.removesuffix("pt")) <= 96 else "a size from 5pt to 96pt."


def _leading(value: str) -> str:
    fits = re.fullmatch(r"[0-9](\.[0-9]+)?", value) and 1 <= float(value) <= 3
    return "" if fits else "how high a line is, as a multiple of the type's size, from 1 to 3: '1.5'."


def _colour(value: str) -> str:
    return "" if is_colour(value) else f"'{value}' is no colour in hexadecimal digits, like '#1d3557'."


def _head(value: str) -> str:
    return "" if value == "transparent" else _colour(value)


def _faces(value: str) -> str:
    """A typeface the library lacks; or that none is named which is chosen for each script."""
    listed = _listed(value)
    for each in listed:
        if each not in CHOSEN and each not in TYPEFACES:
            hint = meant(each, TYPEFACES) or f" There are: {', '.join(TYPEFACES)}."
            return f"no typeface '{each}' in the font library.{hint}"
    if not listed or listed[-1] not in CHOSEN:
        return f"the last of the list is {', '.join(CHOSEN[:-1])} or {CHOSEN[-1]}, which have every script's letters."
    return ""


def _listed(value: str) -> tuple[str, ...]:
    return tuple(each.strip().strip("\"'") for each in value.split(",") if each.strip())


def _page(value: str) -> str:
    return "" if value in ("A4", "Letter") else "'A4' or 'Letter'."


def _decoration(value: str) -> str:
    return "" if value in ("none", "underline") else "'none' or 'underline'."


def _beginning(value: str) -> str:
    return "" if value in ("page", "auto") else "'page' for a new one, or 'auto' for right below the one before."


_RULES: Final[Mapping[tuple[str, str], Callable[[str], str]]] = {
    ("page", "size"): _page,
    ("page", "first-top"): _length,
    ("page", ""): _margins,
    ("face", ""): _faces,
    ("size", ""): _points,
    ("leading", ""): _leading,
    ("colour", ""): _colour,
    ("light", ""): _colour,
    ("dark", ""): _colour,
    ("cover", "ink"): _colour,
    ("cover", "ground"): _colour,
    ("cover", "margin"): _margins,
    ("cover", "title"): _points,
    ("cover", "title-long"): _points,
    ("cover", "subtitle"): _points,
    ("cover", "drop"): _length,
    ("cover", "drop-bare"): _length,
    ("issue", "article"): _beginning,
    ("issue", "title"): _points,
    ("tones", ""): _colour,
    ("table", "head"): _head,
    ("link", "decoration"): _decoration,
    ("logo", "width"): _length,
}
"""What is wrong with a value, by table and key; the key "" stands for all others of its table."""


# --- Contrast ---------------------------------------------------------------------------------


def _unreadable(values: Values, own: ThemeFile) -> Iterator[SettingsError]:
    """An error for each ink that cannot be read on its ground."""
    for table, inks, place in _GROUNDS:
        ground, where = _ground(values, place)
        for key in inks if ground != "transparent" else ():
            ink = values[table, key]
            if (found := contrast(ink, ground)) < READABLE:
                asked = f"WCAG 2.2 (AA) asks for {READABLE}. '{readable(ink, ground)}' has it"
                message = f"'{ink}' on {where} has a contrast of {found:.1f} to 1; {asked}."
                yield own.error(*_said(own, (table, key), place), message)


def _said(own: ThemeFile, ink: tuple[str, str], place: str) -> tuple[str, str]:
    """The value that the file says itself: the ink, or else its ground."""
    table, _, key = place.partition(" ")
    return ink if ink in own.values else (table, key)


def _ground(values: Values, place: str) -> tuple[str, str]:
    """A ground's colour, and what it is called."""
    if place == _PAPER:
        return place, "white paper"
    table, _, key = place.partition(" ")
    found = values.get((table, key), "transparent")
    return found, f"'{found}' ([{table}] {key})"
