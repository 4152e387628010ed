"""JPEG and PNG files without what programs hid in them, every pixel and every byte of the picture as it was."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PICTURE_MARKERS: Final = frozenset({0xE0, 0xEE})
"""Application segments of JPEG that are the picture's: JFIF, and Adobe's, which says how colours are stored."""
_COMMENT: Final = 0xFE
_PICTURE_CHUNKS: Final = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"}
)
"""Chunks of PNG that say how the picture looks (ISO/IEC 15948); the others are text, times, Exif data, more frames."""
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_KEYWORD: Final = b"XML:com.adobe.xmp\x00\x00\x00\x00\x00"
_ICC: Final = b"ICC_PROFILE\x00"


def jpeg_freed(content: bytes, packet: bytes) -> bytes:
    """The JPEG file ``content`` with ``packet`` (XMP, b"" for none) in place of all its metadata."""
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and content[at + 1 : at + 2] != b"\xda":
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] == 0xFF:  # a fill byte (ITU-T T.81, B.1.1.2)
            end = at + 1
        elif _is_of_picture(content[at + 1], content[at + 4 : at + 16]):
            kept.append(content[at:end])
        at = end
    start = 2 if kept[1:] and kept[1].startswith(b"\xff\xe0") else 1  # JFIF's own comes first
    return b"".join((*kept[:start], *_application(packet), *kept[start:], content[at:]))


def _is_of_picture(marker: int, beginning: bytes) -> bool:
    if marker == 0xE2:
        return beginning.startswith(_ICC)
    return marker in _PICTURE_MARKERS or not (0xE0 <= marker <= 0xEF or marker == _COMMENT)


def _application(packet: bytes) -> list[bytes]:
    return [b"\xff\xe1" + (len(_XMP) + len(packet) + 2).to_bytes(2, "big") + _XMP + packet] if packet else []


def png_freed(content: bytes, packet: bytes) -> bytes:
    """The PNG file ``content`` with ``packet`` (XMP, b"" for none) in place of all its metadata."""
    kept = [_SIGNATURE]
    for name, data in _chunks(content):
        if name in _PICTURE_CHUNKS:
            kept.append(_chunk(name, data))
        if name == b"IHDR" and packet:
            kept.append(_chunk(b"iTXt", _XMP_KEYWORD + packet))
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at + 8 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")
