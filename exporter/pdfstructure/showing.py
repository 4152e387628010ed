"""Text-showing operators (ISO 32000-1, 9.4.3): from codes and adjustments to glyphs along a line, in text space."""

from __future__ import annotations

from exporter.errors import ExtractionError
from exporter.pdfstructure.state import State

_JUMP = 2000.0
"""Thousandths of an em; an adjustment back by more begins a new stretch."""


class Stretch:
    """Glyphs shown one after the other: ids, texts by ToUnicode, where each begins and where its advance ends."""

    __slots__ = ("ends", "gids", "starts", "texts")

    def __init__(self) -> None:
        self.gids: list[int] = []
        self.texts: list[str | None] = []
        self.starts: list[float] = []
        self.ends: list[float] = []


class Line:
    """What one operator shows; ``at`` is how far along the line it has come. ``single`` parts every glyph."""

    def __init__(self, state: State, *, single: bool) -> None:
        if state.font is None:
            raise ExtractionError("The page shows text before it sets a font.")
        self.at = 0.0
        self.stretches = [Stretch()]
        self._font = state.font
        self._unit = state.size * state.scaling
        self._spacing = state.char_spacing * state.scaling
        self._word_spacing = 0.0 if state.font.composite else state.word_spacing * state.scaling
        self._single = single

    def show(self, content: bytes) -> None:
        """A string of the font's codes."""
        stretch, at, unit, shown = self.stretches[-1], self.at, self._unit, self._font.shown
        for code in self._font.codes(content):
            gid, width, text = shown(code)
            stretch.gids.append(gid)
            stretch.texts.append(text)
            stretch.starts.append(at)
            at += width * unit
            stretch.ends.append(at)
            at += self._spacing + (self._word_spacing if code == 32 else 0.0)
            if self._single:
                stretch = self._part()
        self.at = at

    def adjust(self, by: float) -> None:
        """A number of a TJ array: thousandths of an em to go back."""
        self.at -= by / 1000 * self._unit
        if by > _JUMP:
            self._part()

    def end(self) -> None:
        """Nothing more is shown: a blank at the end reaches as far as the line has come.

        Pango draws a space that a font lacks with another of its spaces, and moves on by what that is too narrow.
        """
        last = self.stretches[-1]
        if last.gids and (last.texts[-1] or "").isspace():
            last.ends[-1] = max(last.ends[-1], self.at)

    def _part(self) -> Stretch:
        self.stretches.append(Stretch())
        return self.stretches[-1]
