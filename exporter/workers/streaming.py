"""Many items through an executor, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

_HEED: Final = 0.1
"""Seconds after which ``stop`` is asked again while nothing is done."""


def stream(
    executor: Executor,
    function: Callable[[Item], Result],
    items: Iterable[Item],
    width: int,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Item, Future[Result]]]:
    """Each of ``items`` and its finished future, as they finish; ``width`` of them are under way at once.

    Items are taken as places become free, so that what they hold is in memory no sooner. Where ``stop`` says so, no
    more is handed out or waited for.
    """
    from concurrent.futures import FIRST_COMPLETED, wait

    waiting = iter(items)
    pending: dict[Future[Result], Item] = {}
    while not stop():
        for item in islice(waiting, width - len(pending)):
            pending[executor.submit(function, item)] = item
        if not pending:
            return
        done, _ = wait(pending, timeout=_HEED, return_when=FIRST_COMPLETED)
        for future in done:
            yield pending.pop(future), future
    for future in pending:
        future.cancel()
