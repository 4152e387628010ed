"""What is known of each source before anything is made of it: remembered, or read now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from exporter.building import faults
from exporter.building.memory import Recalled
from exporter.building.reports import Failure
from exporter.building.work import Work
from exporter.loading.sources import Skipped, Sources
from exporter.stores import Place
from exporter.workers import stream

if TYPE_CHECKING:
    from exporter.building.sketches import Sketch

Look: TypeAlias = "Sketch | Recalled | Failure"
"""What is known of a source: read now, remembered, or why it cannot be read."""

Looks: TypeAlias = Mapping[Path, Look]


def look(found: Sources, work: Work) -> tuple[Looks, tuple[Skipped, ...], tuple[Path, ...]]:
    """What is known of each source, drafts that were walked upon, and what was left when it was stopped."""
    every = (*found.named, *found.walked)
    recalled = {path: known for path in every if (known := work.memory.recall(path, work.source(path)))}
    new = [path for path in every if path not in recalled]
    seen = {**recalled, **dict(read(new, work) if new else ())}
    drafts = [path for path in found.walked if _is_draft(seen.get(path))]
    for draft in drafts:
        _keep_draft(seen[draft], work)
    wanted = {path: seen[path] for path in every if path in seen and path not in drafts}
    left = tuple(path for path in every if path not in seen)
    return wanted, tuple(Skipped(path, "a draft") for path in drafts), left


def read(paths: Iterable[Path], work: Work) -> Iterator[tuple[Path, Sketch | Failure]]:
    """What each of ``paths`` holds, or why it cannot be read; raises SettingsError before, as ``build`` does."""
    plan, workers = work.plan, work.workers
    reading = workers.reading()  # first: other processes start while this one gets ready for what they will bring
    from exporter.building import house, manifest, sets, sketches  # noqa: F401 - sets are made next

    work.memory.look_around()
    work.equip(plan)
    manifest.versions(plan.formats)  # remembered, as the fonts are
    for format_ in plan.formats:
        house.beside(plan.settings, format_)
    sketch = partial(sketches.sketch, settings=plan.settings, debug=plan.debug)
    for path, future in stream(reading, sketch, paths, workers.width, work.stop):
        error = future.exception()
        yield path, faults.failure(path, error, debug=plan.debug) if error else future.result()


def _is_draft(look: Look | None) -> bool:
    return look is not None and not isinstance(look, Failure) and look.draft


def _keep_draft(look: Look, work: Work) -> None:
    if not isinstance(look, Failure | Recalled):
        work.memory.keep(look, work.source(look.path))


def called(looks: Looks) -> Mapping[Place, tuple[str, ...]]:
    """The names of the pictures that each article calls; none of one that cannot be read."""
    return {path: () if isinstance(look, Failure) else look.pictures for path, look in looks.items()}
