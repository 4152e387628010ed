"""A Word document made of a theme: its styles, lists and page, and no text.

The built-in reference documents are made so (``scripts/make_reference_docx.py``), and so is that of a house's theme.
"""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache

from exporter.renderers.docx.styling.look import Look
from exporter.renderers.docx.styling.package import parts
from exporter.themes import Theme

__all__ = ["document"]


@lru_cache(maxsize=4)
def document(theme: Theme) -> bytes:
    """The reference document of ``theme``; same theme, same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(Look(theme)).items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
