"""What one paragraph was found to say, gathered run by run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from exporter.walk import OBJECT, normalise

_PASSAGE = re.compile(r"_passage\d+_(\w+)")
"""Bookmarks of this name hold a passage together that is in another language: ``_passage1_pt_BR``."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A link to a bookmark."""

    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as Word describes it."""

    alt: str
    digest: str


@dataclass(slots=True)
class Passage:
    """A passage in one language: what a bookmark holds, or adjacent runs that have it.

    ``named`` is for a passage without a run of its own, all of it being in passages inside it.
    """

    language: str = ""
    text: str = ""
    named: str = ""


@dataclass(slots=True)
class Content:
    """Everything a paragraph, or the paragraphs of a cell, hold. ``language`` is the paragraph's own."""

    language: str
    segments: list[tuple[str, bool]] = field(default_factory=list)
    links: list[str | Anchor] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    task: str = ""
    date: str = ""
    sequences: list[tuple[str, str]] = field(default_factory=list)
    covers: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _open: dict[str, Passage] = field(default_factory=dict)
    _last: Passage | None = None

    def add(self, text: str, language: str, *, furniture: bool = False) -> None:
        """``text`` as it stands in the run of the paragraph."""
        if not text:
            return
        self.segments.append((text, furniture))
        if furniture:
            self._last = None
            return
        self._speak(text, language)

    def open(self, number: str, name: str) -> None:
        """A bookmark begins."""
        self.bookmarks.append(name)
        if match := _PASSAGE.fullmatch(name):
            self._open[number] = Passage(named=match[1].replace("_", "-"))
            self.passages.append(self._open[number])
            self._last = None

    def close(self, number: str) -> None:
        """A bookmark ends."""
        if self._open.pop(number, None):
            self._last = None

    @property
    def text(self) -> str:
        """What is said, white space kept."""
        return "".join(text for text, furniture in self.segments if not furniture)

    def parts(self) -> list[str]:
        """What is said, in the pieces that furniture divides it into."""
        pieces = [""]
        for text, furniture in self.segments:
            if furniture:
                pieces.append("")
            else:
                pieces[-1] += text
        return [said for piece in pieces if (said := normalise(piece))]

    def furniture(self) -> list[str]:
        """What the edition adds, one piece each: a label that runs both ways is several runs."""
        stretches = groupby(self.segments, key=lambda segment: segment[1])
        pieces = ("".join(text for text, _ in stretch) for furniture, stretch in stretches if furniture)
        return [said for piece in pieces if (said := normalise(piece))]

    def foreign(self) -> str:
        """Passages in other languages, one a line."""
        return "\n".join(f"{each.language or each.named} {normalise(each.text)}" for each in self.passages)

    def _speak(self, text: str, language: str) -> None:
        for each in self._open.values():
            each.text += text
        neutral = text.strip() in ("", OBJECT)
        if self._open:
            innermost = list(self._open.values())[-1]
            agreed = neutral or innermost.language in ("", language)
            innermost.language = (innermost.language or language) if agreed else "mul"
        elif self._last and language == self._last.language:
            self._last.text += text
        elif language == self.language:
            self._last = None
        elif not neutral:
            self._last = Passage(language, text)
            self.passages.append(self._last)
