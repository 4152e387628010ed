"""The glyph proof: the source, laid out anew, is drawn with exactly the glyphs that stand in the PDF.

Fragment by fragment, the stretch of the source is sought whose bidirectional order, script runs and
HarfBuzz shaping give the glyph ids drawn, in drawing order. Spaces may vanish at the end of a line,
and a hyphen (U+2010) may be added there; elsewhere every character must be accounted for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias, cast

from exporter.characters import IGNORABLE, INKLESS
from exporter.pdfstructure import Fragment, Gap, Piece, Placeholder, joined
from exporter.provers.pdf.bidi import may_turn
from exporter.provers.pdf.faces import Face, Faces
from exporter.provers.pdf.lineends import may_end
from exporter.provers.pdf.matching import Matcher, Wanted, first_script
from exporter.provers.pdf.shaping import Shaper
from exporter.text import Said
from exporter.walk import OBJECT

_HYPHEN = "\u2010"
_WORDS = re.compile("[ \u00a0]|[^ \u00a0\n]+|\n")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK = " \t\n"
_BEGINNING = 8
"""So many characters are looked for where words do not begin."""
_INKLESS = re.compile(f"[{IGNORABLE}]*")
_INKLESS_TAIL = re.compile(f"[\\s{IGNORABLE}]*\\Z")


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the proof stopped: the source from there on, and what is drawn instead."""

    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Slice:
    """What of its source a fragment was proved to draw, line end hyphens left out.

    ``passed`` is what leaves no ink and stands between it and the fragment before, beside a space or an end of line.
    """

    fragment: Fragment
    text: str
    passed: str = ""


Proof: TypeAlias = tuple[Slice, ...] | Failure
"""A text that is drawn as it should be, fragment by fragment, or where it is not."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A text to be accounted for. In code, a run of spaces counts as one: a page only shows how wide it is.

    ``runs_on`` tells that none of it can be drawn in another order than it is written.
    """

    text: str
    right_to_left: bool
    is_code: bool
    runs_on: bool

    @classmethod
    def of(cls, said: Said) -> _Source:
        """What ``said`` says between two spaces: one may be drawn beside what else stands in the same element."""
        is_code = said.kind == "code"
        text = _SPACES.sub(" ", said.text) if is_code else said.text
        right_to_left = said.attributes.get("direction") == "rtl"
        return cls(f" {text} ", right_to_left, is_code, not right_to_left and not may_turn(text))


@lru_cache(maxsize=2)
def of_library(folder: Path) -> GlyphProof:
    """The proof with the font library ``folder``; what it has shaped is remembered from one file to the next."""
    return GlyphProof(Faces(folder))


class GlyphProof:
    """Proves texts with one font library.

    ``circled`` holds the dotted circles under misspelt marks to those of this machine's HarfBuzz; the
    library that set a file may have put them elsewhere.
    """

    def __init__(self, faces: Faces, circled: bool = True) -> None:
        self.faces = faces
        self._shaper = Shaper(circled)
        self._matcher = Matcher(self._shaper)
        self._otherwise = GlyphProof(faces, circled=False) if circled else None

    def prove(self, said: Said, pieces: Sequence[Piece]) -> Proof:
        """Which stretches of what ``said`` says ``pieces`` draw, or where they do not."""
        proof = self._proved(said, pieces)
        if isinstance(proof, Failure) and self._otherwise and _has_marks(said.text):
            other = self._otherwise.prove(said, pieces)
            return proof if isinstance(other, Failure) else other
        return proof

    def _proved(self, said: Said, pieces: Sequence[Piece]) -> Proof:
        self._shaper.forget()
        source = _Source.of(said)
        place, line, hyphenated, slices = 0, 0, False, []
        last: Slice | None = None
        for number, (gap, piece) in enumerate(joined(pieces)):
            starts = self._starts(source, place, gap if number else Gap.LINE, last)
            stretches = ((start, self._end(source, start, piece)) for start in starts)
            start, end = next((stretch for stretch in stretches if stretch[1] is not None), (place, None))
            torn = number and gap is Gap.LINE and not hyphenated and not may_end(source.text, line, start)
            if end is None or torn:
                return Failure(source.text[place:].lstrip()[:60], piece.text[:60])
            last = None
            if isinstance(piece, Fragment):
                last = Slice(piece, source.text[start:end], "".join(INKLESS.findall(source.text, place, start)))
                slices.append(last)
            place, line = end, start if gap is Gap.LINE else line
            hyphenated = isinstance(piece, Fragment) and self._ends_with_hyphen(piece)
        if _INKLESS_TAIL.match(source.text, place):
            return tuple(slices)
        return Failure(source.text[place:][:60], "")

    def _starts(self, source: _Source, place: int, gap: Gap, last: Slice | None) -> Iterator[int]:
        """Where the text may go on behind ``gap``, and before and behind what leaves no ink there.

        It may belong to either side; to that of ``last`` if it makes no difference to what that draws.
        """
        for start in _after_gap(source, place, gap):
            yield start
            inkless = cast(re.Match[str], _INKLESS.match(source.text, start)).group()
            if inkless and last and self._draws(source, last.text + inkless, last.fragment):
                yield start + len(inkless)
            while start and INKLESS.fullmatch(source.text, start - 1, start):
                start -= 1
                yield start

    def _draws(self, source: _Source, text: str, fragment: Fragment) -> bool:
        """Whether ``text`` is drawn as ``fragment``, a hyphen at its end aside."""
        wanted = self._wanted(source, fragment)
        directions = (fragment.right_to_left, source.right_to_left)
        endings = ("", _HYPHEN) if wanted and _is_hyphen(wanted) else ("",)
        self._matcher.begin()
        return wanted is not None and any(
            self._matcher.matches(text + added, wanted, (fragment.language, "en"), directions) for added in endings
        )

    def _ends_with_hyphen(self, fragment: Fragment) -> bool:
        run = fragment.runs[-1]
        face = self.faces.of(run.look.font)
        return face is not None and run.gids[-1] == face.nominal(_HYPHEN)

    def shows_part(self, said: Said, fragment: Fragment) -> bool:
        """Whether ``fragment`` draws words of ``said``: from where one begins, or where its fonts' maps say it does."""
        source = _Source.of(said)
        beginning = re.escape(fragment.text.strip()[:_BEGINNING])
        starts = (match.start() for match in re.finditer(rf"(?<!\S)|(?={beginning})", source.text))
        return any(self._end(source, start, fragment) is not None for start in starts)

    def _end(self, source: _Source, start: int, piece: Fragment | Placeholder) -> int | None:
        """Where the stretch of the text ends that begins at ``start`` and is drawn as ``piece``; None for none."""
        text = source.text
        if isinstance(piece, Placeholder):
            at = cast(re.Match[str], _INKLESS.match(text, start)).end()
            return at + 1 if text[at : at + 1] == OBJECT else None
        wanted = self._wanted(source, piece)
        if not wanted:
            return start if wanted is not None else None
        if source.runs_on and not piece.right_to_left:
            hyphen = _HYPHEN if _is_hyphen(wanted) else ""
            script = first_script(text[start : start + 200])
            end = self._matcher.walk(text, start, wanted, piece.language, script, hyphen)
            if end is not None:
                return end
        return self._sought(source, start, piece, wanted)

    def _sought(self, source: _Source, start: int, piece: Fragment, wanted: Wanted) -> int | None:
        """The same, with every way of setting a text tried."""
        text = source.text
        self._matcher.begin()
        languages = tuple(dict.fromkeys((piece.language, "en")))
        directions = (piece.right_to_left, source.right_to_left)
        for end, added in self._candidates(text, start, wanted, languages[0]):
            if self._matcher.matches(text[start:end] + added, wanted, languages, directions):
                return end
        return None

    def _wanted(self, source: _Source, fragment: Fragment) -> Wanted | None:
        """The glyphs to be accounted for; None where one is of no font of the library."""
        parts: list[tuple[Face, tuple[int, ...]]] = []
        for run in fragment.runs:
            face = self.faces.of(run.look.font)
            if face is None or 0 in run.gids:
                return None
            parts.append((face, self._shaper.kept(run.gids, face, source.text)))
        return Wanted.of(_single_spaced(parts) if source.is_code else parts)

    def _candidates(self, text: str, start: int, wanted: Wanted, language: str) -> list[tuple[int, str]]:
        """Ends to try, likeliest first: as many glyphs as are drawn, or one less and a hyphen."""
        hyphenated = _is_hyphen(wanted)
        found: list[tuple[float, int, str]] = []
        for count, end in self._counts(text, start, wanted, language):
            at_word_end = end == len(text) or text[end] in _BLANK
            found.append((abs(count - len(wanted)) + (0 if at_word_end else 0.4), end, ""))
            if hyphenated and text[end : end + 1] != _HYPHEN:
                found.append((abs(count + 1 - len(wanted)) + 0.5, end, _HYPHEN))
        return [(end, added) for _, end, added in sorted(found)]

    def _counts(self, text: str, start: int, wanted: Wanted, language: str) -> Iterator[tuple[float, int]]:
        """(glyphs, end) for each place where the stretch that begins at ``start`` could end."""
        count = 0.0
        slack = _slack(wanted) + _decomposed(text[start : start + 2 * len(wanted)])
        faces = tuple(dict.fromkeys(wanted.faces))
        for match in _WORDS.finditer(text, start, min(len(text), start + 4 * len(wanted) + 40)):
            end = match.start()
            for face, part in _parts(match.group(), faces):
                shares = self._shaper.counts(face, part, language)
                for characters, glyphs in shares:
                    if abs(count + glyphs - len(wanted)) <= slack:
                        yield count + glyphs, end + characters
                count += shares[-1][1]
                end += len(part)
            if count > len(wanted) + slack or OBJECT in match.group():
                return


def _single_spaced(parts: Iterable[tuple[Face, Sequence[int]]]) -> Iterator[tuple[Face, Sequence[int]]]:
    """``parts`` with one space for each run of blanks in a font: many draw other spaces with that of another width."""
    last: tuple[Face, int] | None = None
    for face, gids in parts:
        space, kept = face.nominal(" "), []
        for gid in (space if space and not face.drawing(gid) else gid for gid in gids):
            if gid != space or last != (face, gid):
                kept.append(gid)
            last = face, gid
        yield face, kept


def _has_marks(text: str) -> bool:
    return not text.isascii() and any(unicodedata.category(character)[0] == "M" for character in text)


def _after_gap(source: _Source, place: int, gap: Gap) -> Iterator[int]:
    """Where the text goes on after a gap: a space may or must have vanished in it."""
    text, end = source.text, place
    while end < len(text) and text[end].isspace():
        end += 1
    behind = [at + 1 for at in range(end, _first_ink(text, end)) if text[at].isspace()]
    match gap:
        case Gap.LINE:
            yield from (end, *range(place, end), *behind)
        case Gap.SPACE if end > place or behind:
            yield from (end, *range(place, end), *behind) if end > place else behind
        case Gap.SPACE if _is_blank_before(text, place) or source.right_to_left:
            yield place
        case Gap.SPACE:
            pass
        case Gap.NONE:
            yield place
    if place and text[place - 1].isspace():  # drawn again behind a picture that says nothing: one space in the text
        yield place - 1


def _is_blank_before(text: str, place: int) -> bool:
    """Whether white space is the last before ``place`` but for what leaves no ink."""
    while place and INKLESS.fullmatch(text, place - 1, place):
        place -= 1
    return place > 0 and text[place - 1].isspace()


def _first_ink(text: str, place: int) -> int:
    """The first place from ``place`` on where there is neither white space nor what leaves no ink."""
    while place < len(text) and (text[place].isspace() or INKLESS.fullmatch(text, place, place + 1)):
        place += 1
    return place


def _slack(wanted: Wanted) -> int:
    """By how many glyphs a count made word by word may be off."""
    return 4 + len(wanted) // 16


def _decomposed(text: str) -> int:
    """By how many characters ``text`` is longer than composed: some fonts draw those in one, others do not."""
    return len(text) - len(unicodedata.normalize("NFC", text))


def _is_hyphen(wanted: Wanted) -> bool:
    """Whether the last glyph may be a hyphen put there at the end of a line."""
    return wanted.gids[-1] == wanted.faces[-1].nominal(_HYPHEN)


def _parts(word: str, faces: Sequence[Face]) -> Iterator[tuple[Face, str]]:
    """``word`` cut where its font probably changes: a font goes on as long as it has the characters."""
    face, start = faces[0], 0
    for at, character in enumerate(word):
        covering = [one for one in faces if one.nominal(character)]
        if covering and face not in covering:
            if at > start:
                yield face, word[start:at]
            face, start = covering[0], at
    yield face, word[start:]
