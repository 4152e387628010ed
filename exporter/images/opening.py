"""Opening pictures: strictly, and with a reason a person understands where there is none."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, UnidentifiedImageError


class TooLarge(ValueError):
    """A picture of more pixels than a machine should be asked to unpack."""


def opened(content: bytes, enough: tuple[int, int] | None = None) -> Image.Image:
    """The picture in ``content``, decoded; raises ValueError, whose message ends the sentence "the picture is …".

    A JPEG file may be decoded smaller, no smaller than ``enough`` pixels wide and high: that is many times faster.
    """
    with _reasons():
        image = _header(content)
        if enough and image.format == "JPEG" and image.mode == "RGB":
            image.draft(None, enough)
        image.load()
        return image


def headed(content: bytes) -> Image.Image:
    """The picture in ``content``, not decoded yet; raises ValueError as ``opened`` does."""
    with _reasons():
        return _header(content)


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height of the picture in ``content``, in pixels; raises ValueError as ``opened`` does."""
    return headed(content).size


def _header(content: bytes) -> Image.Image:
    if not content:
        raise ValueError("empty")
    if content[4:12] in _HEIC:
        raise UnidentifiedImageError("HEIC")
    return Image.open(io.BytesIO(content))


_HEIC = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1"})
"""How pictures of telephones begin whose codec is not free to use (ISO/IEC 23008-12)."""


@contextmanager
def _reasons() -> Iterator[None]:
    """Makes ValueErrors of whatever Pillow raises."""
    try:
        with strictly():
            yield
    except UnidentifiedImageError as error:
        kind = "in HEIC, which cannot be read" if str(error) == "HEIC" else "of no kind that can be read"
        raise ValueError(kind) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge(f"larger than {Image.MAX_IMAGE_PIXELS or 0:,} pixels") from error
    except Exception as error:  # on damaged files Pillow raises whatever its decoders stumble over
        raise ValueError("empty" if str(error) == "empty" else f"damaged ({error})") from error


@contextmanager
def strictly() -> Iterator[None]:
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
