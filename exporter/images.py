"""Pictures as editions can carry them, and the digest by which one picture is told from another."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFile, JpegImagePlugin, UnidentifiedImageError
from PIL.Image import Transpose

from exporter.edition import Resource

MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg"}
"""What every edition can carry, by Pillow's format names."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be set. ``change`` ends the sentence "the picture …" on what was done to it, or is ""."""

    resource: Resource
    change: str = ""


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
    """``content`` as every edition can carry it (``prepare``)."""
    return prepare(source, content).resource


def prepare(source: str, content: bytes) -> Prepared:
    """``content`` as every edition can carry it: PNG and JPEG as they are, anything else as PNG.

    Exif data are taken out, and a picture they say lies on its side is set upright: some programs
    turn it, some do not. Raises ValueError where it is no picture.
    """
    with _opened(content) as image:
        carried, change = _carried(image, content)
    with _opened(carried) as image:
        media_type = MEDIA_TYPES[image.format or ""]
        described = Resource(source, carried, media_type, image.width, image.height, digest_of(image))
    return Prepared(described, change)


def _carried(image: Image.Image, content: bytes) -> tuple[bytes, str]:
    """What editions get for ``image``, decoded from ``content``, and how it differs."""
    turn = _UPRIGHT.get(_orientation(image))
    match image.format:
        case "JPEG" | "MPO" if image.mode == "CMYK":
            # Screens show RGB, and PDF would need the press's colour space beside each picture.
            return _png(image if turn is None else image.transpose(turn)), "was converted from CMYK to RGB"
        case "JPEG" | "MPO" if turn is not None:
            return _jpeg(image, image.transpose(turn)), "was set upright, as its Exif data say"
        case "JPEG":
            return _freed(content)
        case "MPO":
            return _jpeg(image, image.copy()), "holds several; the first is shown"
        case "PNG" if turn is not None:
            return _png(image.transpose(turn)), "was set upright, as its Exif data say"
        case "PNG" if _frames(image) == 1 and "exif" not in image.info and not _is_deep(image):
            return content, ""
        case _ if _frames(image) > 1:
            return _png(image), f"was converted to PNG; of its {_frames(image)} pictures the first is shown"
        case _:
            return _png(image), "was converted to PNG"


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


# --- Opening ----------------------------------------------------------------------------------


def _opened(content: bytes) -> Image.Image:
    """The picture, decoded; raises ValueError, whose message ends the sentence "the picture is …"."""
    if not content:
        raise ValueError("empty")
    try:
        with _strictly():
            image = Image.open(io.BytesIO(content))
            image.load()
    except UnidentifiedImageError as error:
        kind = "a drawing in SVG" if b"<svg" in content[:2000].lower() else "of no kind that can be read"
        raise ValueError(kind) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(f"larger than {Image.MAX_IMAGE_PIXELS or 0:,} pixels") from error
    except Exception as error:  # on damaged files Pillow raises whatever its decoders stumble over
        raise ValueError(f"damaged ({error})") from error
    return image


@contextmanager
def _strictly() -> Iterator[None]:
    """Half a picture is none, whatever another library has told Pillow (WeasyPrint has); nor is a bomb a warning."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


# --- Exif -------------------------------------------------------------------------------------

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
"""What sets a picture upright, by its Exif orientation (Exif 2.32, tag 0x0112)."""


def _orientation(image: Image.Image) -> int:
    exif = Image.Exif()
    try:
        with _strictly():
            exif.load(image.info.get("exif", b""))
            return int(exif.get(_ORIENTATION, 1))
    except Exception:  # Exif data nobody can read turn no picture
        return 1


def _freed(content: bytes) -> tuple[bytes, str]:
    """The JPEG file ``content`` without its Exif segments, every pixel as it was."""
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != b"\xda":
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] == 0xFF:  # a fill byte (ITU-T T.81, B.1.1.2)
            end = at + 1
        if content[at + 1] != 0xE1 or content[at + 4 : at + 10] != b"Exif\0\0":
            kept.append(content[at:end])
        at = end
    freed = b"".join((*kept, content[at:]))
    return freed, "" if freed == content else "was freed of its Exif data"


# --- Writing ----------------------------------------------------------------------------------


def _jpeg(original: Image.Image, image: Image.Image) -> bytes:
    """``image`` as JPEG, no coarser than ``original``, a JPEG file, was."""
    target = io.BytesIO()
    sampling = JpegImagePlugin.get_sampling(original)
    tables = getattr(original, "quantization", None)
    image.save(target, "JPEG", qtables=tables, subsampling=sampling, icc_profile=original.info.get("icc_profile"))
    return target.getvalue()


def _png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    if _is_deep(image):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    image.convert("RGBA" if image.has_transparency_data else "RGB").save(target, "PNG")
    return target.getvalue()


def _is_deep(image: Image.Image) -> bool:
    """Whether it has 16 bits a pixel in grey, which Pillow cuts off where others scale."""
    return image.mode.startswith("I;16")
