"""Whether a stretch of the source, laid out anew, is drawn with exactly these glyphs.

The fonts are those the PDF names; order, runs and shaping are computed from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from exporter.provers.pdf.bidi import levels, visual
from exporter.provers.pdf.faces import Face
from exporter.provers.pdf.shaping import FEATURES, SAMPLE_LANGUAGES, Shaper, Stretch, script_of

_FALLBACK_SCRIPTS = ("Latn", "Hang", "Hani", "Hira", "Zyyy")
"""What Pango may take punctuation for, by the language of the text around it."""
_WORDS = re.compile("[ \u00a0](?![\u0300-\u036f])|(?:[^ \u00a0]|[ \u00a0](?=[\u0300-\u036f]))+")
"""Spaces, and what stands between them; a space that carries an accent is a letter."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One glyph to be accounted for."""

    face: Face
    gid: int


class Matcher:
    """Compares texts with glyphs. ``tries`` bounds the work spent on one fragment."""

    def __init__(self, shaper: Shaper, tries: int = 4000) -> None:
        self._shaper = shaper
        self._all_tries = tries
        self._tries = tries

    def begin(self) -> None:
        """Start a new fragment with the full number of tries."""
        self._tries = self._all_tries

    def matches(self, text: str, wanted: Sequence[Drawn], languages: Sequence[str], directions: Sequence[bool]) -> bool:
        """Whether ``text`` is drawn as ``wanted``, in a paragraph of one of ``directions`` or, inside, of the other.

        A direction is whether it runs right to left.
        """
        for base in dict.fromkeys((*directions, not directions[0])):
            found = levels(text, base)
            if self._drawn_as(text, found, wanted, languages):
                return True
            if not any(found) and not any(directions):
                break
        return False

    def _drawn_as(self, text: str, found: Sequence[int], wanted: Sequence[Drawn], languages: Sequence[str]) -> bool:
        at = 0
        stretches = list(_stretches(text, found))
        scripts = tuple(dict.fromkeys([*(s.script for s in stretches), *_FALLBACK_SCRIPTS]))
        for stretch in visual(stretches, [s.level for s in stretches]):
            reached = self._consume(stretch, wanted, at, languages, scripts)
            if reached is None:
                return False
            at = reached
        return at == len(wanted)

    def _consume(
        self, stretch: Stretch, wanted: Sequence[Drawn], at: int, languages: Sequence[str], scripts: Sequence[str]
    ) -> int | None:
        """Where ``wanted`` goes on behind ``stretch``; None where it is drawn otherwise."""
        face = wanted[min(at, len(wanted) - 1)].face
        for script, language, features in self._ways(stretch, languages, scripts):
            glyphs = self._shaper.glyphs(face, stretch, script, language, features)
            if _continues(glyphs, face, wanted, at):
                return at + len(glyphs)
            if self._tries <= 0:
                return None
        return self._consume_in_parts(stretch, wanted, at, languages, scripts)

    def _ways(
        self, stretch: Stretch, languages: Sequence[str], scripts: Sequence[str]
    ) -> Iterator[tuple[str, str, int]]:
        """Likely ways of shaping first: script, language, features."""
        ordered = tuple(dict.fromkeys((stretch.script, *scripts)))
        spoken = _languages(languages, stretch)
        for features in range(len(FEATURES)):
            for script in ordered if not features else ordered[:1]:
                for language in spoken if not features else spoken[:1]:
                    self._tries -= 1
                    yield script, language, features

    def _consume_in_parts(
        self, stretch: Stretch, wanted: Sequence[Drawn], at: int, languages: Sequence[str], scripts: Sequence[str]
    ) -> int | None:
        """A word in several fonts: a part drawn in the font at hand up to where the font changes, then the rest."""
        face = wanted[min(at, len(wanted) - 1)].face
        run = _run_length(wanted, at)
        for cut in _cuts(stretch, run):
            part, rest = _halves(stretch, cut)
            for script, language in product((stretch.script, *scripts), _languages(languages, part)):
                self._tries -= 1
                glyphs = self._shaper.glyphs(face, part, script, language)
                if len(glyphs) == run and _continues(glyphs, face, wanted, at):
                    end = self._consume(rest, wanted, at + run, languages, scripts)
                    if end is not None:
                        return end
                    break
                if self._tries <= 0:
                    return None
        return None


def _languages(languages: Sequence[str], stretch: Stretch) -> tuple[str, ...]:
    """``languages``, and the one Pango takes where the element's own is not written in the script at hand."""
    sample = SAMPLE_LANGUAGES.get(stretch.script)
    return tuple(dict.fromkeys((*languages, sample))) if sample else tuple(languages)


def _stretches(text: str, found: Sequence[int]) -> Iterator[Stretch]:
    """Words, and the spaces between them, cut where level or script changes."""
    scripts = _resolved_scripts(text)
    for match in _WORDS.finditer(text):
        word, offset = match.group(), match.start()
        if word in "\n\t":
            continue
        start = 0
        for at in range(1, len(word) + 1):
            here, before = offset + at, offset + at - 1
            if at == len(word) or found[here] != found[before] or scripts[here] != scripts[before]:
                yield Stretch(word, start, at, found[before], scripts[before])
                start = at


def _resolved_scripts(text: str) -> list[str]:
    """Each character's script; common ones take that of what stands before, the first ones of what follows."""
    current = next((script for script in map(script_of, text) if script), "Latn")
    resolved = []
    for character in text:
        current = script_of(character) or current
        resolved.append(current)
    return resolved


def _run_length(wanted: Sequence[Drawn], at: int) -> int:
    """How many glyphs from ``at`` on are of one font."""
    end = at
    while end < len(wanted) and wanted[end].face is wanted[at].face:
        end += 1
    return end - at


def _cuts(stretch: Stretch, run: int) -> list[int]:
    """Where ``stretch`` could be cut, likeliest first: about as many characters before as there are glyphs."""
    right_to_left = stretch.level % 2
    inner = range(stretch.start + 1, stretch.end)
    return sorted(inner, key=lambda cut: abs((stretch.end - cut if right_to_left else cut - stretch.start) - run))


def _halves(stretch: Stretch, cut: int) -> tuple[Stretch, Stretch]:
    """The part drawn first, then the other."""
    left, right = stretch.cut(stretch.start, cut), stretch.cut(cut, stretch.end)
    return (right, left) if stretch.level % 2 else (left, right)


def _continues(glyphs: tuple[int, ...], face: Face, wanted: Sequence[Drawn], at: int) -> bool:
    if at + len(glyphs) > len(wanted):
        return False
    return all(wanted[at + k].gid == gid and wanted[at + k].face is face for k, gid in enumerate(glyphs))
