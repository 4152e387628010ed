"""A PDF's images, decoded to be told apart."""

from __future__ import annotations

import io
from typing import Any, Final

import pikepdf
from PIL import Image

from exporter.errors import ExtractionError
from exporter.images import digest_of, headed, is_srgb, pixel_digest

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
        if source.get("/Filter") == pikepdf.Name.DCTDecode and "/SMask" not in source:
            return pixel_digest(_file(source))
        return digest_of(_decoded(source))
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as error:
        raise ExtractionError(f"A picture in the PDF cannot be decoded ({error}). Embed it as PNG or JPEG.") from error


def file_of(source: pikepdf.Stream) -> bytes:
    """An image XObject as a file: JPEG where it is one, else PNG; what ``digest`` refuses raises ExtractionError."""
    digest(source)
    if source.get("/Filter") == pikepdf.Name.DCTDecode and "/SMask" not in source:
        return _file(source)
    target = io.BytesIO()
    _decoded(source).save(target, "PNG")
    return target.getvalue()


def _file(source: pikepdf.Stream) -> bytes:
    """The JPEG file a picture is; raises ValueError where the PDF says otherwise."""
    content = source.read_raw_bytes()
    with headed(content) as header:
        if header.size != (int(source.Width), int(source.Height)) or header.mode != _mode(source):
            raise ValueError("its file is of another size or other colours than it says")
    return content


def _mode(source: pikepdf.Stream) -> str:
    """Pillow's name for how its pixels are stored, "" where they are not samples of eight bits."""
    if source.get("/BitsPerComponent") != 8:
        return ""
    return {"/DeviceRGB": "RGB", "/DeviceGray": "L"}.get(str(source.ColorSpace), "")


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
    image = _samples(source)
    if image.size != (int(source.Width), int(source.Height)):
        raise ValueError("it is of another size than it says")
    mask = source.get("/SMask")
    if not isinstance(mask, pikepdf.Stream):
        return image
    if "/Decode" in mask or "/Matte" in mask or mask.get("/ColorSpace") != pikepdf.Name.DeviceGray:
        raise ExtractionError("A soft mask in the PDF has /Decode, /Matte or colours. Embed it as it should look.")
    alpha = _samples(mask).convert("L")
    if alpha.size != image.size:
        raise ExtractionError("A picture in the PDF and its soft mask differ in size. Embed both at the same size.")
    seen = image.convert("RGBA")
    seen.putalpha(alpha)
    return seen


def _samples(source: pikepdf.Stream) -> Image.Image:
    """The pixels of one stream; those of common kinds are taken as they are, which is faster."""
    mode = _mode(source)
    if not mode or source.get("/Filter") != pikepdf.Name.FlateDecode:
        return pikepdf.PdfImage(source).as_pil_image()
    return Image.frombytes(mode, (int(source.Width), int(source.Height)), source.read_bytes())
