"""Whether a stretch of the source, laid out anew, is drawn with exactly these glyphs.

The fonts are those the PDF names; order, runs and shaping are computed from the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product
from operator import itemgetter

from exporter.bidi import levels, visual
from exporter.characters import is_mark
from exporter.provers.pdf.faces import Face
from exporter.provers.pdf.shaping import FEATURES, SAMPLE_LANGUAGES, Shaper, Stretch, resolved_scripts, script_of

_FALLBACK_SCRIPTS = ("Latn", "Hang", "Hani", "Hira", "Zyyy")
"""What Pango may take punctuation for, by the language of the text around it."""
_SPACES = (" ", "\u00a0")
_FIRST_MARK = "\u0300"
_BETWEEN_SPACES = re.compile("[ \u00a0]|[^ \u00a0]+")


def _words(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Spaces, and what stands between them, with their places; a space that carries a mark is a letter."""
    begin = start
    for match in _BETWEEN_SPACES.finditer(text, start):
        space = match.start() if match.group() in _SPACES else match.end()
        if not _carries_a_mark(text, space):
            yield begin, text[begin : match.end()]
            begin = match.end()


def _carries_a_mark(text: str, space: int) -> bool:
    """Whether the space at ``space`` is followed by a mark."""
    return text[space + 1 : space + 2] >= _FIRST_MARK and is_mark(text[space + 1])


@dataclass(frozen=True, slots=True)
class Wanted:
    """Glyphs to be accounted for, from left to right: ``faces`` and ``gids`` go together.

    ``ends`` says of each glyph up to which place those that follow are of its font.
    """

    faces: tuple[Face, ...]
    gids: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, parts: Iterable[tuple[Face, Sequence[int]]]) -> Wanted:
        """The glyphs of ``parts``, one after the other."""
        faces: list[Face] = []
        gids: list[int] = []
        ends: list[int] = []
        for face, of_face in groupby((part for part in parts if part[1]), itemgetter(0)):
            some = [gid for _, each in of_face for gid in each]
            gids += some
            faces += [face] * len(some)
            ends += [len(gids)] * len(some)
        return cls(tuple(faces), tuple(gids), tuple(ends))

    def __len__(self) -> int:
        return len(self.gids)

    def has(self, gids: tuple[int, ...], at: int) -> bool:
        """Whether ``gids``, all of the font of the glyph at ``at``, stand there."""
        end = at + len(gids)
        return self.gids[at:end] == gids and (not gids or self.ends[at] >= end)


class Matcher:
    """Compares texts with glyphs. ``tries`` bounds the work spent on one fragment."""

    def __init__(self, shaper: Shaper, tries: int = 4000) -> None:
        self._shaper = shaper
        self._all_tries = tries
        self._tries = tries

    def begin(self) -> None:
        """Start a new fragment with the full number of tries."""
        self._tries = self._all_tries

    def matches(self, text: str, wanted: Wanted, languages: Sequence[str], right_to_left: bool) -> bool:
        """Whether ``text`` is drawn as ``wanted``, in a paragraph that runs so."""
        return self._drawn_as(text, levels(text, right_to_left), wanted, languages)

    def walk(self, text: str, start: int, wanted: Wanted, language: str, script: str, hyphen: str) -> int | None:
        """Where the stretch ends that begins at ``start`` and is drawn as ``wanted``, all of it from left to right.

        The likely way alone: word by word, each shaped as its script and ``language`` ask, the last one
        perhaps cut, with ``hyphen`` added. ``script`` is that of what stands before. None where that
        does not lead there: then every other way is still to be tried.
        """
        at, end = 0, len(wanted)
        for place, word in _words(text, start):
            if word in "\n\t":
                continue
            glyphs, script = self._shaper.word(wanted.faces[at], word, script, language)
            if not wanted.has(glyphs, at):
                cut = self._cut(word, wanted, at, language, script, hyphen)
                return None if cut is None else place + cut
            at += len(glyphs)
            if at == end:
                return place + len(word)
        return None

    def _cut(self, word: str, wanted: Wanted, at: int, language: str, script: str, hyphen: str) -> int | None:
        """How many characters of ``word`` are drawn as what is left of ``wanted``; a hyphen of its own is its own."""
        face, left = wanted.faces[at], len(wanted) - at
        ways = ("", hyphen) if hyphen in word else (hyphen, "")
        for added in dict.fromkeys(ways):
            likely = left - len(added)
            for cut in sorted(range(max(1, likely - 2), min(len(word), likely + 4) + 1), key=lambda c: abs(c - likely)):
                glyphs, _ = self._shaper.word(face, word[:cut] + added, script, language)
                if len(glyphs) == left and wanted.has(glyphs, at):
                    return cut
        return None

    def _drawn_as(self, text: str, found: Sequence[int], wanted: Wanted, languages: Sequence[str]) -> bool:
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
        self, stretch: Stretch, wanted: Wanted, at: int, languages: Sequence[str], scripts: Sequence[str]
    ) -> int | None:
        """Where ``wanted`` goes on behind ``stretch``; None where it is drawn otherwise."""
        face = wanted.faces[min(at, len(wanted) - 1)]
        for script, language, features in self._ways(stretch, languages, scripts):
            glyphs = self._shaper.glyphs(face, stretch, script, language, features)
            if wanted.has(glyphs, at):
                return at + len(glyphs)
            if self._tries <= 0:
                return None
        return self._consume_in_parts(stretch, wanted, at, languages, scripts)

    def _ways(
        self, stretch: Stretch, languages: Sequence[str], scripts: Sequence[str]
    ) -> Iterator[tuple[str, str, int]]:
        """Likely ways of shaping first: script, language, features."""
        ordered = _scripts_of(stretch, scripts)
        spoken = _languages(languages, stretch)
        for features in range(len(FEATURES)):
            for script in ordered if not features else ordered[:1]:
                for language in spoken if not features else spoken[:1]:
                    self._tries -= 1
                    yield script, language, features

    def _consume_in_parts(
        self, stretch: Stretch, wanted: Wanted, at: int, languages: Sequence[str], scripts: Sequence[str]
    ) -> int | None:
        """A word in several fonts: a part drawn in the font at hand up to where the font changes, then the rest."""
        face = wanted.faces[min(at, len(wanted) - 1)]
        run = wanted.ends[at] - at if at < len(wanted) else 0
        for cut in _cuts(stretch, run):
            part, rest = _halves(stretch, cut)
            for script, language in product(_scripts_of(stretch, scripts), _languages(languages, part)):
                self._tries -= 1
                glyphs = self._shaper.glyphs(face, part, script, language)
                if len(glyphs) == run and wanted.has(glyphs, at):
                    end = self._consume(rest, wanted, at + run, languages, scripts)
                    if end is not None:
                        return end
                    break
                if self._tries <= 0:
                    return None
        return None


def _scripts_of(stretch: Stretch, scripts: Sequence[str]) -> tuple[str, ...]:
    """The script of ``stretch``; where no character has one of its own, any of those around it."""
    own = any(map(script_of, stretch.text))
    return (stretch.script,) if own else tuple(dict.fromkeys((stretch.script, *scripts)))


def _languages(languages: Sequence[str], stretch: Stretch) -> tuple[str, ...]:
    """``languages``, and the one Pango takes where the element's own is not written in the script at hand."""
    sample = SAMPLE_LANGUAGES.get(stretch.script)
    return tuple(dict.fromkeys((*languages, sample))) if sample else tuple(languages)


def _stretches(text: str, found: Sequence[int]) -> Iterator[Stretch]:
    """Words, and the spaces between them, cut where level or script changes."""
    scripts = resolved_scripts(text, first_script(text))
    for offset, word in _words(text):
        if word in "\n\t":
            continue
        start = 0
        for at in range(1, len(word) + 1):
            here, before = offset + at, offset + at - 1
            if at == len(word) or found[here] != found[before] or scripts[here] != scripts[before]:
                yield Stretch(word, start, at, found[before], scripts[before])
                start = at


def first_script(text: str) -> str:
    """The first script in ``text``, which common characters before it take; Latin without any."""
    return next((script for script in map(script_of, text) if script), "Latn")


def _cuts(stretch: Stretch, run: int) -> list[int]:
    """Where ``stretch`` could be cut, likeliest first: about as many characters before as there are glyphs."""
    right_to_left = stretch.level % 2
    inner = range(stretch.start + 1, stretch.end)
    return sorted(inner, key=lambda cut: abs((stretch.end - cut if right_to_left else cut - stretch.start) - run))


def _halves(stretch: Stretch, cut: int) -> tuple[Stretch, Stretch]:
    """The part drawn first, then the other."""
    left, right = stretch.cut(stretch.start, cut), stretch.cut(cut, stretch.end)
    return (right, left) if stretch.level % 2 else (left, right)
