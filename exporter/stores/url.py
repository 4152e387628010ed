"""Addresses of what lies in a store, as ``Path`` is of what lies on this machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Url:
    """``scheme://path``: a bucket, a prefix or an object; the path has no slash at its end."""

    scheme: str
    path: str

    def __truediv__(self, name: str) -> Url:
        """The address of ``name`` below this one."""
        return Url(self.scheme, f"{self.path}/{name}" if self.path else name)

    def __str__(self) -> str:
        return f"{self.scheme}://{self.path}"

    def as_posix(self) -> str:
        """The address as written: documents name places so, wherever they are."""
        return str(self)

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> Url:
        """The address one part up."""
        return Url(self.scheme, self.path.rpartition("/")[0])


Place: TypeAlias = Path | Url
"""Where something lies: on this machine, or in a store."""


def place(written: str) -> Place:
    """What ``written`` names: a path, also by a ``file:`` URL (RFC 8089), or an address in a store."""
    match = _URL.fullmatch(written)
    if match is None:
        return Path(written)
    scheme, path = match[1].lower(), match[2].rstrip("/")
    if scheme == "file":
        from urllib.request import url2pathname  # brings half a web client along

        return Path(url2pathname(path.removeprefix("localhost") or "/"))
    return Url(scheme, path)
