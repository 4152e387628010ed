"""A picture as an article's folder has it, made such as every edition can carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PIL import Image

from exporter.edition import Resource
from exporter.images.colours import in_srgb
from exporter.images.credits import Credits, credits_in
from exporter.images.drawings import drawn, is_drawing
from exporter.images.fitting import SCREEN, Frame, described, encoded, resized
from exporter.images.opening import headed, opened
from exporter.images.orientation import LYING, turn_of
from exporter.images.segments import jpeg_freed, png_freed

_TURNED: Final = "was set upright, as its Exif data say"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be set. ``change`` ends the sentence "the picture …" on what was done to it, or is "".

    ``source_bytes`` is how large its file was.
    """

    resource: Resource
    change: str = ""
    source_bytes: int = 0


def resource(source: str, content: bytes) -> Resource:
    """``content`` as every edition can carry it (``prepare``)."""
    return prepare(source, content).resource


def prepare(source: str, content: bytes, frame: Frame = SCREEN) -> Prepared:
    """``content`` as every edition can carry it: JPEG or PNG, upright, in sRGB, in ``frame``, freed of all but credits.

    A file that is so already keeps its bytes. Raises ValueError where it is no picture.
    """
    changes, source_bytes = [], len(content)
    if is_drawing(content):
        content, change = drawn(content, frame.width, frame.height)
        changes.append(change)
    carried, more = _carried(content, frame)
    return Prepared(described(source, carried), "; ".join([*changes, *more]), source_bytes)


def _carried(content: bytes, frame: Frame) -> tuple[bytes, list[str]]:
    """What editions get for ``content``, and how it differs, a phrase each."""
    header = headed(content)
    turn, full = turn_of(header), header.size
    upright = full[::-1] if turn in LYING else full
    size = frame.size(*upright)
    with opened(content, size[::-1] if turn in LYING else size) as image:
        shown = _shallow(image if turn is None else image.transpose(turn))
        coloured, colour = in_srgb(shown)
        scaled = _of_size(upright, size)
        phrases = [*_of_container(image, content), "" if turn is None else _TURNED, colour, scaled]
        changes = [phrase for phrase in phrases if phrase]
        credits = credits_in(image)
        if not changes:
            return _freed(content, image, credits)
        media_type = "image/jpeg" if _is_lossy(image, content) and not coloured.has_transparency_data else "image/png"
        like = image if size == upright else None
        made = encoded(resized(coloured, size), media_type, credits, frame.quality, like)
        if changes == [scaled] and len(made) >= len(content):
            return _freed(content, image, credits)  # a drawing in few colours may take more bytes when it is smaller
        return made, changes


def _of_container(image: Image.Image, content: bytes) -> list[str]:
    frames = int(getattr(image, "n_frames", 1))
    match image.format:
        case "JPEG":
            return []
        case "MPO":
            return ["holds several; the first is shown"]
        case "PNG" if frames == 1:
            return ["was converted to 8 bits a pixel"] if _is_deep(image) else []
        case _:
            target = "JPEG" if _is_lossy(image, content) and not image.has_transparency_data else "PNG"
            several = f"of its {frames} pictures the first is shown" if frames > 1 else ""
            return [f"was converted to {target}", *([several] if several else [])]


def _of_size(full: tuple[int, int], size: tuple[int, int]) -> str:
    if full == size:
        return ""
    return f"was made smaller, from {full[0]} by {full[1]} pixels to {size[0]} by {size[1]}"


def _is_lossy(image: Image.Image, content: bytes) -> bool:
    """Whether the file keeps no pixel exactly, as photographs are kept."""
    match image.format:
        case "JPEG" | "MPO" | "AVIF" | "JPEG2000":
            return True
        case "WEBP":
            return b"VP8L" not in content[:64]  # the chunk of lossless ones
        case _:
            return False


def _freed(content: bytes, image: Image.Image, credits: Credits) -> tuple[bytes, list[str]]:
    """The file itself, without its metadata but ``credits``: no pixel is touched."""
    free = jpeg_freed if image.format == "JPEG" else png_freed
    freed = free(content, credits.packet)
    what = "its Exif data" if "exif" in image.info else "metadata"
    return freed, [] if freed == content else [f"was freed of {what}"]


# --- Depth ------------------------------------------------------------------------------------


def _shallow(image: Image.Image) -> Image.Image:
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L") if _is_deep(image) else image


def _is_deep(image: Image.Image) -> bool:
    """Whether it has 16 bits a pixel in grey, which Pillow cuts off where others scale."""
    return image.mode.startswith("I;16")
