"""The zip: same parts, same bytes, whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from exporter.renderers.archive import entry


def packed(document: Any) -> bytes:
    """``document`` saved, each entry with the first date a zip can hold."""
    saved, target = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(entry(name), source.read(name))
    return target.getvalue()
