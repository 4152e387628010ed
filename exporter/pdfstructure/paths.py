"""Paths, as far as boxes go: what a path can clip to, and what it covers when filled."""

from __future__ import annotations

from functools import reduce

from exporter.pdfstructure.geometry import Box, Matrix, Point, apply


class Path:
    """A path under construction (ISO 32000-1, 8.5.2), its points in page space."""

    def __init__(self) -> None:
        self._rectangles: list[Box] = []
        self._points: list[Point] = []
        self._curved = False
        self._turned = False

    def add_rectangle(self, x: float, y: float, width: float, height: float, ctm: Matrix) -> None:
        """``re``."""
        self._turned = self._turned or not (ctm[1] == ctm[2] == 0 or ctm[0] == ctm[3] == 0)
        self._rectangles.append(Box.around(apply(ctm, a, b) for a in (x, x + width) for b in (y, y + height)))

    def add_point(self, x: float, y: float, ctm: Matrix, *, curved: bool = False) -> None:
        """``m`` or ``l``; with ``curved``, a point of ``c``, ``v`` or ``y``."""
        self._points.append(apply(ctm, x, y))
        self._curved = self._curved or curved

    def boxes(self) -> tuple[Box, ...]:
        """What this path covers when filled, at the most: its rectangles, and a box around any other shape."""
        drawn = (Box.around(self._points),) if self._points else ()
        return (*self._rectangles, *drawn)

    def window(self) -> Box:
        """What this path certainly leaves when clipped to: its one upright rectangle; of other shapes, nothing."""
        shapes = [*self._rectangles, *([None] if self._points else [])]
        if len(shapes) != 1 or self._turned or (self._points and not self._is_rectangle()):
            return Box(0.0, 0.0, 0.0, 0.0)
        return self._rectangles[0] if self._rectangles else Box.around(self._points)

    def extent(self) -> Box | None:
        """A box that holds the whole path; None where there is none."""
        return reduce(Box.union, self.boxes()) if self.boxes() else None

    def _is_rectangle(self) -> bool:
        xs = {round(x, 2) for x, _ in self._points}
        ys = {round(y, 2) for _, y in self._points}
        return not self._curved and len(self._points) in (4, 5) and len(xs) == len(ys) == 2
