"""Faces of historic scripts from Debian's fonts-noto-core, where it is installed; pinned by their digests.

12 MB that hardly anybody needs: an article in one of these scripts is refused by the package's name
where they are not there, and set the same wherever they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

PACKAGE: Final = "fonts-noto-core"
VERSION: Final = "20201225-1"
FOLDER: Final = "/usr/share/fonts/truetype/noto"


class Pinned(NamedTuple):
    """A font file of the package: its size in bytes, its digest, its name."""

    size: int
    sha256: str
    file: str

    @property
    def installed(self) -> bool:
        """Whether a file of that name and size is there; its digest is looked at when a face is made of it."""
        path = Path(FOLDER, self.file)
        return path.is_file() and path.stat().st_size == self.size


@lru_cache(maxsize=None)
def pinned() -> Mapping[str, Pinned]:
    """The files by ISO 15924 code, as ``fonts-noto-core.txt`` lists them."""
    listed = Path(__file__).with_name("fonts-noto-core.txt").read_text(encoding="utf-8").split("\n")
    rows = (line.split() for line in listed if line)
    return {code: Pinned(int(size), sha256, file) for code, size, sha256, file in rows}
