"""Whether two pictures of a page look the same to somebody who reads it.

Both are smoothed a little, so that an edge drawn a shade lighter counts for nothing, and compared in small fields: a
line that moved, a face that is another, a mark that is missing fills its field with a difference; a rounding does not.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

SMOOTHING = 1.2
"""Radius of the smoothing, in pixels; a line of text is some 8 pixels high."""
FIELD = 6
"""Pixels of the side of a field."""
TOLERANCE = 16
"""Mean difference a field may have, of 255."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``fields`` that differ, and where the first of them lies, in pixels."""

    fields: int
    left: int
    top: int


def difference(one: Image.Image, other: Image.Image) -> Difference | None:
    """How ``one`` and ``other`` differ, None where nobody would see that they do."""
    if one.size != other.size:
        return Difference(-1, *other.size)
    apart = ImageChops.difference(_smooth(one), _smooth(other))
    size = (-(-apart.width // FIELD), -(-apart.height // FIELD))
    fields = apart.resize(size, Image.Resampling.BOX)
    found = [at for at, value in enumerate(fields.tobytes()) if value > TOLERANCE]
    return Difference(len(found), found[0] % size[0] * FIELD, found[0] // size[0] * FIELD) if found else None


def _smooth(image: Image.Image) -> Image.Image:
    return image.convert("L").filter(ImageFilter.GaussianBlur(SMOOTHING))
