"""Where work is done: in this process or in others, through one seam, ``concurrent.futures.Executor``.

Nothing here knows what the work is. What is submitted is a function of a module with arguments that can be pickled, so
that an executor of another kind, on other machines, does as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from exporter.workers.streaming import stream

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from exporter.workers.cluster import Cluster
    from exporter.workers.crew import Crew
    from exporter.workers.here import Here

__all__ = ["HERE", "Cluster", "Crew", "Here", "Workers", "stream"]

_ROOM_OF: Final = {
    "Cluster": "exporter.workers.cluster",
    "Crew": "exporter.workers.crew",
    "Here": "exporter.workers.here",
}


def __getattr__(name: str) -> Any:
    """The public name ``name`` (PEP 562): processes take a while to import, and may have nothing to do."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'exporter.workers' has no attribute '{name}'")
    return getattr(import_module(_ROOM_OF[name]), name)


@dataclass(frozen=True, slots=True)
class Workers:
    """Who reads articles, which takes their files, and who makes editions of them; ``width`` tasks at once.

    Both are called when there is something to do, and give the same executor each time.
    """

    reading: Callable[[], Executor]
    making: Callable[[], Executor]
    width: int


@lru_cache(maxsize=1)
def _here() -> Executor:
    from exporter.workers.here import Here

    return Here()


HERE: Final = Workers(_here, _here, 1)
"""This process does everything, one thing after another."""
