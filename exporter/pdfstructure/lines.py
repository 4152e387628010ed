"""Drawn fragments as text: which of them share a line, and where a gap between two is a space.

A fragment is what one marked-content sequence draws on one line. White space between two inline
boxes may leave no glyph, only an empty sequence and a gap; so spaces are decided from the geometry,
which can neither hide a space that is missing nor one too many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from itertools import chain, groupby
from typing import Final, NamedTuple, TypeAlias

from exporter.pdfstructure.drawn import Drawn, Glyph, Run
from exporter.pdfstructure.geometry import Box
from exporter.walk import OBJECT

_SPACE_AFTER_EMPTY = 0.1
"""From this many em on, a gap where an empty marked-content sequence stands is a space."""
_HAIR = 0.02
"""The same where that sequence says it is a thin space: a hair space is no wider than kerning."""
_SPACE = 0.4
"""From this many em on, any gap is seen as a space."""
_THIN = "\u2009\u200a\u202f"
COLUMN_GAP: Final = 4.0
"""From this many em on, a gap means another column."""
_BACKWARDS = 0.5
"""How far, in em, kerning and slanted letters may reach back into what stands before."""

_TOUCHING = 0.05
"""How far, in em, a lowered letter may reach back under a raised one."""
_LINE = 1.1
"""In em, how far below another line one begins at least, however high its marks reach."""
_EM = 10.0
"""In points, that of text that pictures stand in which have no letters between them."""
_MISSED = -0.5
"""By how much of its own height it may miss that one's."""


class Gap(Enum):
    """What stands between two pieces of a text."""

    NONE = ""
    SPACE = " "
    LINE = "\n"


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one marked-content sequence draws on one line, in drawing order; ``language`` is BCP 47.

    ``level`` is the embedding level its structure elements name (UAX #9: even ones run left to right), which counts
    where no letter has a direction; ``reach`` is its box with the decorative pictures beside it.
    """

    runs: tuple[Run, ...]
    language: str
    page: int
    box: Box
    level: int = 0
    reach: Box | None = None

    @property
    def right_to_left(self) -> bool:
        """The direction its structure elements name."""
        return bool(self.level % 2)

    @property
    def size(self) -> float:
        """The largest em in it, in points."""
        return max([run.look.size for run in self.runs])

    @property
    def text(self) -> str:
        """What the file's ToUnicode maps claim it to say."""
        return "".join([run.text for run in self.runs])

    @property
    def is_spoken(self) -> bool:
        """Whether words stand beside some of its glyphs."""
        return any(run.spoken for run in self.runs)

    @property
    def read(self) -> str:
        """What readers copy and speak: the words beside its glyphs, and of all others what their fonts' maps say."""
        if not self.is_spoken:
            return self.text
        parts = groupby(self.runs, lambda run: run.spoken)
        return "".join(spoken.text if spoken else "".join(run.text for run in runs) for spoken, runs in parts)

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Its glyphs, one by one."""
        return tuple(glyph for run in self.runs for glyph in run.glyphs)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A note call or a picture in a text, as large as what is drawn for it."""

    page: int
    box: Box
    size: float
    text: str = OBJECT
    reach: Box | None = None
    level: int = 0

    @property
    def read(self) -> str:
        """What stands for it in a text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Empty:
    """A marked-content sequence that draws nothing: white space, or nothing at all; ``spelt`` is what is read of it."""

    page: int
    spelt: str = ""


Shown: TypeAlias = Fragment | Placeholder
Piece: TypeAlias = Shown | Empty


class Step(NamedTuple):
    """A piece that shows something, and the ``gap`` before it, ``Gap.NONE`` before the first.

    From ``least`` em on a gap there is a space.
    """

    gap: Gap
    piece: Shown
    least: float

    @property
    def is_behind_empty(self) -> bool:
        """Whether a sequence stands right before it that draws nothing."""
        return self.least < _SPACE


def lines(drawn: Iterable[Drawn]) -> Iterator[tuple[Run, ...]]:
    """The glyphs of one marked-content sequence, cut where the baseline changes."""
    line: list[Run] = []
    for run in drawn:
        if not isinstance(run, Run):
            continue
        if line and not _follows(line[-1], run):
            yield tuple(line)
            line = []
        line.append(run)
    if line:
        yield tuple(line)


def _follows(last: Run, run: Run) -> bool:
    em = max(last.look.size, run.look.size)
    return abs(last.baseline - run.baseline) < 0.3 * em and run.starts[0] > last.starts[-1] - 3 * em


def box_of(line: Sequence[Run]) -> Box:
    """A box around all of ``line``."""
    return reduce(Box.union, [run.box for run in line])


def joined(pieces: Sequence[Piece]) -> Iterator[Step]:
    """``pieces`` as one text, step by step."""
    last: Shown | None = None
    empties: list[Empty] = []
    for piece in pieces:
        if isinstance(piece, Empty):
            empties.append(piece)
            continue
        least = _least(empties)
        gap = gap_between(*_facing(last, piece, pieces), least) if last else Gap.NONE
        yield Step(gap, piece, least)
        last, empties = piece, []


def _least(empties: Sequence[Empty]) -> float:
    """From how many em on a gap is a space where ``empties`` stand."""
    if not empties:
        return _SPACE
    spelt = "".join(empty.spelt for empty in empties)
    return _HAIR if spelt and not spelt.strip(_THIN) else _SPACE_AFTER_EMPTY


def _facing(last: Shown, piece: Shown, pieces: Sequence[Piece]) -> tuple[Shown, Shown]:
    """The two that stand side by side where the text goes from ``last`` on to ``piece``.

    A passage that is set the other way begins at its far end: what it ends with stands beside the text before it, be
    that another such passage.
    """
    if last.level == piece.level or not (_share_line(last, piece) or _is_raised(last, piece)):
        return last, piece
    between = [each for each in pieces if not isinstance(each, Empty) and _is_between(each, last, piece)]
    if not between:
        return last, piece
    if last.level <= piece.level:
        return last, min(between, key=lambda each: _distance(last, each))
    return min(between, key=lambda each: _distance(each, piece)), piece


def _is_between(each: Shown, last: Shown, piece: Shown) -> bool:
    first, second = sorted((last.box, piece.box), key=lambda box: box.left)
    centre = (each.box.left + each.box.right) / 2
    return first.right < centre < second.left and all(_share_line(each, other, _MISSED) for other in (last, piece))


def _distance(first: Shown, second: Shown) -> float:
    return max(second.box.left - first.box.right, first.box.left - second.box.right)


def gap_between(last: Shown, piece: Shown, least: float) -> Gap:
    """What separates two pieces that follow each other: a space is from ``least`` em on."""
    em = max(last.size, piece.size) or _EM
    right, left = white_between(last, piece), white_between(piece, last)
    distance = max(right, left)
    if not (_share_line(last, piece) or _is_raised_behind(last, piece, left, right)):
        return Gap.LINE
    if distance < -_BACKWARDS * em or distance > COLUMN_GAP * em:
        return Gap.LINE
    return Gap.SPACE if distance > least * em else Gap.NONE


def white_between(left: Shown, right: Shown) -> float:
    """How far ``right`` stands from ``left``, in points: not what a decorative picture fills."""
    before, after = left.reach or left.box, right.reach or right.box
    return min(right.box.left - before.right, after.left - left.box.right)


def _share_line(one: Shown, other: Shown, least: float = 0.25) -> bool:
    """Whether their heights overlap on one page, by ``least`` of the lower one, and ``other`` is not a line below."""
    first, second = one.box, other.box
    overlap = min(first.top, second.top) - max(first.bottom, second.bottom)
    if one.page != other.page or overlap <= least * min(first.height, second.height):
        return False
    is_picture = not one.size or not other.size
    return is_picture or baseline(one) - baseline(other) < _LINE * max(one.size, other.size)


def baseline(piece: Shown) -> float:
    """How high on its page what ``piece`` draws stands: a picture on its lower edge."""
    return piece.runs[0].baseline if isinstance(piece, Fragment) else piece.box.bottom


# --- Raised right behind lowered --------------------------------------------------------------


def _is_raised_behind(last: Shown, piece: Shown, left: float, right: float) -> bool:
    """Whether ``piece``, so far to the ``left`` or ``right``, begins where ``last`` ends and nearly has its height.

    Or is lowered behind it, if it does not reach back: that would be the beginning of the next line.
    """
    if not _share_line(last, piece, _MISSED):
        return False
    em = max(last.size, piece.size)
    sides: dict[bool | None, float] = {True: left, False: right}
    back = _BACKWARDS if _is_raised(last, piece) else _TOUCHING
    return -back * em < sides.get(_direction(last, piece), max(left, right)) < _SPACE * em


def _is_raised(last: Shown, piece: Shown) -> bool:
    """Whether ``piece`` stands higher than ``last``, and nearly at its height."""
    return baseline(piece) > baseline(last) and _share_line(last, piece, _MISSED)


def _direction(last: Shown, piece: Shown) -> bool | None:
    """Whether both run right to left; None where they differ, or one has no direction: then either side may be next."""
    if isinstance(last, Fragment) and isinstance(piece, Fragment) and last.right_to_left == piece.right_to_left:
        return piece.right_to_left
    return None


def extent(piece: Shown) -> tuple[float, float]:
    """From where to where on its line ``piece`` has letters that have a width; all of it, where none has."""
    runs = piece.runs if isinstance(piece, Fragment) else ()
    ways = (way for run in runs for way in zip(run.starts, run.ends, strict=True) if way[0] != way[1])
    edges = list(chain.from_iterable(ways)) or [piece.box.left, piece.box.right]
    return min(edges), max(edges)


def text_of(steps: Iterable[Step]) -> str:
    """What is read of ``steps``; lines end with ``\\n``."""
    return "".join(step.gap.value + step.piece.read for step in steps)
