"""Files of a folder: none is read that a link leads out to, and each is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from exporter.errors import SettingsError


def file_in(folder: Path, name: str) -> Path | None:
    """The file ``name`` in ``folder``, None where there is none.

    ``name`` has forward slashes, and leads neither up nor away. Raises SettingsError for a link that leads out of
    ``folder``: a downloaded folder must not put the reader's own files into an edition.
    """
    parts = name.split("/")
    if not name or any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        return None
    path = folder.joinpath(*parts)
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SettingsError(f"{path}: a link that leads out of {folder}. Put the file itself there.")
    return path


def put(path: Path, content: bytes, *, over: bool = False) -> None:
    """Write the file ``path`` and the folders it needs: whole, flushed to the disk, or not at all.

    Raises FileExistsError where there is something of that name, unless the file is to be written ``over`` it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(0o666 & ~_umask())
        if over:
            new.replace(path)
        else:
            path.hardlink_to(new)
    finally:
        new.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
