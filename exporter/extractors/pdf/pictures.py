"""A PDF's images, decoded to be told apart."""

from __future__ import annotations

from typing import Any, Final

import pikepdf
from PIL import Image

from exporter.errors import ExtractionError
from exporter.images import digest_of, is_srgb

_ALTERING: Final = ("/Decode", "/Mask", "/ImageMask", "/SMaskInData", "/Alternates", "/OC")
"""What makes readers show other pixels than those of the stream."""
_DEVICE: Final = ("/DeviceRGB", "/DeviceGray")


def digest(source: pikepdf.Stream) -> str:
    """The digest (``exporter.images.digest_of``) of an image XObject with its soft mask."""
    if altered := [key for key in _ALTERING if key in source]:
        raise ExtractionError(f"A picture in the PDF is shown through {altered[0]}. Embed it as it should look.")
    if not _is_plain(source.get("/ColorSpace")) or "/ColorTransform" in _parameters(source):
        raise ExtractionError("A picture in the PDF is shown in other colours than it holds. Embed it in sRGB.")
    try:
        image = _decoded(source)
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as error:
        raise ExtractionError(f"A picture in the PDF cannot be decoded ({error}). Embed it as PNG or JPEG.") from error
    return digest_of(image)


def _is_plain(space: Any) -> bool:
    """Whether a colour space (ISO 32000-1, 8.6) leaves colours what they are where the output intent is sRGB."""
    if isinstance(space, pikepdf.Name):
        return str(space) in _DEVICE
    match [str(space[0]), space[1]] if isinstance(space, pikepdf.Array) and len(space) > 1 else []:
        case ["/ICCBased", pikepdf.Stream() as profile]:
            return is_srgb(profile.read_bytes())
        case ["/Indexed", base]:
            return _is_plain(base)
        case _:
            return False


def _parameters(source: pikepdf.Stream) -> frozenset[str]:
    """What its decoders are told about, by name."""
    told = source.get("/DecodeParms", pikepdf.Dictionary())
    several = told if isinstance(told, pikepdf.Array) else [told]
    return frozenset(key for each in several if isinstance(each, pikepdf.Dictionary) for key in map(str, each))


def _decoded(source: pikepdf.Stream) -> Image.Image:
    image = pikepdf.PdfImage(source).as_pil_image()
    if image.size != (int(source.Width), int(source.Height)):
        raise ValueError("it is of another size than it says")
    mask = source.get("/SMask")
    if not isinstance(mask, pikepdf.Stream):
        return image
    if "/Decode" in mask or "/Matte" in mask or mask.get("/ColorSpace") != pikepdf.Name.DeviceGray:
        raise ExtractionError("A soft mask in the PDF has /Decode, /Matte or colours. Embed it as it should look.")
    alpha = pikepdf.PdfImage(mask).as_pil_image().convert("L")
    if alpha.size != image.size:
        raise ExtractionError("A picture in the PDF and its soft mask differ in size. Embed both at the same size.")
    seen = image.convert("RGBA")
    seen.putalpha(alpha)
    return seen
