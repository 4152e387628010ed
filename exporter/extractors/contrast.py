"""Whether ink can be told from its ground."""

from __future__ import annotations

import re
from functools import lru_cache

LEAST = 1.5
"""Below it, ink is not seen; what is hard to read is the house style's business."""


@lru_cache(maxsize=256)
def contrast(ink: str, ground: str) -> float:
    """The contrast (WCAG 2) of two colours in six hexadecimal digits, from 1 to 21.

    What is no such colour is taken for black ink, or for white ground.
    """
    light, dark = sorted((_luminance(ink, 0.0), _luminance(ground, 1.0)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str, otherwise: float) -> float:
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return otherwise
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
