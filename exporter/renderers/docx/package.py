"""The zip: same parts, same bytes, whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from typing import Any

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)


def packed(document: Any) -> bytes:
    """``document`` saved, each entry with the first date a zip can hold."""
    saved, target = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(_entry(name), source.read(name))
    return target.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIRST_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
