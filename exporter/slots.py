"""Personal slots of finished email bodies: places a recipient's own values go into, as values and never as markup.

A finished body, of HTML or of text, has ``[[exporter:NAME]]`` where the value NAME belongs: ``unsubscribe-url``,
``recipient-name``, or ``field-KEY`` for a field of the recipients' file. Whoever writes bodies lets no source say that
of itself: in HTML ``guarded`` breaks it up, plain text refuses it. A body is cut at its slots once, and whatever stands
between them goes out as it is: an article that says ``{{ name }}`` arrives so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

OPENING: Final = "[[exporter:"
"""What every slot begins with, and nothing else in a body does."""

UNSUBSCRIBE: Final = "unsubscribe-url"
"""The slot for the address at which this one recipient leaves the list."""
NAME: Final = "recipient-name"
"""The slot for what the recipient is called."""
FIELD: Final = "field-"
"""Ahead of the key of a field of the recipients' file."""

KEY: Final = re.compile(r"[a-z][a-z0-9_-]{0,39}")
"""How a field may be called."""

_SLOT: Final = re.compile(rf"\[\[exporter:({UNSUBSCRIBE}|{NAME}|{FIELD}{KEY.pattern})\]\]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a body for the value ``name``."""

    name: str

    def __str__(self) -> str:
        return f"{OPENING}{self.name}]]"


def slot(name: str) -> str:
    """What stands in a body for the value ``name``; raises ValueError where there is no such slot."""
    written = f"{OPENING}{name}]]"
    if not _SLOT.fullmatch(written):
        raise ValueError(f"'{name}' is no slot. There are: {UNSUBSCRIBE}, {NAME}, {FIELD}KEY")
    return written


SAMPLES: Final[Mapping[str, str]] = {
    NAME: "\u27e6Sample Recipient\u27e7",
    UNSUBSCRIBE: "https://example.com/sample-recipient/unsubscribe",
}
"""Values of a recipient who is none, at an address that is nobody's (RFC 2606); ``sample`` has those of fields too."""


def sample(name: str) -> str:
    """What stands for the value ``name`` in a body to be looked at: in brackets, or at nobody's address (RFC 2606).

    Raises ValueError where there is no such slot.
    """
    return SAMPLES.get(name) or slot(name).replace(OPENING, "\u27e6").replace("]]", "\u27e7")


def sampled(shown: str) -> str | None:
    """The name of the value that ``shown`` is the sample of, None where it is none."""
    known = {value: name for name, value in SAMPLES.items()}
    field = shown.removeprefix("\u27e6").removesuffix("\u27e7")
    return known.get(shown) or (field if shown == f"\u27e6{field}\u27e7" and field.startswith(FIELD) else None)


def guarded(markup: str) -> str:
    """``markup`` of HTML, made of what a source says, without anything that would be taken for a slot."""
    return markup.replace(OPENING, f"&#91;{OPENING[1:]}")


def cut(body: str) -> tuple[str | Slot, ...]:
    """``body`` as the texts and the slots in it, in order; raises ValueError where a slot is misspelt."""
    return tuple(_pieces(body))


def _pieces(body: str) -> Iterator[str | Slot]:
    end = 0
    for found in _SLOT.finditer(body):
        yield from _text(body[end : found.start()])
        yield Slot(found[1])
        end = found.end()
    yield from _text(body[end:])


def _text(between: str) -> Iterator[str]:
    if OPENING in between:
        at = between.index(OPENING)
        raise ValueError(f"'{between[at : at + 40]}' begins like a slot and is none")
    if between:
        yield between
