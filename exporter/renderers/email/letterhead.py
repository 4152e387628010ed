"""What an email has around its article: whom it greets, who sends it and why, how to leave."""

from __future__ import annotations

from dataclasses import dataclass

from exporter import slots
from exporter.labels import Labels
from exporter.renderers.email.options import Options
from exporter.walk import normalise


@dataclass(frozen=True, slots=True)
class Slotted:
    """A line with, perhaps, a slot in it: what stands ``before``, the slot's name or "", what stands ``after``."""

    before: str
    slot: str = ""
    after: str = ""


def greeting(asked: Options) -> Slotted | None:
    """The greeting asked for, None for none."""
    before, mark, after = normalise(asked.greeting).partition("#")
    return Slotted(before, slots.NAME if mark else "", after) if before or mark else None


def imprint(asked: Options) -> tuple[str, ...]:
    """The lines of the imprint that say something."""
    return tuple(filter(None, map(normalise, asked.imprint.splitlines())))


def value(name: str, asked: Options) -> str:
    """What stands in the slot ``name``: the slot, or the marked sample."""
    return slots.sample(name) if asked.sample else slots.slot(name)


def label_language(labels: Labels, language: str) -> str | None:
    """The language to be marked on generated words, None where it is that of the article."""
    same = language == labels.language or language.startswith(f"{labels.language}-")
    return None if same else labels.language
