"""JPEG and PNG files without what programs hid in them, every pixel and every byte of the picture as it was."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PICTURE_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)
"""Chunks of PNG that say how the picture looks (ISO/IEC 15948); the others are text, times, Exif data, more frames."""
_SRGB: Final = (31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000)
"""White point, red, green and blue of sRGB, in 100,000ths, as PNG writes them (ISO/IEC 15948, cHRM)."""
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_KEYWORD: Final = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00"
_ICC: Final = b"ICC_PROFILE\x00"


def jpeg_freed(content: bytes, packet: bytes) -> bytes:
    """The JPEG file ``content`` with ``packet`` (XMP, b"" for none) in place of all its metadata.

    What follows the end of the picture goes too: telephones put films there.
    """
    kept = [plain for marker, segment in _segments(content) if (plain := _plain(marker, segment))]
    start = 1 if kept and kept[0].startswith(b"\xff\xe0") else 0  # JFIF's own comes first
    return b"".join((content[:2], *kept[:start], *_application(packet), *kept[start:]))


_MARKER: Final = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
"""A marker (ITU-T T.81, B.1.1.2) with its fill bytes; inside a scan, restarts and stuffed bytes are none."""
_START, _END, _COMMENT = 0xDA, 0xD9, 0xFE


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker of a JPEG file with its segment, a scan with its pixels, up to the end of the picture."""
    at = 2
    while found := _MARKER.search(content, at):
        marker, begin = found.group(1)[0], found.end() - 2
        at = found.end() if marker == _END else begin + 2 + int.from_bytes(content[begin + 2 : begin + 4], "big")
        if marker == _START:
            following = _MARKER.search(content, at)
            at = following.start() if following else len(content)
        yield marker, content[begin:at]
        if marker == _END:
            return


def _plain(marker: int, segment: bytes) -> bytes:
    """``segment`` as far as it is the picture's; b"" where it is not."""
    beginning = segment[4:16]
    match marker:
        case 0xE0:
            small = b"\xff\xe0\0\x10" + beginning + b"\0\0"  # without its thumbnail
            return small if beginning.startswith(b"JFIF\0") else b""
        case 0xE2:
            return segment if beginning.startswith(_ICC) else b""
        case 0xEE:  # how colours are stored
            return segment if beginning.startswith(b"Adobe") else b""
        case _:
            return b"" if 0xE0 <= marker <= 0xEF or marker == _COMMENT else segment


def _application(packet: bytes) -> list[bytes]:
    return [b"\xff\xe1" + (len(_XMP) + len(packet) + 2).to_bytes(2, "big") + _XMP + packet] if packet else []


def png_freed(content: bytes, packet: bytes) -> bytes:
    """The PNG file ``content`` with ``packet`` (XMP, b"" for none) in place of all its metadata."""
    kept = [_SIGNATURE]
    for name, data in png_chunks(content):
        if name in _PICTURE_CHUNKS and not (name == b"cHRM" and not is_usual(data)):
            kept.append(_chunk(name, data))
        if name == b"IHDR" and packet:
            kept.append(_chunk(b"iTXt", _XMP_KEYWORD + packet))
    return b"".join(kept)


def png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each chunk of a PNG file, its name and its data, to the end of the picture."""
    at, name = len(_SIGNATURE), b""
    while at + 8 <= len(content) and name != b"IEND":
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        yield name, content[at + 8 : at + 8 + length]
        at += 12 + length


def is_usual(primaries: bytes) -> bool:
    """Whether cHRM says what sRGB has: others are rarely meant, and most viewers pass over them."""
    values = struct.unpack(">8I", primaries) if len(primaries) == 32 else ()
    return len(values) == 8 and all(abs(one - other) < 1000 for one, other in zip(values, _SRGB, strict=True))


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
