"""P007: what pages show beside the article is the article's own words again, or no words at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, product, zip_longest
from types import MappingProxyType
from typing import TypeAlias

from exporter.characters import INKLESS_SIGNS, is_mark
from exporter.comparison import signature
from exporter.edition import Discrepancy
from exporter.pdfstructure import Block, Fragment, Run, unreadable_script
from exporter.provers.pdf.glyphproof import GlyphProof
from exporter.provers.pdf.publication import is_section
from exporter.provers.pdf.texts import Outcome
from exporter.text import FURNITURE, Said

_BACK, _GAP = -1.5, 0.4
"""In em, from how wide a step on another cell begins."""
_CUT = "\u2026"
"""A running head may end so."""
_MOST = 4
"""So many signs without ink in a title are left out in every combination."""
_LINES = 40
"""How many lines of a caption or a head of a table may be set again as one: they are drawn in pieces no longer."""
_INKLESS = 12
"""By how many characters a text may be longer than what its glyphs say, or shorter."""


_Letters: TypeAlias = tuple[tuple[str, int], ...]
"""Glyphs, each with the name of its font."""


Places: TypeAlias = Mapping[int, frozenset[str]]
"""The paths of the sections of which something stands on a page, by the page's number."""


def strangers(
    expected: Sequence[Said],
    blocks: Iterable[Block],
    proof: GlyphProof | None,
    outcomes: Sequence[Outcome] = (),
    places: Places = MappingProxyType({}),
) -> Iterator[Discrepancy]:
    """Words beside the article that are neither its title nor the head of a table; words in a marker.

    ``outcomes`` tell what has been proved: a head set again is drawn as it was, and so is an entry of the contents.
    ``places`` tell whose title a running head may be: of a section that stands on its page.
    """
    heads = _Heads(expected, proof, outcomes)
    listed = {id(block) for _, block, outcome in outcomes if block.kind == FURNITURE and isinstance(outcome, tuple)}
    for block in blocks:
        if (
            block.kind == FURNITURE
            and block.page
            and not block.path.endswith(": Furniture")
            and id(block) not in listed
        ):
            running = _running(block.page, places)
            for fragment in block.fragments:
                if not heads.show(fragment, running) and not heads.show_parts(fragment, running):
                    message = f"Page {block.page}: '{fragment.text[:40]}' stands beside the article and is not in it."
                    yield Discrepancy("P007", message, found=fragment.text)


def _running(page: int, places: Places) -> frozenset[str]:
    """The paths of the sections whose titles may stand at the head of ``page``; one of notes goes on with the last."""
    return next((places[each] for each in range(page, 0, -1) if each in places), frozenset())


class _Heads:
    """What may stand beside an article: its titles, captions and heads of tables, a title also cut.

    The same words stand on page after page: what has been judged is remembered by its glyphs.
    """

    def __init__(self, expected: Sequence[Said], proof: GlyphProof | None, outcomes: Iterable[Outcome]) -> None:
        self._proved = frozenset(line for text in _proved(outcomes) for line in _runs_of(text))
        self._titles = [said for said in expected if said.kind == "title"]
        self._sections = {said.path: said for said in expected if is_section(said)}
        self._heads = [said for said in expected if _may_stand_again(said)]
        self._calls = {call for said in self._heads for call in said.attributes.get("calls", "").split()}
        self._proof = proof
        self._known: dict[tuple[object, ...], bool] = {}

    def show(self, fragment: Fragment, running: frozenset[str]) -> bool:
        """Whether ``fragment`` is part of one, or has no words; ``running`` are the sections whose titles it may be."""
        key = (running, *((run.look.font.name, run.gids) for run in fragment.runs))
        if key not in self._known:
            self._known[key] = self._judged(fragment, running)
        return self._known[key]

    def show_parts(self, fragment: Fragment, running: frozenset[str]) -> bool:
        """Whether each part of ``fragment`` is part of one, or with those that follow: wide spaces are gaps, too."""
        parts = [part.runs for part in self._parts(fragment)]
        at: int | None = 0
        while at is not None and at < len(parts):
            joined = ((end, tuple(chain.from_iterable(parts[at:end]))) for end in range(at + 1, len(parts) + 1))
            at = next((end for end, runs in joined if self.show(replace(fragment, runs=runs), running)), None)
        return at is not None

    def _parts(self, fragment: Fragment) -> Iterator[Fragment]:
        """``fragment`` cut at gaps and calls: a line of a table's head may hold several cells, and numbers of notes."""
        part: list[Run] = []
        last: Run | None = None
        for marks, run in _with_marks(fragment):
            is_call = run.text in self._calls
            is_next = is_call or (last is not None and (last.text in self._calls or _is_apart(last, run)))
            if last and is_next and _has_width(run, 0):
                behind = [mark for mark in marks if _is_nearer(mark, last, run)]
                part += behind
                if part:
                    yield replace(fragment, runs=tuple(part))
                part, marks = [], marks[len(behind) :]
            part += marks if is_call else (*marks, run)
            last = run
        if part:
            yield replace(fragment, runs=tuple(part))

    def _judged(self, fragment: Fragment, running: frozenset[str]) -> bool:
        if not any(character.isalpha() for character in fragment.text):
            return True
        if _letters(fragment) in self._proved:
            return True
        heads = self._candidates(fragment, running)
        if self._proof is None:
            written = signature(fragment.text, "lines")
            texts = (signature(said.text, "lines") for said in heads)
            return not unreadable_script((fragment,)) and any(written in text for text in texts)
        return any(self._proof.shows_part(said, fragment) for said in heads)

    def _candidates(self, fragment: Fragment, running: frozenset[str]) -> Iterator[Said]:
        """What ``fragment`` may show, likeliest first: titles, whole and cut, then captions and heads of tables."""
        titles = [*(self._sections[path] for path in sorted(running) if path in self._sections), *self._titles]
        yield from sorted((*titles, *_cut_after_words(titles)), key=partial(_unlikeness, fragment.text))
        yield from self._heads
        if self._proof is not None:
            yield from _cut_as(fragment, titles)
            yield from _unmarked(titles)


def _unlikeness(drawn: str, said: Said) -> tuple[bool, int]:
    """How little ``said`` looks like what the fonts' maps say: to look for one that is not drawn takes long."""
    return said.text.endswith(_CUT) != (_CUT in drawn), abs(len(said.text) - len(drawn))


def _may_stand_again(said: Said) -> bool:
    return said.kind == "caption" or "header" in said.attributes


def _proved(outcomes: Iterable[Outcome]) -> Iterator[tuple[_Letters, ...]]:
    """The glyphs of each text that may stand again and was proved, fragment by fragment."""
    for said, _, proof in outcomes:
        if said is not None and (_may_stand_again(said) or said.kind == "title") and isinstance(proof, tuple):
            yield tuple(_letters(each.fragment) for each in proof)


def _letters(fragment: Fragment) -> _Letters:
    return tuple((run.look.font.name, gid) for run in fragment.runs for gid in run.gids)


def _runs_of(lines: Sequence[_Letters]) -> Iterator[_Letters]:
    """The letters of some of ``lines``, all of each, one right after the other; a caption has no more than some."""
    for start in range(len(lines)):
        joined: _Letters = ()
        for line in lines[start : start + _LINES]:
            joined += line
            yield joined


def _cut_after_words(sources: Iterable[Said]) -> Iterator[Said]:
    """Each title as a running head may show it, cut after any word."""
    for said in sources:
        ends = (match.start() for match in re.finditer(" ", said.text))
        yield from (replace(said, text=said.text[:end] + _CUT) for end in ends)


def _unmarked(sources: Iterable[Said]) -> Iterator[Said]:
    """Each title, whole and cut, without signs that a running head leaves out."""
    bare = [replace(said, text=text) for said in sources for text in _less_signs(said.text)]
    yield from (*bare, *_cut_after_words(bare))


def _less_signs(text: str) -> Iterator[str]:
    """``text`` without all of its signs without ink, and without some; where they are many, without its marks."""
    parts = re.split(f"({INKLESS_SIGNS.pattern})", text)
    if len(parts) // 2 > _MOST:
        yield INKLESS_SIGNS.sub("", text)
        yield INKLESS_SIGNS.sub(lambda sign: "" if is_mark(sign[0]) else sign[0], text)
        return
    for kept in list(product((False, True), repeat=len(parts) // 2))[:-1]:
        signs = (sign if stays else "" for sign, stays in zip(parts[1::2], kept, strict=True))
        yield "".join(chain.from_iterable(zip_longest(parts[::2], signs, fillvalue="")))


def _cut_as(fragment: Fragment, sources: Iterable[Said]) -> Iterator[Said]:
    """Each title cut where ``fragment`` seems to cut it: titles of scripts without spaces are cut inside."""
    if _CUT not in fragment.text:
        return
    length = len(fragment.text.replace(_CUT, "").strip())
    for said in sources:
        ends = range(max(1, length - _INKLESS), min(len(said.text), length + _INKLESS) + 1)
        yield from (replace(said, text=said.text[:end].rstrip() + _CUT) for end in ends)


# --- Gaps -------------------------------------------------------------------------------------


def _with_marks(fragment: Fragment) -> Iterator[tuple[list[Run], Run]]:
    """Stretches of letters without a gap in them, each with the marks drawn before it: dots of its letters, or others.

    Marks have no width: they tell of no gap. Those drawn last come as a stretch of their own.
    """
    marks: list[Run] = []
    for run in (one for whole in fragment.runs for one in _stretches(whole)):
        if _has_width(run, 0):
            yield marks, run
            marks = []
        else:
            marks.append(run)
    if marks:
        yield marks[:-1], marks[-1]


def _stretches(run: Run) -> Iterator[Run]:
    """``run`` cut at gaps, and where marks begin and end."""
    start = 0
    for at in range(1, len(run.gids)):
        if _has_width(run, at - 1) != _has_width(run, at) or _is_gap(run.starts[at] - run.ends[at - 1], run):
            yield run.part(start, at)
            start = at
    yield run.part(start, len(run.gids))


def _has_width(run: Run, at: int) -> bool:
    return run.starts[at] != run.ends[at]


def _is_nearer(mark: Run, last: Run, run: Run) -> bool:
    """Whether ``mark`` stands nearer to ``last`` than to ``run``."""
    return _distance(mark, last) <= _distance(mark, run)


def _distance(mark: Run, letters: Run) -> float:
    return max(letters.starts[0] - mark.starts[0], mark.starts[0] - letters.ends[-1], 0.0)


def _is_apart(last: Run, run: Run) -> bool:
    return _is_gap(run.starts[0] - last.ends[-1], run)


def _is_gap(distance: float, run: Run) -> bool:
    return not _BACK <= distance / run.look.size <= _GAP
