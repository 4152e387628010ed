"""Colours as every screen and the output intent of the PDF understand them: sRGB (IEC 61966-2-1)."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageCms


def in_srgb(image: Image.Image) -> tuple[Image.Image, str]:
    """``image`` in sRGB, and what was done to it as the end of a sentence, "" where it was so before."""
    profile = image.info.get("icc_profile")
    if profile and not _is_srgb(profile):
        return _converted(image, profile)
    return (image.convert("RGB"), "was converted from CMYK to RGB") if image.mode == "CMYK" else (image, "")


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


def _is_srgb(profile: bytes) -> bool:
    return "srgb" in _name(profile).casefold()


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
