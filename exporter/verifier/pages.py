"""The letters of pages, in one row: what is looked for in them, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final

import regex

from exporter.comparison import signature
from exporter.text import Said
from exporter.verifier.words import words

_CLUSTER: Final = regex.compile(r"\X")
_HYPHENS: Final = "-\u2010\u00ad"


def letters_of(text: str) -> str:
    """What of ``text`` counts: no white space, no hyphens, nothing without ink."""
    return "".join(map(_letter, _CLUSTER.findall(text)))


@lru_cache(maxsize=10_000)
def _letter(cluster: str) -> str:
    return signature(cluster, "text")


class Pages:
    """Lines as one row of letters, each free until it is claimed."""

    def __init__(self, lines: Sequence[Said]) -> None:
        self._lines = lines
        self._line: list[int] = []
        self._word: list[int] = []
        self._ends: list[tuple[int, int]] = []
        self._letters = "".join(shown for number, line in enumerate(lines) for shown in self._read(number, line.text))
        self._free = bytearray(b"\1" * len(self._letters))
        self._closed: tuple[str, list[int]] | None = None

    def _read(self, number: int, text: str) -> Iterator[str]:
        """The letters of a line, each noted with where it stands."""
        start = 0
        for word in words(text):
            word_number = self._word[-1] + 1 if self._word else 0
            for cluster in _CLUSTER.finditer(word):
                shown = _letter(cluster[0])
                yield shown
                self._line += [number] * len(shown)
                self._word += [word_number] * len(shown)
                self._ends += [(start + cluster.start(), start + cluster.end())] * len(shown)
            start += len(word)

    @property
    def end(self) -> int:
        """How many letters there are."""
        return len(self._letters)

    def claim(self, places: Sequence[int]) -> None:
        """Take the letters at ``places``."""
        self._closed = None
        for place in places:
            self._free[place] = 0

    def find(self, variants: Sequence[str]) -> tuple[int, list[int]]:
        """Which of ``variants`` stands somewhere in one piece, and where; no place where none does."""
        for variant, letters in enumerate(variants):
            at = self._letters.find(letters)
            while at >= 0:
                if self._free.find(0, at, at + len(letters)) < 0:
                    return variant, list(range(at, at + len(letters)))
                at = self._letters.find(letters, at + 1)
        return 0, []

    def find_parted(self, variants: Sequence[str]) -> tuple[int, list[int]]:
        """The same with what is claimed between closed up."""
        if self._closed is None:
            free = self.free_between(0, self.end)
            self._closed = "".join(self._letters[place] for place in free), free
        closed, free = self._closed
        for variant, letters in enumerate(variants):
            at = closed.find(letters)
            if at >= 0:
                return variant, free[at : at + len(letters)]
        return 0, []

    def free_between(self, start: int, end: int) -> list[int]:
        """The places that are not claimed, from ``start`` to before ``end``."""
        return [place for place in range(start, end) if self._free[place]]

    def word_in(self, variants: Sequence[str], free: Sequence[int]) -> tuple[int, int] | None:
        """Which of ``variants`` stands in ``free``, whole words, and from which place of it on."""
        closed = "".join(self._letters[place] for place in free)
        for variant, letters in enumerate(variants):
            at = closed.find(letters) if letters else -1
            while at >= 0:
                if self._is_edge(free, at) and self._is_edge(free, at + len(letters)):
                    return variant, at
                at = closed.find(letters, at + 1)
        return None

    def _is_edge(self, free: Sequence[int], at: int) -> bool:
        """Whether a word ends before the letter ``at`` of ``free``."""
        return at in (0, len(free)) or self._word[free[at]] != self._word[free[at - 1]]

    def words(self, places: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
        """The words that have letters at ``places``, with those."""
        for _, group in groupby(places, lambda place: self._word[place]):
            within = list(group)
            yield "".join(self._letters[place] for place in within), within

    def line_of(self, place: int) -> int:
        """Number of the line a letter stands in."""
        return self._line[place]

    def cut(self, places: Sequence[int]) -> tuple[int, list[str]]:
        """The page, and the text at ``places`` in stretches of one line each."""
        pieces = [self._stretch(list(group)) for _, group in groupby(places, self.line_of)]
        return self._lines[self._line[places[0]]].line, pieces

    def _stretch(self, places: Sequence[int]) -> str:
        """The text of a line from the first letter to the last, with hyphens at its edges."""
        text = self._lines[self._line[places[0]]].text
        start, end = self._ends[places[0]][0], self._ends[places[-1]][1]
        while start and text[start - 1] in _HYPHENS:
            start -= 1
        while end < len(text) and text[end] in _HYPHENS:
            end += 1
        return text[start:end]

    def left_over(self) -> Iterator[tuple[int, Said]]:
        """What nothing claimed, in stretches of one line: the place of the first letter, and the stretch."""
        free = self.free_between(0, self.end)
        for _, group in groupby(enumerate(free), lambda each: (each[1] - each[0], self._line[each[1]])):
            places = [place for _, place in group]
            line = self._lines[self._line[places[0]]]
            yield places[0], Said(line.path, "line", self._stretch(places), line.line)
