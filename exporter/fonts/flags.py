"""Flags of emoji that are named by tags (UTS #51, ED-14a): a font has few, and draws a plain flag for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exporter.fonts.library import entries, library

if TYPE_CHECKING:
    import uharfbuzz

_END: Final = "\U000e007f"
_TAGGED: Final = re.compile(f"[^\U000e0000-{_END}][\U000e0020-\U000e007e]+{_END}")
_FAMILY: Final = "Ed Emoji"


def plain_flags(text: str, folder: Path | None = None) -> Iterator[str]:
    """The tag sequences of ``text`` that are no picture of their own: what their tags say leaves no ink."""
    for sequence in dict.fromkeys(_TAGGED.findall(text) if _END in text else ()):  # hardly any text has one
        if _glyphs(sequence, folder or library()) != 1:
            yield sequence


def _glyphs(sequence: str, folder: Path) -> int:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(sequence)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(folder), buffer)
    return len(buffer.glyph_infos)


@lru_cache(maxsize=4)
def _font(folder: Path) -> uharfbuzz.Font:
    import uharfbuzz

    (file,) = (entry.file for entry in entries(folder) if entry.family == _FAMILY)
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(folder / file))))
