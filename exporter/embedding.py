"""In which order a text is drawn whose passages may have directions of their own: UAX #9, these being isolates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from exporter.bidi import levels, may_turn, visual
from exporter.characters import INKLESS
from exporter.isolates import Isolate
from exporter.walk import OBJECT

_LINE = re.compile("\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Embedding:
    """The embedding ``levels`` of a text, and the ``places`` of its characters among them.

    Isolates are set apart by the levels of the signs around them, which are none of the text's own characters.
    """

    levels: Sequence[int]
    places: Sequence[int]

    @classmethod
    def of(cls, text: str, right_to_left: bool, isolates: Sequence[Isolate] = ()) -> Embedding:
        """That of ``text``; each of its lines is a paragraph, as behind a ``br`` in HTML."""
        if not isolates and not right_to_left and not may_turn(text):
            return cls([0] * len(text), range(len(text)))
        if not isolates:
            return cls(_of_lines(text, right_to_left), range(len(text)))
        embedded = _embedded(text, Isolate(0, len(text), right_to_left), isolates)
        places = [at for at, sign in enumerate(embedded) if sign.at is not None]
        return cls([sign.level for sign in embedded], places)

    def least(self, start: int, end: int) -> int:
        """The lowest level from the character at ``start`` to the one at ``end``: if odd, the first is right of it."""
        return min(self.levels[self.places[start] : self.places[end] + 1])

    def is_order_of(self, text: str, start: int, right_to_left: bool) -> bool:
        """Whether ``text``, which begins at ``start``, is drawn in this order as a paragraph of its own, too.

        Of its spaces only those count that the whole text begins or ends with.
        """
        alone = levels(text.replace("\n", " "), right_to_left)
        first, last = self.places[start], self.places[start + len(text) - 1]
        within = self.levels[first : last + 1]
        if len({*alone}) == 1 == len({*within}):
            return alone[0] % 2 == within[0] % 2 or len(text) == 1
        edges = (-start, len(self.places) - 1 - start)
        seen = {at: self.places[start + at] for at, sign in enumerate(text) if at in edges or is_seen(sign)}
        shown = set(seen.values())
        drawn = [seen[at] for at in visual(range(len(text)), alone) if at in seen]
        return drawn == [at for at in visual(range(first, last + 1), within) if at in shown]


def is_seen(sign: str) -> bool:
    """Whether ``sign`` is no space, and leaves ink."""
    return not (sign.isspace() or INKLESS.fullmatch(sign))


def _of_lines(text: str, right_to_left: bool) -> list[int]:
    lines = (levels(line, right_to_left) if line != "\n" else [int(right_to_left)] for line in _LINE.findall(text))
    return [level for line in lines for level in line]


# --- Isolates ---------------------------------------------------------------------------------


class _Sign(NamedTuple):
    """A character of the text, and where it stands; None for a sign around an isolate."""

    level: int
    at: int | None


@dataclass(frozen=True, slots=True)
class _Object:
    """What the text around a line of an isolate has instead of its ``signs``."""

    signs: tuple[_Sign, ...]


def _embedded(text: str, around: Isolate, isolates: Sequence[Isolate]) -> list[_Sign]:
    """The part of ``text`` that is ``around`` its isolates, with these.

    They are taken one by one: FriBidi 1.0 has numbers go on in the direction of the isolate before theirs.
    """
    items = list(_items(text, around, isolates))
    outer = "".join(OBJECT if isinstance(item, _Object) else text[item] for item in items)
    signs: list[_Sign] = []
    for item, level in zip(items, _of_lines(outer, around.right_to_left), strict=True):
        if isinstance(item, _Object):
            edge = _Sign(level, None)
            signs += (edge, *_lifted(item.signs, level), edge)
        else:
            signs.append(_Sign(level, item))
    return signs


def _items(text: str, around: Isolate, isolates: Sequence[Isolate]) -> Iterator[int | _Object]:
    """Places of characters, and isolates, line by line; where a line ends in one, it goes on as another."""
    at = around.start
    for number, isolate in enumerate(isolates):
        if at <= isolate.start < isolate.end <= around.end:
            yield from range(at, isolate.start)
            yield from _lines(text, _embedded(text, isolate, isolates[number + 1 :]))
            at = isolate.end
    yield from range(at, around.end)


def _lines(text: str, signs: Iterable[_Sign]) -> Iterator[int | _Object]:
    """The lines of an isolate, and the places of the characters that part them."""
    for is_line_end, line in groupby(signs, key=lambda sign: sign.at is not None and text[sign.at] == "\n"):
        if is_line_end:
            yield from (sign.at for sign in line if sign.at is not None)
        else:
            yield _Object(tuple(line))


def _lifted(signs: Sequence[_Sign], level: int) -> Iterator[_Sign]:
    """``signs`` of an isolate in a text of the ``level``, below which none of them is."""
    by = level + level % 2
    return (_Sign(sign.level + by, sign.at) for sign in signs)
