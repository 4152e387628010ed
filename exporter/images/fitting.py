"""How large a picture needs to be, and what becomes of a larger one."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from PIL import Image, JpegImagePlugin
from PIL.Image import Resampling
from PIL.PngImagePlugin import PngInfo

from exporter.edition import Resource
from exporter.images.credits import Credits, credits_in
from exporter.images.digests import pixel_digest
from exporter.images.opening import headed, opened

MEDIA_TYPES: Final = {"PNG": "image/png", "JPEG": "image/jpeg"}
"""What every edition can carry, by Pillow's format names."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Pixels a picture may have at most; ``quality``, 1 to 95 as libjpeg counts, is of one that is made smaller."""

    width: int
    height: int
    quality: int = 80

    @classmethod
    def of_width(cls, width: int, quality: int) -> Frame:
        """The frame of an edition whose pictures are at most ``width`` wide: half as much again is their height."""
        return cls(width, width * 3 // 2, quality)

    def size(self, width: int, height: int) -> tuple[int, int]:
        """The size of a picture of ``width`` by ``height`` in this frame: as it is, or as large as fits."""
        scale = min(1.0, self.width / width, self.height / height)
        return max(1, round(width * scale)), max(1, round(height * scale))


SCREEN: Final = Frame(1600, 2400)
"""Of editions that are read on screens: as wide as most show a column at two pixels for each of the design."""
PAGE: Final = Frame(1100, 1650)
"""Of pages: some 220 pixels an inch at the measure, and a page's height."""


@lru_cache(maxsize=64)
def fitted(source: Resource, frame: Frame) -> Resource:
    """``source``, a prepared picture, no larger than ``frame``; the same one where it is not, or takes fewer bytes."""
    wanted = frame.size(source.width, source.height)
    if wanted == (source.width, source.height):
        return source
    with opened(source.content, wanted) as image:
        content = encoded(resized(image, wanted), source.media_type, credits_in(image), frame.quality)
    return described(source.source, content) if len(content) < len(source.content) else source


def described(source: str, content: bytes) -> Resource:
    """The picture ``source`` whose file is ``content``, one that every edition can carry."""
    with headed(content) as image:
        return Resource(source, content, MEDIA_TYPES[image.format or ""], *image.size, pixel_digest(content))


def resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """``image`` in ``size``, by Lanczos' filter; colours from a palette are mixed as colours."""
    if image.size == size:
        return image
    mixed = image if image.mode in ("L", "RGB", "RGBA") else image.convert(_mixed_mode(image))
    return mixed.resize(size, Resampling.LANCZOS)


def _mixed_mode(image: Image.Image) -> str:
    return "RGBA" if image.has_transparency_data else "RGB"


def encoded(
    image: Image.Image, media_type: str, credits: Credits, quality: int, like: Image.Image | None = None
) -> bytes:
    """``image`` as a file that holds nothing else but ``credits``; as JPEG no coarser than ``like``, a JPEG, was."""
    target = io.BytesIO()
    if media_type == "image/jpeg":
        packet = {"xmp": credits.packet} if credits else {}
        _bare(image, _jpeg_mode(image)).save(target, "JPEG", optimize=True, **_fineness(quality, like), **packet)
    else:
        text = {"pnginfo": _text(credits)} if credits else {}
        _bare(image, "RGBA" if image.has_transparency_data else "RGB").save(target, "PNG", **text)
    return target.getvalue()


def _bare(image: Image.Image, mode: str) -> Image.Image:
    """``image`` in ``mode`` without anything beside its pixels: Pillow would write a comment again."""
    bare = image.convert(mode) if image.mode != mode else image.copy()
    bare.info.clear()
    return bare


_FINE: Final = 92
"""Quality of a picture that is not made smaller and was no JPEG: nobody is to see that it is one now."""


def _jpeg_mode(image: Image.Image) -> str:
    return "L" if image.mode in ("1", "L") else "RGB"


def _fineness(quality: int, like: Image.Image | None) -> dict[str, Any]:
    tables = getattr(like, "quantization", None)
    if like is None:
        return {"quality": quality}
    if not tables or like.mode == "CMYK":
        return {"quality": _FINE, "subsampling": "4:4:4"}
    return {"qtables": tables, "subsampling": JpegImagePlugin.get_sampling(like)}


def _text(credits: Credits) -> PngInfo:
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", credits.packet.decode())
    return info
