"""P010, P011: what is drawn is what the source says, text by text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from exporter.edition import Discrepancy
from exporter.pdfstructure import Block
from exporter.provers.pdf.alignment import Pair
from exporter.provers.pdf.glyphproof import Failure, GlyphProof, Slice
from exporter.text import Said


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A text in ``script`` that reading cannot tell and nothing proves."""

    script: str


Outcome: TypeAlias = tuple[Said | None, Block, tuple[Slice, ...] | Failure | Unjudged]
"""An entry, the block drawn for it, and what became of its proof."""


def judged(pairs: Iterable[Pair], proof: GlyphProof | None) -> Iterator[Outcome]:
    """Every text is proved where there is a font library; without one, those that can be read are left to reading."""
    for said, block in pairs:
        if block.unreadable and (said is None or proof is None):
            yield said, block, Unjudged(block.unreadable)
        elif said and proof and block.kind != "image":
            yield said, block, proof.prove(said, block.steps)


def unproved(outcomes: Iterable[Outcome]) -> Iterator[Discrepancy]:
    """What is wrong with texts that were not proved."""
    for said, block, outcome in outcomes:
        match outcome:
            case Unjudged(script=script):
                what = f"{script} text cannot be judged by reading, and there is no proof."
                yield _finding("P010", said, block, what, said.text if said else "", block.text)
            case Failure(expected=expected, found=found, is_out_of_order=is_out_of_order):
                elsewhere = f"'{expected}' stands elsewhere in its line than it is read."
                what = elsewhere if is_out_of_order else f"the text drawn differs from '{expected}' on."
                yield _finding("P011", said, block, what, expected, found)
            case tuple():
                pass
            case other:
                assert_never(other)


def _finding(code: str, said: Said | None, block: Block, what: str, expected: str, found: str) -> Discrepancy:
    line, path = (said.line, said.path) if said else (0, block.path)
    return Discrepancy(code, f"{f'Line {line}' if line else path}: {what}", line, path, expected, found)
