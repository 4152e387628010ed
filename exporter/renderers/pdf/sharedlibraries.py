"""Where WeasyPrint (70.0, which is pinned) finds Pango and its like: by their full names, at once.

It asks for short names first, and Python looks for each of those with the C compiler, a process a time: a quarter of a
second on a machine that has one, for the same libraries.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_NAMES: Final = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
"""As the loader knows them on Linux; WeasyPrint asks for these too, later."""


@contextmanager
def by_full_names() -> Iterator[None]:
    """Meanwhile, nothing is found by a short name, if the loader knows all full ones."""
    search = ctypes.util.find_library
    if sys.platform == "linux" and all(_is_known(name) for name in _NAMES):
        ctypes.util.find_library = {}.get  # type: ignore[assignment]
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _is_known(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
