"""The manifest of a set of editions: what was made of which source, and what vouches for it.

``docs/manifest.schema.json`` is its schema. Same inputs, same bytes: no time, no absolute path.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, Final

from exporter import registry
from exporter.edition import Discrepancy, Loss

SCHEMA: Final = 1
"""The number of the schema; it grows when a reader of manifests would have to change."""

FILE_NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRecord:
    """One edition of the set. ``file`` is its name in the set's folder, ``size`` in bytes.

    ``proof`` says what judged it: "drawn", "read", or "none" where nothing did.
    """

    format: str
    file: str
    sha256: str
    size: int
    media_type: str
    verified: bool
    proof: str
    discrepancies: tuple[Discrepancy, ...] = ()
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A set of editions. ``source_path`` is relative to the folder the build ran in.

    ``files`` are the SHA-256 of everything an issue was made of beside its own file, by the names from its folder.
    """

    source_path: str
    source_sha256: str
    files: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str | int | None] = field(default_factory=dict)
    editions: tuple[EditionRecord, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)

    def of_same_make(self, other: Manifest) -> bool:
        """Whether both sets were made of one source, with the same options, by versions that do not differ."""
        common = self.versions.keys() & other.versions.keys()
        return (
            (self.source_path, self.source_sha256) == (other.source_path, other.source_sha256)
            and dict(self.files) == dict(other.files)
            and dict(self.options) == dict(other.options)
            and all(self.versions[name] == other.versions[name] for name in common)
        )


class ManifestError(ValueError):
    """The content is no manifest this version can read."""


def dump(manifest: Manifest) -> bytes:
    """``manifest`` as JSON, UTF-8, keys in the schema's order."""
    document = {
        "schema": SCHEMA,
        "source": {"path": manifest.source_path, "sha256": manifest.source_sha256, **_files(manifest)},
        "options": dict(manifest.options),
        "editions": [asdict(edition) for edition in manifest.editions],
        "versions": dict(manifest.versions),
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    # A file name that is not UTF-8 comes as lone surrogates; JSON writes those as \udcXX.
    return (text + "\n").encode("utf-8", "backslashreplace")


def _files(manifest: Manifest) -> dict[str, Any]:
    return {"files": dict(sorted(manifest.files.items()))} if manifest.files else {}


def parse(content: bytes) -> Manifest:
    """The manifest ``content`` holds; raises ManifestError."""
    try:
        document = json.loads(content)
        if document["schema"] != SCHEMA:
            raise ManifestError(f"schema {document['schema']} is not {SCHEMA}")
        return Manifest(
            source_path=document["source"]["path"],
            source_sha256=document["source"]["sha256"],
            files=dict(document["source"].get("files", {})),
            options=dict(document["options"]),
            editions=tuple(map(_edition, document["editions"])),
            versions=dict(document["versions"]),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"not a manifest: {error}") from error


def _edition(document: Mapping[str, Any]) -> EditionRecord:
    """The record; a file of another folder, which a set would remove or replace, belongs to no set."""
    if document["file"] in ("", ".", "..", FILE_NAME) or re.search(r"[/\\\0]", document["file"]):
        raise ManifestError(f"'{document['file']}' is no file of the set")
    discrepancies = tuple(Discrepancy(**each) for each in document["discrepancies"])
    losses = tuple(Loss(**each) for each in document["losses"])
    return EditionRecord(**{**document, "discrepancies": discrepancies, "losses": losses})


def file_digest(file: Path | None) -> str | None:
    """SHA-256 of the content of ``file``; None without one."""
    return hashlib.sha256(file.read_bytes()).hexdigest() if file else None


def folder_digest(folder: Path | None) -> str | None:
    """SHA-256 of the names and contents of all files below ``folder``; None without one."""
    if folder is None:
        return None
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name, content = os.fsencode(path.relative_to(folder)), path.read_bytes()
        digest.update(b"%d %s\0%d %s" % (len(name), name, len(content), content))
    return digest.hexdigest()


# --- Versions ---------------------------------------------------------------------------------

_NAME = re.compile(r"[A-Za-z0-9._-]+")


def versions(formats: Iterable[str]) -> dict[str, str]:
    """The distributions that render ``formats``, and what they are made with, by name."""
    wanted = set(formats)
    makers = {point.distribution for point in registry.installed("renderers") if point.name in wanted}
    found = {name: number for maker in makers for name, number in _with_requirements(maker)}
    return dict(sorted(found.items(), key=lambda pair: pair[0].lower()))


@lru_cache(maxsize=None)
def _with_requirements(distribution: str) -> tuple[tuple[str, str], ...]:
    """``distribution`` and its direct requirements that are not extras, with their versions."""
    required = [each for each in requires(distribution) or () if "extra ==" not in each]
    names = [distribution, *(found[0] for each in required if (found := _NAME.match(each)))]
    return tuple((name, number) for name in names if (number := _version(name)))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
