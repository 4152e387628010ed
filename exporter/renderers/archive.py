"""Zips that are the same whenever and wherever they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first a zip can hold."""
_UNIX = 3
_READABLE = 0o644 << 16
_STORED = ("mimetype", ".jpg", ".jpeg", ".png")
"""How names end of what is not deflated: of an EPUB's media type (OCF 3.3 §4.3), and of what is compressed already."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip of ``files``, in their order, of no date and no machine."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content)
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _FIRST_DATE)
    made.compress_type = zipfile.ZIP_STORED if name.endswith(_STORED) else zipfile.ZIP_DEFLATED
    made.create_system = _UNIX
    made.external_attr = _READABLE
    return made
