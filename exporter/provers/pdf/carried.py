"""P012: what a line says to those who copy or search it is the source itself, code points without ink included.

The page cannot show a soft hyphen that was not used, a zero-width space or a variation selector; the
words beside the glyphs can hold them. So a source that differs in such a character alone is told from
the one an edition was made of. Text that runs right to left has no such words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from exporter.characters import IGNORABLE, INKLESS, has_right_to_left
from exporter.comparison import agree, turned
from exporter.edition import Discrepancy
from exporter.pdfstructure import Fragment
from exporter.provers.pdf.faces import Faces
from exporter.provers.pdf.glyphproof import Slice
from exporter.provers.pdf.texts import Outcome
from exporter.text import Said
from exporter.walk import OBJECT

_SPACES = re.compile(r"\s+")
_EDGES = re.compile(rf"\A[\s{IGNORABLE}]+|[\s{IGNORABLE}\u2010]+\Z")
"""What may stand at either side of the end of a line: spaces, a hyphen put there, what leaves no ink."""
_HYPHEN = "\u2010"
_HEAD, _TAIL = re.compile(rf"\A[{IGNORABLE}]+"), re.compile(rf"[{IGNORABLE}]+\Z")
_ANY = f"[{IGNORABLE}]*"


def miscarried(outcomes: Iterable[Outcome], faces: Faces | None) -> Iterator[Discrepancy]:
    """Texts that are drawn as they should be and read otherwise, by those who read the words beside them or others."""
    yield from _by_words(outcomes)
    yield from _by_maps(outcomes, faces) if faces else ()


# --- By the words beside the glyphs -----------------------------------------------------------


def _by_words(outcomes: Iterable[Outcome]) -> Iterator[Discrepancy]:
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
        wanted, read = _unspaced(said.text.replace(OBJECT, "")), "".join(map(_read, slices))
        is_read = wanted == read or re.fullmatch(_pattern(slices), wanted)
        return None if is_read else (said.text, read)
    lines = (each for each in slices if not _is_turned(each))
    different = (line for line in lines if _plain(line.text) != _plain(line.fragment.read))
    return next(((line.text, line.fragment.read) for line in different), None)


def _pattern(slices: Sequence[Slice]) -> str:
    """What is read; between two, what was passed there may be left out, or whatever an empty sequence stands for."""
    reads = _without_ends(list(map(_read, slices)))
    parts = (_between(part) + re.escape(read) for part, read in zip(slices, reads, strict=True))
    return f"{_ANY}{''.join(parts)}{_ANY}"


def _between(part: Slice) -> str:
    if part.is_behind_empty:
        return _ANY
    return f"[{re.escape(part.passed)}]*" if part.passed else ""


def _without_ends(reads: list[str]) -> list[str]:
    """``reads`` without what leaves no ink before the first and behind the last that does."""
    for edge, order in ((_HEAD, 1), (_TAIL, -1)):
        for at in range(len(reads))[::order]:
            reads[at] = edge.sub("", reads[at])
            if reads[at]:
                break
    return reads


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


def _plain(text: str) -> str:
    return _EDGES.sub("", _SPACES.sub(" ", text))


# --- By the fonts' maps beneath them ----------------------------------------------------------


def _by_maps(outcomes: Iterable[Outcome], faces: Faces) -> Iterator[Discrepancy]:
    """Not every reader knows the words beside the glyphs (``/ActualText``): maps in scripts they can read are true."""
    for said, block, outcome in outcomes:
        for part in outcome if said and isinstance(outcome, tuple) and not block.unreadable else ():
            if part.fragment.is_spoken and not _is_mapped(part, faces):
                text = part.fragment.text
                message = f"{block.path}: the fonts' maps say '{text.strip()[:40]}', the words beside something else."
                yield Discrepancy("P012", message, said.line if said else 0, "", part.text, text)


def _is_mapped(part: Slice, faces: Faces) -> bool:
    alike = _alike(part, faces)
    return any(_agree(part.text, mapped, alike) for mapped in _mapped(part.fragment, faces))


def _agree(text: str, mapped: str, alike: Mapping[int, str]) -> bool:
    """Whether the maps say what the text does, but for characters ``alike``."""
    text, mapped = (each.translate(alike).strip() for each in (text, mapped))
    shown = (mapped, mapped.removesuffix(_HYPHEN).rstrip())
    return any(agree(text, each, "lines") or turned(text, each) for each in shown)


def _mapped(fragment: Fragment, faces: Faces) -> tuple[str, str]:
    """What the maps say, and that without dotted circles under misspelt marks, which some take for the marks."""
    glyphs = (
        (faces.of(run.look.font), *each) for run in fragment.runs for each in zip(run.gids, run.texts, strict=True)
    )
    kept = (text for face, gid, text in glyphs if face is None or gid != face.dotted_circle)
    return fragment.text, "".join(text or "" for text in kept)


def _alike(part: Slice, faces: Faces) -> Mapping[int, str]:
    """Characters that are drawn with the glyph of another, which its font's map names: that one for each."""
    mapped = {
        (faces.of(run.look.font), gid, text)
        for run in part.fragment.runs
        for gid, text in zip(run.gids, run.texts, strict=True)
        if text and len(text) == 1
    }
    return {
        ord(other): text
        for face, gid, text in mapped
        for other in set(INKLESS.sub("", part.text))
        if face is not None and face.nominal(text) == face.nominal(other) == gid
    }
