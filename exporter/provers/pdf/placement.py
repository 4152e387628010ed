"""P008: what is read one after the other stands so on the page: letters in a word, lines, blocks, pages."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, starmap
from typing import NamedTuple

from exporter.edition import Discrepancy
from exporter.pdfstructure import Block, Fragment, Gap, Run, Shown
from exporter.provers.pdf.alignment import Pair
from exporter.provers.pdf.faces import Face, Faces
from exporter.provers.pdf.publication import is_section
from exporter.text import Said

_NEAREST, _FARTHEST = -0.4, 0.3
"""In em, how far letters that follow each other may reach into one another, or stand apart, without a space."""
_RAISED = 0.6
"""In em, how far a letter may be set above or below its line."""
_RAISED_MARK = 1.5
"""The same for a mark, which may stand on or hang from other marks."""
_MARK = 1.5
"""In em, how far a mark with a width of its own may stand from where its letter ends."""
_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_OVERLAP = 0.5
"""In em, by how much a line may reach into the one above, or a cell into the one beside it."""


def displaced(pairs: Sequence[Pair], faces: Faces | None, stands: Callable[[Fragment], bool]) -> Iterator[Discrepancy]:
    """Letters out of place in their word, lines out of place in their text, blocks out of place on their pages.

    ``stands`` tells where letters are farther apart than most whether their font puts them there.
    """
    columns = _Columns(pairs)
    for said, block in pairs:
        if any(not _is_set_well(fragment, faces, stands) for fragment in block.fragments):
            yield _finding(block, "letters stand apart from their neighbours")
        turns = said is None or _runs_both_ways(said) or any(line.right_to_left for line in block.fragments)
        for gap, before, piece in _steps(block):
            if gap is Gap.LINE and not (_goes_on(before, piece, turns) or columns.turn(said, before, piece)):
                yield _finding(block, "the lines do not follow each other")
                break
    parts: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        parts[pair[1].attributes.get("note", "")].append(pair)
    for part in parts.values():
        yield from _disordered(part, columns)


def _finding(block: Block, what: str) -> Discrepancy:
    return Discrepancy("P008", f"{block.path}, '{block.text[:40]}': {what}.", path=block.path, found=block.text)


# --- Letters ----------------------------------------------------------------------------------


def _is_set_well(fragment: Fragment, faces: Faces | None, stands: Callable[[Fragment], bool]) -> bool:
    """Whether the letters are upright, and on their line and beside each other or where their font puts them."""
    if _is_set_evenly(fragment, faces):
        return True
    return all(run.look.upright for run in fragment.runs) and stands(fragment)


def _is_set_evenly(fragment: Fragment, faces: Faces | None) -> bool:
    """Whether the letters are upright, on their line, and beside each other."""
    before: _Letter | None = None
    for run in fragment.runs:
        edges = _edges(run, faces.of(run.look.font) if faces else None)
        if edges is None or (edges and before and not _are_beside(before, edges[0])):
            return False
        before = edges[-1] if edges else before
    return True


class _Letter(NamedTuple):
    """A glyph that has a width: where it begins, the size of an em, its width in em, and what it is."""

    start: float
    em: float
    width: float
    is_mark: bool
    is_space: bool


def _edges(run: Run, face: Face | None) -> tuple[_Letter, ...] | None:
    """The outermost letters of ``run``; None where its letters do not stand as they should."""
    if not run.look.upright or not _is_on_its_line(run, face):
        return None
    if face and _is_even(run, face):
        return _letter(run, 0, face), _letter(run, -1, face)
    letters = [letter for at in range(len(run.gids)) if (letter := _letter(run, at, face)).width]
    return (*letters[:1], *letters[-1:]) if all(starmap(_are_beside, pairwise(letters))) else None


def _is_on_its_line(run: Run, face: Face | None) -> bool:
    raised = abs(run.y - run.baseline)
    if raised <= _RAISED * run.look.size:
        return True
    return face is not None and all(face.marks[gid] for gid in run.gids) and raised <= _RAISED_MARK * run.look.size


def _is_even(run: Run, face: Face) -> bool:
    """Whether each glyph has a width and stands right behind the one before: so do most, and it is soon told."""
    em, widths = run.look.size, [face.advances[gid] for gid in run.gids]
    if not em or not all(widths):
        return False
    steps = [(end - start) / em - width for start, end, width in zip(run.starts, run.starts[1:], widths, strict=False)]
    return not steps or (min(steps) >= _NEAREST and max(steps) <= _FARTHEST)


def _letter(run: Run, at: int, face: Face | None) -> _Letter:
    """A glyph of ``run``; how wide it is, its font in the library says, whatever the file says of it."""
    em, gid, text = run.look.size, run.gids[at], run.texts[at]
    width = face.advances[gid] if face else (run.ends[at] - run.starts[at]) / em if em else 0.0
    is_mark = _is_mark(text) or bool(face and face.marks[gid])
    return _Letter(run.starts[at], em, width, is_mark, (text or "")[:1].isspace())


def _are_beside(first: _Letter, second: _Letter) -> bool:
    distance = (second.start - first.start) / first.em - first.width
    if first.is_mark or second.is_mark:
        return abs(distance) <= _MARK
    return distance >= _NEAREST and (distance <= _FARTHEST or first.is_space or second.is_space)


@lru_cache(maxsize=65536)
def _is_mark(text: str | None) -> bool:
    return unicodedata.category((text or " ")[0])[0] == "M"


# --- Lines and blocks -------------------------------------------------------------------------


def _steps(block: Block) -> Iterator[tuple[Gap, Shown, Shown]]:
    for before, step in pairwise(block.steps):
        yield step.gap, before.piece, step.piece


def _runs_both_ways(said: Said) -> bool:
    """Whether a line of ``said`` may be drawn in another order than it is read."""
    turning = (sign for sign in set(said.text) if unicodedata.bidirectional(sign) in _TURNING)
    return said.attributes.get("direction") == "rtl" or bool(said.isolates) or any(turning)


def _goes_on(before: Shown, piece: Shown, turns: bool) -> bool:
    """Whether ``piece`` begins a line below ``before``, or is farther along the same one."""
    if before.page == piece.page and piece.box.bottom <= before.box.top and (turns or _is_beside(before, piece, False)):
        return True
    return _is_below(before, piece)


def _disordered(pairs: Sequence[Pair], columns: _Columns) -> Iterator[Discrepancy]:
    """Blocks that begin neither below nor beside the one before, whose cell may run over to a later page."""
    shown = [(said, block, [step.piece for step in block.steps]) for said, block in pairs]
    for (other, _, before), (said, block, pieces) in pairwise(each for each in shown if each[2]):
        right_to_left = said is not None and said.attributes.get("direction") == "rtl"
        beside = _begins_beside(before, pieces, right_to_left, _are_of_one_row(said, other))
        if not beside and not _is_below(before[-1], pieces[0]) and not columns.turn(said, before[-1], pieces[0]):
            yield _finding(block, "it stands elsewhere than it is read")


def _begins_beside(before: Sequence[Shown], pieces: Sequence[Shown], right_to_left: bool, of_one_row: bool) -> bool:
    """Whether ``pieces`` begin beside the first or last of ``before``; cells of one row on any page both run over."""
    if any(_is_beside(each, pieces[0], right_to_left) for each in (before[0], before[-1])):
        return True
    overlap = pieces[0].page <= before[-1].page and before[0].page <= pieces[-1].page
    return of_one_row and overlap and _is_farther_along(before[0], pieces[0], right_to_left)


# --- Columns ----------------------------------------------------------------------------------


class _Columns:
    """What is read on each page, notes aside, in order: enough to tell the step to the next column from any other."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._shown: dict[int, list[tuple[Shown, Said | None]]] = defaultdict(list)
        for said, block in pairs:
            if not block.attributes.get("note"):
                for step in block.steps:
                    self._shown[step.piece.page].append((step.piece, said))
        first = next((said for said, _ in pairs if said), None)
        self._runs_left = {"": _is_right_to_left(first)}
        self._runs_left |= {said.path: _is_right_to_left(said) for said, _ in pairs if said and is_section(said)}

    def turn(self, said: Said | None, before: Shown, piece: Shown) -> bool:
        """Whether ``piece``, of ``said``, goes on at the head of the next column.

        Of all that stands between its height and that of ``before``, what is read by then lies to the one
        side of it, and what is read later does not. The other cells of its row go on there just so.
        """
        if before.page != piece.page or piece.box.bottom <= before.box.bottom:
            return False
        shown = [one for one, other in self._shown[piece.page] if not _are_of_one_row(said, other)]
        at = next((at for at, one in enumerate(shown) if one is piece), 0)
        between = [before.box.bottom <= one.box.centre[1] <= piece.box.top for one in shown]
        earlier = [one for one, inside in zip(shown[:at], between[:at], strict=True) if inside]
        later = [one for one, inside in zip(shown[at:], between[at:], strict=True) if inside]
        if self._runs_left[self._section_of(said)]:
            earlier, later = later, earlier
        return all(left.box.right <= right.box.left for left in earlier for right in later)

    def _section_of(self, said: Said | None) -> str:
        """The path of the innermost section around ``said``, which tells which of its columns comes first."""
        path = said.path if said else ""
        while path not in self._runs_left:
            path = path.rpartition("/")[0]
        return path


def _are_of_one_row(said: Said | None, other: Said | None) -> bool:
    """Whether both are cells of one row, and not the same."""
    if said is None or other is None or said is other or not said.kind == other.kind == "cell":
        return False
    return said.path.rpartition("/")[0] == other.path.rpartition("/")[0]


def _is_right_to_left(said: Said | None) -> bool:
    return said is not None and said.attributes.get("direction") == "rtl"


def _is_below(before: Shown, piece: Shown) -> bool:
    """On a later page, or lower on the same one."""
    if before.page != piece.page:
        return piece.page > before.page
    return piece.box.top <= before.box.bottom + _OVERLAP * max(before.size, piece.size)


def _is_beside(before: Shown, piece: Shown, right_to_left: bool) -> bool:
    """On the same page, in the next cell or column."""
    return before.page == piece.page and _is_farther_along(before, piece, right_to_left)


def _is_farther_along(before: Shown, piece: Shown, right_to_left: bool) -> bool:
    tolerance = _OVERLAP * max(before.size, piece.size)
    distance = before.box.left - piece.box.right if right_to_left else piece.box.left - before.box.right
    return distance >= -tolerance
