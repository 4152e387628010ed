"""What a page can be expected to show of an article, and how far its text can be told from the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fontTools import unicodedata

from exporter.comparison import drawn, signature
from exporter.text import Said
from exporter.walk import OBJECT

_SILENT: Final = frozenset({"image", "break"})
"""Kinds that leave no letters on a page."""

_READING: Final = re.compile(r"\(([\u3041-\u309f\u30a1-\u30ff\u3105-\u312f\u02ca\u02cb\u02c7\u02d9]+)\)")
"""A reading in ruby, in hiragana, katakana or bopomofo: on a page it stands above or beside its base."""

_TOLD: Final = frozenset(
    ["Latn", "Grek", "Cyrl", "Armn", "Geor", "Hani", "Hira", "Kana", "Bopo", "Hang", "Ethi", "Cher", "Cans"]
)
"""Scripts in which one glyph is one letter, in the order of the text; others come from a page in other orders."""


def printable(expected: Sequence[Said]) -> tuple[Said, ...]:
    """The entries that leave letters on a page, as it can show them; a note's call is its number."""
    shown = (_numbered(entry) for entry in expected if entry.kind not in _SILENT)
    shown = (replace(entry, text=drawn(entry.text)) for entry in shown)
    return tuple(entry for entry in shown if signature(entry.text, "text"))


def _numbered(entry: Said) -> Said:
    calls = [number for number in entry.attributes.get("calls", "").split("\n") if number]
    numbers = iter(calls if entry.text.count(OBJECT) == len(calls) else ())
    return replace(entry, text=re.sub(OBJECT, lambda _: next(numbers, ""), entry.text))


def variants(entry: Said) -> tuple[str, ...]:
    """What a page may show of a text: all of it in a row, or its readings elsewhere."""
    return tuple(dict.fromkeys((entry.text, _READING.sub("", entry.text))))


def readings(expected: Sequence[Said]) -> frozenset[str]:
    """Everything that stands as a reading in ruby."""
    return frozenset(found for entry in expected for found in _READING.findall(entry.text))


def script_apart(text: str) -> str:
    """The script (ISO 15924) of which a page does not tell the text for certain; "" where it tells all of it."""
    scripts = (unicodedata.script(sign) for sign in text if sign.isalpha() or unicodedata.category(sign) == "Mn")
    return next((script for script in scripts if script not in _TOLD and not script.startswith("Z")), "")


def unwrapped(lines: Sequence[str], like: str) -> str:
    """``lines`` as one text: at each end a space, nothing, or a hyphen less, whatever stands in ``like``."""
    text = lines[0]
    for line in lines[1:]:
        text = _joined(text, line, like)
    return text


def _joined(text: str, line: str, like: str) -> str:
    tail, head = text[-_AROUND:], line[:_AROUND]
    if tail[-1:] in _HYPHENS and f"{tail[:-1]}{head}" in like:
        return f"{text[:-1]}{line}"
    return f"{text}{line}" if f"{tail}{head}" in like else f"{text} {line}"


_AROUND: Final = 4
"""Characters on either side of a line's end that tell what stood there."""

_HYPHENS: Final = ("-", "\u2010", "\u00ad")
