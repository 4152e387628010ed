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

from exporter.characters import IDLE, IGNORABLE, INKLESS
from exporter.pdfstructure import Fragment, Gap, Placeholder, Shown, Step
from exporter.provers.pdf.blanks import single_spaced
from exporter.provers.pdf.circles import less_circles
from exporter.provers.pdf.ends import HYPHEN, candidates, is_hyphen
from exporter.provers.pdf.faces import Face, Faces
from exporter.provers.pdf.gaps import OGHAM, after_gap, reaches
from exporter.provers.pdf.lineends import may_end
from exporter.provers.pdf.matching import Matcher, Wanted, first_script
from exporter.provers.pdf.order import Placed, columns_of, lines_of, misplaced
from exporter.provers.pdf.shaping import Shaper
from exporter.provers.pdf.source import Source, otherwise
from exporter.provers.pdf.spacing import is_spaced, others
from exporter.provers.pdf.spellings import directions_of, spellings, spellings_to
from exporter.provers.pdf.standing import Setting, stands_as_set
from exporter.provers.pdf.typesetting import Typesetter
from exporter.text import Said
from exporter.walk import OBJECT

_BEGINNING = 8
"""So many characters are looked for where words do not begin."""
_INKLESS = re.compile(f"[{IGNORABLE}]*")
_IDLE = re.compile(f"[{IDLE}]+")
_INKLESS_TAIL = re.compile(f"(?:(?!{OGHAM})[\\s{IGNORABLE}])*\\Z")


@dataclass(frozen=True, slots=True)
class Failure:
    """Where the proof stopped: the source from there on, and what is drawn instead, or elsewhere in its line."""

    expected: str
    found: str
    is_out_of_order: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """What of its source a fragment was proved to draw, line end hyphens left out.

    ``passed`` is what leaves no ink and stands between it and the fragment before, beside a space, an end of line or
    an object. ``is_behind_empty`` tells of a sequence there that draws nothing: it may stand for what leaves no ink.
    """

    fragment: Fragment
    text: str
    passed: str = ""
    is_behind_empty: bool = False


Proof: TypeAlias = tuple[Slice, ...] | Failure
"""A text that is drawn as it should be, fragment by fragment, or where it is not."""


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
        self._typesetter = Typesetter(self._shaper)
        self._circled = circled
        self._otherwise = GlyphProof(faces, circled=False) if circled else None

    def prove(self, said: Said, steps: Sequence[Step]) -> Proof:
        """Which stretches of what ``said`` says ``steps`` draw, or where they do not."""
        proof = self._proved(Source.of(said), steps)
        for source in otherwise(said) if isinstance(proof, Failure) else ():
            other = self._proved(source, steps)
            proof = proof if isinstance(other, Failure) else other
        if isinstance(proof, Failure) and self._otherwise and _has_marks(said.text):
            other = self._otherwise.prove(said, steps)
            return proof if isinstance(other, Failure) else other
        return proof

    def _proved(self, source: Source, steps: Sequence[Step]) -> Proof:
        self._shaper.forget()
        placed: list[Placed] = []
        place, line = 0, 0
        for step in steps:
            found = self._placed(source, step, placed[-1] if placed else None, line)
            if found is None:
                return Failure(source.text[place:].lstrip()[:60], step.piece.text[:60])
            placed.append(found)
            place, line = found.end, found.start if found.gap is Gap.LINE else line
        if not _INKLESS_TAIL.match(source.text, place):
            return Failure(source.text[place:][:60], "")
        return self._fault(source, placed) or tuple(_slices(source, placed))

    def _placed(self, source: Source, step: Step, before: Placed | None, line: int) -> Placed | None:
        """Which stretch of the source ``step`` draws behind ``before``, whose line begins at ``line``."""
        place, seen = before.end if before else 0, self._gaps(step, before)
        for gap in (*seen, *(others(source, step, before.piece) if before else ())):
            stretches = (
                (start, end)
                for start in self._starts(source, place, gap, before, step.is_behind_empty)
                if (end := self._end(source, start, step.piece)) is not None
            )
            start, end = next(stretches, (place, None))
            if end is not None and (
                gap is not Gap.LINE or before is None or self._may_end(source, before, line, start)
            ):
                return Placed(step, start, end, gap, gap in seen)
        return None

    def _may_end(self, source: Source, last: Placed, line: int, at: int) -> bool:
        """Whether the line that begins at ``line`` and ends with ``last`` may end at ``at``."""
        if isinstance(last.piece, Fragment) and self._ends_with_hyphen(last.piece):
            return True
        return may_end(source.text, line, at, source.right_to_left, source.ornaments)

    def _fault(self, source: Source, placed: Sequence[Placed]) -> Failure | None:
        """What of ``placed`` stands elsewhere in its line than it is read, or beside no space where there is one."""
        for line in lines_of(placed):
            if wrong := misplaced(source, line):
                wanted = _text(source, wrong).strip()
                return Failure(wanted[:60], wrong.piece.text[:60], is_out_of_order=True)
            if not all(is_spaced(source, column, self.faces) for column in columns_of(line)):
                return Failure(source.text[line[0].start : line[-1].end][:60], line[0].piece.text[:60])
        return None

    def _starts(self, source: Source, place: int, gap: Gap, last: Placed | None, alone: bool) -> Iterator[int]:
        """Where the text may go on behind ``gap``, and before and behind what leaves no ink there.

        It may belong to either side; to that of ``last`` if it makes no difference to what that draws. Or it
        stands for itself, where a sequence draws nothing, or a line begins that it would do nothing for.
        """
        for start in after_gap(source, place, gap):
            inkless = cast(re.Match[str], _INKLESS.match(source.text, start)).group()
            behind = range(start + len(inkless), start, -1)
            fragment = last.piece if last and isinstance(last.piece, Fragment) else None
            if alone or fragment is None:
                yield from behind
            yield start
            if gap is Gap.LINE and (idle := _IDLE.match(source.text, start)):
                yield idle.end()
            for at in () if alone else behind:
                if last and fragment and self._draws(source, _text(source, last) + source.text[start:at], fragment):
                    yield at
            while start and INKLESS.fullmatch(source.text, start - 1, start):
                start -= 1
                yield start

    def _gaps(self, step: Step, before: Placed | None) -> tuple[Gap, ...]:
        """What may stand between ``before`` and ``step``: the gap that is seen, the end of a line at first."""
        if before is None:
            return (Gap.LINE,)
        is_reached = step.gap is Gap.SPACE and reaches(before.piece, step.piece, self.faces)
        return (Gap.NONE, Gap.SPACE) if is_reached else (step.gap,)

    def _draws(self, source: Source, text: str, fragment: Fragment) -> bool:
        """Whether ``text`` is drawn as ``fragment``, a hyphen at its end aside."""
        wanted = self._wanted(source, fragment)
        if not wanted:
            return False
        directions, languages = (fragment.right_to_left, source.right_to_left), (fragment.language, "en")
        self._matcher.begin()
        return any(
            self._matcher.matches(line, wanted, languages, direction)
            for line in spellings(text, source, fragment, wanted)
            for direction in directions_of(line, directions)
        ) or any(True for _ in self._settings(source, text, fragment, wanted))

    def _ends_with_hyphen(self, fragment: Fragment) -> bool:
        """Whether it does; a line that runs right to left ends where it is drawn first."""
        edges = ((fragment.runs[-1], -1), (fragment.runs[0], 0))[: 1 + fragment.right_to_left]
        faces = (self.faces.of(run.look.font) for run, _ in edges)
        return any(
            face is not None and run.gids[at] == face.nominal(HYPHEN)
            for face, (run, at) in zip(faces, edges, strict=True)
        )

    def shows_part(self, said: Said, fragment: Fragment) -> bool:
        """Whether ``fragment`` draws words of ``said``: from where one begins, or where its fonts' maps say it does.

        A word begins before what leaves no ink, or behind it.
        """
        return any(self._shows_part(source, fragment) for source in (Source.of(said), *otherwise(said)))

    def _shows_part(self, source: Source, fragment: Fragment) -> bool:
        beginning = re.escape(fragment.text.strip()[:_BEGINNING])
        found = re.finditer(rf"(?<!\S){_INKLESS.pattern}|(?={beginning})", source.text)
        starts = list(dict.fromkeys(start for match in found for start in match.span()))
        starts.sort(key=lambda start: source.text[start : start + 1].isspace())  # words hardly begin with a blank
        return any(self._end(source, start, fragment) is not None for start in starts)

    def stands(self, said: Said, part: Slice) -> bool:
        """Whether each letter of ``part``, proved of ``said``, stands where its font puts it beside the others."""
        source = Source.of(said)
        wanted = self._wanted(source, part.fragment)
        settings = self._settings(source, part.text, part.fragment, wanted) if wanted else ()
        return stands_as_set(part.fragment, self.faces, self._shaper, settings)

    def _settings(self, source: Source, text: str, fragment: Fragment, wanted: Wanted) -> Iterator[Setting]:
        """The ways in which Pango may have set ``text`` as ``fragment``, a hyphen at its end aside."""
        languages = tuple(dict.fromkeys((fragment.language, "en")))
        self._typesetter.begin()
        for line in spellings(text, source, fragment, wanted):
            for direction in directions_of(line, (fragment.right_to_left, source.right_to_left)):
                found = self._typesetter.settings(line, wanted, languages, direction)
                yield from (Setting(line, parts, languages) for parts in found)

    def _end(self, source: Source, start: int, piece: Shown) -> int | None:
        """Where the stretch of the text ends that begins at ``start`` and is drawn as ``piece``; None for none."""
        text = source.text
        if isinstance(piece, Placeholder):
            at = cast(re.Match[str], _INKLESS.match(text, start)).end()
            return at + 1 if text[at : at + 1] == OBJECT else None
        wanted = self._wanted(source, piece)
        if not wanted:
            return start if wanted is not None else None
        if source.runs_on and not piece.right_to_left:
            hyphen = HYPHEN if is_hyphen(wanted) else ""
            script = first_script(text[start : start + 200])
            end = self._matcher.walk(text, start, wanted, piece.language, script, hyphen)
            if end is not None:
                return end
        return self._sought(source, start, piece, wanted)

    def _sought(self, source: Source, start: int, piece: Fragment, wanted: Wanted) -> int | None:
        """The same, with every way of setting a text tried."""
        text = source.text
        self._matcher.begin()
        languages = tuple(dict.fromkeys((piece.language, "en")))
        directions = (piece.right_to_left, source.right_to_left)
        likely = candidates(self._shaper, text, start, wanted, languages[0])
        if (end := self._set(source, start, piece, wanted, likely)) is not None:
            return end
        for end, line in spellings_to(source, start, piece, likely):
            for direction in directions_of(line, directions):
                matches = self._matcher.matches(line, wanted, languages, direction)
                if matches and source.keeps_order(start, end, direction):
                    return end
        return None

    def _set(
        self,
        source: Source,
        start: int,
        piece: Fragment,
        wanted: Wanted,
        likely: Sequence[tuple[int, str]],
    ) -> int | None:
        """Which of the ``likely`` ends Pango would set as ``piece``."""
        languages = tuple(dict.fromkeys((piece.language, "en")))
        directions = (piece.right_to_left, source.right_to_left)
        self._typesetter.begin()
        for end, line in spellings_to(source, start, piece, likely):
            for direction in directions_of(line, directions):
                sets = self._typesetter.sets(line, wanted, languages, direction)
                if sets and source.keeps_order(start, end, direction):
                    return end
                if self._typesetter.tries <= 0:
                    return None
        return None

    def _wanted(self, source: Source, fragment: Fragment) -> Wanted | None:
        """The glyphs to be accounted for; None where one is of no font of the library."""
        parts: list[tuple[Face, Sequence[int]]] = []
        for run in fragment.runs:
            face = self.faces.of(run.look.font)
            if face is None or 0 in run.gids:
                return None
            parts.append((face, run.gids))
        if not self._circled:
            parts = less_circles(parts, source.text)
        return Wanted.of(single_spaced(parts) if source.single_spaced else parts)


def _text(source: Source, placed: Placed) -> str:
    return source.text[placed.start : placed.end]


def _slices(source: Source, placed: Iterable[Placed]) -> Iterator[Slice]:
    """The fragments among ``placed``, with what they draw, and what leaves no ink before them."""
    place, is_behind_empty = 0, False
    for each in placed:
        is_behind_empty = is_behind_empty or each.step.is_behind_empty
        if isinstance(each.piece, Fragment):
            passed = "".join(INKLESS.findall(source.text, place, each.start))
            yield Slice(each.piece, _text(source, each), passed, is_behind_empty)
            place, is_behind_empty = each.end, False


def _has_marks(text: str) -> bool:
    return not text.isascii() and any(unicodedata.category(character)[0] == "M" for character in text)
