"""Paths, as far as boxes go: what a path can clip to, and which rectangles it fills."""

from __future__ import annotations

from exporter.pdfstructure.geometry import Box, Matrix, Point, apply


class Path:
    """A path under construction (ISO 32000-1, 8.5.2), its points in page space."""

    def __init__(self) -> None:
        self._rectangles: list[Box] = []
        self._points: list[Point] = []
        self._curved = False

    def add_rectangle(self, x: float, y: float, width: float, height: float, ctm: Matrix) -> None:
        """``re``."""
        self._rectangles.append(Box.around(apply(ctm, a, b) for a in (x, x + width) for b in (y, y + height)))

    def add_point(self, x: float, y: float, ctm: Matrix, *, curved: bool = False) -> None:
        """``m`` or ``l``; with ``curved``, a point of ``c``, ``v`` or ``y``."""
        self._points.append(apply(ctm, x, y))
        self._curved = self._curved or curved

    def rectangles(self) -> tuple[Box, ...]:
        """The rectangles this path certainly covers when filled; curved shapes count for nothing."""
        drawn = (Box.around(self._points),) if self._is_rectangle() else ()
        return (*self._rectangles, *drawn)

    def extent(self) -> Box | None:
        """A box that holds the whole path; None where there is none."""
        boxes = [*self._rectangles, *([Box.around(self._points)] if self._points else [])]
        if not boxes:
            return None
        extent = boxes[0]
        for box in boxes[1:]:
            extent = extent.union(box)
        return extent

    def _is_rectangle(self) -> bool:
        xs = {round(x, 2) for x, _ in self._points}
        ys = {round(y, 2) for _, y in self._points}
        return not self._curved and len(self._points) in (4, 5) and len(xs) == len(ys) == 2
