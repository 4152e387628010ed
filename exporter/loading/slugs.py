"""Slugs: names of folders and files that every file system takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 180
"""Bytes of UTF-8 in a slug: a file's name may have 255, and a language and a suffix follow."""

_UNSAFE = re.compile(r'[/\\:*?"<>|\u0000-\u001f\u007f-\u009f\u2028\u2029]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)")


def safe(name: str) -> str:
    """``name`` as a slug: NFC, no separator, control character, leading dot or name reserved by Windows.

    "" where nothing is left. A name longer than ``LONGEST`` is cut between characters.
    """
    composed = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode("utf-8"))
    cleaned = _UNSAFE.sub("-", composed).lstrip(". -").rstrip(". ")
    unreserved = _RESERVED.sub(r"\1_", cleaned, count=1) if _RESERVED.match(cleaned) else cleaned
    return _shortened(unreserved)


def _shortened(name: str) -> str:
    content = name.encode("utf-8")
    return name if len(content) <= LONGEST else content[:LONGEST].decode("utf-8", "ignore").rstrip(". ")
