"""P012: what a line says to those who copy or search it is the source itself, code points without ink included.

The page cannot show a soft hyphen that was not used, a zero-width space or a variation selector; the
words beside the glyphs can hold them. So a source that differs in such a character alone is told from
the one an edition was made of. Text that runs right to left has no such words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from exporter.characters import IGNORABLE
from exporter.edition import Discrepancy
from exporter.provers.pdf.glyphproof import Slice
from exporter.provers.pdf.texts import Outcome

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(rf"\A[\s{IGNORABLE}]+|[\s{IGNORABLE}\u2010]+\Z")
"""What may stand at either side of the end of a line: spaces, a hyphen put there, what leaves no ink."""


def miscarried(outcomes: Iterable[Outcome]) -> Iterator[Discrepancy]:
    """Texts that are drawn as they should be and read otherwise."""
    for said, _, outcome in outcomes:
        if said is None or not isinstance(outcome, tuple):
            continue
        for part in outcome:
            if not _is_carried(part):
                message = f"Line {said.line}: what can be copied differs from '{part.text.strip()[:40]}'."
                yield Discrepancy("P012", message, said.line, said.path, part.text, part.fragment.read)
                break


def _is_carried(part: Slice) -> bool:
    if part.fragment.right_to_left or any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in _letters(part)):
        return True
    return _plain(part.text) == _plain(part.fragment.read)


def _letters(part: Slice) -> str:
    return "".join(c for c in part.text if c not in "\u200f\u061c")


def _plain(text: str) -> str:
    return _EDGES.sub("", _SPACES.sub(" ", text))
