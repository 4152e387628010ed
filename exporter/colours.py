"""Colours as style sheets write them, and whether ink can be read on its ground (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

import re
from typing import Final

READABLE: Final = 4.5
"""The contrast text has with its ground at least, level AA."""

_HEX: Final = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})")


def is_colour(text: str) -> bool:
    """Whether ``text`` is a colour in three or six hexadecimal digits, "#1d3557"."""
    return bool(_HEX.fullmatch(text))


def contrast(ink: str, ground: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(_parts(ink)), _luminance(_parts(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(ink: str, ground: str) -> str:
    """The colour nearest to ``ink``, towards black or white, that can be read on ``ground``."""
    end = 0 if contrast("#000000", ground) > contrast("#ffffff", ground) else 255
    shades = (tuple(part + (end - part) * step / 100 for part in _parts(ink)) for step in range(101))
    written = ("#" + "".join(f"{round(part):02x}" for part in shade) for shade in shades)
    return next(shade for shade in written if contrast(shade, ground) >= READABLE)


def _parts(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    whole = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (int(whole[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


def _luminance(parts: tuple[float, float, float]) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    of = [part / 255 for part in parts]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in of)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
