"""A line set as Pango sets it: run by run, each in parts of one font, each part shaped with what stands around it.

Which font draws a part the PDF says; where a part ends, its font's characters and the glyphs drawn tell: Pango changes
the font at a character the font lacks, or at one that another font is to draw. So all ways of setting a line that
lead to the glyphs drawn are found in about as many steps as it has parts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from exporter.bidi import visual
from exporter.characters import INKLESS, is_selector
from exporter.provers.pdf.faces import Face
from exporter.provers.pdf.itemizing import Run, runs
from exporter.provers.pdf.matching import Wanted
from exporter.provers.pdf.shaping import SAMPLE_LANGUAGES, Shaper, Shaping, Stretch, in_context

_NEAR = 6
"""So many characters before the first glyph that is drawn otherwise, a part may end."""
_WITH_FONTS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u1680\U000110bd\U000110cd"
)
"""Formats and spaces that Pango looks for a font for: signs that enclose what follows, the Arabic letter mark."""
_FONTLESS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})


class Part(NamedTuple):
    """Characters of a line, from one ``place`` to another, of one run, drawn as ``gids`` of one font."""

    face: Face
    gids: tuple[int, ...]
    place: tuple[int, int]
    level: int
    script: str


class Typesetter:
    """Sets lines; ``tries`` bounds the work spent on one fragment."""

    def __init__(self, shaper: Shaper, tries: int = 12000) -> None:
        self._shaper = shaper
        self._all_tries = tries
        self._shaped: set[tuple[Face, Stretch, tuple[str, ...]]] = set()
        self.tries = tries

    def begin(self) -> None:
        """Start a new fragment with the full number of tries."""
        self.tries = self._all_tries
        self._shaped.clear()

    def shapings(
        self, face: Face, line: str, part: tuple[int, int], run: Run, spoken: tuple[str, ...]
    ) -> tuple[Shaping, ...]:
        """``part`` of ``line`` shaped in each of the languages ``spoken``: tries, but for what was tried before."""
        _, stretch = in_context(line, part, run.level, run.script)
        key = (face, stretch, spoken)
        if key not in self._shaped:
            self._shaped.add(key)
            self.tries -= len(spoken)
        shaped = (self._shaper.part(face, line, part, run.level, run.script, each) for each in spoken)
        return tuple(dict.fromkeys(shaped))

    def sets(self, text: str, wanted: Wanted, languages: Sequence[str], right_to_left: bool) -> bool:
        """Whether ``text``, as a line of a paragraph that runs so, is drawn as ``wanted``."""
        return any(True for _ in self.settings(text, wanted, languages, right_to_left))

    def settings(
        self, text: str, wanted: Wanted, languages: Sequence[str], right_to_left: bool
    ) -> Iterator[tuple[Part, ...]]:
        """Ways of setting ``text``, as such a line, that give ``wanted``: its parts as they are drawn, left to right.

        Their places are those in ``as_set(text)``.
        """
        for at_spaces in (False, True):
            cut = runs(as_set(text), right_to_left, at_spaces)
            order = visual(cut, [run.level for run in cut])
            line = _Line(self, as_set(text), tuple(order), wanted, languages)
            if line.leads_to_the_end():
                yield line.parts


def as_set(text: str) -> str:
    """``text`` as one line: what ends lines, and tabs, are no glyphs."""
    return text.replace("\n", "").replace("\t", "")


class _Line:
    """One line to be set, its runs in the order they are drawn."""

    def __init__(
        self,
        setter: Typesetter,
        text: str,
        order: tuple[Run, ...],
        wanted: Wanted,
        languages: Sequence[str],
    ) -> None:
        self._setter = setter
        self._text = text
        self._order = order
        self._wanted = wanted
        self._languages = languages
        self._failed: set[tuple[int, int, int, int]] = set()
        self._taken: list[Part] = []

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the way that was found, those that draw nothing left out."""
        return tuple(reversed(self._taken))

    def leads_to_the_end(self) -> bool:
        """Whether there is a way of setting it that gives all glyphs."""
        return self._from_run(0, 0)

    def _from_run(self, number: int, at: int) -> bool:
        if number == len(self._order):
            return at == len(self._wanted)
        run = self._order[number]
        return self._rest(number, run.start, run.end, at)

    def _rest(self, number: int, start: int, end: int, at: int) -> bool:
        """Whether what is left of a run, and those behind it, are drawn as the glyphs from ``at`` on."""
        if start == end:
            return self._from_run(number + 1, at)
        key = (number, start, end, at)
        if key in self._failed:
            return False
        run = self._order[number]
        for cut, count in self._parts(run, start, end, at):
            left = (start, cut) if run.level % 2 else (cut, end)
            if self._rest(number, *left, at + count):
                if count:
                    gids, drawn = self._wanted.gids[at : at + count], _part(run, (start, end), cut)
                    self._taken.append(Part(self._wanted.faces[at], gids, drawn, run.level, run.script))
                return True
        self._failed.add(key)
        return False

    def _parts(self, run: Run, start: int, end: int, at: int) -> Iterator[tuple[int, int]]:
        """Where the part drawn next may be cut from the rest, and how many glyphs it has."""
        if at < len(self._wanted):
            face = self._wanted.faces[at]
            whole = self._covered(face, run, start, end)
            if whole is not None:
                yield from self._shaped_parts(face, run, (start, end), whole, at)
        yield from ((cut, 0) for cut in self._inkless(run, start, end))

    def _shaped_parts(
        self, face: Face, run: Run, rest: tuple[int, int], whole: int, at: int
    ) -> Iterator[tuple[int, int]]:
        tried = self._shapings(face, run, _part(run, rest, whole))
        yield from ((whole, len(shaping.gids)) for shaping in tried if self._wanted.has(shaping.gids, at))
        different = (min if run.level % 2 else max)(self._difference(shaping, at) for shaping in tried)
        for cut in self._shorter(run, rest, whole, different):
            for shaping in self._shapings(face, run, _part(run, rest, cut)):
                if self._wanted.has(shaping.gids, at):
                    yield cut, len(shaping.gids)
            if self._setter.tries <= 0:
                return

    def _covered(self, face: Face, run: Run, start: int, end: int) -> int | None:
        """How far the part may reach at most that ``face`` draws; None where it has not even the first character."""
        places = range(end - 1, start - 1, -1) if run.level % 2 else range(start, end)
        for at in places:
            if not (_is_fontless(self._text[at]) or face.nominal(self._text[at])):
                cut = at + 1 if run.level % 2 else at
                return None if cut == (end if run.level % 2 else start) else cut
        return start if run.level % 2 else end

    def _shorter(self, run: Run, rest: tuple[int, int], whole: int, different: int) -> Iterator[int]:
        """Shorter parts, near the character whose glyph is another than the one drawn.

        Either side has a character of a font of its own: Pango parts no other from what stands beside them,
        but where an emoji ends.
        """
        start, end = rest
        if run.level % 2:
            cuts = range(max(whole + 1, different - 1), min(end, different + 1 + _NEAR))
        else:
            cuts = range(min(whole - 1, different + 2), max(start, different - _NEAR), -1)
        text = self._text
        sides = ((cut, (text[start:cut], text[cut:end])) for cut in cuts)
        return (
            cut for cut, both in sides if _ends_emoji(text, cut) or not any(all(map(_is_fontless, s)) for s in both)
        )

    def _difference(self, shaping: Shaping, at: int) -> int:
        """The place of the first character of ``shaping`` that is drawn otherwise."""
        last = self._wanted.ends[at]
        for number, (gid, cluster) in enumerate(zip(shaping.gids, shaping.clusters, strict=True)):
            if at + number >= last or self._wanted.gids[at + number] != gid:
                return cluster
        return shaping.clusters[-1] if shaping.clusters else 0

    def _shapings(self, face: Face, run: Run, part: tuple[int, int]) -> tuple[Shaping, ...]:
        """``part`` shaped in each language Pango may take it to be in."""
        return self._setter.shapings(face, self._text, part, run, spoken_in(self._languages, run.script))

    def _inkless(self, run: Run, start: int, end: int) -> Iterator[int]:
        """Where a part of nothing but what leaves no ink is cut off: it may be of a font that draws nothing here.

        It is all of a run, or begins with a character that Pango looks for a font for, as it does for marks.
        """
        if not INKLESS.sub("", self._text[start:end]) and (start, end) == (run.start, run.end):
            yield start if run.level % 2 else end
        elif run.level % 2:
            while end > start and INKLESS.match(self._text, end - 1):
                end -= 1
                if not _is_fontless(self._text[end]):
                    yield end
        elif INKLESS.match(self._text, start) and not _is_fontless(self._text[start]):
            start += 1
            while start < end and INKLESS.match(self._text, start) and _is_fontless(self._text[start]):
                start += 1
            yield start


def _part(run: Run, rest: tuple[int, int], cut: int) -> tuple[int, int]:
    """The part drawn first of ``rest``, which ``cut`` divides."""
    return (cut, rest[1]) if run.level % 2 else (rest[0], cut)


@lru_cache(maxsize=65536)
def _is_fontless(character: str) -> bool:
    """Whether Pango draws ``character`` in the font of what stands beside it (``pango_itemize``)."""
    if character in _WITH_FONTS:
        return False
    return unicodedata.category(character) in _FONTLESS or is_selector(character)


def _ends_emoji(text: str, at: int) -> bool:
    """Whether what stands before ``at`` may be the end of an emoji (UTS #51), which Pango sets by itself."""
    return text[at - 1] in "\ufe0f\u20e3\U000e007f" or unicodedata.category(text[at - 1]) in ("So", "Sk")


@lru_cache(maxsize=1024)
def _sample(script: str) -> tuple[str, ...]:
    return (SAMPLE_LANGUAGES[script],) if script in SAMPLE_LANGUAGES else ()


def spoken_in(languages: Sequence[str], script: str) -> tuple[str, ...]:
    """``languages``, and the one Pango takes where the element's own is not written in ``script``."""
    return tuple(dict.fromkeys((*languages, *_sample(script))))
