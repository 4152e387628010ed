"""Files of a folder that somebody else may have filled: none is read that a link leads out to."""

from __future__ import annotations

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
    if _has_links(folder, parts) and not path.resolve().is_relative_to(folder.resolve()):
        raise SettingsError(f"{path}: a link that leads out of {folder}. Put the file itself there.")
    return path


def _has_links(folder: Path, parts: list[str]) -> bool:
    """Whether a link leads on anywhere below ``folder``: where none does, nothing leads out, which is told sooner."""
    return any(folder.joinpath(*parts[:count]).is_symlink() for count in range(1, len(parts) + 1))
