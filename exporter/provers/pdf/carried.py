"""P012: what a line says to those who copy or search it is the source itself, code points without ink included.

The page cannot show a soft hyphen that was not used, a zero-width space or a variation selector; the
words beside the glyphs can hold them. So a source that differs in such a character alone is told from
the one an edition was made of. Text that runs right to left has no such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from exporter.characters import IGNORABLE, has_right_to_left
from exporter.edition import Discrepancy
from exporter.provers.pdf.glyphproof import Slice
from exporter.provers.pdf.texts import Outcome
from exporter.text import Said
from exporter.walk import OBJECT

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(rf"\A[\s{IGNORABLE}]+|[\s{IGNORABLE}\u2010]+\Z")
"""What may stand at either side of the end of a line: spaces, a hyphen put there, what leaves no ink."""
_HYPHEN = "\u2010"
_HEAD, _TAIL = re.compile(rf"\A[{IGNORABLE}]+"), re.compile(rf"[{IGNORABLE}]+\Z")
_INKLESS_ENDS = re.compile(rf"\A[{IGNORABLE}]+|[{IGNORABLE}]+\Z")


def miscarried(outcomes: Iterable[Outcome]) -> Iterator[Discrepancy]:
    """Texts that are drawn as they should be and read otherwise."""
    for said, _, outcome in outcomes:
        if said is not None and isinstance(outcome, tuple) and (other := _other(said, outcome)):
            expected, found = other
            message = f"Line {said.line}: what can be copied differs from '{expected.strip()[:40]}'."
            yield Discrepancy("P012", message, said.line, said.path, expected, found)


def _other(said: Said, slices: Sequence[Slice]) -> tuple[str, str] | None:
    """What ``said`` says and what is read instead; where part of it runs right to left, line by line.

    What leaves no ink at either end, or alone at the end of a line, may have no glyph that its words could stand
    beside.
    """
    if not any(map(_is_turned, slices)):
        wanted = _bare(said.text.replace(OBJECT, ""))
        is_read = any(_bare(each) == wanted for each in _readings(slices))
        return None if is_read else (said.text, next(_readings(slices)))
    lines = (each for each in slices if not _is_turned(each))
    different = (line for line in lines if _plain(line.text) != _plain(line.fragment.read))
    return next(((line.text, line.fragment.read) for line in different), None)


def _readings(slices: Sequence[Slice]) -> Iterator[str]:
    """What is read of a text; the same, and what leaves no ink and was passed between its lines."""
    yield "".join(map(_read, slices))
    both = zip((None, *slices), slices, strict=False)
    yield "".join(_vanished(before, part) + _read(part) for before, part in both)


def _vanished(before: Slice | None, part: Slice) -> str:
    """What leaves no ink between the two and is read in neither: what was passed, or where a sequence is empty."""
    there = (_edge(_TAIL, before.text) if before else "") + part.passed + _edge(_HEAD, part.text[part.again :])
    read, then = _edge(_TAIL, _read(before)) if before else "", _edge(_HEAD, _read(part))
    unread = there.removeprefix(read).removesuffix(then)
    is_between = there.startswith(read) and there.removeprefix(read).endswith(then)
    return unread if is_between and (part.is_behind_empty or unread in part.passed) else part.passed


def _edge(edge: re.Pattern[str], text: str) -> str:
    return "".join(edge.findall(_unspaced(text)))


def _is_turned(part: Slice) -> bool:
    """Whether letters of it run right to left; marks of direction alone do not."""
    return part.fragment.right_to_left or has_right_to_left(part.text)


def _read(part: Slice) -> str:
    """What is read of a line, without spaces and without a hyphen put at its end."""
    read = part.fragment.read.rstrip()
    added = read.endswith(_HYPHEN) and not part.text.rstrip().endswith(_HYPHEN)
    return _unspaced(read.removesuffix(_HYPHEN) if added else read)


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _bare(text: str) -> str:
    """``text`` without spaces, and without what leaves no ink at its ends."""
    return _INKLESS_ENDS.sub("", _unspaced(text))


def _plain(text: str) -> str:
    return _EDGES.sub("", _SPACES.sub(" ", text))
