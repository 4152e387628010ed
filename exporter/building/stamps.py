"""Digests of files, with the shortcut of git's index: a file whose inode says the same is not read again.

Size, times of change, and number of the inode are recorded with the digest of the content. A file changed twice within
one tick of the file system's clock says the same of two contents ("racy git"), so of a file that may have been changed
since it was read, the digest alone is recorded, and its content is looked at every time.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

Inode: TypeAlias = tuple[int, int, int, int]
"""Size in bytes, time of modification and time of change in nanoseconds, number."""

UNSETTLED: Final[Inode] = (-1, 0, 0, 0)
"""The inode of a file that was too young to tell; no file has it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was seen: the SHA-256 of its content, and its inode, UNSETTLED where that proves nothing."""

    digest: str
    inode: Inode = UNSETTLED


def of(path: str | Path, known: Stamp | None, moment: int) -> Stamp | None:
    """The stamp of the file ``path``, ``known`` itself where its inode is unchanged; None where no file can be read.

    ``moment`` is a time by the file system's own clock, in nanoseconds, before which nothing was read.
    """
    try:
        if known and known.inode == inode(os.stat(path)):  # noqa: PTH116 - thousands of times
            return known
        return _read(path, moment)
    except OSError:
        return None


def inode(found: os.stat_result) -> Inode:
    """What is recorded of an inode."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def settled(stamp: Stamp, moment: int) -> Stamp:
    """``stamp`` if its file was last changed before ``moment``; else an inode proves nothing."""
    _, modified, changed, _ = stamp.inode
    return stamp if max(modified, changed) < moment else Stamp(stamp.digest)


def _read(path: str | Path, moment: int) -> Stamp | None:
    """The stamp by the content; the inode is asked first, so that a change meanwhile shows in it."""
    if not stat.S_ISREG(Path(path).stat().st_mode):  # opening a pipe may never end
        return None
    with open(path, "rb") as file:  # noqa: PTH123 - thousands of times
        found = os.fstat(file.fileno())
        return settled(Stamp(hashlib.file_digest(file, "sha256").hexdigest(), inode(found)), moment)


class Stamps:
    """What was known of files outside a folder of sources, and is known now; those not asked for are forgotten."""

    def __init__(self, known: Mapping[str, Stamp], moment: int) -> None:
        self._known = known
        self._moment = moment
        self.seen: dict[str, Stamp | None] = {}

    @property
    def changed(self) -> bool:
        """Whether anything is known otherwise than before."""
        return self.found != self._known

    @property
    def found(self) -> dict[str, Stamp]:
        """The stamps of the files asked for that can be read."""
        return {path: stamp for path, stamp in self.seen.items() if stamp}

    def digest(self, path: str) -> str:
        """The digest of the file ``path``, looked at once; "" where it cannot be read."""
        if path not in self.seen:
            self.seen[path] = of(path, self._known.get(path), self._moment)
        found = self.seen[path]
        return found.digest if found else ""

    def tree(self, folder: str) -> str:
        """One digest of the names and contents of all files below ``folder``, less what Python compiled."""
        listed = sorted(_files(folder))
        return combined(f"{os.path.relpath(path, folder)} {self.digest(path)}" for path in listed)


def combined(lines: Iterable[str]) -> str:
    """One digest of many ``lines``."""
    return hashlib.sha256("\0".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _files(folder: str) -> Iterator[str]:
    """The files below ``folder``, also those that links lead to; a link to a folder above itself ends there."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.path
            elif entry.name != "__pycache__" and not (entry.is_symlink() and _leads_up(entry.path)):
                yield from _files(entry.path)


def _leads_up(link: str) -> bool:
    return f"{os.path.realpath(os.path.dirname(link))}/".startswith(f"{os.path.realpath(link)}/")  # noqa: PTH120
