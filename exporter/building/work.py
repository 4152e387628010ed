"""What is the same for all articles of one build."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from exporter.building import publishing
from exporter.building.memory import Memory
from exporter.building.plan import Plan
from exporter.building.provenance import Options, source_path
from exporter.workers import Workers

Stop: TypeAlias = Callable[[], bool]
"""Asked now and then whether to end here."""

Equip: TypeAlias = Callable[[Plan], Plan]
"""Called before anything is read, and before anything is made, to add to a plan what takes a while to get once."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """How one build is done: ``plan``, its ``options`` as manifests tell them, and who takes part."""

    plan: Plan
    options: Options
    memory: Memory
    workers: Workers
    stop: Stop
    equip: Equip

    def source(self, path: Path) -> str:
        """``path`` as manifests name it."""
        return source_path(path, self.plan)

    @cached_property
    def sets(self) -> Mapping[str, tuple[str, ...]]:
        """The sets there were when this was first asked, by source."""
        return publishing.by_source(self.plan.settings.defaults.out)
