"""What became of each text of an article in one edition: proved, identical, different, or not to be judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from exporter.characters import INKLESS, has_right_to_left
from exporter.text import Said
from exporter.verifier.verification import Verification

Outcome: TypeAlias = Literal["identical", "proved", "unseen", "differs", "unproved"]
"""``identical``: read back code point for code point. ``proved``: drawn with the glyphs that shaping it anew gives.
``unseen``: the same, but for code points without ink that nothing in the file shows. ``unproved``: not to be judged."""


@dataclass(frozen=True, slots=True)
class Result:
    """One text: where it stands in the source, and what became of it; ``unseen`` names code points without ink."""

    line: int
    path: str
    kind: str
    outcome: Outcome
    unseen: tuple[str, ...] = ()


def results(verification: Verification) -> Iterator[Result]:
    """A result for each entry of the article that ``verification`` compared, in its order."""
    codes = {(finding.path, finding.code) for finding in verification.discrepancies if finding.level == "text"}
    for passage in verification.passages:
        for said in passage.source:
            outcome = _outcome(said, passage.relation == "same", codes, verification.proof)
            unseen = _inkless(said.text) if outcome == "unseen" else ()
            yield Result(said.line, said.path, said.kind, outcome, unseen)


def _outcome(said: Said, is_same: bool, codes: set[tuple[str, str]], proof: str) -> Outcome:
    if (said.path, "P010") in codes or proof in ("text", "none"):
        return "unproved" if is_same else "differs"
    if not is_same or (said.path, "P011") in codes:
        return "differs"
    if proof == "read" or said.kind == "image":
        return "identical"
    return "unseen" if _turns(said) and INKLESS.search(said.text) else "proved"


def _turns(said: Said) -> bool:
    """Whether part of ``said`` runs right to left: only of other text a page holds what cannot be seen."""
    return has_right_to_left(said.text) or said.attributes.get("direction") == "rtl"


def _inkless(text: str) -> tuple[str, ...]:
    return tuple(f"U+{ord(character):04X}" for character in dict.fromkeys(INKLESS.findall(text)))
