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
    """What glyphs shown together share. ``size`` is an em in points on the page; ``clip`` is what may show.

    ``colour`` is None where it is a pattern or of a colour space not computed here.
    """

    font: Font
    size: float
    mode: int
    colour: Colour | None
    alpha: float
    clip: Box


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
    """An image XObject drawn into ``box``."""

    source: pikepdf.Stream
    box: Box
    opaque: bool
    order: int


class Fill(NamedTuple):
    """A rectangle painted in one colour."""

    box: Box
    colour: Colour | None
    alpha: float
    order: int


Drawn: TypeAlias = Glyph | Picture


@dataclass(frozen=True, slots=True)
class Content:
    """What a page draws: by marked-content identifier, outside of any, and what lies beneath or above it."""

    marked: Mapping[int, Sequence[Drawn]]
    unmarked: Sequence[Drawn]
    fills: Sequence[Fill]
