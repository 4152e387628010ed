"""What of an issue is built in OUT, by what its manifests say and by the files that are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from exporter.building import publishing
from exporter.building.manifest import Manifest, file_digest
from exporter.issues import Issue, read
from exporter.issues.translations import languages, translated
from exporter.loading import loader


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The set in ``folder``: its ``formats``, none where it is not built, and which of them are not as they should be.

    ``damaged`` are changed or missing since they were made; ``outdated`` are files that were changed since.
    """

    folder: Path
    formats: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


def built(path: Path, out: Path) -> tuple[Built, ...]:
    """The sets of the issue in the file ``path``, one a language; none where the file cannot be understood.

    Raises SourceError where it cannot be read at all.
    """
    issue, _ = read(loader.content_of(path))
    return tuple(_built(out / each.slug, path) for each in _in_each_language(issue)) if issue else ()


def _in_each_language(issue: Issue) -> tuple[Issue, ...]:
    return tuple(translated(issue, language) for language in languages(issue)) or (issue,)


def _built(folder: Path, issue: Path) -> Built:
    manifest = publishing.current(folder)
    found = Built(folder=folder, outdated=tuple(_outdated(manifest, issue)) if manifest else ())
    for record in manifest.editions if manifest else ():
        found = replace(
            found,
            formats=(*found.formats, record.format),
            unverified=found.unverified if record.verified else (*found.unverified, record.format),
            damaged=(*found.damaged, record.format) if publishing.intact(folder, record) is None else found.damaged,
        )
    return found


def _outdated(manifest: Manifest, issue: Path) -> Iterator[str]:
    """The names of the files that are not what the set was made of."""
    for name, digest in {issue.name: manifest.source_sha256, **manifest.files}.items():
        file = issue.parent / name
        if not file.is_file() or file_digest(file) != digest:
            yield name
