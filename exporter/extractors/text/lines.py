"""Lines of a container, and how lines of one text are joined again (``docs/plain-text.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exporter.errors import ExtractionError

_JOINS = re.compile(
    "[\u2e80-\u2ffb\u3001-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u312f\u3190-\u31ff\u3220-\u325f\u3280-\u4dbf"
    "\u4e00-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff9f\uffe0-\uffe6\U0001b000-\U0001b16f\U00020000-\U0003fffd]"
)
"""East Asian characters between which a line end stands for nothing."""


def join(lines: Iterable[str]) -> str:
    """The text that ``lines`` are broken from; empty lines count for nothing."""
    text = ""
    for line in filter(None, lines):
        tight = text and _JOINS.match(text[-1]) and _JOINS.match(line)
        text += f"{line}" if tight or not text else f" {line}"
    return text


def undo_indent(line: str, width: int) -> str | None:
    """``line`` without ``width`` spaces before it, None where it has fewer; an empty line stays empty."""
    if not line:
        return ""
    return line[width:] if line.startswith(" " * width) else None


class Cursor:
    """Goes down the lines of one container, whose own indentation is taken off already."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0

    @property
    def done(self) -> bool:
        """Whether no line is left."""
        return self._at == len(self._lines)

    @property
    def line(self) -> str:
        """The next line."""
        return self._lines[self._at]

    def take(self) -> str:
        """The next line, and one further; raises ExtractionError at the end."""
        if self.done:
            raise ExtractionError("The text ends in the middle of a block. Render it again.")
        self._at += 1
        return self._lines[self._at - 1]

    def rest(self) -> list[str]:
        """All lines that are left."""
        found = self._lines[self._at :]
        self._at = len(self._lines)
        return found

    def skip_blank(self) -> int:
        """How many blank lines stood here."""
        start = self._at
        while not self.done and not self.line:
            self._at += 1
        return self._at - start

    def indented(self, width: int) -> list[str]:
        """The text lines that follow at exactly ``width`` spaces, without them."""
        found: list[str] = []
        while not self.done and self.line.startswith(" " * width) and self.line[width : width + 1] not in ("", " "):
            found.append(self.take()[width:])
        return found

    def container(self, width: int) -> list[str]:
        """The lines that follow inside a container ``width`` spaces wide; blank lines after it are left."""
        end = self._at
        for at in range(self._at, len(self._lines)):
            if self._lines[at].startswith(" " * width):
                end = at + 1
            elif self._lines[at]:
                break
        inside = [line[width:] for line in self._lines[self._at : end]]
        self._at = end
        return inside

    def prefixed(self, prefix: str) -> list[str]:
        """The lines that follow behind ``prefix``, whose last space an empty line lacks."""
        found: list[str] = []
        bare = prefix.rstrip(" ")
        while not self.done and (self.line == bare or self.line.startswith(prefix)):
            found.append(self.take()[len(prefix) :])
        return found
