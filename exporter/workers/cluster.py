"""Processes on other machines: a cluster of Dask's (https://distributed.dask.org), through its own executor."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Mapping
from concurrent import futures
from concurrent.futures import CancelledError, Executor, Future
from functools import partial
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, Final, ParamSpec, TypeVar

from exporter.errors import ExporterError, ToolError, WorkerError

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE: Final = 5
"""Seconds a scheduler has to answer, and to have a worker."""

_WITHOUT_WORKERS: Final = 30
"""Seconds a cluster may be without a worker while there is work: one that died may be started again."""

_HEED: Final = 0.5
"""Seconds after which it is asked again how the work goes."""

_LOST: Final = "The cluster lost it: its scheduler or its workers went away. Run again"


class Cluster(Executor):
    """The cluster whose scheduler listens at ``address``, ``tcp://HOST:PORT``; raises ToolError where none answers.

    What is submitted is done by one worker after another until one of them survives it; after several deaths it ends
    with WorkerError, and so it does where it is not done ``limit`` seconds after it was submitted.
    """

    def __init__(self, address: str, *, limit: float | None = None) -> None:
        self._client, self._limit = _connected(address), limit
        self._executor: Executor = self._client.get_executor(pure=False)
        self._waiting: dict[Future[Any], float] = {}
        self._lock, self._ended = Lock(), Event()
        Thread(target=self._watch, name="exporter-cluster", daemon=True).start()

    @property
    def workers(self) -> tuple[str, ...]:
        """The addresses of the workers there are."""
        return tuple(sorted(self._client.nthreads()))

    def everywhere(self, fn: Callable[..., T], /, *args: object) -> Mapping[str, T | Exception]:
        """What ``fn`` returns or raises on each of the workers, by address."""
        found: Mapping[str, T | Exception] = self._client.run(fn, *args, on_error="return")
        return dict(sorted(found.items()))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """What ``fn`` will have returned or raised on one of the workers."""
        future: Future[T] = Future()
        with self._lock:
            self._waiting[future] = monotonic()
        try:
            afar = self._executor.submit(alone, fn, *args, **kwargs)
        except Exception as error:  # of Dask's kinds, where the scheduler is gone
            self._end(future, _reason(error))
            return future
        future.add_done_callback(lambda _: self._give_up(afar))
        afar.add_done_callback(partial(self._take, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which goes on without: when all is done, or with ``cancel_futures`` at once."""
        with self._lock:
            waiting = list(self._waiting)
        for future in waiting if cancel_futures else ():
            future.cancel()
        if wait:
            futures.wait(waiting)
        self._ended.set()
        self._client.close(timeout=_PATIENCE)

    def _give_up(self, afar: Future[Any]) -> None:
        if not afar.done() and self._is_connected:
            afar.cancel()

    def _take(self, future: Future[T], afar: Future[T]) -> None:
        try:
            self._end(future, result=afar.result())
        except CancelledError:
            self._end(future, WorkerError(_LOST))
        except Exception as error:
            self._end(future, _reason(error))

    def _end(self, future: Future[T], error: Exception | None = None, result: T | None = None) -> None:
        """End ``future`` once: its result may come while it is given up."""
        with self._lock:
            if self._waiting.pop(future, None) is None:
                return
        if not future.set_running_or_notify_cancel():
            return
        if error:
            future.set_exception(error)
        else:
            future.set_result(result)  # type: ignore[arg-type]

    # What never comes

    def _watch(self) -> None:
        seen = monotonic()
        while not self._ended.wait(_HEED):
            now = monotonic()
            seen = now if self._peopled() else seen
            with self._lock:
                waiting = dict(self._waiting)
            for future, since in waiting.items():
                if reason := self._hopeless(now - since, now - max(seen, since)):
                    self._end(future, WorkerError(reason))

    def _hopeless(self, waited: float, alone: float) -> str:
        """Why what has ``waited`` so many seconds, ``alone`` of them without a worker anywhere, waits no longer."""
        if not self._is_connected:
            return _LOST
        if self._limit and waited > self._limit:
            return f"It took longer than {self._limit:g} s. Allow more with --timeout"
        return f"The cluster had no worker for {_WITHOUT_WORKERS} s. Start some" if alone > _WITHOUT_WORKERS else ""

    @property
    def _is_connected(self) -> bool:
        """Whether the scheduler is there; Dask looks for one that is gone for a while."""
        return self._client.status not in ("closing", "closed")

    def _peopled(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except Exception:  # of Dask's kinds, where the scheduler is gone
            return False


_TURN: Final = Lock()


def alone(fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """``fn``, with no other at work in this process: libraries that set type know no threads."""
    with _TURN:
        return fn(*args, **kwargs)


def _reason(error: Exception) -> Exception:
    """``error``; where Dask gave up, in words of ours."""
    from distributed.scheduler import KilledWorker

    match error:
        case KilledWorker():
            return WorkerError("Each worker at work on it died: killed, or out of memory. Give workers more memory")
        case ExporterError():
            return error
        case _ if type(error).__module__.partition(".")[0] in ("distributed", "dask", "tornado"):
            return WorkerError(_LOST)
        case _:
            return error


def _connected(address: str) -> Any:
    """Dask's client of the scheduler at ``address``, which has a worker; raises ToolError."""
    client = _client(address)
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError as error:
        client.close()
        raise ToolError(f"{address}: the scheduler has no worker. Start some: dask worker {address}") from error
    return client


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise ToolError(f"{address}: clusters need Dask. Run: pip install 'article-exporter[cluster]'") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # its lines say at length what ours say in one
    try:
        return Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError):  # TimeoutError is an OSError
        pass
    gc.collect()  # Dask's half-made client ends here: ended while another is made, it would wait for itself
    raise ToolError(f"{address}: no scheduler answers there. Start one with: dask scheduler")
