"""Preloaded by a worker: it has an older version of the package."""

from __future__ import annotations

import importlib.metadata

_version = importlib.metadata.version


def version(name: str) -> str:
    """The version of the distribution ``name``."""
    return "0.0.1" if name == "article-exporter" else _version(name)


version.__module__, version.__qualname__ = _version.__module__, _version.__qualname__
importlib.metadata.version = version
