"""``format=flowed`` with DelSp=yes (RFC 3676): lines whose breaks a mail client takes back to fit its window.

A line that ends with a space goes on in the next one, and the space is none of the text's. A line that begins with a
space, with ``>`` or with ``From `` has one more space before it, since mail means something by these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from exporter.renderers.text.wrapping import pieces

_STUFFED: Final = (" ", ">", "From ")


def flowed(lines: Iterable[str], width: int) -> Iterator[str]:
    """``lines`` in lines of at most ``width`` columns where they can be broken.

    The first one always goes on, in an empty line: by this a reader of the bytes alone knows that the rest flows.
    """
    for number, line in enumerate(lines):
        yield from _one(line, width, open_end=not number)


def _one(line: str, width: int, open_end: bool) -> Iterator[str]:
    *parts, last = pieces(line, width - 2) or [""]
    for part in parts:
        yield f"{_stuffed(part)} "
    if open_end or last.endswith(" "):
        yield f"{_stuffed(last)} "
        yield ""
    else:
        yield _stuffed(last)


def _stuffed(line: str) -> str:
    return f" {line}" if line.startswith(_STUFFED) else line
