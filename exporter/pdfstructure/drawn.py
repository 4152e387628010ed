"""What a page draws, as values in page space (points, y upwards), numbered in painting order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


class Glyph(NamedTuple):
    """One glyph drawn: origin (``x``, ``y``), baseline without rise, where its advance ends; ``text`` by ToUnicode."""

    look: Look
    code: int
    gid: int
    text: str | None
    x: float
    y: float
    baseline: float
    end: float
    order: int


class Picture(NamedTuple):
    """An image XObject drawn into ``box``; ``clip``, ``alpha`` and ``upright`` are as a glyph's."""

    source: pikepdf.Stream
    box: Box
    opaque: bool
    order: int
    alpha: float
    clip: Box
    upright: bool


class Spoken(NamedTuple):
    """Words in a marked-content operator that stand for what is drawn (``/ActualText``, ``/Alt``, ``/E``)."""

    identifier: int
    text: str


class Fill(NamedTuple):
    """A box painted in one colour: a rectangle, a thick line, or what holds a shape of another form."""

    box: Box
    colour: Colour | None
    alpha: float
    order: int


SPOKEN = ("/ActualText", "/Alt", "/E")
"""Properties by which a file has something else read aloud than is drawn."""

Drawn: TypeAlias = Glyph | Picture


@dataclass(frozen=True, slots=True)
class Content:
    """What a page draws: by marked-content identifier, outside of any, and what lies beneath or above it."""

    marked: Mapping[int, Sequence[Drawn]]
    unmarked: Sequence[Drawn]
    fills: Sequence[Fill]
    spoken: Sequence[Spoken] = ()
