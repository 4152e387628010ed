"""What makes viewers show other pixels than a picture's file holds: such a file is not what it seems."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PIL import Image

from exporter.images.colours import is_srgb, unusual_gamma
from exporter.images.orientation import turn_of
from exporter.images.segments import is_usual, png_chunks

_OVERRULING: Final = frozenset({b"cICP", b"mDCV", b"cLLI"})
"""Chunks of PNG (third edition) that give colours another meaning, whatever a profile says."""


def guise(image: Image.Image, content: bytes) -> str:
    """Why viewers show ``image``, decoded from ``content``, otherwise than it was decoded; "" where they do not."""
    return next(_guises(image, content), "")


def _guises(image: Image.Image, content: bytes) -> Iterator[str]:
    if turn_of(image) is not None:
        yield "its Exif data turn it"
    profile = image.info.get("icc_profile")
    if profile and not is_srgb(profile):
        yield "a colour profile changes its colours"
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        yield "it moves"
    if image.format == "PNG":
        yield from _of_png(image, content)


def _of_png(image: Image.Image, content: bytes) -> Iterator[str]:
    if not _OVERRULING.isdisjoint(name for name, _ in png_chunks(content)):
        yield "it has colours for video"
    if "icc_profile" in image.info or "srgb" in image.info:
        return
    if unusual_gamma(image):
        yield "a gamma changes its colours"
    if any(name == b"cHRM" and not is_usual(data) for name, data in png_chunks(content)):
        yield "primaries change its colours"
