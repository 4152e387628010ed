"""Files that came back: what LibreOffice, Chromium and calibre really wrote of one article's editions.

``libreoffice-docx``, ``libreoffice-edited-docx`` and ``calibre-epub`` are archives, unpacked; the edited one was
edited by ``tests/roundtrip/editing.py``. ``make roundtrip`` makes all of them anew with the programs it finds.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
ARTICLE = HERE / "article.md"

Change = Callable[[str], str]


def packed(name: str, changes: Mapping[str, Change] | None = None, first: str = "mimetype") -> bytes:
    """The archive unpacked in the folder ``name``, some of its parts changed."""
    folder = HERE / name
    target = io.BytesIO()
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(paths, key=lambda path: path.name != first):
            part = path.relative_to(folder).as_posix()
            content = path.read_bytes()
            if changes and part in changes:
                content = changes[part](content.decode("utf-8")).encode("utf-8")
            archive.writestr(part, content)
    return target.getvalue()


def replacing(old: str, new: str) -> Change:
    """What replaces ``old``, which has to be there, by ``new``."""

    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new)

    return change
