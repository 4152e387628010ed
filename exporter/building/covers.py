"""The cover of an edition: the article's head on one page, drawn, proved and made a picture.

It is a page of PDF first, so that everything that holds of pages holds of it: fonts of the library alone, each glyph
proved to be the text's, nothing off the page, covered or printed over. That page, drawn by PDFium, is the picture.
"""

from __future__ import annotations

import ctypes
import hashlib
import io
import threading
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Final

from exporter import images, labels
from exporter.article import Article, Figure, Image, Metadata
from exporter.building import logos
from exporter.edition import Edition, Logo, RenderContext, Resource
from exporter.errors import RenderError, SettingsError
from exporter.text import identifier
from exporter.themes import Theme
from exporter.verifier import Beside, verify

WIDTH: Final = 1600
"""Pixels across a drawn cover; 2560 down, as stores ask for."""

_PAGE: Final = 400
"""Points across the page of ``cover.css``."""

_FRAME: Final = images.Frame(WIDTH, 2560)
"""The largest cover, drawn or given; pictures in the text are held to less."""

_LEAST: Final = (625, 1000)
"""Pixels of the smallest cover that stores take."""

_SIZES: Final = (1, 2, 3, 4, 5)
_TONES: Final = 6
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not to be called by two threads


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a drawn cover depends on."""

    metadata: Metadata
    picture: Resource | None
    templates: tuple[Path, ...]
    theme: Theme
    logo: Logo | None
    fonts: Path | None
    changed: str


def drawn(
    article: Article,
    resources: dict[str, Resource],
    templates: tuple[Path, ...],
    theme: Theme,
    fonts: Path | None,
) -> Resource:
    """The cover of ``article``, a JPEG file; raises RenderError where it cannot be drawn or proved.

    Where the article's metadata name a picture as its cover, that is set below the title.
    """
    picture = resources.get(article.metadata.cover or "")
    logo = logos.logo(theme, article.metadata.publisher)
    return _drawn(_Sheet(_head(article.metadata), picture, templates, theme, logo, fonts, _digest(templates)))


def given(path: Path) -> Resource:
    """A picture of the house's own as cover; raises SettingsError where stores would not take it."""
    try:
        found = images.prepare("cover", path.read_bytes(), _FRAME).resource
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else f"is {error}"
        raise SettingsError(f"The cover {path}: {reason}. Name a PNG or JPEG file under [epub].") from error
    if found.width < _LEAST[0] or found.height < _LEAST[1]:
        size, least = f"{found.width} x {found.height}", f"{_LEAST[0]} x {_LEAST[1]}"
        raise SettingsError(f"The cover {path} has {size} pixels; stores take none below {least}. Give a larger one.")
    return found


def _head(metadata: Metadata) -> Metadata:
    """What a cover says."""
    return Metadata(
        title=metadata.title,
        subtitle=metadata.subtitle,
        authors=metadata.authors,
        language=metadata.language,
        direction=metadata.direction,
        identifier=identifier(metadata),
    )


def _digest(templates: tuple[Path, ...]) -> str:
    """Of the templates a cover is made with: a process may live longer than they stay as they are."""
    found = [folder / name for folder in templates for name in ("cover.html.j2", "cover.css")]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in found if path.is_file())).hexdigest()


@lru_cache(maxsize=4)
def _drawn(sheet: _Sheet) -> Resource:
    """The cover with as many of its words as fit, in the largest size of type they fit in."""
    fault = ""
    for metadata, size in product(_shorter(sheet.metadata), _SIZES):
        page, fault = _page(replace(sheet, metadata=metadata), size)
        if not fault:
            return _picture(page)
    raise RenderError(f"The cover cannot be drawn: {fault} Or set cover = false under [epub].", code="P003")


def _shorter(metadata: Metadata) -> tuple[Metadata, ...]:
    """What a cover says, and less of it where there is no room: the article says it all on its first page."""
    titled = replace(metadata, subtitle=None)
    return tuple(dict.fromkeys((metadata, titled, replace(titled, authors=()))))


def _page(sheet: _Sheet, size: int) -> tuple[bytes, str]:
    """The page in one size of type, and what is wrong with it, "" where nothing is."""
    picture, article = sheet.picture, Article(sheet.metadata, ())
    if picture:
        # Its words are the title: without any, nobody would hold it to its pixels.
        article = replace(article, blocks=(Figure(Image(picture.source, sheet.metadata.title)),))
    try:
        content = _rendered(article, sheet, size)
    except RenderError as error:
        if error.code != "P003":
            raise
        return b"", str(error)
    digests = {picture.source: picture.digest} if picture else {}
    beside = Beside(decorations=[each.digest for each in logos.resources(sheet.logo).values()])
    edition = Edition("pdf", "cover", content)
    findings = verify(article, edition, digests, sheet.fonts, sheet.templates, beside).discrepancies
    return content, findings[0].message if findings else ""


def _rendered(article: Article, sheet: _Sheet, size: int) -> bytes:
    """``article``, the head of another one, as a page of PDF; raises RenderError, P003 where it does not fit."""
    from exporter.renderers.pdf import PdfRenderer

    return PdfRenderer().render(
        article,
        RenderContext(
            labels=labels.load(sheet.metadata.language, sheet.templates),
            resources={**_pictures(sheet.picture), **logos.resources(sheet.logo)},
            templates=sheet.templates,
            logo=sheet.logo,
            theme=sheet.theme,
            fonts=sheet.fonts,
            options={"page": "cover", "size": size, "tone": _tone(sheet.metadata), "pictured": bool(sheet.picture)},
        ),
    )


def _pictures(picture: Resource | None) -> dict[str, Resource]:
    return {picture.source: picture} if picture else {}


def _tone(metadata: Metadata) -> int:
    """One of the tones of ``cover.css``, always the same for one article."""
    return hashlib.sha256(identifier(metadata).encode()).digest()[0] % _TONES


def _picture(page: bytes) -> Resource:
    """The only page as JPEG. Made here, it needs no preparing; it is compared by its likeness, not by its digest.

    Colours at half the width and height, as cameras store them, and the standard's own codes: a third of the time.
    """
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(page) as document:
        # In the layout of Pillow's own pictures, which then takes it without a copy.
        drawn = document[0].render(scale=WIDTH / _PAGE, prefer_bgrx=True, rev_byteorder=True, bitmap_maker=_canvas)
        try:
            image = drawn.to_pil()
            target = io.BytesIO()
            image.save(target, "JPEG", quality=88, subsampling="4:2:0")
        finally:
            drawn.close()
    return Resource("cover", target.getvalue(), "image/jpeg", image.width, image.height, digest="")


def _canvas(width: int, height: int, format: int, **more: Any) -> Any:
    """A bitmap of PDFium's, of 4 bytes a pixel, on memory that is kept."""
    import pypdfium2

    return pypdfium2.PdfBitmap.new_native(width, height, format, buffer=_memory(4 * width * height), **more)


@lru_cache(maxsize=1)
def _memory(size: int) -> Any:
    """Kept from cover to cover: 16 MB take longer to be had than to be drawn on."""
    return (ctypes.c_ubyte * size)()
