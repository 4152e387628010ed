"""Who does the work of a build: as many processes as the machine has cores for, or this one alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from exporter import registry
from exporter.building.plan import Plan
from exporter.workers import HERE, Workers

if TYPE_CHECKING:
    from concurrent.futures import Executor

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_LIMIT: Final = 600.0
"""Seconds an article may take. A novel takes less than a tenth of it."""


def options(command: Decorated) -> Decorated:
    """``--jobs``, ``--cluster`` and ``--timeout``."""
    return _jobs(_cluster(_timeout(command)))


_jobs = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(0, 1024),
    envvar="EXPORTER_JOBS",
    metavar="N",
    help="Articles made at once, each in a process of its own; by default one a core. 0: all in this process.",
)
_cluster = click.option(
    "--cluster",
    envvar="EXPORTER_CLUSTER",
    metavar="tcp://HOST:PORT",
    help="Scheduler of a Dask cluster whose workers make the editions.",
)
_timeout = click.option(
    "--timeout",
    type=click.FloatRange(0),
    default=_LIMIT,
    envvar="EXPORTER_TIMEOUT",
    metavar="SECONDS",
    help=f"How long an article may take before it is given up; {_LIMIT:g} by default. 0: as long as it likes.",
)


@contextmanager
def hired(jobs: int | None, timeout: float, plan: Plan, scheduler: str | None = None) -> Iterator[Workers]:
    """Those who do the work, for as long as it takes; what they are at when it ends is given up."""
    with _here(jobs, timeout, plan.formats) as here:
        if scheduler is None:
            yield here
            return
        from exporter.building import afar

        with afar.cluster(scheduler, plan, reading=here.reading, limit=timeout or None) as found:
            yield found


@contextmanager
def _here(jobs: int | None, timeout: float, formats: Iterable[str]) -> Iterator[Workers]:
    if jobs == 0:
        yield HERE
        return
    places = jobs or len(os.sched_getaffinity(0))
    with ExitStack() as stack:

        @lru_cache(maxsize=1)
        def crew() -> Executor:
            from exporter.workers import Crew

            modules = ("exporter.building.sets", *registry.modules(formats))
            hired = Crew(places, limit=timeout or None, preload=modules)
            stack.callback(hired.shutdown, cancel_futures=True)
            return hired

        yield Workers(reading=crew, making=crew, width=2 * places)
