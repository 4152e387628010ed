"""Pictures falsified in a finished edition: by other pixels, or by what makes viewers show other pixels."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import pikepdf
from PIL import Image, ImageCms, ImageEnhance, ImageOps

Falsified: TypeAlias = Callable[[bytes], bytes]


# --- Files of pictures ------------------------------------------------------------------------


def swapped_profile() -> bytes:
    """A colour profile that says it is sRGB and takes red for blue."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(content[128:132], "big")
    tags = {bytes(content[at : at + 4]): at for at in range(132, 132 + 12 * count, 12)}
    red, blue = tags[b"rXYZ"], tags[b"bXYZ"]
    content[red : red + 4], content[blue : blue + 4] = content[blue : blue + 4], content[red : red + 4]
    return bytes(content)


def repainted(change: Callable[[Image.Image], Image.Image]) -> Falsified:
    """The picture with its pixels changed."""

    def falsified(content: bytes) -> bytes:
        image = Image.open(io.BytesIO(content))
        return saved(change(image.convert("RGB")), image.format or "")

    return falsified


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, form, **({"quality": 95} if form == "JPEG" else {}), **options)
    return target.getvalue()


def beside(segment: bytes, chunk: tuple[bytes, bytes]) -> Falsified:
    """The picture with every pixel as it was, and ``segment`` (JPEG) or ``chunk`` (PNG) in its file."""

    def falsified(content: bytes) -> bytes:
        if content.startswith(b"\xff\xd8"):
            return content[:2] + segment + content[2:]
        name, data = chunk
        made = struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        return content[:33] + made + content[33:]

    return falsified


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def _application(number: int, data: bytes) -> bytes:
    return bytes((0xFF, 0xE0 + number)) + struct.pack(">H", len(data) + 2) + data


def _profiled() -> Falsified:
    profile = swapped_profile()
    segment = _application(2, b"ICC_PROFILE\0\1\1" + profile)
    return beside(segment, (b"iCCP", b"sRGB\0\0" + zlib.compress(profile)))


def _turned(orientation: int) -> Falsified:
    exif = _exif(orientation)
    return beside(_application(1, exif), (b"eXIf", exif.removeprefix(b"Exif\0\0")))


PIXELS: Final[dict[str, Falsified]] = {
    "another picture": repainted(lambda image: Image.new("RGB", image.size, "teal")),
    "a part cut off and the rest enlarged": repainted(
        lambda image: image.crop((8, 8, image.width, image.height)).resize(image.size)
    ),
    "mirrored": repainted(ImageOps.mirror),
    "upside down": repainted(ImageOps.flip),
    "without colours": repainted(lambda image: image.convert("L").convert("RGB")),
    "in other colours": repainted(lambda image: Image.merge("RGB", image.split()[::-1])),
    "a negative": repainted(ImageOps.invert),
    "a little brighter": repainted(lambda image: ImageEnhance.Brightness(image).enhance(1.05)),
    "smaller": repainted(lambda image: image.resize((image.width // 2, image.height // 2))),
    "one corner painted over": repainted(lambda image: ImageOps.expand(ImageOps.crop(image, 4), 4, "white")),
}
"""Pictures with other pixels."""

SHOWN: Final[dict[str, Falsified]] = {
    "mirrored by its Exif data": _turned(2),
    "turned by its Exif data": _turned(6),
    "recoloured by a colour profile": _profiled(),
}
"""Pictures with the same pixels, which viewers show otherwise."""

PNG: Final[dict[str, Falsified]] = {
    "darkened by its gamma": beside(b"", (b"gAMA", struct.pack(">I", 100_000))),
    "recoloured by its primaries": beside(
        b"", (b"cHRM", struct.pack(">8I", 31270, 32900, 15000, 6000, 30000, 60000, 64000, 33000))
    ),
    "recoloured by code points for video": beside(b"", (b"cICP", bytes((9, 16, 0, 1)))),
}


def moving(content: bytes) -> bytes:
    """A PNG that shows another picture a moment later."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    return saved(image, "PNG", save_all=True, append_images=[ImageOps.invert(image)], duration=50)


# --- Editions that hold them ------------------------------------------------------------------


def in_archive(suffix: str | tuple[str, ...], change: Falsified) -> Falsified:
    """An EPUB or DOCX whose pictures with that ``suffix`` are falsified."""
    return _rewritten(lambda name, data: change(data) if name.endswith(suffix) else data)


def _rewritten(change: Callable[[str, bytes], bytes]) -> Falsified:
    def variant(content: bytes) -> bytes:
        target, changed = io.BytesIO(), 0
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
            for entry in old.infolist():
                data = old.read(entry)
                made = change(entry.filename, data)
                changed += made != data
                new.writestr(entry, made)
        assert changed, "nothing was falsified"
        return target.getvalue()

    return variant


def in_document(pattern: bytes, other: bytes) -> Falsified:
    """A DOCX whose main document has ``other`` for ``pattern``."""
    return _rewritten(lambda name, data: re.sub(pattern, other, data) if name == "word/document.xml" else data)


DRAWINGS: Final[dict[str, Falsified]] = {
    "mirrored by its frame": in_document(rb"<a:xfrm>", rb'<a:xfrm flipH="1">'),
    "turned by its frame": in_document(rb"<a:xfrm>", rb'<a:xfrm rot="10800000">'),
    "cropped to another shape": in_document(rb'prst="rect"', rb'prst="star5"'),
    "cropped": in_document(rb"<a:stretch>", rb'<a:srcRect l="20000"/><a:stretch>'),
    "faded": in_document(rb"(<a:blip [^>]*?)/>", rb'\1><a:alphaModFix amt="5000"/></a:blip>'),
    "without colours": in_document(rb"(<a:blip [^>]*?)/>", rb"\1><a:grayscl/></a:blip>"),
    "recoloured by an effect": in_document(
        rb"(<a:blip [^>]*?)/>",
        rb'\1><a:extLst><a:ext uri="{BEBA8EAE-BF5A-486C-A8C5-ECC9F3942E4B}"><a14:imgProps '
        rb'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"><a14:imgLayer><a14:imgEffect>'
        rb'<a14:saturation sat="0"/></a14:imgEffect></a14:imgLayer></a14:imgProps></a:ext></a:extLst></a:blip>',
    ),
    "filled with part of itself": in_document(rb"<a:fillRect/>", rb'<a:fillRect l="-90000"/>'),
    "squeezed": in_document(rb'cx="(\d+)"', rb'cx="20000"'),
}
"""Pictures of a DOCX that their frames show otherwise."""


def in_pdf(change: Callable[[pikepdf.Pdf, pikepdf.Stream], None], filter_: str) -> Falsified:
    """A PDF whose pictures of that filter are falsified."""

    def variant(content: bytes) -> bytes:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = [
                each
                for each in pdf.objects
                if isinstance(each, pikepdf.Stream)
                and each.get("/Subtype") == "/Image"
                and "/SMask" not in each
                and str(each.get("/Filter")) == filter_
            ]
            assert found, "nothing was falsified"
            for each in found:
                change(pdf, each)
            pdf.save(target)
        return target.getvalue()

    return variant


def _other_bytes(change: Falsified) -> Callable[[pikepdf.Pdf, pikepdf.Stream], None]:
    def falsify(_: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
        made = change(stream.read_raw_bytes())
        stream.Width, stream.Height = Image.open(io.BytesIO(made)).size
        stream.write(made, filter=pikepdf.Name.DCTDecode)

    return falsify


def _by_profile(pdf: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    profile = pdf.make_stream(swapped_profile(), N=3, Alternate=pikepdf.Name.DeviceRGB)
    stream.ColorSpace = pikepdf.Array([pikepdf.Name.ICCBased, profile])


def _calibrated(_: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    white = pikepdf.Dictionary(WhitePoint=pikepdf.Array([1, 1, 1]), Gamma=pikepdf.Array([5, 5, 5]))
    stream.ColorSpace = pikepdf.Array([pikepdf.Name.CalRGB, white])


def _lab(_: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    white = pikepdf.Dictionary(WhitePoint=pikepdf.Array([0.9505, 1, 1.089]))
    stream.ColorSpace = pikepdf.Array([pikepdf.Name.Lab, white])


def _untransformed(_: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    stream.DecodeParms = pikepdf.Dictionary(ColorTransform=0)


def _half(_: pikepdf.Pdf, stream: pikepdf.Stream) -> None:
    stream.Height = int(stream.Height) // 2


PAINTED: Final[dict[str, Falsified]] = {
    "recoloured by a colour profile": in_pdf(_by_profile, "/DCTDecode"),
    "recoloured by calibration": in_pdf(_calibrated, "/DCTDecode"),
    "recoloured as Lab": in_pdf(_lab, "/DCTDecode"),
    "recoloured by its decoder": in_pdf(_untransformed, "/DCTDecode"),
    "cut in half by its height": in_pdf(_half, "/DCTDecode"),
    "of its own colours, recoloured by a profile": in_pdf(_by_profile, "/FlateDecode"),
    **{name: in_pdf(_other_bytes(change), "/DCTDecode") for name, change in PIXELS.items()},
}
"""Pictures of a PDF."""

HELD: Final[dict[str, Falsified]] = {
    **{f"a JPEG file {name}": in_archive((".jpeg", ".jpg"), change) for name, change in {**PIXELS, **SHOWN}.items()},
    **{f"a PNG file {name}": in_archive(".png", change) for name, change in {**PIXELS, **SHOWN, **PNG}.items()},
    "a PNG file that moves": in_archive(".png", moving),
}
"""Pictures an EPUB or a DOCX holds as files."""


def tiled(content: bytes) -> bytes:
    """A PDF with an artifact painted in tiles that hold a picture."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        picture = pdf.make_stream(
            bytes(range(192)),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=8,
            Height=8,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
        )
        tile = pdf.make_stream(
            b"q 50 0 0 50 0 0 cm /I Do Q",
            Type=pikepdf.Name.Pattern,
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, 50, 50],
            XStep=50,
            YStep=50,
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture)),
        )
        page.obj.Resources.Pattern = pikepdf.Dictionary(T=tile)
        page.contents_add(pdf.make_stream(b"/Artifact BMC q /Pattern cs /T scn 100 400 60 60 re f Q EMC"))
        pdf.save(target)
    return target.getvalue()


BEHIND: Final[dict[str, Falsified]] = {
    "a colour": in_document(rb"<w:body>", rb'<w:background w:color="FF0000"/><w:body>'),
    "a picture": in_document(
        rb"<w:body>",
        rb'<w:background w:color="FFFFFF"><v:background xmlns:v="urn:schemas-microsoft-com:vml"/>'
        rb"</w:background><w:body>",
    ),
}
"""What a DOCX shows behind its pages."""
