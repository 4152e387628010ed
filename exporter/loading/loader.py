"""From a file to an article ready to be rendered: read, completed, checked, its pictures loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exporter import registry, toml
from exporter.article import Article, Metadata
from exporter.coverage import coverage
from exporter.edition import Discrepancy, Loss, Resource, Source
from exporter.errors import SourceError
from exporter.loading import links, pictures, slugs
from exporter.readers.languages import direction_of, guess_language
from exporter.settings import Defaults, Settings
from exporter.text import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source as read: ``article`` says what its reader understood, its metadata completed.

    ``notices`` are sentences on what was assumed.
    """

    path: Path
    source: Source
    sha256: str
    article: Article
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An article ready to be rendered, unless there are ``findings`` (S0xx).

    ``losses`` (L001 to L003) are what no edition will carry; ``sha256`` is of the source's bytes.
    """

    path: Path
    article: Article
    resources: Mapping[str, Resource]
    sha256: str
    findings: tuple[Discrepancy, ...] = ()
    losses: tuple[Loss, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each picture's pixels, by ``Image.source``."""
        return {source: resource.digest for source, resource in self.resources.items()}


def load(path: Path, settings: Settings) -> Loaded:
    """The article in the file ``path``; raises SourceError and FormatError."""
    return prepare(read(path, settings), settings)


def read(path: Path, settings: Settings) -> Reading:
    """What the file ``path`` and its sidecar say, completed from ``settings``; raises SourceError and FormatError."""
    reader = registry.reader(suffix(path))
    source = Source(str(path), _content(path), _sidecar(path))
    article = reader.read(source)
    metadata, notices = complete(article, path.stem, settings)
    return Reading(
        path=path,
        source=source,
        sha256=hashlib.sha256(source.content).hexdigest(),
        article=replace(article, metadata=metadata),
        notices=notices,
    )


def prepare(reading: Reading, settings: Settings) -> Loaded:
    """``reading`` held to its source, its pictures loaded and its links made such as editions can carry."""
    witness = registry.witness(suffix(reading.path))
    testimony = witness.testify(reading.source) if witness else None
    unread = coverage(reading.article, reading.source, testimony)
    drawn = pictures.load(reading.article, reading.path.parent, settings.defaults.missing_images)
    article, lost_links = links.carry(drawn.article)
    return Loaded(
        path=reading.path,
        article=article,
        resources=drawn.resources,
        sha256=reading.sha256,
        findings=(*unread, *drawn.findings),
        losses=(*drawn.losses, *lost_links),
        notices=reading.notices,
    )


def suffix(path: Path) -> str:
    """The name of the source format of ``path``: its suffix without the dot, in small letters."""
    return path.suffix[1:].lower()


# --- Files ------------------------------------------------------------------------------------


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot be read: {error.strerror}.", file=str(path)) from error


def _sidecar(path: Path) -> dict[str, Any]:
    """The metadata of ``NAME.meta.toml`` beside ``path``; {} without one."""
    beside = path.with_name(f"{path.stem}.meta.toml")
    if not beside.is_file():
        return {}
    try:
        return toml.parse(_content(beside))
    except toml.TomlError as error:
        raise SourceError(f"{error.message}.", file=str(beside), line=error.line) from error


# --- Metadata ---------------------------------------------------------------------------------


def complete(article: Article, stem: str, settings: Settings) -> tuple[Metadata, tuple[str, ...]]:
    """The metadata of ``article`` with what its source lacks, and a sentence on each thing assumed."""
    written = article.metadata
    defaults = settings.defaults
    language, notices = _language(article, defaults)
    slug, renamed = _slug(written.slug, stem, article.name)
    metadata = replace(
        written,
        slug=slug,
        language=language,
        direction=written.direction if written.language != "und" else direction_of(language),
        authors=written.authors or defaults.authors,
        section=written.section or defaults.section,
        publisher=written.publisher or settings.publisher.name,
        rights=written.rights or settings.publisher.rights,
    )
    return metadata, (*notices, *renamed)


def _language(article: Article, defaults: Defaults) -> tuple[str, tuple[str, ...]]:
    if article.metadata.language != "und":
        return article.metadata.language, ()
    if defaults.language:
        return defaults.language, ()
    guess = guess_language(" ".join(entry.text for entry in said(article)))
    return guess, (f"Language guessed from the script: {guess}. Set it with --language, or in the source.",)


def _slug(written: str | None, stem: str, name: str) -> tuple[str, tuple[str, ...]]:
    wanted = written or stem
    slug = slugs.safe(wanted)
    if not slug:
        raise SourceError(f"the slug '{wanted}' leaves no name for a file. Set slug in the metadata.", file=name)
    return slug, () if slug == wanted else (f"The slug '{wanted}' is written '{slug}': it names files.",)
