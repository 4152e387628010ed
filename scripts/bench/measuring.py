"""Runs a command and watches all of its processes: how long, how much processor, how much memory.

Linux alone: memory is read from ``/proc``. It is the sum of proportional set sizes (PSS), in which a page that
processes share counts once; where the kernel does not tell those, of resident sets.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import Final

_EVERY: Final = 0.2
"""Seconds between two looks at the memory: one costs some three milliseconds."""

_PATIENCE: Final = 10.0
"""Seconds that processes have to end after the command that began them."""

_SET_CHILD_SUBREAPER: Final = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at one moment: how many articles were done, bytes of all processes together, and of the largest."""

    done: int
    memory: int
    largest: int


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds by the clock, of all processors, and what was seen meanwhile."""

    wall: float
    processor: float
    looks: tuple[Look, ...]

    @property
    def memory(self) -> int:
        """Peak of all processes together, in bytes; 0 where it ended before a look."""
        return max((look.memory for look in self.looks), default=0)


_AS_INSTALLED: Final = {"PYTHONDONTWRITEBYTECODE": ""}
"""Programs of Python's start compiled, as pip installs them, also where this checkout's are not kept."""


class Broken(Exception):
    """A command that failed: its last words."""


def run(
    command: Sequence[str | Path],
    done: Callable[[], int] = lambda: 0,
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run ``command`` to its end; ``done`` counts its articles at each look. Raises Broken where it fails."""
    with TemporaryFile() as said, _orphans_are_ours():
        before, began = _processor(), time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env={**os.environ, **_AS_INSTALLED, **(environment or {})},
            start_new_session=True,
        )
        with _Watch(process.pid, done) as watch:
            status = process.wait()
            wall = time.monotonic() - began
        _reap(process.pid)
        if status:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-3:]
            raise Broken(f"{command[0]} ended with {status}: {' / '.join(last)[-300:]}")
    return Run(wall, _processor() - before, tuple(watch.looks))


def _processor() -> float:
    """Seconds of processor all children took that have ended and were waited for, and theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def _orphans_are_ours() -> Iterator[None]:
    """Meanwhile, processes whose parent ends before them become our children: their time counts, too (prctl(2))."""
    libc = ctypes.CDLL(None)
    libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def _reap(session: int) -> None:
    """Wait for all that is left of a session, and end what does not end by itself."""
    deadline = time.monotonic() + _PATIENCE
    while left := _processes(session):
        for process in map(int, (each.name for each in left)):
            if time.monotonic() > deadline:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(process, os.WNOHANG)
        time.sleep(0.01)


class _Watch:
    """Looks at the processes of one session again and again, in a thread, for as long as it is entered."""

    def __init__(self, session: int, done: Callable[[], int]) -> None:
        self.looks: list[Look] = []
        self._session = session
        self._done = done
        self._ended = Event()
        self._thread = Thread(target=self._watch)

    def __enter__(self) -> _Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            if sizes := [_memory(process) for process in _processes(self._session)]:
                self.looks.append(Look(self._done(), sum(sizes), max(sizes)))


def _processes(session: int) -> list[Path]:
    """The processes of a session: also those whose parent has ended."""
    return [each for each in Path("/proc").iterdir() if each.name.isdecimal() and _session(each) == session]


def _session(process: Path) -> int:
    try:
        # After the name, which may hold anything: state, parent, group, session (proc(5)).
        return int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        return 0  # it has ended


def _memory(process: Path) -> int:
    """Bytes of PSS, or else of the resident set; 0 where the process has ended."""
    for file, name in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):
        try:
            lines = (process / file).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    return 0
