"""What a page draws, as values in page space (points, y upwards), numbered in painting order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import pikepdf

from exporter.pdfstructure.fonts import Font
from exporter.pdfstructure.geometry import Box

Colour: TypeAlias = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """What glyphs shown together share. ``size`` is an em in points on the page; ``clip`` is what certainly shows.

    ``upright`` tells letters that are not turned, mirrored, slanted far or squeezed.
    ``colour`` is None where it is a pattern or of a colour space not computed here.
    """

    font: Font
    size: float
    mode: int
    colour: Colour | None
    alpha: float
    clip: Box
    upright: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """Words in a marked-content operator that stand for what it marks (``/ActualText``, ``/Alt``, ``/E``)."""

    key: str
    text: str
    identifier: int


class Glyph(NamedTuple):
    """One glyph drawn: origin (``x``, ``y``), baseline without rise, where its advance ends; ``text`` by ToUnicode."""

    look: Look
    gid: int
    text: str | None
    x: float
    y: float
    baseline: float
    end: float
    order: int

    @property
    def box(self) -> Box:
        """Where a letter of usual shape stands: from origin to advance, from below the baseline to its height."""
        em = self.look.size
        left, right = sorted((self.x, self.end))
        return Box(left, self.baseline - 0.2 * em, right, self.baseline + 0.7 * em)


class Run(NamedTuple):
    """Glyphs shown one after the other in one look, at one height: ``gids``, ``texts``, ``starts`` and ``ends`` go
    together. All the rest is as a glyph's. ``spoken`` is what is read aloud instead of these and their neighbours.
    """

    look: Look
    gids: tuple[int, ...]
    texts: tuple[str | None, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    y: float
    baseline: float
    order: int
    spoken: Spoken | None = None

    @property
    def glyphs(self) -> Iterator[Glyph]:
        """Its glyphs, one by one."""
        for gid, text, start, end in zip(self.gids, self.texts, self.starts, self.ends, strict=True):
            yield Glyph(self.look, gid, text, start, self.y, self.baseline, end, self.order)

    @property
    def text(self) -> str:
        """What the file's ToUnicode maps claim it to say."""
        return "".join(filter(None, self.texts))

    @property
    def box(self) -> Box:
        """A box around those of its glyphs."""
        em = self.look.size
        left = min(min(self.starts), min(self.ends))
        right = max(max(self.starts), max(self.ends))
        return Box(left, self.baseline - 0.2 * em, right, self.baseline + 0.7 * em)

    def part(self, start: int, stop: int) -> Run:
        """Its glyphs from ``start`` to ``stop``."""
        cut = slice(start, stop)
        return self._replace(gids=self.gids[cut], texts=self.texts[cut], starts=self.starts[cut], ends=self.ends[cut])


class Picture(NamedTuple):
    """An image XObject drawn into ``box``; ``clip``, ``alpha`` and ``upright`` are as a glyph's."""

    source: pikepdf.Stream
    box: Box
    opaque: bool
    order: int
    alpha: float
    clip: Box
    upright: bool


class Fill(NamedTuple):
    """A box painted in one colour: a rectangle, a thick line, or what holds a shape of another form."""

    box: Box
    colour: Colour | None
    alpha: float
    order: int


SPOKEN = ("/ActualText", "/Alt", "/E")
"""Properties by which a file has something else read aloud than is drawn."""

Drawn: TypeAlias = Run | Picture


@dataclass(frozen=True, slots=True)
class Content:
    """What a page draws: by marked-content identifier, outside of any, and what lies beneath or above it.

    ``optional`` tells that programs may leave some of it out (ISO 32000-1, 8.11).
    """

    marked: Mapping[int, Sequence[Drawn]]
    unmarked: Sequence[Drawn]
    fills: Sequence[Fill]
    spoken: Sequence[Spoken] = ()
    optional: bool = False
