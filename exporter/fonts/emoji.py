"""One picture for one emoji sequence (UTS #51): a font that draws many alike loses what tells them apart.

Noto Emoji, being of one colour, draws 👩🏽‍🚀 as it draws 🧑‍🚀. Where a ligature's picture stands for another
sequence too, the ligature goes, and the parts are drawn one after the other: what UTS #51 (2.2 and
2.4) asks of a font that has no picture of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

_LIGATURES: Final = 4
"""The type of lookup that sets one glyph for several (OpenType, GSUB)."""

_UNSEEN: Final = frozenset({0x200D, 0xFE0E, 0xFE0F})
"""Joiner and presentation selectors: they ask for a picture and are none."""

_PERSON: Final = 0x1F9D1

_Sequence: TypeAlias = tuple[str, ...]


def part_sequences(font: Any) -> None:
    """Leave ``font`` no ligature whose picture stands for another sequence as well."""
    table = font["GSUB"].table
    names = font.getBestCmap()
    unseen = frozenset(name for code, name in names.items() if code in _UNSEEN)
    ligatures = [lookup for lookup in table.LookupList.Lookup if lookup.LookupType == _LIGATURES]
    subtables = [subtable for lookup in ligatures for subtable in lookup.SubTable]
    told = _told(subtables, unseen, _characters(names), names.get(_PERSON, ""))
    for subtable in subtables:
        listed = subtable.ligatures.items()
        subtable.ligatures = {first: _kept(first, each, told, unseen) for first, each in listed}
    for record in table.FeatureList.FeatureRecord:  # others set one flag for all that are unknown
        used = record.Feature.LookupListIndex
        record.Feature.LookupListIndex = [at for at in used if table.LookupList.Lookup[at] in ligatures]
        record.Feature.LookupCount = len(record.Feature.LookupListIndex)


def _characters(names: Mapping[int, str]) -> frozenset[str]:
    """The glyphs that are a character's own picture; some of flags have a private-use code point, too."""
    return frozenset(name for code, name in names.items() if unicodedata.category(chr(code)) != "Co")


def _told(
    subtables: Iterable[Any], unseen: frozenset[str], characters: frozenset[str], person: str
) -> dict[str, _Sequence]:
    """The one sequence each picture is for: the character's own, else the plainest."""
    found: dict[str, set[_Sequence]] = {}
    for subtable in subtables:
        for first, listed in subtable.ligatures.items():
            for ligature in listed:
                found.setdefault(ligature.LigGlyph, set()).add(_seen((first, *ligature.Component), unseen))
    return {
        picture: (picture,) if picture in characters else min(sequences, key=lambda s: (len(s), person not in s, s))
        for picture, sequences in found.items()
    }


def _kept(first: str, listed: Iterable[Any], told: dict[str, _Sequence], unseen: frozenset[str]) -> list[Any]:
    return [each for each in listed if _seen((first, *each.Component), unseen) == told[each.LigGlyph]]


def _seen(sequence: _Sequence, unseen: frozenset[str]) -> _Sequence:
    """``sequence`` without what leaves no ink, and either way round: fonts list both, for text set right to left."""
    visible = tuple(name for name in sequence if name not in unseen)
    return min(visible, visible[::-1])
