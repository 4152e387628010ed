"""What a build depends on, as it is at one moment."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from exporter.building import memory, stamps
from exporter.building.cachefolder import CacheFolder
from exporter.building.plan import Plan
from exporter.building.reports import BuildReport
from exporter.building.stamps import Stamp
from exporter.loading import lookup, sources
from exporter.settingsfile import FILE_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """The ``sources`` there are; all ``files`` that editions are made of or would be, None for one that is not there.

    Something may happen to them in ``folders``, which are known by the numbers of their inodes: one made anew has to be
    watched anew.
    """

    sources: tuple[Path, ...] = ()
    files: Mapping[Path, Stamp | None] = field(default_factory=dict)
    folders: Mapping[Path, int] = field(default_factory=dict)

    def same(self, other: Sight) -> bool:
        """Whether both see the same files, of the same contents, in the same folders."""
        return self.files.keys() == other.files.keys() and self.folders == other.folders and not self.differs(other)

    def differs(self, other: Sight) -> bool:
        """Whether a source came or went, or a file that both know of has another content."""
        common = self.files.keys() & other.files.keys()
        return self.sources != other.sources or any(_digest(self, file) != _digest(other, file) for file in common)

    def lacks(self, other: Sight) -> bool:
        """Whether a file is gone that ``other`` has."""
        return any(stamp and not self.files.get(file) for file, stamp in other.files.items())


def _digest(sight: Sight, file: Path) -> str:
    stamp = sight.files[file]
    return stamp.digest if stamp else ""


def look(paths: Iterable[Path], config: Path | None, plan: Plan, report: BuildReport, before: Sight) -> Sight:
    """What a build of ``paths`` by ``plan`` depends on now; of pictures those that ``report`` tells of.

    Files that are as ``before`` are not read again. Raises OSError where a folder cannot be read.
    """
    out = plan.settings.defaults.out
    moment = CacheFolder(out / memory.FOLDER if isinstance(out, Path) else None).now()
    given = tuple(paths)
    found = sources.find((path for path in given if path.exists()), out)
    every = (*found.named, *found.walked)
    pictures = frozenset(_pictures(report))
    files = {*_house(given[0], config, plan), *_beside(every), *(path for path, _ in pictures)}
    folders = {*_entered(given, plan), *(file.parent for file in files), *_leading_to(pictures)}
    folders |= {Path(os.path.realpath(file)).parent for file in files if file.is_symlink()}
    return Sight(
        sources=every,
        files={file: stamps.of(file, before.files.get(file), moment) for file in files},
        folders={folder: number for folder in folders if (number := _number(folder))},
    )


def _house(first: Path, config: Path | None, plan: Plan) -> Iterator[Path]:
    """The files that all editions depend on, and those that would be settings if they were there."""
    settings = plan.settings
    beside = first if first.is_dir() else first.parent
    yield from (config,) if config else (beside / FILE_NAME, Path(FILE_NAME))
    cover = settings.epub.cover
    yield from filter(None, (settings.file, settings.docx.reference, cover if isinstance(cover, Path) else None))
    if settings.theme.templates:
        yield from (file for file in settings.theme.templates.rglob("*") if file.is_file())


def _beside(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from (path, lookup.sidecar_path(path))


def _pictures(report: BuildReport) -> Iterator[tuple[Path, Path]]:
    """The files that articles call, there or not, and that issues find, each with the folder of the one who does."""
    for article in report.articles:
        folder = Path(str(article.path)).parent
        for called in article.pictures:
            yield from ((folder / name, folder) for name in _named(called, folder))


def _named(called: str, folder: Path) -> tuple[str, ...]:
    """The names from ``folder`` that ``called`` may stand for."""
    if called.startswith(lookup.PATTERN):
        return lookup.matching(folder, called.removeprefix(lookup.PATTERN))
    return lookup.names(called)


def _leading_to(pictures: Iterable[tuple[Path, Path]]) -> Iterator[Path]:
    """The folders between articles and their pictures: each of them may be made, or made anew."""
    for inner, folder in {(path.parent, folder) for path, folder in pictures}:
        yield from (each for each in (inner, *inner.parents) if each.is_relative_to(folder))


def _entered(paths: Iterable[Path], plan: Plan) -> Iterator[Path]:
    """Folders in which a source may come."""
    for path in paths:
        yield path.parent
        yield from sources.folders(path, plan.settings.defaults.out)
    if templates := plan.settings.theme.templates:
        yield from (templates.parent, templates, *(each for each in templates.rglob("*") if each.is_dir()))


def _number(folder: Path) -> int:
    """The number of the inode of ``folder``; 0 where none is there."""
    try:
        return folder.stat().st_ino if folder.is_dir() else 0
    except OSError:
        return 0
