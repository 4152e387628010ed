"""Reference marks: which brackets a text edition uses, and what its marks stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exporter.errors import ExtractionError
from exporter.walk import OBJECT

_NBSP = "\u00a0"
DEFINITION = re.compile(
    r"(?P<mark>(?P<open>[\[({<]+)(?:(?P<label>[^\[\](){}<>\u00a0]+)\u00a0)?(?P<number>[0-9]+)(?P<close>[\])}>]+))"
    r"(?: (?P<text>.*))?"
)
"""A mark at the start of a definition, and the definition's first line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its marks read: what it says, its attributes, and the pictures set in it."""

    text: str
    attributes: dict[str, str]
    images: tuple[str, ...]


@dataclass(slots=True)
class Definitions:
    """What the marks of one edition stand for, collected while reading, used when all is read."""

    links: dict[str, str] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    compiled: tuple[tuple[int, int, int], re.Pattern[str]] | None = None

    def define_image(self, mark: str, alt: str) -> None:
        """``mark`` is a picture that shows ``alt``; raises ExtractionError where it was another."""
        if self.images.setdefault(mark, alt) != alt:
            raise ExtractionError(f"{mark} has two descriptions: '{self.images[mark]}' and '{alt}'.")

    def read(self, text: str) -> Reading:
        """``text`` without its marks, and what they tell."""
        said = ""
        links: list[str] = []
        calls: list[str] = []
        images: list[str] = []
        for part, mark in self._parts(text):
            said += part
            if mark in self.links:
                links.append(self.links[mark])
            elif mark in self.notes:
                calls.append(self.notes[mark])
                said += OBJECT
            elif mark in self.images:
                images.append(self.images[mark])
                said += OBJECT
        every = {"links": "\n".join(links), "calls": "\n".join(calls)}
        return Reading(re.sub(" +", " ", said).strip(" "), {k: v for k, v in every.items() if v}, tuple(images))

    def _parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Stretches of ``text``, each with the mark that follows it, "" at the end."""
        end = 0
        for match in self._pattern().finditer(text):
            mark = match[0].removeprefix(_NBSP)
            if not self._explained(mark):
                continue
            self.used.add(mark)
            yield text[end : match.start()], mark
            end = match.end()
        yield text[end:], ""

    def _pattern(self) -> re.Pattern[str]:
        """Any mark of a shape that is explained: tied on by a no-break space, or, with a label, after a space."""
        known = len(self.links), len(self.notes), len(self.images)
        if self.compiled is None or self.compiled[0] != known:
            self.compiled = known, _pattern((*self.notes, *self.images), self.links)
        return self.compiled[1]

    def _explained(self, mark: str) -> bool:
        return mark in self.links or mark in self.notes or mark in self.images

    def check(self) -> None:
        """Raises ExtractionError where the edition explains a mark that it nowhere has."""
        self._report(mark for mark in (*self.links, *self.images) if mark not in self.used)

    @staticmethod
    def _report(unused: Iterable[str]) -> None:
        for mark in unused:
            raise ExtractionError(f"Nothing in the text refers to {mark}. Render it again.")


def _pattern(labelled: Iterable[str], bare: Iterable[str]) -> re.Pattern[str]:
    """Marks in the shapes of these, whatever their number: as many alternatives as there are shapes, not marks."""
    named = "|".join(dict.fromkeys(map(_shape, labelled)))
    every = "|".join(filter(None, [*dict.fromkeys(map(_shape, bare)), named]))
    tied = rf"(?:\A|{_NBSP})(?:{every})" if every else r"\Z\A."
    return re.compile(rf"{tied}|(?<= )(?:{named})" if named else tied)


def _shape(mark: str) -> str:
    before, after = re.split("[0-9]+(?=[^0-9]*$)", mark)
    return f"{re.escape(before)}[0-9]+{re.escape(after)}"
