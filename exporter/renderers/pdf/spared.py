"""Parts of fontTools that WeasyPrint (70.0, which is pinned) imports and nothing here calls: imported when it is.

They make static fonts of variable ones and subsets where HarfBuzz makes none: the library's fonts are static, and
HarfBuzz makes all subsets. Importing them takes a quarter of the time of importing WeasyPrint.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, Final

_MODULES: Final = ("fontTools.subset", "fontTools.varLib.instancer")


class _Later(ModuleType):
    """A module whose functions import it when they are called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments, **named: getattr(import_module(self.__name__), name)(*arguments, **named)


@contextmanager
def until_called() -> Iterator[None]:
    """Meanwhile, imports find stand-ins of those modules that are not imported yet."""
    later = {name: _Later(name) for name in _MODULES if name not in sys.modules}
    sys.modules.update(later)
    try:
        yield
    finally:
        for name in later:
            del sys.modules[name]
