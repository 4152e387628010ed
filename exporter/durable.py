"""Files that are whole or not there, whatever is killed when: written beside, flushed, renamed into place."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put ``content`` in the place of ``path``, with the permissions ``mode``, in one step; raises OSError.

    Another file that is written meanwhile never mixes with it: the last one stands.
    """
    beside = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - the descriptor bears the mode
            os.fchmod(descriptor, mode)
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    flush(path.parent)


def flush(folder: Path) -> None:
    """See the names in ``folder`` on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold ``path``, through a file beside it, against other processes and threads; waits for them.

    The lock is the kernel's (flock): a process that is killed leaves none behind.
    """
    with path.with_name(f".{path.name}.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold ``folder`` against others who ask for it so; waits for them, and leaves no file behind.

    The lock is the kernel's (flock), on the folder itself.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
