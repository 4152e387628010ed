"""One run at a time: the kernel's lock (flock) beside a ledger. A killed run leaves none behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from exporter.errors import LockedError


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Hold ``ledger`` against other runs; raises LockedError at once where one holds it."""
    path = ledger.with_name(f"{ledger.name}.lock")
    with path.open("a+b") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(f"{ledger}: another run is at work{_holder(path)}. Wait for it.") from error
        lock.truncate(0)
        lock.write(b"%d\n" % os.getpid())
        lock.flush()
        yield


def _holder(path: Path) -> str:
    number = path.read_bytes().decode("ascii", "replace").strip()
    return f" (process {number})" if number else ""
