"""Where the stretch of a text could end that is drawn as some glyphs: their number tells about how far it reaches."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from exporter.characters import is_mark, is_selector
from exporter.provers.pdf.faces import Face
from exporter.provers.pdf.matching import Wanted
from exporter.provers.pdf.shaping import Shaper
from exporter.walk import OBJECT

HYPHEN = "\u2010"
"""What is put at the end of a line that ends inside a word."""
_WORDS = re.compile("[ \u00a0]|[^ \u00a0\n]+|\n")
_BEHIND_SPACE = re.compile(r"\s[^\w\s]")
_BLANK = " \t\n"


def candidates(shaper: Shaper, text: str, start: int, wanted: Wanted, language: str) -> list[tuple[int, str]]:
    """Ends to try, with a hyphen put there or without, likeliest first: as many glyphs as are drawn, or one less."""
    hyphenated, drawn = is_hyphen(wanted), _drawn(wanted)
    found: list[tuple[float, int, str]] = []
    for count, end in _counts(shaper, text, start, wanted, language):
        at_word_end = end == len(text) or text[end] in _BLANK
        found.append((abs(count - drawn) + (0 if at_word_end else 0.4), end, ""))
        if hyphenated and text[end : end + 1] != HYPHEN:
            found.append((abs(count + 1 - drawn) + 0.5, end, HYPHEN))
    return [(end, added) for _, end, added in sorted(found)]


def _counts(shaper: Shaper, text: str, start: int, wanted: Wanted, language: str) -> Iterator[tuple[float, int]]:
    """(glyphs, end) for each place where the stretch that begins at ``start`` could end."""
    count, drawn = 0.0, _drawn(wanted)
    near = text[start : start + 2 * len(wanted)]
    slack = _slack(wanted) + _decomposed(near) + _on_spaces(near)
    faces = tuple(dict.fromkeys(wanted.faces))
    for match in _WORDS.finditer(text, start, min(len(text), start + 4 * len(wanted) + 40)):
        end = match.start()
        for face, part in _parts(match.group(), faces):
            shares = shaper.counts(face, part, language)
            for characters, glyphs in shares:
                if abs(count + glyphs - drawn) <= slack:
                    yield count + glyphs, end + characters
            count += shares[-1][1]
            end += len(part)
        if count > drawn + slack or OBJECT in match.group():
            return


def _drawn(wanted: Wanted) -> int:
    """How many glyphs there are, dotted circles left out."""
    return sum(gid != face.dotted_circle for gid, face in zip(wanted.gids, wanted.faces, strict=True))


def _slack(wanted: Wanted) -> int:
    """By how many glyphs a count made word by word may be off: marks under a circle are drawn otherwise alone."""
    return 4 + len(wanted) // 16 + len(wanted) - _drawn(wanted)


def _decomposed(text: str) -> int:
    """By how many characters ``text`` is longer than composed, or shorter: some fonts draw those in one, others not."""
    return abs(len(text) - len(unicodedata.normalize("NFC", text)))


def _on_spaces(text: str) -> int:
    """How many marks of ``text`` stand on spaces: some fonts draw a letter for one that stands alone."""
    return sum(is_mark(found[0][1]) for found in _BEHIND_SPACE.finditer(text))


def is_hyphen(wanted: Wanted) -> bool:
    """Whether the last glyph, or the first of a line that runs right to left, may be a hyphen put at its end."""
    return any(wanted.gids[at] == wanted.faces[at].nominal(HYPHEN) for at in (-1, 0))


def _parts(word: str, faces: Sequence[Face]) -> Iterator[tuple[Face, str]]:
    """``word`` cut where its font probably changes: a font goes on as long as it has the characters.

    A mark that none of them has leaves no ink, and is of a font of its own: a syllable of Hangul is in pieces before it
    only where they are shaped together.
    """
    face, start = faces[0], 0
    for at, character in enumerate(word):
        covering = [one for one in faces if one.nominal(character)]
        is_apart = not covering and is_mark(character) and not is_selector(character)
        if is_apart or (covering and face not in covering):
            if at > start:
                yield face, word[start:at]
            face, start = (covering or [face])[0], at
    yield face, word[start:]
