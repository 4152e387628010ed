"""A bar and its figures in one line of a terminal, however wide it is and whatever letters it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_WIDEST: Final = 40
_NARROWEST: Final = 8
"""Columns the bar itself takes."""


def line(console: Console, done: int, total: int, figures: Iterable[str]) -> RenderableType:
    """The bar where there is room for one, and as many of the figures as fit, the one that matters most first."""
    from rich.progress_bar import ProgressBar
    from rich.table import Table

    width = console.width
    long = min(width // 3, _WIDEST)
    room = width - long - 1 if long >= _NARROWEST else width
    bar = ProgressBar(total or None, done, width=long, pulse=not total)
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_row(*([bar] if room < width else []), one_line(_fitting(figures, room), console, room))
    return grid


def one_line(words: str, console: Console, room: int, style: str = "") -> Text:
    """``words`` cut to ``room`` columns, in letters the terminal has."""
    from rich.text import Text

    unicode = is_unicode(console)
    shown = words if unicode else words.encode(console.encoding, "backslashreplace").decode(console.encoding)
    text = Text(shown, style, no_wrap=True)
    text.truncate(room, overflow="ellipsis" if unicode else "crop")
    return text


def is_unicode(console: Console) -> bool:
    """Whether the terminal has all letters."""
    return console.encoding.startswith("utf")


def clock_time(seconds: float) -> str:
    """``seconds`` as a clock shows them: "0:07", "12:00", "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def rate(each_second: float) -> str:
    """How fast it goes: "12.5/s", "3.0/min"."""
    return f"{each_second:.1f}/s" if each_second >= 0.1 else f"{each_second * 60:.1f}/min"


def _fitting(words: Iterable[str], room: int) -> str:
    """``words`` side by side until ``room`` columns are full; the last may be too long."""
    line = ""
    for word in words:
        if line and len(line) + len(word) > room - 2 and len(line) > room - _NARROWEST:
            break
        line = f"{line}  {word}" if line else word
    return line
