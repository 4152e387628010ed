"""Findings on pages of an issue, led back to the line of the article they are about: a page says nothing of sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Final

from exporter.article import Article
from exporter.edition import Discrepancy
from exporter.text import said

_ENOUGH: Final = 8
"""How many signs of a text, white space apart, tell where it stands."""
_WINDOW: Final = 24
"""How many are looked for together: a finding may leave out some, and go on over several texts."""


class Places:
    """Where the words of ``article`` stand."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def placed(self, findings: Iterable[Discrepancy]) -> tuple[Discrepancy, ...]:
        """``findings``; those without a line whose words the article has in one place alone, with the line of that."""
        return tuple(replace(each, line=self._line(each)) if not each.line else each for each in findings)

    def _line(self, finding: Discrepancy) -> int:
        """The line of the words that ``finding`` is about; 0 where it is not certain."""
        wanted = _squeezed(finding.expected or finding.found)
        for start in range(0, max(len(wanted) - _WINDOW, 0) + 1, _WINDOW // 2):
            words = wanted[start : start + _WINDOW]
            at = self._words.find(words)
            if len(words) >= _ENOUGH and at >= 0 and self._words.find(words, at + 1) < 0:
                return next(line for end, line in self._ends if at < end)
        return 0

    @cached_property
    def _words(self) -> str:
        return "".join(_squeezed(entry.text) for entry in said(self._article))

    @cached_property
    def _ends(self) -> tuple[tuple[int, int], ...]:
        """Where each text ends in all words, and on which line it stands."""
        end, found = 0, []
        for entry in said(self._article):
            end += len(_squeezed(entry.text))
            found.append((end, entry.line))
        return tuple(found)


def _squeezed(text: str) -> str:
    return "".join(text.split())
