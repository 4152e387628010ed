"""What an email has around its article: who it greets, what is in it, who sends it and why, how to leave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from exporter import slots
from exporter.article import Article, Section
from exporter.labels import Labels
from exporter.renderers.email.options import Options
from exporter.renderers.markup import anchors, is_headed
from exporter.walk import blocks, contents, normalise


@dataclass(frozen=True, slots=True)
class Slotted:
    """A line with, perhaps, a slot in it: what stands ``before``, the slot's name or "", what stands ``after``."""

    before: str
    slot: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: where it leads, what is there, in which language, at which level."""

    anchor: str
    title: str
    level: int
    language: str | None
    direction: str | None


def greeting(asked: Options) -> Slotted | None:
    """The greeting asked for, None for none."""
    before, mark, after = normalise(asked.greeting).partition("#")
    return Slotted(before, slots.NAME if mark else "", after) if before or mark else None


def imprint(asked: Options) -> tuple[str, ...]:
    """The lines of the imprint that say something."""
    return tuple(filter(None, map(normalise, asked.imprint.splitlines())))


def value(name: str, asked: Options) -> str:
    """What stands in the slot ``name``: the slot, or the marked sample."""
    return slots.SAMPLES[name] if asked.sample else slots.slot(name)


def label_language(labels: Labels, language: str) -> str | None:
    """The language to be marked on generated words, None where it is that of the article."""
    same = language == labels.language or language.startswith(f"{labels.language}-")
    return None if same else labels.language


def entries(article: Article) -> Iterator[Entry]:
    """The contents, where the article has parts of its own."""
    headed = [block for block in blocks(article.blocks) if is_headed(block)]
    names = {id(block): anchor for block, anchor in zip(headed, anchors(article)[0], strict=True)}
    for section in contents(article):
        yield _entry(section, names[id(section)])


def _entry(section: Section, anchor: str) -> Entry:
    title = section.metadata.title if section.metadata else ""
    return Entry(anchor, title, section.level, section.language, section.direction)
