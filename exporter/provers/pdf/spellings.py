"""What of a text may have been shaped as a fragment, and in which directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exporter.bidi import may_turn
from exporter.pdfstructure import Fragment
from exporter.provers.pdf.ends import HYPHEN, is_hyphen
from exporter.provers.pdf.matching import Wanted
from exporter.provers.pdf.source import Source

_SOFT_HYPHEN = "\u00ad"


def spellings(text: str, source: Source, fragment: Fragment, wanted: Wanted) -> Iterator[str]:
    """``text`` as it may have been shaped as ``fragment``, with a hyphen at its end or without."""
    for line in (text, *((text + HYPHEN,) if is_hyphen(wanted) else ())):
        yield from _as_shaped(line, source, fragment)


def spellings_to(
    source: Source, start: int, fragment: Fragment, ends: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, str]]:
    """Each of ``ends`` with what may have been shaped up to there, and the hyphen added."""
    for end, added in ends:
        yield from ((end, line) for line in _as_shaped(source.text[start:end] + added, source, fragment))


def _as_shaped(line: str, source: Source, fragment: Fragment) -> tuple[str, ...]:
    """``line``; where it is set right to left, without soft hyphens, too: none ends there, and they are left out."""
    turned = fragment.right_to_left or source.right_to_left
    return (line, line.replace(_SOFT_HYPHEN, "")) if turned and _SOFT_HYPHEN in line else (line,)


def directions_of(line: str, directions: tuple[bool, bool]) -> tuple[bool, ...]:
    """Whether the paragraph of ``line`` runs right to left: as told, or the other way where anything in it turns."""
    either = any(directions) or may_turn(line)
    return tuple(dict.fromkeys((*directions, not directions[0]) if either else directions))
