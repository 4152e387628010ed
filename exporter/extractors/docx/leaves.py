"""Which titles stand on the pages that a head or foot belongs to: by sections, as Word lays them out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Final, TypeAlias

from lxml import etree

from exporter.extractors.docx.archive import Part, R, W
from exporter.extractors.docx.story import LEAF, Found

Titles: TypeAlias = frozenset[tuple[int, str]]
"""Headings by the level of Word's own style, from 1, and their text; in other styles by their level below 0."""

_REFERENCES: Final = (f"{W}headerReference", f"{W}footerReference")


def running(main: Part, found: Sequence[Found]) -> dict[str, Titles]:
    """The heads and feet of ``main``, by the names of their parts, and the titles on the pages they stand on.

    A section has those of the section before where it names none. Titles that stand before a section's pages count
    where it has none of their level: those are what Word would show there.
    """
    over: dict[str, set[tuple[int, str]]] = defaultdict(set)
    standing: dict[tuple[str, str], str] = {}
    for section, titles in zip_longest(_sections(main), _titles(found), fillvalue=()):
        standing.update(_named(section, main))
        for name in standing.values():
            over[name].update(titles)
    return {name: frozenset(titles) for name, titles in over.items()}


def _sections(main: Part) -> Iterator[etree._Element]:
    yield from (section for section in main.root.iter(f"{W}sectPr") if _is_current(section))


def _is_current(section: etree._Element) -> bool:
    """Not what a section was before a change that is tracked."""
    above = section.getparent()
    return above is not None and above.tag != f"{W}sectPrChange"


def _titles(found: Iterable[Found]) -> Iterator[Sequence[tuple[int, str]]]:
    """For each section the titles in it, and of other levels the last ones before it."""
    before: dict[int, str] = {}
    inside: list[tuple[int, str]] = []
    for each in found:
        match each.kind:
            case "heading":
                level = int(each.attributes["level"]) - 1
                inside.append((level if each.by_style else -level, each.text))
            case kind if kind == LEAF:
                yield _with(inside, before)
                before.update(inside)
                inside = []
    yield _with(inside, before)


def _with(inside: Sequence[tuple[int, str]], before: Mapping[int, str]) -> Sequence[tuple[int, str]]:
    levels = {level for level, _ in inside}
    return (*inside, *(pair for pair in before.items() if pair[0] not in levels))


def _named(section: Iterable[etree._Element], main: Part) -> Iterator[tuple[tuple[str, str], str]]:
    """By its kind each part that ``section`` names."""
    for reference in (each for each in section if each.tag in _REFERENCES):
        relationship = main.relationships.get(reference.get(f"{R}id", ""))
        if relationship:
            yield (str(reference.tag), reference.get(f"{W}type", "default")), relationship.target
