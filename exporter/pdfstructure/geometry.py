"""Matrices and boxes of PDF's coordinate systems (ISO 32000-1, 8.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Point: TypeAlias = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that applies ``first``, then ``second``."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, x: float, y: float) -> Point:
    """The point (``x``, ``y``) through ``matrix``."""
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def scale_of(matrix: Matrix) -> float:
    """By how much ``matrix`` enlarges lengths, on average."""
    a, b, c, d, _, _ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def is_upright(matrix: Matrix, squeezed: float = 1e9) -> bool:
    """Whether ``matrix`` neither turns nor mirrors nor slants far, nor changes shapes more than ``squeezed`` times."""
    a, b, c, d, _, _ = matrix
    straight = a > 0 and d > 0 and abs(b) <= 0.02 * a and abs(c) <= 0.4 * d
    return straight and 1 / squeezed <= a / d <= squeezed


class Box(NamedTuple):
    """A rectangle with sides parallel to the page, in points; y grows upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(cls, points: Iterable[Point]) -> Box:
        """The smallest box that holds all of ``points``."""
        xs, ys = zip(*points, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    @property
    def width(self) -> float:
        """Width in points, never below 0."""
        return max(0.0, self.right - self.left)

    @property
    def height(self) -> float:
        """Height in points, never below 0."""
        return max(0.0, self.top - self.bottom)

    @property
    def centre(self) -> Point:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def grown(self, by: float) -> Box:
        """This box with ``by`` points more on each side."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )

    def intersection(self, other: Box) -> Box:
        """What both cover; without width or height where they do not meet."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def meets(self, other: Box) -> bool:
        """Whether both have a point in common."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )

    def contains(self, other: Box) -> bool:
        """Whether all of ``other`` lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.bottom <= other.bottom
            and other.top <= self.top
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether the point (``x``, ``y``) lies inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top
