"""Pictures as editions can carry them, and the digest by which one picture is told from another."""

from __future__ import annotations

import hashlib
import io

from PIL import Image, UnidentifiedImageError

from exporter.edition import Resource

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
"""What every edition can carry, by Pillow's format names."""


def pixel_digest(content: bytes) -> str:
    """SHA-256 of size and RGBA pixels, so that a picture is the same whatever container holds it.

    Raises ValueError where ``content`` is no picture Pillow can decode.
    """
    with _opened(content) as image:
        return digest_of(image)


def digest_of(image: Image.Image) -> str:
    """The digest of a decoded picture: transparent pixels count by their transparency alone."""
    flat = image.convert("RGBA")
    ground = Image.new("RGBA", flat.size, (255, 255, 255, 0))
    seen = Image.composite(flat, ground, flat.getchannel("A").point(lambda value: 255 if value else 0))
    return hashlib.sha256(f"{seen.width}x{seen.height}\n".encode() + seen.tobytes()).hexdigest()


def resource(source: str, content: bytes) -> Resource:
    """``content`` as every edition can carry it: PNG and JPEG as they are, anything else as PNG.

    Raises ValueError where it is no picture.
    """
    with _opened(content) as image:
        if image.format not in MEDIA_TYPES or getattr(image, "is_animated", False):
            return resource(source, _png(image))
        media_type = MEDIA_TYPES[image.format]
        return Resource(source, content, media_type, image.width, image.height, digest_of(image))


def _opened(content: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content))
        image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"not a picture that can be read ({error})") from error
    return image


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    image.convert("RGBA" if image.has_transparency_data else "RGB").save(target, "PNG")
    return target.getvalue()
