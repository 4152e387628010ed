"""Colours as every screen and the output intent of the PDF understand them: sRGB (IEC 61966-2-1)."""

from __future__ import annotations

import io
from functools import lru_cache
from itertools import product
from typing import Final

from PIL import Image, ImageChops, ImageCms


def in_srgb(image: Image.Image) -> tuple[Image.Image, str]:
    """``image`` in sRGB, and what was done to it as the end of a sentence, "" where it was so before."""
    profile = image.info.get("icc_profile")
    if profile and not is_srgb(profile):
        return _converted(image, profile)
    if image.mode == "CMYK":
        return image.convert("RGB"), "was converted from CMYK to RGB"
    if not profile and (gamma := unusual_gamma(image)):
        return _straightened(image, gamma), f"was converted to sRGB from a gamma of {gamma:g}"
    return image, ""


def is_srgb(profile: bytes) -> bool:
    """Whether colours in ``profile`` are sRGB's, as far as an eye can tell, whatever the profile calls itself."""
    return _distance(profile) <= _ALIKE


def unusual_gamma(image: Image.Image) -> float:
    """What a PNG file says its values were raised to (ISO/IEC 15948, gAMA); 0 where that is as usual, or unsaid."""
    gamma = float(image.info.get("gamma", 0))
    return 0 if "srgb" in image.info or abs(gamma - _USUAL) < 0.02 else gamma


_USUAL: Final = 1 / 2.2
_ALIKE: Final = 6
"""Of 255; profiles named sRGB differ in their blacks by as much."""


def _straightened(image: Image.Image, gamma: float) -> Image.Image:
    plain = image if image.mode in ("L", "RGB", "RGBA") else image.convert(_plain_mode(image))
    curve = [round(255 * (value / 255) ** (_USUAL / gamma)) for value in range(256)]
    flat = list(range(256)) if plain.mode == "RGBA" else []
    return plain.point(curve * (len(plain.getbands()) - bool(flat)) + flat)


def _converted(image: Image.Image, profile: bytes) -> tuple[Image.Image, str]:
    plain = image if image.mode in ("RGB", "RGBA", "CMYK", "L") else image.convert(_plain_mode(image))
    mode = "RGBA" if plain.mode == "RGBA" else "RGB"
    name = _name(profile)
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(plain, source, _srgb(), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        flat = image.convert("RGB") if image.mode == "CMYK" else image
        return flat, "lost a colour profile that cannot be read"
    assert made is not None  # not made in place
    made.info.pop("icc_profile", None)
    return made, f"was converted to sRGB from '{name}'"


def _plain_mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


@lru_cache(maxsize=32)
def _distance(profile: bytes) -> int:
    """How far the farthest of many colours is from sRGB's, of 255; 255 where that cannot be known."""
    try:
        opened = ImageCms.getOpenProfile(io.BytesIO(profile))
        colours = _COLOURS.convert("L") if opened.profile.xcolor_space.strip() == "GRAY" else _COLOURS
        made = ImageCms.profileToProfile(colours, opened, _srgb(), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return 255
    assert made is not None  # not made in place
    bands = ImageChops.difference(colours.convert("RGB"), made).getextrema()
    return max(int(high) for _, high in bands)  # type: ignore[misc]


def _colours() -> Image.Image:
    """A picture of 729 colours, from black to white."""
    steps = (0, 32, 64, 96, 128, 160, 192, 224, 255)
    return Image.frombytes("RGB", (81, 9), bytes(value for colour in product(steps, repeat=3) for value in colour))


_COLOURS: Final = _colours()


@lru_cache(maxsize=32)
def _name(profile: bytes) -> str:
    try:
        described = ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return "an unreadable profile"
    return " ".join(described.split()) or "a profile without a name"


@lru_cache(maxsize=1)
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
