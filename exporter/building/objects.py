"""Sets of editions in a store of objects: each put in one step, locked by an object made only where there is none."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from exporter.building import manifest as manifests
from exporter.errors import LockedError, SettingsError
from exporter.stores import Url, remote
from exporter.stores.remote import Remote

_LOCK: Final = ".lock"


@dataclass(frozen=True, slots=True)
class Objects:
    """A Store afar. A set is the objects below one prefix; there are no folders, and nothing to flush."""

    place: Remote

    @classmethod
    def at(cls, url: Url) -> Objects:
        """The store at ``url``; raises SettingsError and ToolError."""
        return cls(remote.writable(url))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the prefix against other builds; raises LockedError.

        The lock is an object. A killed build leaves it behind: no store can tell who still lives.
        """
        holder = f"process {os.getpid()} on {socket.gethostname()}"
        content = f"{holder}\n{secrets.token_hex(8)}\n".encode()
        self._lock(content)
        try:
            yield
        finally:
            if self.place.read([_LOCK]).get(_LOCK) == content:
                self.place.remove([_LOCK])

    def _lock(self, content: bytes) -> None:
        try:
            self.place.create(_LOCK, content)
        except FileExistsError as error:
            raise LockedError(self._held()) from error
        try:
            self.place.create(_LOCK, content)
        except FileExistsError:
            return
        self.place.remove([_LOCK])
        raise SettingsError(
            f"{self.place.url}: this store does not heed If-None-Match, so that two builds could write here at once. "
            "Build into a folder and copy it."
        )

    def _held(self) -> str:
        holder = self.place.read([_LOCK]).get(_LOCK, b"").decode(errors="replace").partition("\n")[0]
        since = self.place.modified(_LOCK)
        known = ", ".join(filter(None, [holder, f"since {since:%Y-%m-%d %H:%M:%S %Z}".rstrip() if since else ""]))
        url = self.place.url
        return (
            f"{url}: another build is writing here{f' ({known})' if known else ''}. "
            f"Wait for it, or delete {url / _LOCK} if it was killed."
        )

    def sweep(self) -> None:
        """Nothing is left behind: what is put is there whole or not at all."""

    def sets(self) -> tuple[str, ...]:
        """The names of the sets below that have a manifest."""
        parts = [name.split("/") for name in self.place.names()]
        return tuple(each[0] for each in parts if each[1:] == [manifests.FILE_NAME])

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """The contents of ``names``, without those that are not there."""
        return self.place.read(names)

    @contextmanager
    def staged(
        self, contents: Mapping[str, bytes], types: Mapping[str, str]
    ) -> Iterator[Callable[[Collection[str]], None]]:
        """What is yielded puts ``contents`` and removes others; a store has nothing to prepare."""
        yield partial(self._install, contents, types)

    def _install(self, contents: Mapping[str, bytes], types: Mapping[str, str], gone: Collection[str]) -> None:
        self.place.write(contents, types)
        self.place.remove(gone)

    def drop(self) -> None:
        """A prefix without objects is not there."""
