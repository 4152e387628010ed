"""Telling which format an edition has: by its suffix, else by its first bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from exporter import registry
from exporter.errors import FormatError

_OTHER_SUFFIXES = {"htm": "html", "xhtml": "html", "text": "txt"}


def format_of(path: Path, content: bytes) -> str:
    """The format of the edition ``content`` in the file ``path``; raises FormatError where it tells none."""
    for suffix in _suffixes(path):
        for name in (suffix, _OTHER_SUFFIXES.get(suffix, "")):
            if registry.has("extractors", name):
                return name
    found = _by_content(content)
    if found is None:
        known = ", ".join(point.name for point in registry.installed("extractors"))
        raise FormatError(f"{path}: neither its suffix nor its content is that of a format. Known: {known}.")
    return found


def _suffixes(path: Path) -> Iterator[str]:
    """The suffixes of ``path``, the longest first: ``email.html`` before ``html``."""
    _, *parts = path.name.lower().split(".")
    return (".".join(parts[at:]) for at in range(len(parts)))


def _by_content(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _by_parts(content)
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    return "txt" if _is_text(content) else None


def _by_parts(content: bytes) -> str | None:
    """DOCX and EPUB are zip files, told apart by a part each must have (ECMA-376, OCF 3)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if "META-INF/container.xml" in parts:
        return "epub"
    return "docx" if "[Content_Types].xml" in parts else None


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
