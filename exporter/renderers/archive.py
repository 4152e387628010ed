"""Entries of a zip that are the same whenever and wherever it is made."""

from __future__ import annotations

import zipfile

_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The first a zip can hold."""
_UNIX = 3
_READABLE = 0o644 << 16


def entry(name: str, compression: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """The entry ``name``, of no date and no machine."""
    made = zipfile.ZipInfo(name, _FIRST_DATE)
    made.compress_type = compression
    made.create_system = _UNIX
    made.external_attr = _READABLE
    return made
