"""The first look at a source: what a build has to know of all articles before it makes editions of one."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, assert_never, cast

from exporter.building import faults
from exporter.building.plan import NONE, Wishes
from exporter.building.reports import Failure
from exporter.loading import lookup, opening, pictures
from exporter.loading.issues import IssueReading
from exporter.loading.loaded import Reading
from exporter.loading.opening import AnyReading
from exporter.settings import Settings

_PICTURE: Final = 5000
"""What a picture weighs, in bytes of text that take as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An article that was read: what its set is named by, and the reading itself, packed.

    Packed, it takes a tenth of the memory, and goes on to whoever makes the editions as it is. ``pictures`` are the
    names of those it calls; of an issue, of every file it depends on, and ``read`` the digests of those that were read.
    ``weight`` tells how long making editions may take, beside others.
    """

    path: Path
    slug: str
    language: str
    draft: bool
    sha256: str
    pictures: tuple[str, ...]
    weight: int
    packed: bytes
    wishes: Wishes = NONE
    read: Mapping[str, str] = field(default_factory=dict)

    @property
    def reading(self) -> AnyReading:
        """The reading, unpacked."""
        return cast(AnyReading, pickle.loads(self.packed))


def sketch(path: Path, settings: Settings, *, debug: bool) -> Sketch | Failure:
    """What the source ``path`` holds, or why it cannot be read; a fault is raised with ``debug``."""
    try:
        reading = opening.read(path, settings)
    except Exception as error:
        return faults.failure(path, error, debug=debug)
    match reading:
        case Reading():
            return _of(reading, reading.article.metadata.slug or path.stem)
        case IssueReading():
            return _of_issue(reading)
        case _:
            assert_never(reading)


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


# --- Issues -----------------------------------------------------------------------------------

_EMAIL: Final = ("email.html", "email.txt")


def _of_issue(reading: IssueReading) -> Sketch:
    issue = reading.issue
    called = tuple(dict.fromkeys(_called(reading)))
    beside = _beside(reading)
    patterns = [f"{lookup.PATTERN}{pattern}" for pattern in reading.patterns]
    return Sketch(
        path=reading.path,
        slug=issue.slug,
        language=issue.language,
        draft=False,
        sha256=reading.sha256,
        pictures=(*sources(reading), *patterns),
        weight=sum(map(len, reading.contents.values())) + _PICTURE * len(called),
        packed=pickle.dumps(reading, pickle.HIGHEST_PROTOCOL),
        wishes=Wishes(
            formats=issue.formats,
            more=_EMAIL if issue.email else (),
            theme=issue.theme,
            page=issue.page,
        ),
        read={name: hashlib.sha256(reading.contents[name]).hexdigest() for name in beside},
    )


def _beside(reading: IssueReading) -> list[str]:
    """What was read beside the issue's own file."""
    return [name for name in reading.contents if name != reading.path.name]


def sources(reading: IssueReading) -> tuple[str, ...]:
    """The names, from the issue's folder, of all it is made of beside its file, or would be if it were there."""
    beside = _beside(reading)
    sidecars = (str(lookup.sidecar_path(Path(name))) for name in beside if not name.endswith(".meta.toml"))
    return tuple(dict.fromkeys((*beside, *sidecars, *_called(reading))))


def _called(reading: IssueReading) -> Iterator[str]:
    """The pictures of the articles of an issue, by their names from its folder."""
    folder = reading.path.parent
    for each in reading.readings:
        yield from (_from(folder, each.path.parent, image.source) for image in pictures.called(each.article))
    for own in (reading.article, *([reading.note.article] if reading.note else [])):
        yield from (image.source for image in pictures.called(own))


def _from(folder: Path, other: Path, source: str) -> str:
    """The picture ``source`` of an article in the folder ``other``, by its name from ``folder``."""
    found = lookup.find(source, other.resolve())
    return os.path.relpath(found if isinstance(found, Path) else other / source, folder.resolve())
