"""What earlier builds into a folder remember, so that nothing is made again whose inputs are unchanged.

Each article has a trace in ``OUT/.cache``. It is believed where everything it was made of is the same by content, and
every file that was made is in its place, the same too. Nothing that failed leaves a trace: it is always tried again.
The folder may be deleted at any time; what cannot be written there is made again next time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from exporter.building import manifest, stamps, toolchain, traces
from exporter.building.cachefolder import CacheFolder
from exporter.building.libraries import loaded
from exporter.building.plan import Plan, Wishes
from exporter.building.reports import ArticleReport
from exporter.building.stamps import Stamp, Stamps
from exporter.building.traces import Trace
from exporter.loading import lookup
from exporter.stores import Place

FOLDER: Final = ".cache"
_COMMON: Final = "common"

_Seen: TypeAlias = Mapping[str, Stamp | str | None]


class Named(Protocol):
    """An article that was read."""

    @property
    def path(self) -> Path:
        """Its source."""
        ...

    @property
    def slug(self) -> str:
        """The name it wants."""
        ...

    @property
    def language(self) -> str:
        """Its language."""
        ...

    @property
    def draft(self) -> bool:
        """Whether it is one."""
        ...

    @property
    def wishes(self) -> Wishes:
        """What it asks for itself."""
        ...


@dataclass(frozen=True, slots=True)
class Recalled:
    """An article that need not be read, since nothing it was made of has changed."""

    path: Path
    trace: Trace

    @property
    def slug(self) -> str:
        """The name it wants."""
        return self.trace.slug

    @property
    def language(self) -> str:
        """Its language."""
        return self.trace.language

    @property
    def draft(self) -> bool:
        """Whether it is one."""
        return self.trace.draft

    @property
    def wishes(self) -> Wishes:
        """What it asks for itself."""
        return self.trace.wishes

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of those it calls."""
        return tuple(self.trace.pictures)


class Memory:
    """What is remembered of articles in ``out``, whose lock the caller holds; nothing where that is no folder here.

    Of each article it is told in this order: ``recall``, before it is read; ``look_at`` its pictures, before they are
    loaded; ``keep``, when its set is published; and once of all, before anything is read, ``look_around``. Stamps so
    taken are older than what is made of the files.
    """

    def __init__(self, out: Place, plan: Plan) -> None:
        self._out = out
        self._plan = plan
        self._cache = CacheFolder(out / FOLDER if isinstance(out, Path) else None)
        self._began = self._cache.now()
        self._common = Stamps(_stamps(self._cache.read(_COMMON)), self._began)
        self._files: dict[Path, Mapping[str, Stamp | None]] = {}
        self._pictures: dict[Path, Mapping[str, Stamp | str]] = {}
        self._libraries: dict[str, bool] = {"": True}
        self._restless: set[Path] = set()
        self._unsettled: Trace | None = None

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_error: object) -> None:
        """Keep what is known of the last set, and of the files that all articles depend on."""
        self._settle()
        if self._common.changed:
            self._cache.write(_COMMON, {path: asdict(stamp) for path, stamp in self._common.found.items()})

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences on what could not be remembered."""
        return (self._cache.trouble,) if self._cache.trouble else ()

    @cached_property
    def _key(self) -> str:
        return toolchain.key(self._plan, self._common)

    def look_around(self) -> None:
        """Note what all articles depend on; many of the libraries sets are made with are this process's too."""
        _ = self._key
        for path in loaded():
            self._common.digest(path)

    def recall(self, path: Path, source: str) -> Recalled | None:
        """The article ``path``, ``source`` in manifests, where nothing it was made of has changed."""
        trace = traces.parse(self._cache.read(self._file(source)))
        files = self._files[path] = self._beside(path, trace.files if trace else {})
        if self._plan.force or trace is None or trace.source != source or trace.key != self._key:
            return None
        pictures = self._below(path, trace.pictures)
        same = _agree(files, trace.files) and _agree(pictures, trace.pictures) and self._has(trace.libraries)
        return Recalled(path, self._refreshed(trace, replace(trace, files=files, pictures=pictures))) if same else None

    def again(self, article: Recalled, name: str) -> ArticleReport | None:
        """The report on the set ``name`` where all that was made of ``article``, and is asked for now, stands there."""
        folder, trace = self._out / name, article.trace
        wanted = self._plan.granted(trace.wishes).formats
        if trace.name != name or not set(wanted) <= {edition.format for edition in trace.editions}:
            return None
        found = {file: stamps.of(f"{folder}/{file}", known, self._began) for file, known in trace.outputs.items()}
        outputs = {file: stamp for file, stamp in found.items() if stamp}
        if not _agree(outputs, trace.outputs):
            return None
        self._refreshed(trace, replace(trace, outputs=outputs))
        return ArticleReport(
            path=article.path, slug=name, folder=folder, editions=trace.editions, notices=trace.notices, unchanged=True
        )

    def look_at(self, path: Path, pictures: Iterable[str], read: Mapping[str, str]) -> None:
        """Note what is where the article ``path`` calls ``pictures``; ``read`` are digests of those read already."""
        found = self._pictures[path] = self._below(path, dict.fromkeys(pictures, ""))
        if any(_content(found.get(name)) != digest for name, digest in read.items()):  # changed since
            self._restless.add(path)

    def seen(self, path: Path) -> Mapping[str, str]:
        """The digests of the files that the source ``path``, looked at, depends on, by their names."""
        found = {name: _content(each) for name, each in self._pictures[path].items() if isinstance(each, Stamp)}
        return {name: digest for name, digest in found.items() if digest}

    def keep(
        self, article: Named, source: str, report: ArticleReport | None = None, libraries: Iterable[str] = ()
    ) -> None:
        """Remember ``article``, ``source`` in manifests, and the set that was made with ``libraries``, if any."""
        trace = Trace(
            source=source,
            key=self._key,
            files=self._files[article.path],
            pictures=self._pictures.get(article.path, {}),
            libraries=self._listed(libraries),
            slug=article.slug,
            language=article.language,
            draft=article.draft,
            wishes=article.wishes,
        )
        self._settle()
        if article.path in self._restless:
            return
        try:
            self._unsettled = _with_set(trace, report) if report else trace
        except OSError:  # somebody has taken away a file meanwhile
            return

    def _settle(self) -> None:
        """Write the trace of the last set: by now the clock has gone on, and its files are known by their inodes."""
        if self._unsettled:
            now = self._cache.now()
            outputs = {file: stamps.settled(stamp, now) for file, stamp in self._unsettled.outputs.items()}
            self._write(replace(self._unsettled, outputs=outputs))
            self._unsettled = None

    def _write(self, trace: Trace) -> None:
        self._cache.write(self._file(trace.source), traces.document(trace))

    def _file(self, source: str) -> str:
        """Where the trace of ``source`` is; of an issue, which has a set in each language, the one of this language."""
        language = self._plan.settings.defaults.language
        return traces.file_of(f"{source}\n{language}" if language and lookup.is_issue(Path(source)) else source)

    def _refreshed(self, old: Trace, new: Trace) -> Trace:
        """``new``, kept where inodes are known in it that ``old`` did not know."""
        if new != old:
            self._write(new)
        return new

    def _beside(self, path: Path, known: Mapping[str, Stamp | None]) -> Mapping[str, Stamp | None]:
        """The source and its sidecar."""
        files = (path, lookup.sidecar_path(path))
        return {file.name: self._stamp(str(file), known.get(file.name)) for file in files}

    def _below(self, path: Path, known: Mapping[str, Stamp | str]) -> Mapping[str, Stamp | str]:
        """The pictures that the article calls; all that an issue depends on."""
        if lookup.is_issue(path):
            return {name: self._around(path.parent, name, each) for name, each in known.items()}
        folder = path.parent.resolve() if known else path
        return {name: self._picture(lookup.find(name, folder), each) for name, each in known.items()}

    def _picture(self, found: Path | lookup.Refusal, known: Stamp | str) -> Stamp | str:
        if not isinstance(found, Path):
            return found.code
        return self._stamp(str(found), known if isinstance(known, Stamp) else None) or ""

    def _around(self, folder: Path, name: str, known: Stamp | str) -> Stamp | str:
        """What an issue in ``folder`` depends on by ``name``: a file, or what there is for a pattern to find."""
        if name.startswith(lookup.PATTERN):
            return stamps.combined(lookup.matching(folder, name.removeprefix(lookup.PATTERN)))
        return self._stamp(str(folder / name), known if isinstance(known, Stamp) else None) or ""

    def _stamp(self, path: str, known: Stamp | None) -> Stamp | None:
        """The stamp of what is at ``path``: without a digest where it cannot be read, None for nothing at all."""
        return stamps.of(path, known, self._began) or (Stamp("") if os.path.lexists(path) else None)

    def _listed(self, libraries: Iterable[str]) -> str:
        """The name of the list of ``libraries`` with their digests."""
        listed = {path: self._common.digest(path) for path in sorted(libraries)}
        name = f"{stamps.combined(map(' '.join, listed.items()))[:32]}.libraries" if listed else ""
        if not self._libraries.get(name):
            self._libraries[name] = True
            self._cache.write(name, listed)
        return name

    def _has(self, libraries: str) -> bool:
        """Whether the ``libraries`` of that list are what they were."""
        if libraries not in self._libraries:
            listed = self._cache.read(libraries)
            self._libraries[libraries] = isinstance(listed, dict) and all(
                self._common.digest(path) == digest for path, digest in listed.items()
            )
        return self._libraries[libraries]


def _with_set(trace: Trace, report: ArticleReport) -> Trace:
    """``trace`` with the set of ``report``, just published; raises OSError."""
    folder = report.folder
    if not isinstance(folder, Path):
        return trace
    made = {edition.file: edition.sha256 for edition in report.editions}
    made[manifest.FILE_NAME] = hashlib.sha256((folder / manifest.FILE_NAME).read_bytes()).hexdigest()
    outputs = {file: Stamp(digest, stamps.inode((folder / file).stat())) for file, digest in made.items()}
    return replace(trace, name=folder.name, editions=report.editions, notices=report.notices, outputs=outputs)


def _stamps(found: object) -> Mapping[str, Stamp]:
    """The stamps in a document, none where it holds others."""
    try:
        return {path: traces.stamp(each) for path, each in found.items()} if isinstance(found, dict) else {}
    except (KeyError, TypeError, ValueError):
        return {}


def _agree(these: _Seen, those: _Seen) -> bool:
    """Whether both have the same content by the same names."""
    return these.keys() == those.keys() and all(_content(these[name]) == _content(each) for name, each in those.items())


def _content(seen: Stamp | str | None) -> str | None:
    return seen.digest if isinstance(seen, Stamp) else seen
