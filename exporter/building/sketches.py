"""The first look at a source: what a build has to know of all articles before it makes editions of one."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from exporter.building import faults
from exporter.building.reports import Failure
from exporter.loading import loader, pictures
from exporter.loading.loader import Reading
from exporter.settings import Settings

_PICTURE: Final = 5000
"""What a picture weighs, in bytes of text that take as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An article that was read: what its set is named by, and the reading itself, packed.

    Packed, it takes a tenth of the memory, and goes on to whoever makes the editions as it is. ``pictures`` are the
    names of those it calls; ``weight`` tells how long making editions may take, beside others.
    """

    path: Path
    slug: str
    language: str
    draft: bool
    sha256: str
    pictures: tuple[str, ...]
    weight: int
    packed: bytes

    @property
    def reading(self) -> Reading:
        """The reading, unpacked."""
        return cast(Reading, pickle.loads(self.packed))


def sketch(path: Path, settings: Settings, *, debug: bool) -> Sketch | Failure:
    """What the source ``path`` holds, or why it cannot be read; a fault is raised with ``debug``."""
    try:
        reading = loader.read(path, settings)
    except Exception as error:
        return faults.failure(path, error, debug=debug)
    return _of(reading, reading.article.metadata.slug or path.stem)


def _of(reading: Reading, slug: str) -> Sketch:
    metadata = reading.article.metadata
    called = [image.source for image in pictures.called(reading.article)]
    return Sketch(
        path=reading.path,
        slug=slug,
        language=metadata.language,
        draft=metadata.draft,
        sha256=reading.sha256,
        pictures=tuple(dict.fromkeys(called)),
        weight=sum(map(len, reading.files.values())) + _PICTURE * len(called),
        packed=pickle.dumps(reading, pickle.HIGHEST_PROTOCOL),
    )
