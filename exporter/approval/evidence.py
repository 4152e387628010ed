"""What there is to approve: an issue as it is built in OUT, held to everything it was built from."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from exporter.approval import files
from exporter.approval.records import FileRecord, Kind, Matter, SetRecord, Text, WaiverRecord
from exporter.article import Article
from exporter.building import manifest as manifests
from exporter.building import publishing, sketches
from exporter.building.manifest import Manifest
from exporter.building.reports import Failure
from exporter.building.sketches import Sketch
from exporter.building.waived import covers
from exporter.errors import ApprovalError
from exporter.issues import Issue
from exporter.issues.translations import languages
from exporter.loading import composing
from exporter.loading.issues import IssueReading, read_issue
from exporter.loading.loaded import MAIL
from exporter.loading.origins import Origins
from exporter.loading.selecting import normal
from exporter.settings import Defaults, Settings
from exporter.text import said


@dataclass(frozen=True, slots=True)
class Guarded:
    """An article that must not go out yet: a ``draft``, or under ``embargo`` until that day."""

    name: str
    draft: bool
    embargo: date | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What somebody is asked to approve of the issue in the file ``path``, built in ``out``.

    ``notices`` are sentences on what is not there though it might be. ``objections`` stand against it: each a sentence
    that says what to do; with one nothing can be approved.
    """

    path: Path
    out: Path
    matter: Matter
    guarded: tuple[Guarded, ...]
    notices: tuple[str, ...]
    objections: tuple[str, ...]


def subject(path: Path, out: Path, settings: Settings, recipients: Path | None = None) -> Subject:
    """What there is to approve; ``recipients`` is the file of those who get it, if that is to be approved too.

    Raises SourceError for an issue that cannot be read.
    """
    whole = read_issue(path, settings).issue
    sets = [_Set.read(path, out, settings, language) for language in languages(whole) or (None,)]
    issue_file = files.record("issue", path.name, path)
    names = sorted({name for each in sets for name in each.sources})
    matter = Matter(
        issue=whole.id,
        revision=whole.revision,
        profile=settings.profile.name if settings.profile else "",
        files=(issue_file, *_present(names, path.parent), *_made(sets, out), *_recipients(recipients, path.parent)),
        absent=tuple(name for name in names if not (path.parent / name).is_file()),
        patterns=files.found({pattern for each in sets for pattern in each.reading.patterns}, path.parent),
        issue_text=path.read_bytes().decode("utf-8-sig"),
        articles={name: texts for each in sets for name, texts in each.articles()},
        sets=tuple(each.record() for each in sets),
        waivers=tuple(_waivers(whole, sets)),
        losses=_losses(sets),
    )
    objections = tuple(dict.fromkeys(each for one in sets for each in one.objections()))
    guarded = tuple(dict.fromkeys(each for one in sets for each in one.guarded()))
    notices = tuple(dict.fromkeys(each for one in sets for each in one.notices(settings)))
    return Subject(path, out, matter, guarded, notices, objections)


@dataclass(frozen=True, slots=True)
class _Set:
    """One set of editions, and the issue as its sources are now."""

    path: Path
    out: Path
    language: str | None
    reading: IssueReading
    sketch: Sketch
    settings: Settings
    manifest: Manifest | None

    @classmethod
    def read(cls, path: Path, out: Path, settings: Settings, language: str | None) -> _Set:
        """The set in ``language``, None for the only one; raises SourceError."""
        settings = settings.with_defaults(language=language) if language else settings
        sketch = sketches.sketch(path, settings, debug=True)
        if isinstance(sketch, Failure):
            raise ApprovalError(f"{path}: {sketch.message}")
        reading = sketch.reading
        assert isinstance(reading, IssueReading)
        return cls(path, out, language, reading, sketch, settings, publishing.current(out / sketch.slug))

    @property
    def slug(self) -> str:
        """The name of the set."""
        return self.sketch.slug

    @property
    def sources(self) -> tuple[str, ...]:
        """The names, from the issue's folder, of all it is made of, or would be if it were there."""
        return sketches.sources(self.reading)

    # Against it

    def objections(self) -> Iterator[str]:
        """What stands against approving it."""
        if self.manifest is None or not self.manifest.editions:
            yield f"{self.out / self.slug}: not built. Run: {self._build()}"
            return
        if stale := list(self._stale(self.manifest)):
            more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
            yield f"{self.out / self.slug}: built before {stale[0]}{more} changed. Run: {self._build()}"
        for record in self.manifest.editions:
            place = self.out / self.slug / record.file
            if publishing.intact(self.out / self.slug, record) is None:
                what = "was changed since it was verified" if place.is_file() else "is missing"
                yield f"{place} {what}. Run: {self._build()}"
            elif not record.verified:
                yield f"{place}: not verified, and such a set is never approved. Run: {self._build()} --force"

    def _stale(self, manifest: Manifest) -> Iterator[str]:
        """The names of what is not as it was when the set was built."""
        now = {each.name: each.sha256 for each in _present(sorted(self.sources), self.path.parent)}
        if manifest.source_sha256 != self.reading.sha256:
            yield self.path.name
        for name in sorted({*now, *manifest.files}):
            if now.get(name) != manifest.files.get(name):
                yield name

    def _build(self) -> str:
        """The command that builds it."""
        profile, default = self.settings.profile, Defaults().out
        said = ("--profile", profile.name) if profile else ("--out", str(self.out)) if self.out != default else ()
        language = ("--language", self.language) if self.language else ()
        return shlex.join(("exporter", "build", str(self.path), *language, *said))

    # About it

    def notices(self, settings: Settings) -> Iterator[str]:
        """What it has not, though it might."""
        made = {each.format for each in self.manifest.editions} if self.manifest else set()
        wanted = self.reading.issue.formats or settings.defaults.to
        if made and (lacking := [each for each in wanted if each not in made]):
            yield f"{self.slug} has no {', '.join(lacking)}."
        if made and self.reading.issue.email and not any(each.startswith(MAIL) for each in made):
            yield f"{self.slug} has no body of an email: it cannot be sent."

    def guarded(self) -> Iterator[Guarded]:
        """Articles that must not go out yet."""
        for piece in self.reading.pieces:
            metadata = piece.article.metadata
            if metadata.draft or metadata.embargo:
                yield Guarded(piece.entry.path, metadata.draft, metadata.embargo)

    def articles(self) -> Iterator[tuple[str, tuple[Text, ...]]]:
        """What each article says, by its name from the issue's folder."""
        for piece, reading in zip(self.reading.pieces, self.reading.readings, strict=True):
            yield normal(piece.entry.path), texts_of(reading.article)

    def record(self) -> SetRecord:
        """What its editions say."""
        loaded = composing.prepare(self.reading, self.settings)
        mail = _told(loaded.mail, loaded.origins) if loaded.mail and loaded.mail != loaded.article else None
        return SetRecord(slug=self.slug, texts=_told(loaded.article, loaded.origins), mail=mail)


def texts_of(article: Article) -> tuple[Text, ...]:
    """What ``article`` says, in order."""
    return tuple(Text(entry.kind, entry.line, entry.text) for entry in said(article))


def _told(whole: Article, origins: Origins) -> tuple[Text, ...]:
    """What the ``whole`` issue says, each with the line of its article."""
    places = ((each, origins.place(each.line)) for each in texts_of(whole))
    return tuple(replace(each, article=article, line=line) for each, (article, line) in places)


# --- Files ------------------------------------------------------------------------------------


def _present(names: Iterable[str], folder: Path) -> Iterator[FileRecord]:
    return (files.record("source", name, folder / name) for name in names if (folder / name).is_file())


def _made(sets: Iterable[_Set], out: Path) -> Iterator[FileRecord]:
    """The manifests of ``sets``, and the editions they name, as far as they are there."""
    for each in sets:
        if each.manifest is None:
            continue
        yield files.record("manifest", f"{each.slug}/{manifests.FILE_NAME}", out / each.slug / manifests.FILE_NAME)
        for record in each.manifest.editions:
            name = f"{each.slug}/{record.file}"
            if (out / name).is_file():
                kind: Kind = "body" if record.format.startswith(MAIL) else "edition"
                yield files.record(kind, name, out / name, record.format)


def _recipients(path: Path | None, folder: Path) -> Iterator[FileRecord]:
    if path is not None:
        name = Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
        yield files.record("recipients", name, path)


# --- Counts -----------------------------------------------------------------------------------


def _waivers(issue: Issue, sets: Iterable[_Set]) -> Iterator[WaiverRecord]:
    """The waivers of ``issue``, each with the formats in which it let something pass."""
    editions = [record for each in sets if each.manifest for record in each.manifest.editions]
    for waiver in issue.waivers:
        formats = (each.format for each in editions if any(covers(waiver, found) for found in each.discrepancies))
        yield WaiverRecord(waiver=waiver, formats=tuple(dict.fromkeys(formats)))


def _losses(sets: Iterable[_Set]) -> Mapping[str, int]:
    """How many losses of each kind there are, one that several editions have once."""
    every = {loss for each in sets if each.manifest for edition in each.manifest.editions for loss in edition.losses}
    return dict(sorted(Counter(loss.code for loss in every).items()))
