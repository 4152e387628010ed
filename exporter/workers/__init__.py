"""Where work is done: in this process or in others, through one seam, ``concurrent.futures.Executor``.

Nothing here knows what the work is. What is submitted is a function of a module with arguments that can be pickled, so
that an executor of another kind, on other machines, does as well.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

from exporter.workers.crew import Crew
from exporter.workers.here import Here
from exporter.workers.streaming import stream

__all__ = ["HERE", "Crew", "Here", "Workers", "stream"]


@dataclass(frozen=True, slots=True)
class Workers:
    """Who reads articles, which takes their files, and who makes editions of them; ``width`` tasks at once."""

    reading: Executor
    making: Executor
    width: int


HERE: Final = Workers(Here(), Here(), 1)
"""This process does everything, one thing after another."""
