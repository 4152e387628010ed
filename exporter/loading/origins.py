"""Whose line it is: the articles of an issue stand one below the other, and each has lines of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from exporter.edition import Discrepancy, Loss

_Told = TypeVar("_Told", Discrepancy, Loss)


@dataclass(frozen=True, slots=True)
class Origins:
    """The files that ``starts`` begin after: how many lines come before each, in order. The first has none."""

    starts: tuple[tuple[int, str], ...] = ()

    def place(self, line: int) -> tuple[str, int]:
        """The file, "" for the source itself, and the line in it, of a ``line`` of all."""
        before, file = next((each for each in reversed(self.starts) if each[0] < line), (0, ""))
        return file, line - before

    def told(self, finding: _Told) -> _Told:
        """``finding`` with the name and the line of the article it is about."""
        file, line = self.place(finding.line)
        if not (file and finding.line):
            return finding
        own = re.sub(rf"\ALine {finding.line}(?:: |, )", "", finding.message)
        return replace(finding, line=0, message=f"{file}:{line}: {own}")

    def sentence(self, sentence: str) -> str:
        """``sentence``, which may begin with a line, with the name and the line of the article it is about."""
        found = re.match(r"Line (\d+)(?:: |, )", sentence)
        file, line = self.place(int(found[1])) if found else ("", 0)
        return f"{file}:{line}: {sentence[found.end() :]}" if found and file else sentence

    def all(self, findings: Iterable[_Told]) -> tuple[_Told, ...]:
        """Each of ``findings`` told."""
        return tuple(map(self.told, findings))


ONE: Final = Origins()
"""Of a source that is one file."""
