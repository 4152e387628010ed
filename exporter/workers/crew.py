"""Processes that work side by side, each on one task at a time, so that a death is that task's and no other's.

The pool of the standard library ends as a whole when one of its processes dies, and does not tell over which task. A
crew is many pools of one process: what dies, or takes too long, is replaced, and the rest does not notice.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver, get_context, parent_process
from multiprocessing.context import BaseContext
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, Final, Generic, ParamSpec, TypeAlias, TypeVar

from exporter.errors import WorkerError

P = ParamSpec("P")
T = TypeVar("T")

_RECYCLED_AFTER: Final = 200
"""Tasks after which a process gives way to a fresh one: libraries that set type keep a little memory of each."""

_GARBAGE: Final = 10_000
"""New objects after which the collector looks among them: typesetting makes so many that the usual 700 cost a tenth of
the time. With more than that, what is looked through no longer fits the processor's cache."""

_DEATH: Final = "The process at work on it died: killed, or out of memory. Run again, with fewer --jobs"


@dataclass(frozen=True, slots=True, eq=False)
class _Task(Generic[T]):
    """A call to make, and the future that waits for it."""

    call: Callable[[ProcessPoolExecutor], Future[T]]
    future: Future[T]


_Tasks: TypeAlias = SimpleQueue[_Task[Any] | None]
"""What is to be done; None tells one process that it may go."""


class Crew(Executor):
    """Up to ``jobs`` processes, started as there is work for them; ``preload`` names modules imported once for all.

    A task that takes longer than ``limit`` seconds, or whose process dies, ends with WorkerError. The processes ignore
    Ctrl-C, which reaches all that share a terminal, and end when this process ends, however it does.
    """

    def __init__(
        self,
        jobs: int,
        *,
        limit: float | None = None,
        preload: Sequence[str] = (),
        recycled_after: int = _RECYCLED_AFTER,
    ) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(["exporter.workers.preloading", *preload])
        with _uninterrupted():
            forkserver.ensure_running()  # which imports while this process gets its tasks ready
        self._tasks: _Tasks = SimpleQueue()
        self._station = partial(_Station, self._tasks, context, limit, recycled_after)
        self._jobs = jobs
        self._stations: list[_Station] = []
        self._under_way = 0
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """What ``fn`` will have returned or raised, in one of the processes."""
        future: Future[T] = Future()
        self._count(1)
        future.add_done_callback(lambda _: self._count(-1))
        if len(self._stations) < min(self._jobs, self._under_way):
            self._open_station()
        self._tasks.put(_Task(lambda pool: pool.submit(fn, *args, **kwargs), future))
        return future

    def _count(self, more: int) -> None:
        with self._lock:
            self._under_way += more

    def _open_station(self) -> None:
        with _uninterrupted():
            self._stations.append(self._station())
            self._stations[-1].start()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes: when all is done, or with ``cancel_futures`` at once, in the middle of their tasks."""
        if cancel_futures:
            self._abandon()
        for _ in self._stations:
            self._tasks.put(None)
        for station in self._stations if wait else ():
            station.join()

    def _abandon(self) -> None:
        while not self._tasks.empty():
            if task := self._tasks.get():
                task.future.cancel()
        for station in self._stations:
            station.end()


class _Station(Thread):
    """One place of a crew: a process, and the thread that gives it its tasks and replaces it."""

    def __init__(self, tasks: _Tasks, context: BaseContext, limit: float | None, recycled_after: int) -> None:
        super().__init__(name="exporter-station", daemon=True)
        self._tasks, self._context, self._limit, self._recycled_after = tasks, context, limit, recycled_after
        self._pool: ProcessPoolExecutor | None = None
        self._process = 0
        self._done = 0
        self._ended = False

    def run(self) -> None:
        """Do tasks until there is a None among them."""
        while task := self._tasks.get():
            if task.future.set_running_or_notify_cancel():
                self._do(task)
        self._retire()

    def end(self) -> None:
        """End the process in the middle of what it does; one that is being started ends as soon as it is."""
        self._ended = True
        self._kill()

    def _kill(self) -> None:
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

    def _do(self, task: _Task[Any]) -> None:
        try:
            result = self._result(task.call(self._ready()))
        except BrokenProcessPool:
            self._retire()
            task.future.set_exception(WorkerError(_DEATH))
        except BaseException as error:
            task.future.set_exception(error)
        else:
            task.future.set_result(result)

    def _result(self, future: Future[T]) -> T:
        """What ``future`` brings; raises WorkerError where it brings nothing in time."""
        try:
            return future.result(self._limit)
        except TimeoutError:
            if future.done():  # the task's own
                raise
            self._kill()
            self._retire()
            raise WorkerError(f"It took longer than {self._limit:g} s. Allow more with --timeout") from None

    def _ready(self) -> ProcessPoolExecutor:
        """The pool of one process, a new one where there is none or the old one has done its share."""
        if self._done >= self._recycled_after:
            self._retire()
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, self._context, _prepare)
            self._process = self._pool.submit(os.getpid).result()
            if self._ended:
                self._kill()
        self._done += 1
        return self._pool

    def _retire(self) -> None:
        if self._pool:
            self._pool.shutdown(wait=True)
        self._pool, self._process, self._done = None, 0, 0


def _prepare() -> None:
    """In a new process: leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    look_for_garbage_less()


def look_for_garbage_less() -> None:
    """In this process, from now on: never among what there is now, and of what comes when there is a heap of it."""
    gc.freeze()
    gc.set_threshold(_GARBAGE, 10, 10)
    gc.enable()  # off since ``preloading``


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Threads and processes started meanwhile never see Ctrl-C: those of a new process would print a traceback."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
