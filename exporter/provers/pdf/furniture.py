"""P007: what pages show beside the article is the article's own words again, or no words at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from exporter.comparison import signature
from exporter.edition import Discrepancy
from exporter.pdfstructure import Block, Fragment, Run, unreadable_script
from exporter.provers.pdf.glyphproof import GlyphProof
from exporter.text import FURNITURE, Said

_BACK, _GAP = -1.5, 0.4
"""In em, from how wide a step on another cell begins."""
_CUT = "\u2026"
"""A running head may end so."""


def strangers(expected: Sequence[Said], blocks: Iterable[Block], proof: GlyphProof | None) -> Iterator[Discrepancy]:
    """Words beside the article that are neither its title nor the head of a table; words in a marker."""
    sources = [said for said in expected if said.kind in ("title", "caption") or "header" in said.attributes]
    heads = [*sources, *_cut(sources)]
    words = [signature(said.text, "lines") for said in heads]
    for block in blocks:
        if block.kind == FURNITURE and block.page and not block.path.endswith(": Furniture"):
            for fragment in block.fragments:
                whole = _is_known(fragment, words, heads, proof)
                if not whole and not all(_is_known(part, words, heads, proof) for part in _parts(fragment)):
                    message = f"Page {block.page}: '{fragment.text[:40]}' stands beside the article and is not in it."
                    yield Discrepancy("P007", message, found=fragment.text)


def _cut(sources: Iterable[Said]) -> Iterator[Said]:
    """Each title as a running head may show it, cut after any word."""
    for said in sources:
        if said.kind == "title":
            ends = (match.start() for match in re.finditer(" ", said.text))
            yield from (replace(said, text=said.text[:end] + _CUT) for end in ends)


def _parts(fragment: Fragment) -> Iterator[Fragment]:
    """``fragment`` cut at gaps: cells of a table's head stand on one line."""
    part: list[Run] = []
    for run in (one for whole in fragment.runs for one in _without_gaps(whole)):
        if part and _is_apart(part[-1], run):
            yield replace(fragment, runs=tuple(part))
            part = []
        part.append(run)
    yield replace(fragment, runs=tuple(part))


def _without_gaps(run: Run) -> Iterator[Run]:
    start = 0
    for at in range(1, len(run.gids)):
        if not _BACK <= (run.starts[at] - run.ends[at - 1]) / run.look.size <= _GAP:
            yield run.part(start, at)
            start = at
    yield run.part(start, len(run.gids))


def _is_apart(last: Run, run: Run) -> bool:
    return not _BACK <= (run.starts[0] - last.ends[-1]) / run.look.size <= _GAP


def _is_known(fragment: Fragment, words: Sequence[str], heads: Sequence[Said], proof: GlyphProof | None) -> bool:
    if not any(character.isalpha() for character in fragment.text):
        return True
    if proof is not None:
        return any(proof.shows_part(said, fragment) for said in heads)
    return not unreadable_script((fragment,)) and any(signature(fragment.text, "lines") in text for text in words)
