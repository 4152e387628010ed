"""A place in a store, through fsspec: objects by name, each written whole or not at all.

The stores admitted replace an object in one step. Credentials, endpoints and the like are fsspec's own to find:
``FSSPEC_S3_ENDPOINT_URL``, ``AWS_PROFILE``, its configuration files.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from exporter.errors import SettingsError, ToolError
from exporter.stores.errors import StoreError
from exporter.stores.url import Url

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

ATOMIC: Final = ("abfs", "abfss", "az", "gcs", "gs", "memory", "s3", "s3a")
"""Stores in which an object is replaced in one step, and made only where there is none."""

_TYPED: Final = {"s3": "ContentType", "s3a": "ContentType", "gs": "content_type", "gcs": "content_type"}
"""What the media type of an object is called where it is handed to a store."""

_AT_ONCE: Final = 8

_Given = TypeVar("_Given")
_Got = TypeVar("_Got")


@dataclass(frozen=True, slots=True)
class Remote:
    """The place ``url``; the names of its objects are relative to it. Everything raises StoreError."""

    url: Url
    files: AbstractFileSystem
    root: str

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of ``names``, without those that are not there."""
        return {name: content for name, content in _each(self._read, sorted(set(names))) if content is not None}

    def write(self, contents: Mapping[str, bytes], types: Mapping[str, str]) -> None:
        """Write ``contents`` by name, each in one step; ``types`` are their media types."""
        _each(lambda name: self._write(name, contents[name], types.get(name)), sorted(contents))

    def create(self, name: str, content: bytes) -> None:
        """Write ``name`` where there is none; raises FileExistsError."""
        with _found(self.url / name):
            self.files.pipe_file(self._path(name), content, mode="create")

    def remove(self, names: Iterable[str]) -> None:
        """Remove ``names``; those that are not there are no matter."""
        _each(self._remove, sorted(names))

    def names(self) -> tuple[str, ...]:
        """The names of all objects below the place, sorted; none where there is no such place."""
        with _asked(self.url):
            found = self.files.find(self.root) if self.root.strip("/") else self.files.find("")
        paths = [path.removeprefix(self.root).lstrip("/") for path in found if path != self.root]
        return tuple(sorted(path for path in paths if path and not path.endswith("/")))

    def is_object(self) -> bool:
        """Whether an object, not a folder of objects, bears this address."""
        with _asked(self.url):
            return bool(self.files.isfile(self.root))

    def modified(self, name: str) -> datetime | None:
        """When ``name`` was written, by the store's clock; None where it does not tell."""
        try:
            with _asked(self.url / name):
                found = self.files.modified(self._path(name))
        except (StoreError, FileNotFoundError):
            return None
        return found if isinstance(found, datetime) else None

    def copy(self, names: Collection[str], folder: Path) -> None:
        """Copy ``names`` below ``folder``, which has them then by the same names."""
        for parent in {(folder / name).parent for name in names}:
            parent.mkdir(parents=True, exist_ok=True)
        _each(lambda name: self._copy(name, folder / name), sorted(names))

    # One object

    def _path(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"

    def _read(self, name: str) -> bytes | None:
        try:
            with _asked(self.url / name):
                return bytes(self.files.cat_file(self._path(name)))
        except FileNotFoundError:
            return None

    def _write(self, name: str, content: bytes, media_type: str | None) -> None:
        key = _TYPED.get(self.url.scheme)
        typed = {key: media_type} if key and media_type else {}
        with _found(self.url / name):
            self.files.pipe_file(self._path(name), content, **typed)

    def _remove(self, name: str) -> None:
        try:
            with _asked(self.url / name):
                self.files.rm_file(self._path(name))
        except FileNotFoundError:
            return

    def _copy(self, name: str, target: Path) -> None:
        with _found(self.url / name):
            self.files.get_file(self._path(name), str(target))


def _each(call: Callable[[_Given], _Got], given: Collection[_Given]) -> list[tuple[_Given, _Got]]:
    """Each of ``given`` with what ``call`` makes of it; several at once, since a store answers from afar."""
    if len(given) < 2:
        return [(each, call(each)) for each in given]
    with ThreadPoolExecutor(min(_AT_ONCE, len(given))) as pool:
        return list(zip(given, pool.map(call, given), strict=True))


@contextmanager
def _asked(url: Url) -> Iterator[None]:
    """What a store answers as StoreError; whether something is there is an answer of its own."""
    try:
        yield
    except (FileExistsError, FileNotFoundError, StoreError):
        raise
    except Exception as error:  # each library behind fsspec has errors of its own
        raise StoreError(str(url), _reason(error)) from error


@contextmanager
def _found(url: Url) -> Iterator[None]:
    """As ``_asked``, where something has to be there: for one, the bucket."""
    try:
        with _asked(url):
            yield
    except FileNotFoundError as error:
        raise StoreError(str(url), _reason(error)) from error


def _reason(error: Exception) -> str:
    said = " ".join(str(getattr(error, "strerror", None) or error).split()).rstrip(".")
    return said or type(error).__name__


# --- Opening ----------------------------------------------------------------------------------


def opened(url: Url) -> Remote:
    """The place ``url``; raises ToolError where a package is missing, SettingsError where there is no such store."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ToolError(f"{url}: stores need fsspec. Run: pip install '{_extra(url)}'") from error
    try:
        # What another build wrote has to be seen: no listing is remembered.
        files, root = url_to_fs(str(url), use_listings_cache=False)
    except ImportError as error:
        raise ToolError(f"{url}: {_reason(error)}. Run: pip install '{_extra(url)}'") from error
    except ValueError as error:
        raise SettingsError(f"{url}: {_reason(error)}. Name a store fsspec knows, such as s3://bucket/name.") from error
    return Remote(url, files, root)


def writable(url: Url) -> Remote:
    """The place ``url`` to write to; raises SettingsError too where its store writes objects piece by piece."""
    if url.scheme not in ATOMIC:
        known = ", ".join(f"{scheme}://" for scheme in ATOMIC)
        raise SettingsError(f"{url}: editions go to stores that replace a file in one step: {known}. Name one of them.")
    return opened(url)


def _extra(url: Url) -> str:
    """What to install for ``url``."""
    match url.scheme:
        case "s3" | "s3a":
            return "article-exporter[s3]"
        case "gs" | "gcs":
            return "gcsfs"
        case "az" | "abfs" | "abfss":
            return "adlfs"
        case _:
            return "article-exporter[stores]"
