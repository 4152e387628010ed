"""Sets of editions in a folder of this machine: flushed, renamed into place, locked by the kernel."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from exporter.building import manifest as manifests
from exporter.errors import LockedError

_TEMPORARY: Final = ".new-"
_LOCK: Final = ".lock"


@dataclass(frozen=True, slots=True)
class Folder:
    """A Store on this machine. New files lie beside the old, under temporary names, until they are renamed."""

    path: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, made where it is missing, against other builds; raises LockedError.

        The lock is the kernel's (flock): a killed build leaves none behind.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / _LOCK).open("a+b") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = _holder(Path(lock.name))
                raise LockedError(f"{self.path}: another build is writing here{holder}. Wait for it.") from error
            Path(lock.name).write_bytes(b"%d\n" % os.getpid())
            yield

    def sweep(self) -> None:
        """Remove the temporary files of a killed build from every set below."""
        for leftover in self.path.glob(f"*/{_TEMPORARY}*"):
            if not leftover.is_dir():
                leftover.unlink()

    def sets(self) -> tuple[str, ...]:
        """The names of the sets below that have a manifest."""
        return tuple(sorted(found.parent.name for found in self.path.glob(f"*/{manifests.FILE_NAME}")))

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of ``names``, without those that are not there."""
        found = {name: _read(self.path / name) for name in names}
        return {name: content for name, content in found.items() if content is not None}

    @contextmanager
    def staged(
        self, contents: Mapping[str, bytes], types: Mapping[str, str]
    ) -> Iterator[Callable[[Collection[str]], None]]:
        """Write ``contents`` and see them on the disk; what is yielded puts them in place and removes others."""
        del types  # a file's name says it
        if contents:
            self.path.mkdir(parents=True, exist_ok=True)
        try:
            for name, content in sorted(contents.items()):
                _write(self._temporary(name), content)
            yield partial(self._install, sorted(contents))
        finally:
            for name in contents:
                self._temporary(name).unlink(missing_ok=True)

    def _install(self, names: Collection[str], gone: Collection[str]) -> None:
        for name in names:
            self._temporary(name).replace(self.path / name)
        for name in sorted(gone):
            (self.path / name).unlink(missing_ok=True)
        if self.path.is_dir():
            _flush(self.path)

    def drop(self) -> None:
        """Remove the folder unless something lies in it."""
        if self.path.is_dir() and not any(self.path.iterdir()):
            self.path.rmdir()

    def _temporary(self, name: str) -> Path:
        return self.path / f"{_TEMPORARY}{name}"


def _holder(lock: Path) -> str:
    number = lock.read_bytes().decode("ascii", "replace").strip()
    return f" (process {number})" if number else ""


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
