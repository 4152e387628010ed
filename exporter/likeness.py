"""Whether two pictures show the same to the eye, though programs of other versions drew or stored them.

Edges come out a shade lighter or darker in another version of the same program, and JPEG files lose a little each time
they are written. A letter more, less or other is far beyond that.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

from PIL import Image

_CELL: Final = 16
"""Pixels across a cell, whose mean colour counts: a comma on a cover of 1600 pixels darkens one by a tenth."""

_APART: Final = 20
"""How far the mean colours of two cells may be apart, of 255 steps in each channel."""


@lru_cache(maxsize=4)
def likeness(content: bytes) -> str:
    """What a picture shows, as size and mean colours in hexadecimal; raises ValueError where ``content`` is none."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            seen = image.convert("RGB") if image.mode != "RGB" else image
            means = seen.reduce(_CELL)
    except Exception as error:  # on damaged files Pillow raises whatever its decoders stumble over
        raise ValueError(f"no picture: {error}") from error
    return f"{seen.width}x{seen.height} {means.tobytes().hex()}"


def alike(one: str, other: str) -> bool:
    """Whether two likenesses are of pictures of the same size that show the same."""
    (size, colours), (other_size, other_colours) = one.split(" "), other.split(" ")
    if size != other_size:
        return False
    pairs = zip(bytes.fromhex(colours), bytes.fromhex(other_colours), strict=True)
    return all(abs(first - second) <= _APART for first, second in pairs)
