"""Slots in a finished body: where a recipient's own values, or those of the marked sample, will stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from exporter import slots
from exporter.errors import ExtractionError
from exporter.slots import Slot
from exporter.text import FURNITURE, Said
from exporter.walk import normalise

_MARKS: Final = "\ufdd0", "\ufdd1"
"""Noncharacters: no text has them, and so they tell a slot from words that say the same once they are parsed."""
_SAMPLE: Final = rf"\u27e6[^\u27e6\u27e7]+\u27e7|{re.escape(slots.sample(slots.UNSUBSCRIBE))}"
_PIECES: Final = re.compile(rf"{_MARKS[0]}(?P<slot>[a-z0-9_-]+){_MARKS[1]}|(?P<shown>{_SAMPLE})")
"""A slot, or what may be the sample of one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what an email has around its article: words, and the ``slots`` between them.

    A slot that shows the marked sample has "sample " before its name.
    """

    words: tuple[str, ...]
    slots: tuple[str, ...]


def marked(body: str) -> str:
    """``body`` with its slots marked; raises ExtractionError for a slot that is misspelt."""
    if any(mark in body for mark in _MARKS):
        raise ExtractionError("The body has a noncharacter (U+FDD0 or U+FDD1), which no text has. Render it again.")
    try:
        return "".join(map(_marked, slots.cut(body)))
    except ValueError as error:
        raise ExtractionError(f"The body is no email: {normalise(str(error))}. Render it again.") from error


def _marked(piece: str | Slot) -> str:
    return f"{_MARKS[0]}{piece.name}{_MARKS[1]}" if isinstance(piece, Slot) else piece


def line(text: str) -> Line:
    """What the marked ``text`` says between its slots."""
    words: list[str] = []
    names: list[str] = []
    end = 0
    for found in _PIECES.finditer(text):
        name = found["slot"] or _sample(found["shown"])
        if name:
            words.append(text[end : found.start()])
            names.append(name)
            end = found.end()
    words.append(text[end:])
    return Line(tuple(filter(None, map(normalise, words))), tuple(names))


def _sample(shown: str) -> str:
    name = slots.sampled(shown)
    return f"sample {name}" if name else ""


def target(address: str) -> str:
    """Where a link leads: a slot as it is written in the body, else the address itself."""
    found = _PIECES.fullmatch(address)
    return slots.slot(found["slot"]) if found and found["slot"] else address


def around(place: str, text: str, address: str = "") -> Iterator[Said]:
    """The entries of a line of what an email has around its article; ``address`` is where it leads, if anywhere."""
    found = line(text)
    names = (*found.slots, *line(address).slots)
    facts = {"place": "running", **({"links": target(address)} if address else {})}
    personal = {"slots": "\n".join(names)} if names else {}
    for number, words in enumerate(found.words or ("",)):
        yield Said(place, FURNITURE, words, 0, facts if number else {**facts, **personal})
