"""What is to be accounted for of a text, and the ways to take it that leave as much ink."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from exporter.bidi import may_turn
from exporter.characters import IGNORABLE, TAB_SIZE
from exporter.embedding import Embedding
from exporter.isolates import Isolate
from exporter.text import Said

_SPACES = re.compile(r"[^\S\n]+")
_PARTED_SPACES = re.compile(rf"[^\S\n]+(?:[{IGNORABLE}]+[^\S\n]+)+")


@dataclass(frozen=True, slots=True)
class Source:
    """A text to be accounted for, ``single_spaced`` or not: in code, a page only shows how wide a run of spaces is.

    ``runs_on`` tells that none of it can be drawn in another order than it is written, ``embedding`` in which it is;
    ``ornaments`` are the places where decorative pictures stand.
    """

    text: str
    right_to_left: bool
    single_spaced: bool
    runs_on: bool
    embedding: Embedding
    ornaments: frozenset[int] = frozenset()

    @classmethod
    def of(cls, said: Said, as_written: bool = False) -> Source:
        """What ``said`` says between two spaces: one may be drawn beside what else stands in the same element."""
        single_spaced = said.kind == "code" and not as_written
        text = _SPACES.sub(" ", said.text) if single_spaced else said.text
        text = text.expandtabs(TAB_SIZE) if as_written else text
        right_to_left = said.attributes.get("direction") == "rtl"
        runs_on = not (right_to_left or said.isolates or may_turn(text))
        embedding = _embedding(said, text, right_to_left)
        ornaments = frozenset(place + 1 for place in said.ornaments)
        return cls(f" {text} ", right_to_left, single_spaced, runs_on, embedding, ornaments)

    def keeps_order(self, start: int, end: int, right_to_left: bool) -> bool:
        """Whether the text from ``start`` to ``end``, set as a paragraph that runs so, is drawn in its order."""
        return start == end or self.embedding.is_order_of(self.text[start:end], start, right_to_left)


def _embedding(said: Said, text: str, right_to_left: bool) -> Embedding:
    """That of the ``text`` of ``said`` between two spaces."""
    signs = list(f" {text} ")
    for place in said.line_ends:
        signs[place + 1] = "\n"
    isolates = [Isolate(start + 1, end + 1, turned) for start, end, turned in said.isolates]
    return Embedding.of("".join(signs), right_to_left, isolates)


def otherwise(said: Said) -> Iterator[Source]:
    """Other ways to take ``said``: code with all its spaces, or with one where signs without ink part several."""
    if said.kind == "code":
        yield Source.of(said, as_written=True)
        yield Source.of(replace(said, text=_PARTED_SPACES.sub(" ", said.text)))
