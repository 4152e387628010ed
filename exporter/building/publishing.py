"""Writing a set of editions so that it changes as one, killed at any moment.

Several files do not change in one step together, so the manifest goes ahead and behind:

1. new files are made ready, as far as the store can;
2. the manifest is replaced by one that names only what this change leaves alone;
3. the new files take their places, each in one step, and what is withdrawn is removed;
4. the new manifest takes its place.

At every moment each file the manifest names exists and has the digest it states.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from exporter.building import manifest as manifests
from exporter.building.folders import Folder
from exporter.building.manifest import EditionRecord, Manifest, ManifestError
from exporter.stores import Place, StoreError


class Store(Protocol):
    """A place for sets, or for the files of one, by name. Raises OSError, of which StoreError is one."""

    def locked(self) -> AbstractContextManager[None]:
        """Hold the place against other builds; raises LockedError."""

    def sweep(self) -> None:
        """Remove what a killed build left behind in the sets below."""

    def sets(self) -> tuple[str, ...]:
        """The names of the sets below that have a manifest."""

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of ``names``, without those that are not there."""

    def staged(
        self, contents: Mapping[str, bytes], types: Mapping[str, str]
    ) -> AbstractContextManager[Callable[[Collection[str]], None]]:
        """Make ``contents`` ready, of media types ``types``; what is yielded puts them in place and removes others."""

    def drop(self) -> None:
        """Remove the place unless something lies there."""


def _store(place: Place) -> Store:
    if isinstance(place, Path):
        return Folder(place)
    from exporter.building.objects import Objects  # most editions stay on this machine

    return Objects.at(place)


def locked(out: Place) -> AbstractContextManager[None]:
    """Hold ``out`` against other builds; raises LockedError."""
    return _store(out).locked()


def sweep(out: Place) -> None:
    """Remove what a killed build left behind in the sets of ``out``; the caller holds its lock."""
    _store(out).sweep()


def current(folder: Place) -> Manifest | None:
    """The manifest of the set in ``folder``; None without one, or where it cannot be read. Raises StoreError."""
    try:
        return _parsed(_store(folder).read([manifests.FILE_NAME]).get(manifests.FILE_NAME))
    except StoreError:  # a store out of reach may hold one
        raise
    except OSError:
        return None


def _parsed(content: bytes | None) -> Manifest | None:
    try:
        return manifests.parse(content) if content is not None else None
    except ManifestError:
        return None


def intact(folder: Place, edition: EditionRecord) -> bytes | None:
    """The content of ``edition`` in ``folder``; None where it is missing or not what its record says."""
    content = _store(folder).read([edition.file]).get(edition.file)
    return content if content is not None and _agrees(content, edition) else None


def altered(folder: Place, editions: Iterable[EditionRecord]) -> tuple[str, ...]:
    """The files of ``editions`` that are in ``folder``, and not what their records say: somebody changed them."""
    records = {each.file: each for each in editions}
    found = _store(folder).read(records)
    return tuple(file for file, content in sorted(found.items()) if not _agrees(content, records[file]))


def _agrees(content: bytes, edition: EditionRecord) -> bool:
    return hashlib.sha256(content).hexdigest() == edition.sha256


def publish(folder: Place, manifest: Manifest, made: Mapping[str, bytes], stale: Collection[str] = ()) -> None:
    """Make ``folder`` hold the set ``manifest``: ``made`` are its new files by name, others stand there already.

    Removed are the files of ``stale`` and those only the old manifest names. A set without editions
    goes with its manifest. Raises OSError, leaving files and manifest in agreement.
    """
    store, old = _store(folder), current(folder)
    before = old.editions if old else ()
    standing = store.read({*made, *stale, *(edition.file for edition in before)})
    new = {name: content for name, content in made.items() if standing.get(name) != content}
    gone = standing.keys() - {edition.file for edition in manifest.editions}
    kept = tuple(e for e in before if e.file in standing.keys() - new.keys() - gone and _agrees(standing[e.file], e))
    with store.staged(new, {edition.file: edition.media_type for edition in manifest.editions}) as install:
        if old:
            _put(store, manifests.FILE_NAME, manifests.dump(replace(old, editions=kept)))
        install(gone)
    if manifest.editions:
        _put(store, manifests.FILE_NAME, manifests.dump(manifest))
    else:
        _remove(store)


def put(out: Place, name: str, content: bytes) -> None:
    """Make the JSON file ``name`` in ``out`` have ``content``, in one step; raises OSError."""
    _put(_store(out), name, content)


def _put(store: Store, name: str, content: bytes) -> None:
    if store.read([name]).get(name) != content:
        with store.staged({name: content}, {name: "application/json"}) as install:
            install(())


def _remove(store: Store) -> None:
    """The manifest of an empty set, and its place unless something else lies there."""
    with store.staged({}, {}) as install:
        install({manifests.FILE_NAME})
    store.drop()


def by_source(out: Place) -> dict[str, tuple[str, ...]]:
    """The names of the sets in ``out``, by what they were made of."""
    found: dict[str, tuple[str, ...]] = {}
    for name, manifest in sorted(_manifests(out, _store(out).sets()).items()):
        found[manifest.source_path] = (*found.get(manifest.source_path, ()), name)
    return found


def withdraw(out: Place, source_path: str, names: Iterable[str]) -> tuple[Place, ...]:
    """Remove those of the sets ``names`` that are made of ``source_path``, and return their places."""
    ours = {name: each for name, each in _manifests(out, names).items() if each.source_path == source_path}
    for name, manifest in sorted(ours.items()):
        publish(out / name, replace(manifest, editions=()), {})
    return tuple(out / name for name in sorted(ours))


def _manifests(out: Place, names: Iterable[str]) -> dict[str, Manifest]:
    """The manifests of the sets ``names``, without those that cannot be read."""
    found = _store(out).read(f"{name}/{manifests.FILE_NAME}" for name in names)
    parsed = {name.rpartition("/")[0]: _parsed(content) for name, content in found.items()}
    return {name: manifest for name, manifest in parsed.items() if manifest}
