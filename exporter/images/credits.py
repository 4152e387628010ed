"""Who made a picture and on which terms: the two things that stay in it, of all that programs write into pictures.

Places, cameras' serial numbers, thumbnails and histories go. What stays is written as XMP (ISO 16684-1), which JPEG and
PNG both have a place for and which takes any script; Exif takes ASCII alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from lxml import etree
from PIL import Image, IptcImagePlugin
from PIL.ImageFile import ImageFile

from exporter.images.opening import strictly

_ARTIST, _COPYRIGHT = 0x013B, 0x8298  # Exif 2.32
_BYLINE, _NOTICE = (2, 80), (2, 116)  # IPTC-IIM 4.2
_SPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_PACKET: Final = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}"><rdf:Description rdf:about="" xmlns:dc="{dc}">'
    '%s</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
).format(**_SPACES)


@dataclass(frozen=True, slots=True)
class Credits:
    """``creator`` and ``rights`` of a picture, "" where it names none."""

    creator: str = ""
    rights: str = ""

    def __bool__(self) -> bool:
        return bool(self.creator or self.rights)

    @property
    def packet(self) -> bytes:
        """Both as an XMP packet, b"" for neither."""
        parts = []
        if self.creator:
            parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(self.creator)}</rdf:li></rdf:Seq></dc:creator>")
        if self.rights:
            item = f'<rdf:li xml:lang="x-default">{escape(self.rights)}</rdf:li>'
            parts.append(f"<dc:rights><rdf:Alt>{item}</rdf:Alt></dc:rights>")
        return (_PACKET % "".join(parts)).encode() if parts else b""


def credits_in(image: Image.Image) -> Credits:
    """What ``image`` says in XMP, else IPTC, else Exif, else PNG's own text."""
    creators = (*_from_xmp(image, "creator"), *_from_iptc(image, _BYLINE), *_from_exif(image, _ARTIST))
    rights = (*_from_xmp(image, "rights"), *_from_iptc(image, _NOTICE), *_from_exif(image, _COPYRIGHT))
    return Credits(
        _first((*creators, *_from_text(image, "Author"))), _first((*rights, *_from_text(image, "Copyright")))
    )


def _first(found: Iterable[str]) -> str:
    return next((clean for text in found if (clean := " ".join(_printable(text).split()))), "")


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _from_xmp(image: Image.Image, name: str) -> Iterator[str]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    content = packet.encode() if isinstance(packet, str) else bytes(packet)
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return
    for found in root.iterfind(f".//dc:{name}", _SPACES):
        yield ", ".join(text for text in map(str, found.itertext()) if text.strip())


def _from_iptc(image: Image.Image, field: tuple[int, int]) -> Iterator[str]:
    try:
        found = (IptcImagePlugin.getiptcinfo(image) or {}).get(field) if isinstance(image, ImageFile) else None
    except Exception:  # data nobody can read credit nobody
        return
    for value in found if isinstance(found, list) else [found] if found else []:
        yield bytes(value).decode("utf-8", "replace")


def _from_exif(image: Image.Image, tag: int) -> Iterator[str]:
    exif = Image.Exif()
    try:
        with strictly():
            exif.load(image.info.get("exif", b""))
            value = exif.get(tag, "")
    except Exception:  # nor do Exif data nobody can read
        return
    yield value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")


def _from_text(image: Image.Image, key: str) -> Iterator[str]:
    value = image.info.get(key)
    if isinstance(value, str):
        yield value
