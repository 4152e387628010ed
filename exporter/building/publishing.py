"""Writing a set of editions so that it changes as one, killed at any moment.

Several renames are not atomic together, so the manifest goes ahead and behind:

1. new files are written beside the old, under temporary names, and flushed;
2. the manifest is replaced by one that names only what this change leaves alone;
3. the new files are renamed into place, what is withdrawn is removed, the folder is flushed;
4. the new manifest takes its place.

At every moment each file the manifest names exists and has the digest it states.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from exporter.building import manifest as manifests
from exporter.building.manifest import EditionRecord, Manifest, ManifestError
from exporter.errors import LockedError

_TEMPORARY: Final = ".new-"
_LOCK: Final = ".lock"


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold ``out``, made where it is missing, against other builds; raises LockedError.

    The lock is the kernel's (flock): a killed build leaves none behind.
    """
    out.mkdir(parents=True, exist_ok=True)
    with (out / _LOCK).open("a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(f"{out}: another build is writing here{_holder(lock.name)}. Wait for it.") from error
        _write_holder(Path(lock.name))
        yield


def _holder(lock: str) -> str:
    number = Path(lock).read_bytes().decode("ascii", "replace").strip()
    return f" (process {number})" if number else ""


def _write_holder(lock: Path) -> None:
    lock.write_bytes(b"%d\n" % os.getpid())


def sweep(out: Path) -> None:
    """Remove what a killed build left behind in the sets of ``out``; the caller holds its lock."""
    for leftover in out.glob(f"*/{_TEMPORARY}*"):
        if not leftover.is_dir():
            leftover.unlink()


def current(folder: Path) -> Manifest | None:
    """The manifest of the set in ``folder``; None without one, or where it cannot be read."""
    try:
        return manifests.parse((folder / manifests.FILE_NAME).read_bytes())
    except (OSError, ManifestError):
        return None


def intact(folder: Path, edition: EditionRecord) -> bytes | None:
    """The content of ``edition`` in ``folder``; None where it is missing or not what its record says."""
    content = _read(folder / edition.file)
    return content if content is not None and hashlib.sha256(content).hexdigest() == edition.sha256 else None


def publish(folder: Path, manifest: Manifest, made: Mapping[str, bytes], stale: Collection[str] = ()) -> None:
    """Make ``folder`` hold the set ``manifest``: ``made`` are its new files by name, others stand there already.

    Removed are the files of ``stale`` and those only the old manifest names. A set without editions
    goes with its manifest. Raises OSError, leaving files and manifest in agreement.
    """
    folder.mkdir(parents=True, exist_ok=True)
    old = current(folder)
    named = {edition.file for edition in manifest.editions}
    new = {name: content for name, content in made.items() if _read(folder / name) != content}
    gone = ({edition.file for edition in old.editions} if old else set()) | set(stale)
    try:
        _replace(folder, old, manifest, new, gone - named)
    finally:
        for name in (*new, manifests.FILE_NAME):
            _temporary(folder, name).unlink(missing_ok=True)


def _replace(
    folder: Path, old: Manifest | None, manifest: Manifest, new: Mapping[str, bytes], gone: Collection[str]
) -> None:
    for name, content in sorted(new.items()):
        _write(_temporary(folder, name), content)
    if old:
        kept = tuple(e for e in old.editions if e.file not in new and e.file not in gone and intact(folder, e))
        _install_manifest(folder, replace(old, editions=kept))
    for name in sorted(new):
        _temporary(folder, name).replace(folder / name)
    for name in sorted(gone):
        (folder / name).unlink(missing_ok=True)
    _flush(folder)
    if manifest.editions:
        _install_manifest(folder, manifest)
    else:
        _remove(folder)


def _install_manifest(folder: Path, manifest: Manifest) -> None:
    content = manifests.dump(manifest)
    if _read(folder / manifests.FILE_NAME) == content:
        return
    temporary = _temporary(folder, manifests.FILE_NAME)
    _write(temporary, content)
    temporary.replace(folder / manifests.FILE_NAME)
    _flush(folder)


def _remove(folder: Path) -> None:
    """The manifest of an empty set, and its folder unless something else lies there."""
    (folder / manifests.FILE_NAME).unlink(missing_ok=True)
    if not any(folder.iterdir()):
        folder.rmdir()


def withdraw(out: Path, source_path: str) -> tuple[Path, ...]:
    """Remove every set below ``out`` made of ``source_path``, and return their folders."""
    withdrawn = []
    for found in sorted(out.glob(f"*/{manifests.FILE_NAME}")):
        manifest = current(found.parent)
        if manifest and manifest.source_path == source_path:
            publish(found.parent, replace(manifest, editions=()), {})
            withdrawn.append(found.parent)
    return tuple(withdrawn)


# --- Files ------------------------------------------------------------------------------------


def _temporary(folder: Path, name: str) -> Path:
    return folder / f"{_TEMPORARY}{name}"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, content: bytes) -> None:
    """Write ``content`` and see it on the disk; an OSError names the file, also where the disk is full."""
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _flush(folder: Path) -> None:
    """See the names in ``folder`` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
