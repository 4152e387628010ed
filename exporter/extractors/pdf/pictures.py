"""A PDF's images, decoded to be told apart."""

from __future__ import annotations

import pikepdf
from PIL import Image

from exporter.errors import ExtractionError
from exporter.images import digest_of

_ALTERING = ("/Decode", "/Mask", "/ImageMask", "/SMaskInData", "/Alternates", "/OC")
"""What makes readers show other pixels than those of the stream."""


def digest(source: pikepdf.Stream) -> str:
    """The digest (``exporter.images.digest_of``) of an image XObject with its soft mask."""
    if altered := [key for key in _ALTERING if key in source]:
        raise ExtractionError(f"A picture in the PDF is shown through {altered[0]}. Embed it as it should look.")
    try:
        image = _decoded(source)
    except (pikepdf.PdfError, NotImplementedError, ValueError, OSError) as error:
        raise ExtractionError(f"A picture in the PDF cannot be decoded ({error}). Embed it as PNG or JPEG.") from error
    return digest_of(image)


def _decoded(source: pikepdf.Stream) -> Image.Image:
    image = pikepdf.PdfImage(source).as_pil_image()
    mask = source.get("/SMask")
    if not isinstance(mask, pikepdf.Stream):
        return image
    if "/Decode" in mask or "/Matte" in mask:
        raise ExtractionError("A soft mask in the PDF has /Decode or /Matte. Embed it as it should look.")
    alpha = pikepdf.PdfImage(mask).as_pil_image().convert("L")
    if alpha.size != image.size:
        raise ExtractionError("A picture in the PDF and its soft mask differ in size. Embed both at the same size.")
    seen = image.convert("RGBA")
    seen.putalpha(alpha)
    return seen
