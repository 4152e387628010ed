"""Text as glyphs: HarfBuzz on the library's own files, one stretch at a time, with a memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from types import MappingProxyType
from typing import NamedTuple

import uharfbuzz as hb

from exporter.characters import INKLESS
from exporter.provers.pdf.faces import Face
from exporter.provers.pdf.harfbuzz import Glyph, Placed, Text

Features = Mapping[str, bool]

_WITHOUT_LIGATURES: Features = MappingProxyType({"liga": False, "clig": False, "dlig": False})
FEATURES: tuple[Features, ...] = (
    MappingProxyType({}),
    _WITHOUT_LIGATURES,
    MappingProxyType({"onum": True}),
    MappingProxyType({"tnum": True}),
    MappingProxyType({"lnum": True}),
    MappingProxyType({"lnum": True, "tnum": True}),
    MappingProxyType({"smcp": True}),
    MappingProxyType({**_WITHOUT_LIGATURES, "smcp": True}),
    MappingProxyType({"smcp": True, "c2sc": True}),
)
"""OpenType features a style sheet may ask for without saying anything else: looks of the same characters."""

_ABBREVIATION = "\u070f"
"""The Syriac mark, a line over letters: fonts draw it in pieces, and HarfBuzz would stretch letters with them."""

CIRCLED = re.compile(
    "\u25cc|[\u00ad\u200b\u200e\u200f\u2060\ufe00-\ufe0f][\u0900-\u1cff]|(?<!\\S)[\u200c\u200d][\u0900-\u1cff]"
)
"""A dotted circle of the author's own, or one that every version puts after a sign without ink that is out of place."""

_SCRIPTS = "Arab Armn Beng Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hebr Hira Kana Khmr Knda Laoo Mlym Mymr Orya"
_LANGUAGES = "ar hy bn ru hi am ka el gu pa ko he ja ja km kn lo ml my or"
SAMPLE_LANGUAGES: Mapping[str, str] = MappingProxyType(
    dict(zip(_SCRIPTS.split(), _LANGUAGES.split(), strict=True))
    | {"Sinh": "si", "Taml": "ta", "Telu": "te", "Thaa": "dv", "Thai": "th", "Tibt": "bo"}
)
"""The language Pango supposes for a script that the text's own language is not written in."""


class Stretch(NamedTuple):
    """Characters ``start`` to ``end`` of ``word``, shaped at once; what stands beside them is context."""

    word: str
    start: int
    end: int
    level: int
    script: str

    @property
    def text(self) -> str:
        """The characters themselves."""
        return self.word[self.start : self.end]

    @property
    def with_context(self) -> str:
        """The characters, and the one before them."""
        return self.word[max(0, self.start - 1) : self.end]

    def cut(self, start: int, end: int) -> Stretch:
        """A part of it, by offsets into ``word``."""
        return Stretch(self.word, start, end, self.level, self.script)


class Shaping(NamedTuple):
    """The glyphs of a part of a line from left to right, and the place of the first character each is drawn for."""

    gids: tuple[int, ...]
    clusters: tuple[int, ...]


_CONTEXT = 5
"""So many characters on either side HarfBuzz looks at."""
_REMEMBERED = 200_000
"""Words; a process that has met more begins anew."""


class Shaper:
    """Shapes with a memory: the same word in the same font is shaped once.

    ``circled`` keeps the dotted circles that HarfBuzz puts under misspelt marks.
    """

    def __init__(self, circled: bool = True) -> None:
        self._circled = circled
        self._words: dict[tuple[Face, str, str, str], tuple[tuple[int, ...], str]] = {}
        self._shaped: dict[tuple[Face, Stretch, str, str, int], tuple[int, ...]] = {}
        self._counted: dict[tuple[Face, str, str], tuple[tuple[int, float], ...]] = {}
        self._parts: dict[tuple[Face, Stretch, str], Shaping] = {}

    def part(self, face: Face, line: str, part: tuple[int, int], level: int, script: str, language: str) -> Shaping:
        """Characters ``part`` of ``line``, as Pango has them shaped: with what stands around them."""
        begin, stretch = in_context(line, part, level, script)
        key = (face, stretch, language)
        known = self._parts.get(key)
        if known is None:
            glyphs = _shape(face, stretch, script, language, FEATURES[0])
            with_circles = self._circled or CIRCLED.search(stretch.with_context)
            kept = [glyph for glyph in glyphs if with_circles or glyph.gid != face.dotted_circle]
            known = self._parts[key] = Shaping(tuple(g.gid for g in kept), tuple(g.cluster for g in kept))
        return Shaping(known.gids, tuple(cluster + begin for cluster in known.clusters))

    def placed(
        self, face: Face, line: str, part: tuple[int, int], level: int, script: str, language: str
    ) -> tuple[tuple[Placed, ...], float]:
        """All glyphs of the same, each where it is drawn, and how wide they are together, in em."""
        _, stretch = in_context(line, part, level, script)
        return face.shaper.place(_as_text(stretch, script, language, FEATURES[0]))

    def glyphs(self, face: Face, stretch: Stretch, script: str, language: str, features: int = 0) -> tuple[int, ...]:
        """The glyph ids ``stretch`` is drawn with, from left to right."""
        key = (face, stretch, script, language, features)
        known = self._shaped.get(key)
        if known is None:
            shaped = _shape(face, stretch, script, language, FEATURES[features])
            gids = tuple(glyph.gid for glyph in shaped)
            known = gids if self._circled else _without_circles(gids, face, stretch.with_context)
            self._shaped[key] = known
        return known

    def word(self, face: Face, word: str, script: str, language: str) -> tuple[tuple[int, ...], str]:
        """The glyph ids ``word`` is drawn with from left to right, and its last script.

        What has no script of its own takes that of what stands before: ``script`` at its beginning.
        """
        key = (face, word, script, language)
        known = self._words.get(key)
        if known is None:
            scripts = resolved_scripts(word, script)
            parts = (self.glyphs(face, part, part.script, language) for part in _parts_of(word, scripts))
            known = self._words[key] = tuple(chain.from_iterable(parts)), scripts[-1]
        return known

    def forget(self) -> None:
        """Make room, where much has been remembered."""
        if len(self._words) + len(self._shaped) + len(self._counted) + len(self._parts) > _REMEMBERED:
            self._words.clear()
            self._shaped.clear()
            self._counted.clear()
            self._parts.clear()

    def counts(self, face: Face, word: str, language: str) -> tuple[tuple[int, float], ...]:
        """About how many glyphs the beginnings of ``word`` have: (characters, glyphs), the whole word last.

        Dotted circles do not count: a part that stands alone has one where in its line it has none.
        """
        key = (face, word, language)
        if key not in self._counted:
            script = next((s for s in map(script_of, INKLESS.sub("", word)) if s), "Latn")
            stretch = Stretch(word, 0, len(word), int(script in _RIGHT_TO_LEFT), script)
            shaped = face.shaper.shape(_as_text(stretch, script, language, FEATURES[0]))
            clusters = Counter(glyph.cluster for glyph in shaped if glyph.gid != face.dotted_circle)
            self._counted[key] = tuple(_shares(clusters, len(word)))
        return self._counted[key]


def in_context(line: str, part: tuple[int, int], level: int, script: str) -> tuple[int, Stretch]:
    """Where in ``line`` that begins which HarfBuzz looks at for characters ``part``, and these in it."""
    begin = max(0, part[0] - _CONTEXT)
    around = line[begin : part[1] + _CONTEXT]
    return begin, Stretch(around, part[0] - begin, part[1] - begin, level % 2, script)


def resolved_scripts(text: str, current: str) -> list[str]:
    """Each character's script; common ones take that of what stands before, at first ``current``."""
    resolved = []
    for character in text:
        current = script_of(character) or current
        resolved.append(current)
    return resolved


def _parts_of(word: str, scripts: Sequence[str]) -> Iterator[Stretch]:
    """``word`` cut where its script changes, all of it written from left to right."""
    start = 0
    for at in range(1, len(word) + 1):
        if at == len(word) or scripts[at] != scripts[at - 1]:
            yield Stretch(word, start, at, 0, scripts[start])
            start = at


def _without_circles(gids: tuple[int, ...], face: Face, text: str) -> tuple[int, ...]:
    """``gids`` less the dotted circles that HarfBuzz puts under misspelt marks, each version of it under others."""
    if face.dotted_circle not in gids or CIRCLED.search(text):
        return gids
    return tuple(gid for gid in gids if gid != face.dotted_circle)


def _shares(clusters: Counter[int], length: int) -> Iterator[tuple[int, float]]:
    """The glyphs of a cluster shared out among its characters: a line may end inside one."""
    starts = sorted({0, *clusters})
    total = 0.0
    for start, end in pairwise([*starts, length]):
        for character in range(start, end):
            total += clusters[start] / (end - start)
            yield character + 1, total


def _shape(face: Face, stretch: Stretch, script: str, language: str, features: Features) -> tuple[Glyph, ...]:
    glyphs = face.shaper.shape(_as_text(stretch, script, language, features))
    return _IMPOSSIBLE if _shows_what_leaves_no_ink(face, stretch, glyphs) else glyphs


def _as_text(stretch: Stretch, script: str, language: str, features: Features) -> Text:
    right_to_left = bool(stretch.level % 2)
    if _ABBREVIATION in stretch.word:
        features = {**features, "stch": False}
    return Text(stretch.word, stretch.start, stretch.end, right_to_left, script, language or "en", features)


_IMPOSSIBLE = (Glyph(-1, 0),)
"""What no page draws."""


def _shows_what_leaves_no_ink(face: Face, stretch: Stretch, glyphs: Sequence[Glyph]) -> bool:
    """Whether a font draws a character that leaves no ink: one for Korean draws each soft hyphen."""
    if not INKLESS.search(stretch.word, stretch.start, stretch.end):
        return False
    edges = {glyph.cluster for glyph in glyphs} | {stretch.end}
    return any(
        INKLESS.match(stretch.word, glyph.cluster)
        and not INKLESS.sub("", stretch.word[glyph.cluster : min(edge for edge in edges if edge > glyph.cluster)])
        and face.drawing(glyph.gid)
        for glyph in glyphs
    )


_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Samr", "Mand", "Adlm", "Rohg"})


@lru_cache(maxsize=None)
def script_of(character: str) -> str:
    """The ISO 15924 code of a character's script (UAX #24); "" for common and inherited ones."""
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    script = buffer.script
    return "" if script in (None, "Zyyy", "Zinh", "Zzzz") else str(script)
