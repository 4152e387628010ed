"""Running heads without a second layout of the pages on which they begin.

WeasyPrint (70.0) lays a page out again where a running element was met on it, for the sake of notes in running areas,
which no style sheet of ours has. That takes twice the time, and the page after next is given the notes for the foot of
the next one. What a running element shows in a margin is found when all pages are laid out either way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import LayoutContext


class _Heads(defaultdict[str, Any]):
    """The running elements of each page, by their name, that no page is asked to compare with those it had before."""

    def items(self) -> Any:
        """Nothing: ``make_page`` alone asks, to tell whether to lay a page out again."""
        return {}.items()


@contextmanager
def once() -> Iterator[None]:
    """Meanwhile, pages with running elements are laid out once. One thread at a time."""
    begin = LayoutContext.__init__

    def begun(context: Any, *arguments: Any) -> None:
        begin(context, *arguments)
        context.running_elements = _Heads(context.running_elements.default_factory)

    LayoutContext.__init__ = begun
    try:
        yield
    finally:
        LayoutContext.__init__ = begin
