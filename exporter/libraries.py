"""The libraries Pango itself asks, loaded as Pango loads them: what they do differs from version to version."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exporter.errors import ToolError

Signatures = Mapping[str, tuple[Any, Sequence[Any]]]
"""By the names of functions: the type of what each returns, and those of its arguments."""


def load(name: str, version: int, signatures: Signatures) -> ctypes.CDLL:
    """The library ``name``, whose interface has the number ``version``; ToolError where there is none."""
    for file in _files(name, version):
        try:
            library = ctypes.CDLL(file)
        except OSError:
            continue
        for function, (returned, arguments) in signatures.items():
            getattr(library, function).restype = returned
            getattr(library, function).argtypes = arguments
        return library
    raise ToolError(f"The library {name} is missing; WeasyPrint needs it too. Run: apt-get install libpango-1.0-0")


def _files(name: str, version: int) -> Iterator[str]:
    """What its file may be called; at last what Python finds, which asks other programs and takes long."""
    yield from (f"lib{name}.so.{version}", f"lib{name}.{version}.dylib")
    yield from (f"lib{name}-{version}.dll", f"{name}-{version}.dll")
    if found := ctypes.util.find_library(name):
        yield found
