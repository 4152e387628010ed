"""Waits for the file system to tell that something happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exporter.errors import ToolError

if TYPE_CHECKING:
    from types import ModuleType

_STILL: Final = 50
"""Milliseconds without an event after which a save is over."""
_AT_MOST: Final = 500
"""Milliseconds after which it is looked at even so."""
_IDLE: Final = 250
"""Milliseconds after which one looks up while nothing happens."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """An event as watchfiles asks it."""

    is_set: Callable[[], bool]


def library() -> ModuleType:
    """The package watchfiles; raises ToolError where it is not installed."""
    try:
        import watchfiles
    except ImportError as error:
        raise ToolError("--watch needs watchfiles. Run: pip install 'article-exporter[watch]'") from error
    return watchfiles


def ticks(folders: Iterable[Path], stop: Callable[[], bool]) -> Iterator[bool]:
    """Whether something happened in ``folders``, not below them: True as it is over, False while nothing happens.

    What happens between two ticks is told by the next. Ends where ``stop`` says so, or a folder goes before it is
    watched.
    """
    with suppress(FileNotFoundError):
        happened = library().watch(
            *folders,
            watch_filter=None,
            debounce=_AT_MOST,
            step=_STILL,
            rust_timeout=_IDLE,
            yield_on_timeout=True,
            stop_event=_Stop(stop),
            recursive=False,
            ignore_permission_denied=True,
        )
        for changes in happened:
            yield bool(changes)
