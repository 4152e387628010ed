"""The digest by which one picture is told from another, whatever container holds it."""

from __future__ import annotations

import hashlib
from typing import Final

from PIL import Image

from exporter.images.guises import guise
from exporter.images.opening import opened

_KEPT: Final = 1024
_known: Final[dict[bytes, str]] = {}
"""The digests of files by the SHA-256 of their bytes: an edition's pictures are decoded to be loaded, and no more. The
files themselves are not kept, as ``lru_cache`` would: a long run would hold hundreds of them."""


def pixel_digest(content: bytes) -> str:
    """SHA-256 of size and pixels, so that a picture is the same whatever container holds it.

    Raises ValueError where ``content`` is no picture Pillow can decode, and where viewers show it otherwise than it is.
    """
    file = hashlib.sha256(content).digest()
    digest = _known.get(file) or _decoded(content)
    if len(_known) >= _KEPT:
        _known.clear()
    _known[file] = digest
    return digest


def _decoded(content: bytes) -> str:
    with opened(content) as image:
        if reason := guise(image, content):
            raise ValueError(f"shown otherwise than it is: {reason}")
        return digest_of(image)


def digest_of(image: Image.Image) -> str:
    """The digest of a decoded picture: transparent pixels count by their transparency alone."""
    flat = _flat(image)
    return hashlib.sha256(f"{flat.width}x{flat.height} {flat.mode}\n".encode() + flat.tobytes()).hexdigest()


def _flat(image: Image.Image) -> Image.Image:
    """``image`` as RGBA where something shows through it, else as RGB."""
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    flat = image if image.mode == "RGBA" else image.convert("RGBA")
    opacity = flat.getchannel("A")
    if opacity.getextrema() == (255, 255):
        return flat.convert("RGB")
    ground = Image.new("RGBA", flat.size, (255, 255, 255, 0))
    return Image.composite(flat, ground, opacity.point(lambda value: 255 if value else 0))
