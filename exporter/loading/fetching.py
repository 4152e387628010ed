"""Sources that lie in a store: copied here with all that lies beside them, and read from the copies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from exporter import registry
from exporter.errors import SettingsError, SourceError
from exporter.loading.sources import Skipped
from exporter.settingsfile import FILE_NAME
from exporter.stores import Place, Url

if TYPE_CHECKING:
    from exporter.stores.remote import Remote


@dataclass(frozen=True, slots=True)
class Origins:
    """Which places the folders of copies were made of: what is said of a copy is meant of its original."""

    urls: Mapping[Path, Url] = field(default_factory=dict)

    def place(self, place: Place) -> Place:
        """Where ``place`` was copied from; itself, where it is no copy."""
        if isinstance(place, Url):
            return place
        for folder, url in self.urls.items():
            if place.is_relative_to(folder):
                return url if place == folder else url / place.relative_to(folder).as_posix()
        return place

    def told(self, text: str) -> str:
        """``text`` with the original wherever it names a copy."""
        for folder, url in self.urls.items():
            text = text.replace(str(folder), str(url))
        return text


@dataclass(frozen=True, slots=True)
class Fetched:
    """Paths on this machine, the copies among them made of ``origins``; ``skipped`` was not copied."""

    paths: tuple[Path, ...]
    origins: Origins = Origins()
    skipped: tuple[Skipped, ...] = ()


@contextmanager
def fetched(places: Iterable[Place], out: Place) -> Iterator[Fetched]:
    """``places`` on this machine, for as long as the context lasts; what lies below ``out`` is left where it is.

    Raises SourceError where there is nothing, SettingsError, ToolError and StoreError where a store cannot be asked.
    """
    given = tuple(places)
    if all(isinstance(place, Path) for place in given):
        yield Fetched(tuple(place for place in given if isinstance(place, Path)))
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="exporter-") as folder:
        copying = _Copying(Path(folder).resolve(), out)
        paths = tuple(place if isinstance(place, Path) else copying.copy(place) for place in given)
        yield Fetched(paths, Origins(copying.urls), tuple(copying.skipped))


@dataclass(slots=True)
class _Copying:
    """Copies made below ``top``, each place's in a folder of its own."""

    top: Path
    out: Place
    urls: dict[Path, Url] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def copy(self, url: Url) -> Path:
        """The copy of the article, or of the folder of articles, ``url``."""
        if url.scheme in _WEB:
            raise SettingsError(f"{url}: a web server tells no folder. Copy the article here, with its pictures.")
        if _opened(url).is_object():
            folder = self._beside(url.parent)
            _opened(url.parent).copy([url.name], folder)
            return folder / url.name
        place = _opened(url)
        names = place.names()
        if not names:
            raise SourceError("nothing is there. Name an article, or a folder of some.", file=str(url))
        return self._copied(place, names)

    def _beside(self, url: Url) -> Path:
        """The copy of what lies in the folder ``url`` but no article; made once, however many are named."""
        known = {each: folder for folder, each in self.urls.items()}
        place = _opened(url)
        return known.get(url) or self._copied(place, [name for name in place.names() if not _is_article(name)])

    def _copied(self, place: Remote, names: Iterable[str]) -> Path:
        folder = self.top / f"{len(self.urls)}.copies"
        folder.mkdir()
        self.urls[folder] = place.url
        place.copy([name for name in names if self._is_wanted(place.url / name, name)], folder)
        return folder

    def _is_wanted(self, url: Url, name: str) -> bool:
        if isinstance(self.out, Url) and str(url).startswith(f"{self.out}/"):
            return self._skip(self.out, "editions are written here")
        if url.name == FILE_NAME:
            return self._skip(url, "settings are not read from a store, name them with --config")
        safe = name == PurePosixPath(name).as_posix() and ".." not in name.split("/") and "\0" not in name
        return safe or self._skip(url, "its name is none a file can have")

    def _skip(self, place: Place, reason: str) -> bool:
        if Skipped(place, reason) not in self.skipped:
            self.skipped.append(Skipped(place, reason))
        return False


_WEB: Final = ("http", "https")


def _opened(url: Url) -> Remote:
    from exporter.stores import remote  # most sources lie on this machine

    return remote.opened(url)


def _is_article(name: str) -> bool:
    return PurePosixPath(name).suffix[1:].lower() in {point.name for point in registry.installed("readers")}
