"""How a camera was held: what sets its picture upright (Exif 2.32, tag 0x0112)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PIL import Image
from PIL.Image import Transpose

from exporter.images.opening import strictly

_ORIENTATION: Final = 0x0112
_UPRIGHT: Final[Mapping[int, Transpose]] = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
LYING: Final = frozenset({Transpose.TRANSPOSE, Transpose.ROTATE_270, Transpose.TRANSVERSE, Transpose.ROTATE_90})
"""Turns that make height of width."""


def turn_of(image: Image.Image) -> Transpose | None:
    """What sets ``image`` upright; None where it is so, and where its Exif data cannot be read."""
    exif = Image.Exif()
    try:
        with strictly():
            exif.load(image.info.get("exif", b""))
            return _UPRIGHT.get(int(exif.get(_ORIENTATION, 1)))
    except Exception:  # whatever Pillow stumbles over there, a viewer does too
        return None
